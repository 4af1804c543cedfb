"""Retention: what went at its review date is gone, here, in a copy made before, and for who imports it again."""
import json
import re
import shutil
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, files_only

PLANTED = "zwaluwnest boven de poort"
PHONE = "+44 7700 900777"


class Retention(Case):
    def prepared(self, name="case", with_old=True):
        workspace = self.workspace(name)
        workspace.source("stays", "--review", "2990-01-01")
        workspace.importing("stays", self.write_csv("stays.csv", ADVERT, adverts(60)))
        if with_old:
            workspace.source("old", "--review", "2020-01-01")
            rows = [[f"old{i}", *row[1:]] for i, row in enumerate(adverts(40, seed=5))]
            for row in rows[:3]:
                row[1:3] = [PLANTED, f"{PLANTED}, bel {PHONE}, {PLANTED}"]
            workspace.importing("old", self.write_csv("old.csv", ADVERT, rows))
        workspace.run("run")
        return workspace

    def states(self, workspace):
        return {s["source"]: s["state"] for s in workspace.json("retention", "list")["sources"]}

    @files_only
    def test_what_went_is_as_if_it_had_never_been(self):
        never, workspace = self.prepared("never", with_old=False), self.prepared()
        self.assertGreater(workspace.json("search", PHONE)["n_found"], 0)
        self.assertNotEqual(workspace.networks(), never.networks())
        self.assertEqual(self.states(workspace), {"old": "goes", "stays": "later"})
        before = self.folder / "before"
        shutil.copytree(workspace.folder, before)
        done = workspace.json("retention", "apply")["sources"]
        self.assertEqual([(s["source"], s["state"], s["n_records"]) for s in done], [("old", "goes", 40)])
        self.assertEqual(workspace.json("retention", "apply")["sources"], [])
        # Answers that rested on it are gone with it; the next run makes those that remain.
        self.assertIn("run", workspace.run("networks", check=False).stderr)
        workspace.run("run")
        # But for the number of a network, which people cite: it stays what it was.
        unnumbered = lambda text: re.sub(r'"(id|network)":"[0-9a-f]{32}"', "", text)
        for question in (("networks", "--json"), ("urgent", "--json"), ("search", PHONE, "--json"), ("search", PLANTED, "--json")):
            asked = [unnumbered(w.run(*question, check=False).stdout) for w in (workspace, never)]
            self.assertEqual(*asked, question)
        # The copy of the database made before opens no more with the keys of today ...
        shutil.copy(before / "ovillo.db", workspace.folder / "ovillo.db")
        for suffix in ("-wal", "-shm"):
            (workspace.folder / f"ovillo.db{suffix}").unlink(missing_ok=True)
        for question in (("networks",), ("search", PHONE), ("export", "ffffffff"), ("run",)):
            process = workspace.run(*question, check=False)
            self.assertEqual((process.returncode, process.stdout), (5, ""), (question, process.stderr))
            self.assertIn("storage.key_destroyed", process.stderr)
        # ... and no file of the workspace holds a planted word.
        for folder in (workspace.folder, before):
            for path in folder.iterdir():
                for planted in (PLANTED.encode(), b"900777"):
                    self.assertNotIn(planted, path.read_bytes(), path)

    def test_a_file_that_went_is_not_taken_in_again(self):
        workspace = self.prepared()
        workspace.run("retention", "apply")
        for source in ("old", "stays"):
            process = workspace.run("import", self.folder / "old.csv", "--source", source, check=False)
            self.assertEqual((process.returncode, process.stdout), (4, ""), source)
            self.assertIn("flow.shredded_file", process.stderr)
        self.assertEqual({s["source"]: s["n_records"] for s in workspace.json("retention", "list")["sources"]}, {"old": 0, "stays": 60})

    def test_a_hold_alarms_and_only_a_judicial_decision_lifts_it(self):
        workspace = self.prepared()
        workspace.run("case", "open", "GE-1", "--text", "t")
        workspace.run("exhibit", "add", "GE-1", "old.csv", "--text", "hand-over")
        self.assertEqual(self.states(workspace)["old"], "held")
        self.assertIn("ALARM", workspace.run("retention", "apply").stdout)
        self.assertGreater(workspace.json("search", PHONE)["n_found"], 0)
        self.assertIn("as it came in", workspace.run("exhibit", "verify", "GE-1").stdout)
        workspace.run("hold", "lift", "GE-1", "GE-1/E1", "--said-by", "Court of Ghent, 2027/12", "--reason", "over")
        workspace.run("retention", "apply")
        workspace.run("run")
        self.assertEqual(workspace.json("search", PHONE)["n_found"], 0)

    def test_a_review_date_is_moved_with_the_reason(self):
        workspace = self.prepared()
        self.assertIn("reason", workspace.run("retention", "extend", "old", "--until", "2990-01-01", check=False).stderr)
        workspace.run("retention", "extend", "old", "--until", "2990-01-01", "--reason", "court asked for it")
        self.assertEqual(self.states(workspace), {"old": "later", "stays": "later"})
        self.assertEqual(workspace.json("retention", "apply")["sources"], [])
        log = json.dumps(workspace.json("audit", "--limit", "20"))
        self.assertIn("retention.apply by owner", log)


if __name__ == "__main__":
    unittest.main()
