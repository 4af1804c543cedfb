"""Cases: what a person writes down and decides, who said it, what it rests on, and what it was at a moment."""
import hashlib
import json
import sqlite3
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server, files_only


class Cases(Case):
    def setUp(self):
        super().setUp()
        self.case = self.workspace()
        self.case.source("notice")
        self.file = self.write_csv("adverts.csv", ADVERT, adverts(60))
        self.case.importing("notice", self.file)
        self.case.run("run")
        self.network = json.loads(self.case.networks())["networks"][0]["id"]

    def open(self, reference="GE-12/2026"):
        return self.case.json("case", "open", reference, "--text", "Flats by the canal", "--network", self.network[:8])

    def show(self, *words):
        return self.case.json("case", "show", "GE-12/2026", *words)

    def write(self, action, *words):
        return self.case.json("case", action, "GE-12/2026", *words)

    def test_a_case_from_a_lead_to_its_end(self):
        opened = self.open()
        self.assertEqual((opened["members"], opened["entries"][0]["subject"]), (["owner"], self.network))
        self.write("member", "lies")
        idea = self.write("hypothesis", "--text", "One payer stands behind the adverts")
        self.write("argue", idea["id"], "--as", "for", "--text", "38 adverts, one account", "--rests-on", "r1")
        self.write("argue", idea["id"], "--as", "against", "--text", "The payer may be an accredited employer")
        task = self.write("task", "--text", "Ask the platform", "--who", "lies", "--until", "2027-01-15")
        self.write("done", task["id"], "--text", "Answered: two accounts")
        self.write("note", "--text", "Blinds always closed", "--type", "fact", "--grade", "B2", "--handling", "H1")
        self.write("category", "person 3", "--as", "suspect", "--said-by", "police", "--since", "2026-11-01")
        said = self.write("category", "person 3", "--as", "presumed_victim", "--said-by", "reception centre")
        now = self.show()
        person = now["persons"][0]
        self.assertEqual((person["governs"], person["look_at_non_punishment"]), ("presumed_victim", True))
        self.assertEqual([len(now["hypotheses"][0][side]) for side in ("for", "against")], [1, 1])
        self.assertEqual(now["tasks"][0]["outcome"], "Answered: two accounts")
        note = [e for e in now["entries"] if e["kind"] == "note"][0]
        self.assertEqual((note["statement"], note["grade"], note["handling"]), ("fact", "B2", "H1"))
        self.write("withdraw", said["id"], "--reason", "another person was meant")
        self.assertEqual(self.show()["persons"][0]["governs"], "suspect")
        self.assertEqual([e["withdrawn_by"] is not None for e in self.show()["entries"]].count(True), 1)
        text = self.case.run("case", "show", "GE-12/2026").stdout
        for words in ("Flats by the canal", "against: The payer may be", "[withdrawn]", "because another person was meant"):
            self.assertIn(words, text)
        self.write("close", "--reason", "no sign of exploitation")
        refused = self.case.run("case", "note", "GE-12/2026", "--text", "x", check=False)
        self.assertIn("closed", refused.stderr)
        self.assertEqual(self.case.json("case", "list")["cases"][0]["closed"], True)
        self.assertEqual(self.case.json("case", "list", "--as-of", "2020-01-01")["cases"], [])

    def test_a_decision_keeps_what_was_shown(self):
        page = self.case.run("show", self.network, "--json").stdout.rstrip("\n")
        decided = self.case.json("decide", self.network, "--as", "co_working", "--reason", "two friends")
        self.assertEqual(decided["shown_sha256"], hashlib.sha256(page.encode()).hexdigest())
        self.assertEqual((decided["subject"], decided["value"], decided["statement"]), (self.network, "co_working", "assessment"))
        self.assertTrue(decided["model"] and decided["view"])
        changed = self.case.json("decide", self.network, "--as", "no_sign", "--reason", "one owner")
        back = self.case.json("decide", "--withdraw", changed["id"], "--reason", "the wrong network")
        self.assertEqual((back["kind"], back["subject"]), ("withdrawn", changed["id"]))
        self.assertIn("nothing", self.case.run("decide", "--withdraw", changed["id"], "--reason", "x", check=False).stderr.lower())
        for words, expected in ((("--as", "guilty", "--reason", "x"), "none of the dispositions"), (("--as", "no_sign"), "needs its reason"),
                                (("--as", "put_aside", "--reason", "x"), "until when")):
            self.assertIn(expected, self.case.run("decide", self.network, *words, check=False).stderr)
        self.assertEqual(self.case.run("decide", "ffffffff", "--as", "no_sign", "--reason", "x", check=False).returncode, 5)

    @files_only
    def test_exhibits_their_custody_and_their_check(self):
        self.open()
        sha = hashlib.sha256(self.file.read_bytes()).hexdigest()
        added = self.case.json("exhibit", "add", "GE-12/2026", "adverts.csv", "--text", "hand-over of platform X")
        self.assertEqual((added["subject"], added["rests_on"]), ("GE-12/2026/E1", [sha]))
        self.assertEqual(self.case.run("exhibit", "add", "GE-12/2026", "nothing.csv", "--text", "x", check=False).returncode, 5)
        self.case.run("custody", "GE-12/2026", "GE-12/2026/E1", "--act", "handed_over", "--text", "to the laboratory", "--reason", "dump")
        self.assertIn("as it came in", self.case.run("exhibit", "verify", "GE-12/2026").stdout)
        chain = self.case.run("custody", "GE-12/2026", "GE-12/2026/E1").stdout
        self.assertLess(chain.index("entered by owner"), chain.index("handed_over by owner: to the laboratory; because dump"))
        self.assertIn("verified by owner", chain)
        self.assertIn("only a judicial decision", self.case.run("hold", "lift", "GE-12/2026", "GE-12/2026/E1", "--reason", "over", check=False).stderr)
        self.case.run("hold", "lift", "GE-12/2026", "GE-12/2026/E1", "--reason", "over", "--said-by", "Court of Ghent, 2027/12")
        self.assertFalse(self.show()["exhibits"][0]["held"])
        # One byte of the kept original changed: found, and no line of custody says otherwise.
        database = sqlite3.connect(self.case.folder / "ovillo.db")
        database.execute("UPDATE block SET payload = substr(payload, 1, length(payload) - 1) || x'00' WHERE kind = 0")
        database.commit()
        database.close()
        broken = self.case.run("exhibit", "verify", "GE-12/2026", check=False)
        self.assertEqual((broken.returncode, broken.stdout), (6, ""))
        self.assertEqual(sum(e["value"] == "verified" for e in self.show()["exhibits"][0]["custody"] if "value" in e), 1)

    def test_only_members_write_and_what_is_not_granted_is_not_there(self):
        self.open()
        self.case.run("grant", "lies", "main")
        self.case.run("grant", "noor", "main")
        self.case.run("case", "member", "GE-12/2026", "lies")
        self.assertEqual(self.case.run("case", "note", "GE-12/2026", "--text", "x", "--user", "lies").returncode, 0)
        self.assertIn("Only members", self.case.run("case", "note", "GE-12/2026", "--text", "x", "--user", "noor", check=False).stderr)
        self.assertEqual(self.case.run("case", "show", "GE-12/2026", "--user", "noor").returncode, 0)
        self.case.run("compartment", "add", "sealed")
        self.case.run("case", "open", "HIDDEN", "--text", "x", "--compartment", "sealed")
        hidden = self.case.run("case", "show", "HIDDEN", "--user", "lies", check=False)
        absent = self.case.run("case", "show", "ABSENT", "--user", "lies", check=False)
        self.assertEqual((hidden.returncode, hidden.stderr), (absent.returncode, absent.stderr))
        self.assertNotIn("HIDDEN", self.case.run("case", "list", "--user", "lies").stdout)
        # The same reference elsewhere gives nothing away.
        self.assertEqual(self.case.run("case", "open", "HIDDEN", "--text", "x", "--user", "lies").returncode, 0)

    def test_nothing_written_down_lies_in_clear_on_the_disk_or_in_the_log(self):
        self.open()
        self.write("note", "--text", "zwarte bestelwagen aan de kade")
        self.case.run("case", "category", "GE-12/2026", "planted person", "--as", "witness", "--said-by", "police")
        for path in self.case.folder.iterdir():
            if path.is_file():
                content = path.read_bytes()
                for planted in (b"bestelwagen", b"planted person", b"Flats by the canal"):
                    self.assertNotIn(planted, content, path)
        log = json.dumps(self.case.json("audit", "--limit", "50"))
        self.assertIn("categorise by owner", log)
        self.assertNotIn("planted", log)

    def test_the_http_door_writes_the_same(self):
        with Server(self.case) as server:
            status, _, body = server.ask("POST", "/api/cases", {"reference": "GE-12/2026", "title": "Flats", "network": self.network})
            opened = json.loads(body)
            self.assertEqual((status, opened["members"]), (200, ["owner"]))
            entry = {"case": opened["id"], "kind": "category", "subject": "person 3", "value": "witness", "said_by": "police", "since": "2026-11-01"}
            self.assertEqual(server.ask("POST", "/api/cases/entries", entry)[0], 200)
            self.assertEqual(server.ask("POST", "/api/cases/entries", {**entry, "kind": "opened"})[0], 400)
            self.assertEqual(server.ask("POST", "/api/cases/entries", {**entry, "since": "someday"})[0], 400)
            self.assertEqual(server.ask("POST", "/api/decisions", {"network": self.network, "disposition": "no_sign", "reason": "r"})[0], 200)
            lead = next(one for one in server.get("/api/leads")[1]["leads"] if one["id"] == self.network)
            self.assertEqual((lead["decided"]["disposition"], lead["decided"]["by"], lead["decided"]["reason"]), ("no_sign", "owner", "r"))
            taken_back = {"decision": lead["decided"]["id"], "reason": "the wrong network"}
            self.assertEqual(server.ask("POST", "/api/decisions/withdraw", {"decision": lead["decided"]["id"]})[0], 400)
            self.assertEqual(server.ask("POST", "/api/decisions/withdraw", taken_back)[0], 200)
            self.assertEqual(server.ask("POST", "/api/decisions/withdraw", taken_back)[0], 404)
            lead = next(one for one in server.get("/api/leads")[1]["leads"] if one["id"] == self.network)
            self.assertIsNone(lead["decided"])
            status, shown = server.get(f"/api/cases/{opened['id']}")
            self.assertEqual((status, shown["persons"][0]["governs"]), (200, "witness"))
            self.assertEqual(server.get("/api/cases/" + "f" * 32)[0], 404)
            self.assertEqual([c["reference"] for c in server.get("/api/cases")[1]["cases"]], ["GE-12/2026"])
        self.assertEqual(self.show()["persons"], shown["persons"])


if __name__ == "__main__":
    unittest.main()
