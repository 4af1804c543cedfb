"""Excise: what is taken out is as if it had never been held, what rested on it is listed, and it can come back."""
import json
import random
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case

QUESTIONS = [("networks", "--json"), ("urgent", "--json"), ("identities", "--json"), ("search", "piso", "--json"),
             ("show", "+44 7700 900003"), ("why", "+44 7700 900003", "+44 7700 900004", "--json")]


class Excise(Case):
    def setUp(self):
        super().setUp()
        self.rows = {name: [[f"{name}{i}", *row[1:]] for i, row in enumerate(adverts(40, seed=seed))]
                     for seed, name in enumerate(("first", "second", "third"), 3)}

    def make(self, name, without=(), row=None):
        """Three sources, two of them on one authorisation, without some sources or one row: (source, number)."""
        workspace = self.workspace(name)
        for source, rows in self.rows.items():
            if source in without:
                continue
            kept = [r for i, r in enumerate(rows) if row != (source, i)]
            folder = self.folder / name
            path = self.write_csv(f"{name}-{source}.csv", ADVERT, kept)
            workspace.run("source", "add", source, "--authorisation", "platform_report", "--authority", "X", "--reference",
                          "R-1" if source == "first" else "R-2", "--valid-from", "2025-01-01", "--region", "BE")
            workspace.importing(source, path)
        workspace.run("run")
        return workspace

    def answers(self, workspace):
        out = []
        for question in QUESTIONS:
            process = workspace.run(*question, check=False)
            out.append((question, process.returncode, process.stdout.replace(workspace.folder.name + "-", "")))
        return out

    def assert_never_had(self, workspace, never):
        workspace.run("run")
        for ours, theirs in zip(self.answers(workspace), self.answers(never)):
            self.assertEqual(ours, theirs)

    def test_a_source_an_authorisation_or_a_record_is_as_if_it_had_never_been(self):
        workspace = self.make("case")
        before = self.answers(workspace)
        picked = random.Random(11).choice(list(self.rows))
        report = workspace.json("excise", "--source", picked, "--reason", "void")
        self.assertEqual(report["n_records"], 40)
        self.assert_never_had(workspace, self.make("never-source", [picked]))
        workspace.run("excise", "--take-back", "1", "--reason", "held on appeal")
        workspace.run("run")
        self.assertEqual(self.answers(workspace), before)
        workspace.run("excise", "--authorisation", "R-2", "--reason", "void")
        self.assert_never_had(workspace, self.make("never-authorisation", ["second", "third"]))
        workspace.run("excise", "--take-back", "1", "--reason", "held on appeal")

    def test_one_record_and_what_a_file_lost_by_it(self):
        workspace = self.make("case")
        network = json.loads(workspace.networks())["networks"][0]
        record = random.Random(5).choice(network["members"])
        row = workspace.json("show", record)
        source, number = row["source"], row["row"] - 1
        listed = workspace.json("excise", "--record", record, "--reason", "of the wrong person")
        touched = [n for n in listed["networks"] if n["id"] == network["id"]][0]
        self.assertEqual((listed["n_records"], touched["n_excised"], touched["n_records"]), (1, 1, len(network["members"])))
        workspace.run("run")
        never = self.make("never", row=(source, number))
        # Rows below it stand one higher in the file that never held it: their ids and places differ, the rest does not.
        ours, theirs = (json.loads(w.networks())["networks"] for w in (workspace, never))
        self.assertEqual([len(n["members"]) for n in ours], [len(n["members"]) for n in theirs])
        self.assertEqual([n.get("for") for n in ours], [n.get("for") for n in theirs])
        self.assertNotIn(record, json.dumps(ours))
        self.assertEqual(workspace.run("show", record, check=False).returncode, 5)
        self.assertNotIn(record, workspace.run("search", "piso", "--limit", "500", "--json").stdout)

    def test_lists_all_that_rested_on_it(self):
        workspace = self.make("case")
        network = json.loads(workspace.networks())["networks"][0]
        holder = workspace.json("show", network["members"][0])["source"]
        workspace.run("case", "open", "GE-1", "--text", "t", "--network", network["id"])
        workspace.run("case", "note", "GE-1", "--text", "cites", "--rests-on", network["members"][0])
        workspace.run("case", "note", "GE-1", "--text", "does not")
        workspace.run("exhibit", "add", "GE-1", f"case-{holder}.csv", "--text", "file")
        workspace.run("decide", network["id"], "--as", "look_further", "--reason", "r")
        before = workspace.networks()
        dry = workspace.json("excise", "--source", holder, "--dry-run")
        self.assertEqual(workspace.networks(), before)
        self.assertEqual(sorted(e["kind"] for e in dry["entries"]), ["disposition", "exhibit", "note", "opened"])
        # Complete: every network that changes is listed, and every listed one held something of it.
        workspace.run("excise", "--source", holder, "--reason", "void")
        workspace.run("run")
        after = {n["key"] for n in json.loads(workspace.networks())["networks"]}
        changed = {n["id"] for n in json.loads(before)["networks"] if n["key"] not in after}
        self.assertLessEqual(changed, {n["id"] for n in dry["networks"]})
        for one in dry["networks"]:
            self.assertGreater(one["n_excised"], 0)
            self.assertGreaterEqual(one["n_links"], one["n_links_lost"])

    def test_says_what_is_taken_out_and_asks_for_the_reason(self):
        workspace = self.make("case")
        self.assertIn("reason", workspace.run("excise", "--source", "first", check=False).stderr)
        for words, status in ((("--source", "never"), 5), (("--record", "f" * 32), 5), (("--source", "first", "--record", "f" * 32), 2), ((), 2)):
            self.assertEqual(workspace.run("excise", *words, "--reason", "r", check=False).returncode, status, words)
        self.assertIn("nothing is taken out", workspace.run("excise", "--list").stdout)
        workspace.run("excise", "--source", "first", "--reason", "Court of Ghent, 2027/31")
        self.assertIn("Court of Ghent, 2027/31", workspace.run("excise", "--list").stdout)
        # Importing it again does not bring it back, and somebody without the compartment knows nothing of it.
        workspace.run("run")
        without = workspace.networks()
        workspace.run("import", self.folder / "case-first.csv", "--source", "first", check=False)
        workspace.run("run")
        self.assertEqual(workspace.networks(), without)
        workspace.run("compartment", "add", "sealed")
        workspace.run("grant", "lies", "sealed")
        self.assertIn("nothing is taken out", workspace.run("excise", "--list", "--user", "lies", check=False).stdout)


if __name__ == "__main__":
    unittest.main()
