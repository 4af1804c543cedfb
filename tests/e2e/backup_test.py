"""A backup brings back what was there, and nothing of what was shredded since."""
import json
import shutil
import sqlite3
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server, Workspace, files_only, ovillo

PLANTED = "zwaluwnest boven de poort"
PHONE = "+44 7700 900777"


class Backup(Case):
    def setUp(self):
        super().setUp()
        self.case = self.workspace()
        self.case.source("stays", "--review", "2990-01-01")
        self.case.importing("stays", self.write_csv("stays.csv", ADVERT, adverts(60)))
        self.case.source("old", "--review", "2020-01-01")
        rows = [[f"old{i}", *row[1:]] for i, row in enumerate(adverts(40, seed=5))]
        for row in rows[:3]:
            row[1:3] = [PLANTED, f"{PLANTED}, bel {PHONE}, {PLANTED}"]
        self.case.importing("old", self.write_csv("old.csv", ADVERT, rows))
        self.case.run("run")

    def backed_up(self, name="a.backup", check=True):
        return self.case.run("backup", "--out", self.folder / name, "--keys", self.folder / "keys", "--json", check=check)

    def restored(self, name="again", backup="a.backup", keys="keys", master=None, check=True):
        process = ovillo("restore", self.folder / backup, "--keys", self.folder / keys, "--master-key", master or self.case.folder / "master.key",
                         "--workspace", self.folder / name, "--json", check=check)
        there = Workspace.__new__(Workspace)
        there.folder = self.folder / name
        return process, there

    def answers(self, workspace):
        words = (("networks", "--json"), ("urgent", "--json"), ("search", "piso", "--json"), ("search", PHONE, "--json"), ("source", "list"))
        return [workspace.run(*w).stdout for w in words]

    def refused(self, word, **options):
        process, there = self.restored(name="refused", check=False, **options)
        self.assertNotEqual(process.returncode, 0)
        self.assertIn(word, process.stdout)
        self.assertFalse(there.folder.exists())

    @files_only
    def test_it_is_made_while_the_workspace_is_served_and_answers_with_the_same_bytes(self):
        before = self.answers(self.case)
        with Server(self.case) as server:
            self.assertEqual(server.get("/api/networks?limit=1")[0], 200)
            made = json.loads(self.backed_up().stdout)
            # What comes after the backup is not in it.
            self.case.importing("stays", self.write_csv("late.csv", ADVERT, [["late", *adverts(1)[0][1:]]]))
            self.assertEqual(server.get("/api/health")[0], 200)
        for name in ("a.backup", "keys"):
            self.assertEqual((self.folder / name).stat().st_mode & 0o777, 0o600)
        done, again = self.restored()
        report = json.loads(done.stdout)
        self.assertEqual((report["n_imports"], report["n_verified"], report["n_shredded_since"]), (2, 2, 0))
        self.assertEqual(report["audit_size"], made["audit_size"])
        self.assertEqual(self.answers(again), before)
        self.assertEqual(again.importing("stays", self.folder / "stays.csv")["files"][0]["repeats"], 60)
        log = again.run("audit", "--limit", "500").stdout
        self.assertIn("backup by owner", log)
        self.assertIn("restore by owner", log)

    @files_only
    def test_what_was_shredded_since_does_not_come_back(self):
        self.backed_up()
        self.case.run("retention", "apply")
        self.backed_up("b.backup")  # the copy of the keys is that of now
        done, again = self.restored()
        self.assertEqual(json.loads(done.stdout)["n_shredded_since"], 1)
        again.run("run")
        self.assertEqual(again.json("search", PHONE)["n_found"], 0)
        self.assertEqual({s["source"]: s["n_records"] for s in again.json("retention", "list")["sources"]}, {"old": 0, "stays": 60})
        self.assertEqual(again.run("import", self.folder / "old.csv", "--source", "stays", check=False).returncode, 4)
        # No key of the copy opens a block of the source in the backup.
        backup, keys = (sqlite3.connect(self.folder / name) for name in ("a.backup", "keys"))
        wrapped = dict(keys.execute("SELECT id, wrapped FROM wrapped_key"))
        sources = [s for (s,) in backup.execute("SELECT DISTINCT source FROM block WHERE source <> 0")]
        self.assertEqual(sorted(any(wrapped[k] for (k,) in backup.execute("SELECT key_id FROM block WHERE source = ?", (s,))) for s in sources), [False, True])
        for path in [self.folder / "a.backup", self.folder / "b.backup", self.folder / "keys", *again.folder.iterdir()]:
            for planted in (PLANTED.encode(), b"900777"):
                self.assertNotIn(planted, path.read_bytes(), path)

    @files_only
    def test_the_copy_of_the_keys_before_is_overwritten(self):
        self.backed_up()
        kept = open(self.folder / "keys", "rb")
        self.addCleanup(kept.close)
        self.backed_up("b.backup")
        self.assertEqual(set(kept.read()), {0})

    @files_only
    def test_a_changed_backup_is_refused(self):
        self.backed_up()
        for change in ("UPDATE block SET payload = zeroblob(length(payload)) WHERE kind = 1", "DELETE FROM block WHERE kind = 0",
                       "DELETE FROM audit_entry WHERE position = (SELECT max(position) FROM audit_entry)", "UPDATE backup SET statement = 'ovillo backup 1'"):
            shutil.copy(self.folder / "a.backup", self.folder / "changed.backup")
            with sqlite3.connect(self.folder / "changed.backup") as database:
                database.execute(change)
            self.refused("storage.damaged_database", backup="changed.backup")

    @files_only
    def test_wrong_keys_and_wrong_files_are_refused(self):
        self.backed_up()
        shutil.copy(self.folder / "keys", self.folder / "older")
        self.case.source("more")
        self.case.importing("more", self.write_csv("more.csv", ADVERT, [["more", *adverts(1)[0][1:]]]))
        self.backed_up("b.backup")
        self.refused("older than the backup", backup="b.backup", keys="older")
        other = self.workspace("other", id_key="ab" * 32)
        self.refused("storage.wrong_key", master=other.folder / "master.key")
        (self.folder / "text").write_text("no backup")
        self.refused("storage.not_a_workspace", backup="text")
        self.refused("storage.not_a_workspace", backup="keys")
        self.refused("base.cannot_read", backup="nothing")
        self.assertNotEqual(self.restored(name="case", check=False)[0].returncode, 0)
        self.assertNotEqual(self.backed_up(check=False).returncode, 0)

    def test_on_a_server_its_own_tools_are_named(self):
        if (self.case.folder / "store").exists():
            process = self.backed_up(check=False)
            self.assertEqual(process.returncode, 2)
            self.assertIn("pg_dump", process.stdout)


if __name__ == "__main__":
    unittest.main()
