"""Conversations with lawyers, doctors and reception centres are sealed when they come in: no answer, search or count knows them."""
import unittest
import zipfile

from ovillo_cli import Case

LIST = """[[party]]
kind = "lawyer"
phones = ["+44 7700 900111"]
emails = ["@lawyers.example.org"]
source = "the bar's register"
checked = 2026-11-20
"""
CHAT = ("24-01-2026 15:05 - Berichten zijn end-to-end versleuteld.\n"
        "24-01-2026 15:06 - Eva: kan u mij bellen op +44 7700 900456\n"
        "24-01-2026 15:07 - +44 7700 900111: ja\n")
MAIL = ("From: eva@example.org\nTo: {to}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <{id}@example.org>\nSubject: x\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nbody\n--b\n"
        "Content-Type: text/plain; name=note.txt\nContent-Disposition: attachment; filename=note.txt\n\ncall {number}\n--b--\n")


class SealedConversations(Case):
    def imported(self, listed=LIST):
        workspace = self.workspace()
        workspace.source("phone", kind="judicial_order", region="GB")
        if listed is not None:
            (workspace.folder / "privileged.toml").write_text(listed)
        with zipfile.ZipFile(self.folder / "chat.zip", "w") as archive:
            archive.writestr("_chat.txt", CHAT)
        (self.folder / "sealed.eml").write_text(MAIL.format(to="desk@lawyers.example.org", id=1, number="+44 7700 900457"))
        (self.folder / "open.eml").write_text(MAIL.format(to="lea@example.org", id=2, number="+44 7700 900458"))
        files = [self.folder / name for name in ("chat.zip", "sealed.eml", "open.eml")]
        return workspace, workspace.run("import", *files, "--source", "phone", "--json", check=False)

    def test_the_whole_conversation_and_what_is_attached_is_sealed(self):
        workspace, outcome = self.imported()
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        workspace.run("run")
        for number in ("447700900456", "447700900111", "447700900457", "desk@lawyers.example.org"):
            self.assertEqual(workspace.json("search", number)["hits"], [])
            self.assertNotEqual(workspace.run("why", number, "eva@example.org", check=False).returncode, 0)
        self.assertEqual(len(workspace.json("search", "447700900458")["hits"]), 1)
        self.assertIn('"privileged"', outcome.stdout)

    def test_without_the_list_they_are_read(self):
        workspace, outcome = self.imported(listed=None)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertNotIn('"privileged"', outcome.stdout)
        workspace.run("run")
        self.assertIn("kan u mij bellen", workspace.run("search", "447700900456").stdout)

    def test_a_list_that_cannot_be_read_stops_the_import(self):
        workspace, outcome = self.imported(listed="[[party]]\nkind = \"lawyer\"\n")
        self.assertNotEqual(outcome.returncode, 0)
        self.assertIn("privileged.toml", outcome.stdout + outcome.stderr)


if __name__ == "__main__":
    unittest.main()
