"""Disclose and replay: what a case shows can be worked out again elsewhere, and a change is found."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Workspace, ovillo

STRANGER = "Quiet room by the harbour, answered only by a stranger who has nothing to do with it"


class Disclose(Case):
    def setUp(self):
        super().setUp()
        self.case = self.workspace()
        self.case.source("notice")
        self.file = self.write_csv("adverts.csv", ADVERT, adverts(120) + [["s1", "2026-03-02T10:00:00", STRANGER, "+44 7700 900999", "Gent"]])
        self.case.importing("notice", self.file)
        self.case.run("run")
        self.network = json.loads(self.case.networks())["networks"][0]["id"]
        self.case.run("case", "open", "GE-12/2026", "--text", "Flats by the canal", "--network", self.network)
        self.package = self.folder / "package"

    def disclose(self, *words):
        return self.case.json("disclose", "GE-12/2026", "--out", self.package, *words)

    def replay(self, *words, check=False):
        return ovillo("replay", self.package, *words, check=check)

    def sum_again(self):
        lines = []
        for path in sorted((p for p in self.package.rglob("*") if p.is_file()), key=lambda p: str(p.relative_to(self.package)).encode()):
            name = path.relative_to(self.package).as_posix()
            if name not in ("SHA256SUMS", "SHA256SUMS.sig"):
                lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n")
        (self.package / "SHA256SUMS").write_text("".join(lines))

    def test_the_package_stands_alone_and_gives_the_same_bytes(self):
        self.case.run("exhibit", "add", "GE-12/2026", "adverts.csv", "--text", "hand-over of platform X")
        self.case.run("case", "note", "GE-12/2026", "--text", "what the office thinks stays here")
        report = self.disclose()
        self.assertEqual((report["networks"], report["n_originals"]), ([self.network], 1))
        moved = self.folder / "elsewhere" / "package"
        shutil.copytree(self.package, moved)
        shutil.rmtree(self.case.folder)
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=moved, check=True)
        verified = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "signer.pem", "-rawin", "-in", "SHA256SUMS",
                                   "-sigfile", "SHA256SUMS.sig"], cwd=moved, capture_output=True, text=True)
        self.assertIn("Verified Successfully", verified.stdout)
        scratch = self.folder / "scratch"
        scratch.mkdir()
        alone = ["unshare", "--map-root-user", "--net"]
        if subprocess.run([*alone, "true"], capture_output=True).returncode != 0:
            alone = []
        again = subprocess.run([*alone, moved / "program" / "ovillo", "replay", "."], cwd=moved, capture_output=True, text=True,
                               env={"PATH": os.environ["PATH"], "TMPDIR": str(scratch)})
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("byte for byte", again.stdout)
        self.assertEqual(list(scratch.iterdir()), [])
        self.assertEqual((moved / "originals" / hashlib.sha256(self.file.read_bytes()).hexdigest()).read_bytes(), self.file.read_bytes())
        self.assertNotIn("what the office thinks", (moved / "case.json").read_text())

    def test_what_the_package_shows_is_what_the_case_file_shows(self):
        page = self.case.json("show", self.network)
        report = self.disclose("--no-program")
        shown = json.loads((self.package / "answers" / "networks" / f"{self.network}.json").read_text())
        self.assertEqual(shown["id"], page["id"])
        self.assertEqual([record["record"] for record in shown["records"]], [record["record"] for record in page["records"]])
        self.assertEqual([sign["sentence"] for sign in shown["signs"]], [sign["sentence"] for sign in page["signs"]])
        self.assertEqual(sorted((m["canonical"], m["n_records"]) for m in shown["members"]),
                         sorted((m["canonical"], m["n_records"]) for m in page["members"]))
        lines = (self.package / "answers" / "records.jsonl").read_text().splitlines()
        self.assertEqual(len(lines), report["n_records"])
        self.assertFalse((self.package / "program" / "ovillo").exists())

    def test_nobody_else_is_in_it(self):
        self.disclose("--no-program")
        inside = Workspace.__new__(Workspace)
        inside.folder = self.package / "workspace"
        inside.run("run")
        self.assertEqual(inside.run("search", "harbour", check=False).stdout.count(STRANGER), 0)
        self.assertEqual(self.case.run("search", "harbour").stdout.count("harbour") > 0, True)
        for path in (p for p in self.package.rglob("*") if p.is_file()):
            self.assertNotIn(STRANGER.encode(), path.read_bytes(), path)

    def test_a_large_view_with_counts_made_once(self):
        large = self.workspace("large")
        large.source("adverts")
        large.importing("adverts", self.synth(adverts=21000, seed=3) / "ghent-thb" / "adverts.csv")
        large.run("run")
        answer = json.loads(large.networks())
        self.assertIn("-counts:", answer["model"])
        smallest = min(answer["networks"], key=lambda network: network["n_records"])
        large.run("case", "open", "GE-14/2026", "--text", "x", "--network", smallest["id"])
        report = large.json("disclose", "GE-14/2026", "--out", self.package, "--no-program")
        self.assertLess(report["n_words_only"] + report["n_records"], 21000)
        self.assertIn("byte for byte", self.replay(check=True).stdout)

    def test_a_changed_file_is_named(self):
        self.disclose("--no-program")
        page = self.package / "answers" / "records.jsonl"
        page.write_text(page.read_text() + "{}\n")
        changed = self.replay()
        self.assertEqual((changed.returncode, "answers/records.jsonl" in changed.stderr), (4, True), changed.stderr)
        self.sum_again()
        self.assertEqual(self.replay().returncode, 6)

    def test_a_file_added_or_a_link_is_named(self):
        self.disclose("--no-program")
        (self.package / "program" / "data" / "more.toml").write_text("")
        self.assertIn("program/data/more.toml", self.replay().stderr)
        (self.package / "program" / "data" / "more.toml").unlink()
        (self.package / "answers" / "link").symlink_to("/etc/hostname")
        self.assertIn("answers/link", self.replay().stderr)

    def test_one_changed_parameter_is_found(self):
        self.disclose("--no-program")
        self.assertEqual(self.replay(check=True).returncode, 0)
        indicators = sorted((self.package / "program" / "data" / "indicators").rglob("*.toml"))
        changed = [p for p in indicators if "sentence" in p.read_text()][0]
        changed.write_text(changed.read_text() + "\n# one more word\n")
        self.sum_again()
        differs = self.replay()
        self.assertEqual(differs.returncode, 6, differs.stderr)
        self.assertIn("the package has", differs.stderr)

    def test_another_vocabulary_shows_what_it_changes(self):
        self.disclose("--no-program")
        other = self.folder / "data"
        shutil.copytree(self.package / "program" / "data", other)
        self.assertEqual(self.replay("--data", other).returncode, 0)
        shutil.rmtree(other / "indicators")
        self.assertNotEqual(self.replay("--data", other).returncode, 0)

    def test_what_cannot_be_disclosed_is_said(self):
        self.case.run("case", "open", "GE-13/2026", "--text", "No network yet")
        empty = self.case.run("disclose", "GE-13/2026", "--out", self.package, check=False)
        self.assertEqual((empty.returncode, "nothing to replay" in empty.stderr), (2, True), empty.stderr)
        self.assertFalse(self.package.exists())
        self.assertEqual(list(self.folder.glob("*.unfinished")), [])
        self.package.mkdir()
        self.assertIn("must be a new one", self.case.run("disclose", "GE-12/2026", "--out", self.package, check=False).stderr)
        self.assertEqual(ovillo("replay", self.folder, check=False).returncode, 2)


if __name__ == "__main__":
    unittest.main()
