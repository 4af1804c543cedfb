"""A workspace moves between a file and a PostgreSQL server without loss."""
import json
import os
import pathlib
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server, Workspace, ovillo


class Store(Case):
    def setUp(self):
        super().setUp()
        self.case = self.workspace()
        self.case.source("notice")
        self.file = self.write_csv("adverts.csv", ADVERT, adverts(120))
        self.case.importing("notice", self.file)
        self.case.run("run")
        self.network = json.loads(self.case.networks())["networks"][0]["id"]
        self.case.run("case", "open", "GE-12/2026", "--text", "Flats by the canal", "--network", self.network)

    def opened(self, name):
        there = Workspace.__new__(Workspace)
        there.folder = self.folder / name
        return there

    def answers(self, workspace):
        words = (("networks", "--json"), ("show", self.network, "--json"), ("urgent", "--json"), ("search", "piso", "--json"),
                 ("case", "show", "GE-12/2026", "--json"), ("source", "list", "--json"))
        return [workspace.run(*w).stdout for w in words]

    def copied(self, source, name, *words, **options):
        return ovillo("copy", "--from", source, "--to", self.folder / name, "--json", *words, **options)

    def test_a_copy_answers_with_the_same_bytes_and_goes_on(self):
        store = os.environ.get("OVILLO_STORE", "")
        before = self.answers(self.case)
        file = json.loads(self.copied(self.case.folder, "file").stdout)
        self.assertEqual((file["n_imports"], file["n_verified"]), (1, 1))
        self.assertTrue((self.folder / "file" / "ovillo.db").exists())
        there = self.opened("file")
        self.assertEqual(self.answers(there), before)
        back = json.loads(self.copied(there.folder, "back", *(("--store", store) if store else ())).stdout)
        self.assertEqual(back["n_rows"] > 0, True)
        again = self.opened("back")
        self.assertEqual(self.answers(again), before)
        self.assertEqual(again.importing("notice", self.file)["files"][0]["repeats"], 120)
        self.assertIn("copy by owner", again.run("audit", "--limit", "500").stdout)

    def test_neither_may_be_in_use_nor_be_there(self):
        with Server(self.case):
            self.assertEqual(self.copied(self.case.folder, "other", check=False).returncode, 6)
        self.assertFalse((self.folder / "other").exists())
        (self.folder / "other").mkdir()
        self.assertNotEqual(self.copied(self.case.folder, "other", check=False).returncode, 0)

    def test_a_server_that_is_not_there_is_said(self):
        process = ovillo("init", self.folder / "x", "--store", "postgresql://127.0.0.1:1/ovillo", check=False)
        self.assertEqual((process.returncode, "127.0.0.1" in process.stderr), (6, True), process.stderr)
        self.assertFalse(pathlib.Path(self.folder / "x" / "store").exists())


if __name__ == "__main__":
    unittest.main()
