"""Privileged is unseen: what was said to a lawyer, a doctor or a reception centre changes no byte of any answer at either door, and no export holds a word of it."""
import json
import re
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server
from view_test import answers, http_answers

# Each speaks of a number of the adverts, of one of its own, in the adverts' own words and in words found nowhere else.
TALKS = {
    "lawyer": ("+44 7700 900801", "kwikstaartbrief", "my client was told by +44 7700 900003 to say nothing of the kwikstaartbrief"),
    "doctor": ("+44 7700 900802", "roodborstdossier", "I am only 15 years old, help me, he does not let me leave, roodborstdossier, +44 7700 900004"),
    "centre": ("+44 7700 900803", "ijsvogelkamer", "piso privado número 3 muy tranquilo junto a la fuente, ijsvogelkamer, bel +44 7700 900006"),
}
# Who may bring in what is privileged may know that the source is there: it stands in the list of sources, and nowhere else.
NAMES_SOURCES = (("source", "list"), ("source", "list", "--json"))


class Privileged(Case):
    def chat(self, folder, name):
        number, word, said = TALKS[name]
        path = folder / f"{name}_chat.txt"
        path.write_text("".join(f"24-01-2026 15:{minute:02d} - {who}: {text}\n" for minute, (who, text) in enumerate(
            [(number, f"good morning, about the {word}"), ("+44 7700 900003", said), (number, said)] * 4)))
        return path

    def make(self, name, with_talks):
        folder = self.folder / name
        folder.mkdir()
        workspace = self.workspace(f"{name}/case")
        workspace.source("notice")
        urgent = [["u1", "2026-03-03T10:00:00", "Help me, I am only 15 years old and he does not let me leave. +44 7700 900003", "", "Gent"]]
        workspace.importing("notice", self.write_csv("main.csv", ADVERT, adverts(240) + urgent))
        if with_talks:
            for source in TALKS:
                workspace.source(source, "--privileged", kind="judicial_order")
                taken = workspace.importing(source, self.chat(folder, source))
                self.assertEqual(taken["files"][0]["records"], 12)
        workspace.run("run")
        workspace.run("grant", "lies", "main")
        workspace.run("run", "--user", "lies")
        return workspace

    def planted(self):
        return [plain for number, word, _ in TALKS.values() for plain in (word, number, number.replace(" ", ""), number[-6:])]

    def assert_nothing_planted(self, said, where):
        text = said if isinstance(said, str) else said.decode("utf-8", "replace")
        for words in self.planted():
            self.assertNotIn(words, text, where)

    def test_no_answer_at_the_command_line_differs_by_a_byte(self):
        never, planted = self.make("never", False), self.make("planted", True)
        for words in (("networks", "--json"), ("urgent", "--json"), ("identities", "--json"), ("search", "piso privado", "--json"), ("compartment", "list")):
            self.assertEqual(never.run(*words).stdout, planted.run(*words).stdout, words)  # who may see everything
        for a, b in zip(answers(never, "lies"), answers(planted, "lies"), strict=True):
            if a[0] not in NAMES_SOURCES:
                self.assertEqual(a, b)
        self.assertGreater(len(json.loads(never.networks())["networks"]), 0)
        # The check can fail: the same talks, not privileged, change what is seen.
        planted.source("open", kind="judicial_order")
        planted.importing("open", self.chat(self.folder, "doctor"))
        planted.run("run")
        self.assertNotEqual(never.networks(), planted.networks())

    def test_no_answer_at_the_http_door_differs_by_a_byte(self):
        never, planted = self.make("never", False), self.make("planted", True)
        self.assertEqual(http_answers(never, "lies"), http_answers(planted, "lies"))
        with Server(planted) as server, Server(never) as other:
            for path in ("/api/imports", "/api/leads", "/api/networks", "/api/urgent"):
                mine, theirs = (re.sub(rb"\d\d:\d\d:\d\dZ", b"NOW", s.ask("GET", path)[2]) for s in (server, other))
                self.assertEqual(mine, theirs, path)
            for asked in self.planted():
                self.assertEqual(server.ask("POST", "/api/search", {"q": asked})[2], other.ask("POST", "/api/search", {"q": asked})[2], asked)
                body = {"a": "+44 7700 900003", "b": asked}
                self.assertEqual(server.ask("POST", "/api/why", body)[2], other.ask("POST", "/api/why", body)[2], asked)

    def test_what_is_asked_for_by_name_is_not_there(self):
        never, planted = self.make("never", False), self.make("planted", True)
        for number, word, said in TALKS.values():
            for words in (("search", word, "--json"), ("search", number, "--json"), ("search", said[:40], "--json"), ("show", number),
                          ("why", "+44 7700 900003", number), ("networks", "--json")):
                mine, theirs = (w.run(*words, check=False) for w in (never, planted))
                self.assertEqual((mine.returncode, mine.stdout, mine.stderr), (theirs.returncode, theirs.stdout, theirs.stderr), words)
        for workspace in (never, planted):
            workspace.run("case", "open", "GE-1", "--text", "t")
        for name in TALKS:
            mine, theirs = (w.run("exhibit", "add", "GE-1", f"{name}_chat.txt", "--text", "hand-over", check=False) for w in (never, planted))
            self.assertNotEqual(theirs.returncode, 0)
            self.assertEqual((mine.returncode, mine.stdout, mine.stderr), (theirs.returncode, theirs.stdout, theirs.stderr), name)

    def test_no_file_that_leaves_holds_a_word_of_it(self):
        workspace = self.make("planted", True)
        networks = json.loads(workspace.networks())["networks"]
        workspace.run("case", "open", "GE-1", "--text", "t", "--network", networks[0]["id"])
        workspace.run("exhibit", "add", "GE-1", "main.csv", "--text", "hand-over")
        out = self.folder / "leaves"
        out.mkdir()
        for network in networks:
            for kind in ("ftm", "csv", "graphml", "gexf", "anx", "geojson"):
                workspace.run("export", network["id"], "--format", kind, "--out", out / f"{network['id']}.{kind}")
            workspace.run("report", network["id"], "--out", out / f"{network['id']}.html")
        workspace.run("disclose", "GE-1", "--out", out / "package")
        files = [path for path in out.rglob("*") if path.is_file()]
        self.assertGreater(len(files), 3 * len(networks))
        for path in files:
            if path.name != "ovillo":
                self.assert_nothing_planted(path.read_bytes(), path)
        self.assertIn(b"900003", b"".join(path.read_bytes() for path in files if path.name != "ovillo"))  # what is open is there

    def test_counts_and_estimates_see_none_of_it(self):
        never, planted = self.make("never", False), self.make("planted", True)
        for words in (("run",), ("train",), ("run",)):
            mine, theirs = (re.sub(r'"stages":\[.*?\]', "", w.run(*words, "--json", check=False).stdout) for w in (never, planted))
            self.assertEqual(mine, theirs, words)
        self.assertEqual(never.networks(), planted.networks())
        listed = {s["source"]: s["n_records"] for s in planted.json("retention", "list")["sources"]}
        self.assertEqual(listed.get("notice"), 241)
        log = json.dumps(planted.json("audit", "--limit", "1000"))
        self.assert_nothing_planted(log, "audit")


if __name__ == "__main__":
    unittest.main()
