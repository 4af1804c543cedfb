"""A newcomer's first file: an ordinary export is read, and what is missing or wrong is said so that it can be mended."""
import json
import re
import unittest

from ovillo_cli import Case, Server, ovillo

GERMAN = "Ich arbeite jeden Tag in der Wohnung und darf nicht hinaus, bitte helfen Sie mir, die Tür ist immer verschlossen"
POLISH = "Pracuję tutaj każdego dnia i nie wolno mi wychodzić z mieszkania, proszę o pomoc, drzwi są zawsze zamknięte"
ENGLISH = "Lovely quiet apartment close to the old harbour, every day from ten until late in the evening, call me"


class FirstFile(Case):
    def refused(self, *words):
        done = ovillo(*words, check=False)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        return done.stderr

    def imported(self, name, text):
        workspace = self.workspace(name)
        workspace.source("notice")
        file = self.folder / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        done = workspace.importing("notice", file)["files"][0]
        self.assertEqual(done["rows"], done["records"] + done["repeats"] + done["rejects"])
        return workspace, file, done

    def test_adverts_are_inside_an_authorisation_for_adverts(self):
        _, _, done = self.imported("ad", "Ad text;Tel.;Posted on;City\n" + "".join(
            f"{ENGLISH} {i};+44 7700 {900120 + i};0{i}/03/2026;Gent\n" for i in (1, 2, 3)))
        self.assertEqual((done["records"], done["quarantined"], done["proposed"]), (3, 0, True))

    def test_rows_that_end_with_a_separator_have_the_columns_of_the_header(self):
        _, _, done = self.imported("open", f"id;text;tel;stad\n1;{ENGLISH};+44 7700 900121;Gent;\n2;{ENGLISH} too;+44 7700 900122;Gent;\n")
        self.assertEqual((done["records"], done["rejects"], done["quarantined"]), (2, 0, 0))

    def test_a_proposed_mapping_is_called_one(self):
        workspace, file, done = self.imported("proposed", f"Anzeige;Handynummer;Ort\n{ENGLISH};+44 7700 900121;Gent\n")
        self.assertTrue(done["proposed"])
        file.write_text(file.read_text(encoding="utf-8") + f"{ENGLISH} too;+44 7700 900122;Gent\n", encoding="utf-8")
        said = workspace.run("import", file, "--source", "notice").stdout
        self.assertIn("columns read as proposed, kind advert", said)
        self.assertNotIn("profile proposed", said)
        shipped = self.write_csv("adverts.csv", ["id", "text", "phone", "place"], [["1", ENGLISH, "+44 7700 900121", "Gent"]])
        self.assertIn("profile adverts", workspace.run("import", shipped, "--source", "notice").stdout)

    def test_urgent_says_what_nobody_looked_at(self):
        workspace, _, _ = self.imported("urgent", "id;text;tel\n" + "".join(
            f"{i};{text};+44 7700 {900120 + i}\n" for i, text in enumerate([GERMAN, GERMAN + " heute", POLISH, ENGLISH])))
        workspace.run("run")
        self.assertEqual(workspace.json("urgent")["not_judged"], [{"language": "de", "n_texts": 2}, {"language": "pl", "n_texts": 1}])
        with Server(workspace) as server:
            self.assertEqual(server.get("/api/urgent")[1], workspace.json("urgent"))
        said = workspace.run("urgent").stdout
        self.assertIn("3 texts could not be judged", said)
        self.assertIn("de (2), pl (1)", said)

    def test_what_is_missing_is_named(self):
        made = ovillo("init", self.folder / "named").stdout
        self.assertIn("--authority", made)
        at = ("--workspace", self.folder / "named")
        self.assertIn("names no authority", self.refused("source", "add", "n", "--authorisation", "platform_report", "--reference", "1", *at))
        self.assertIn("names no reference", self.refused("source", "add", "n", "--authorisation", "platform_report", "--authority", "X", *at))
        self.assertIn("virtual_patrol", self.refused("source", "add", "n", "--authorisation", "hunch", "--authority", "X", "--reference", "1", *at))
        self.assertIn("ends before it begins", self.refused(
            "source", "add", "n", "--authorisation", "platform_report", "--authority", "X", "--reference", "1",
            "--valid-from", "2026-03-01", "--valid-to", "2026-02-01", *at))
        self.assertIn("--source NAME is needed", self.refused("add", "text=seen", "--statement", "assessment", *at))
        bad = self.folder / "bad.toml"
        bad.write_text('colour = "red"\n')
        file = self.write_csv("a.csv", ["id", "text"], [["1", ENGLISH]])
        self.assertIn("bad.toml", self.refused("import", file, "--source", "n", "--profile", bad, *at))

    def test_help_offers_what_the_program_knows(self):
        edges = self.write_csv("edges.csv", ["a", "b"], [["x", "y"], ["y", "z"]])
        known = re.search(r"there are ([a-z_, ]+)", self.refused("network", edges, "--measures", "nothing")).group(1)
        help_text = " ".join(ovillo("network", "--help").stdout.split())
        self.assertIn(known.strip(), help_text)
        self.assertIn("articulation_point", known)
        for measure in known.strip().split(", "):
            ovillo("network", edges, "--measures", measure)
        shapes = re.search(r"one of ([a-z0-9, ]+)", self.refused("synth", self.folder / "s", "--shape", "nothing")).group(1)
        self.assertIn("million", shapes)
        self.assertIn(shapes.strip(), " ".join(ovillo("synth", "--help").stdout.split()))


if __name__ == "__main__":
    unittest.main()
