"""Views: what a user may not see changes no byte of what they see; what is taken out leaves nothing."""
import datetime
import json
import random
import re
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server, ovillo

IDENTIFIERS = ("+44 7700 900003", "+44 7700 900004", "+44 7700 900700")
QUESTIONS = [
    ("networks", "--json"), ("networks",), ("networks", "--limit", "3"), ("urgent", "--json"), ("urgent",),
    ("source", "list"), ("compartment", "list"), ("compartment", "add", "sealed"), ("compartment", "add", "new"),
    ("grant", "lies", "sealed"), ("grant", "lies", "never"), ("audit",), ("audit", "--json"),
    ("search", "piso privado", "--json"), ("search", "piso privado"), ("search", IDENTIFIERS[0], "--json"),
    ("search", "hidden", "--json"), ("search", "hidden0", "--json"),
    ("show", IDENTIFIERS[0]), ("show", IDENTIFIERS[2]), ("show", "ffffffffffffffffffffffffffffffff"),
    ("why", *IDENTIFIERS[:2]), ("why", *IDENTIFIERS[:2], "--json"), ("why", IDENTIFIERS[0], IDENTIFIERS[2]),
    ("identities", "--json"), ("identities",), ("why-not", "hidden#1", "sealed#2"), ("why-not", "1", "2", "--json"),
    ("judge", "hidden#1", "sealed#2", "--verdict", "same", "--reason", "x"),
    ("import", "/nowhere.csv", "--source", "sealed"), ("import", "/nowhere.csv", "--source", "never"),
    ("add", "--source", "sealed", "--statement", "assessment", "text=x"),
    ("run", "--exclude-source", "sealed"), ("networks", "--exclude-source", "sealed"),
    ("source", "add", "theirs", "--authorisation", "platform_report", "--authority", "X", "--reference", "1", "--compartment", "sealed"),
    ("case", "list"), ("case", "list", "--json"), ("case", "show", "GE-sealed"), ("case", "show", "GE-never"), ("case", "show", "GE-main", "--json"),
    ("exhibit", "list", "GE-sealed"), ("custody", "GE-sealed"), ("hold", "place", "GE-sealed", "GE-sealed/E1", "--reason", "r"),
    ("case", "note", "GE-sealed", "--text", "x"), ("case", "note", "GE-never", "--text", "x"),
    ("case", "open", "GE-sealed", "--text", "x", "--compartment", "sealed"), ("user", "list"),
    ("excise", "--source", "sealed", "--dry-run"), ("excise", "--list"), ("retention", "list"), ("retention", "apply"), ("retention", "extend", "sealed", "--until", "2990-01-01", "--reason", "r"),
    ("export", "ffffffff"), ("report", "ffffffff"), ("init", "{workspace}"), ("networks", "--purpose", "tax"),
]
HANDS = ["Quiet studio beside the old mill, green door, ring twice and wait for the bell, ask for",
         "Piso luminoso con balcón azul y gato dormido, café recién hecho, sin prisas, pregunta por",
         "Chambre claire au fond du jardin, thé à la menthe, musique douce, on se tutoie, demander",
         "Rustig atelier boven de bakker, verse bloemen, houten trap, eigen sleutel, vraag naar"]
# What changes the workspace comes last: asked of both in the same order.
ACTS = [
    ("source", "add", "sealed", "--authorisation", "platform_report", "--authority", "X", "--reference", "1", "--valid-from", "2025-01-01"),
    ("import", "{folder}/own.csv", "--source", "sealed", "--handover", "week 12", "--json"),
    ("import", "{folder}/own.csv", "--source", "sealed", "--json"), ("import", "{folder}/own.csv", "--source", "sealed"),
    ("add", "--source", "sealed", "--kind", "advert", "--statement", "assessment", "text=seen by the door", "phone=+44 7700 900003"),
    ("payers", "{folder}/payers.csv"), ("run",), ("networks", "--json"), ("train",), ("run",), ("networks", "--json"), ("source", "list"),
]


def text_of(workspace, text):
    """Without what lies outside the answer: where the workspace is, the minute a report was made, and the Merkle
    root of an original, which is salted with random keys and so differs between any two installations."""
    text = re.sub(r"(Merkle root of the kept original</span> <code>)[0-9a-f]{64}", r"\1ROOT", text)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return re.sub(rf"{today} \d\d:\d\d UTC", "NOW", text.replace(str(workspace.folder), "WORKSPACE"))


def answers(workspace, user):
    """Every answer of every command to a user, with exit status and error text."""
    out = []

    def ask(*words):
        asked, words = words, [w.replace("{workspace}", str(workspace.folder)).replace("{folder}", str(workspace.folder.parent)) for w in words]
        process = workspace.run(*words, "--user", user, check=False)
        out.append((asked, process.returncode, text_of(workspace, process.stdout), text_of(workspace, process.stderr)))
        return process.stdout

    for question in QUESTIONS:
        ask(*question)
    networks = json.loads(workspace.run("networks", "--json", "--user", user).stdout)["networks"]
    for network in networks[:2]:
        ask("show", network["id"], "--json")
        ask("show", network["id"])
        for kind in ("ftm", "csv", "graphml", "gexf", "anx", "geojson"):
            ask("export", network["id"], "--format", kind)
        ask("report", network["id"], "--out", "-")
        ask("show", network["members"][0])
        ask("show", network["members"][0], "--json")
    return out


def http_answers(workspace, user):
    """Every answer of every endpoint."""
    out = []
    with Server(workspace, "--user", user) as server:
        def ask(method, path, body=None):
            out.append((method, path, *server.ask(method, path, body)))
            return out[-1][-1]

        networks = json.loads(ask("GET", "/api/networks"))["networks"]
        for path in ("/", "/leads", "/assets/nothing.js", "/api/health", "/api/openapi.json", "/api/leads", "/api/networks?limit=2", "/api/urgent",
                     "/api/networks/ffffffffffff", "/api/records/ffffffffffffffffffffffffffffffff", "/api/nothing", "/nothing"):
            ask("GET", path)
            ask("HEAD", path)
        for network in networks[:3]:
            ask("GET", f"/api/networks/{network['id']}")
            ask("GET", f"/api/networks/{network['key']}")
            for member in network["members"][:3]:
                ask("GET", f"/api/records/{member}")
        for query in ("piso privado", "hidden", "hidden0", *IDENTIFIERS):
            ask("POST", "/api/search", {"q": query})
        ask("POST", "/api/why", {"a": IDENTIFIERS[0], "b": IDENTIFIERS[1]})
        ask("POST", "/api/why", {"a": IDENTIFIERS[0], "b": IDENTIFIERS[2]})
    return out


class HiddenCompartment(Case):
    def setUp(self):
        super().setUp()
        self.first_run = {}

    def make(self, name, with_hidden):
        (self.folder / name).mkdir()
        workspace = self.workspace(f"{name}/case")
        urgent = [["u1", "2026-03-03T10:00:00", "Help me, I am only 15 years old and he does not let me leave. +44 7700 900003", "", "Gent"]]
        main = self.write_csv("main.csv", ADVERT, adverts(300) + urgent)
        self.write_csv(f"{name}/own.csv", ADVERT, [["o1", *adverts(1)[0][1:]], ["ragged"]])
        self.write_csv(f"{name}/payers.csv", ["name", "kind", "account"], [["Villa", "accredited_employer", "GB33BUKB20201555555555"]])
        # The hidden records share numbers, words and template with the open ones, and are urgent too.
        hidden = self.write_csv("hidden.csv", ADVERT, [[f"hidden{i}", *row[1:]] for i, row in enumerate(adverts(300, seed=9) + urgent)])
        if with_hidden:
            workspace.run("compartment", "add", "sealed")
            workspace.source("sealed", "--compartment", "sealed")
            workspace.importing("sealed", hidden)
            workspace.importing("sealed", self.folder / name / "own.csv", handover="week 12")
            workspace.run("run")
        workspace.source("notice")
        workspace.importing("notice", main)
        workspace.run("grant", "lies", "main")
        if with_hidden:
            workspace.importing("sealed", self.write_csv("more.csv", ADVERT, [["hidden x", *adverts(1)[0][1:]]]))
            workspace.run("grant", "noor", "sealed")
            workspace.run("run", "--user", "noor")
            workspace.run("case", "open", "GE-sealed", "--text", "unseen", "--compartment", "sealed")
            workspace.run("exhibit", "add", "GE-sealed", "hidden.csv", "--text", "unseen")
        workspace.run("run")
        # What the view of everything has in common with this one is taken over from it, in silence.
        self.first_run[name] = workspace.json("run", "--user", "lies")
        return workspace

    def assert_same(self, first, second):
        self.assertEqual(len(first), len(second))
        for a, b in zip(first, second):
            self.assertEqual(a, b)

    def test_changes_no_byte_of_any_answer(self):
        never, hidden = self.make("never", False), self.make("hidden", True)
        for report in self.first_run.values():
            del report["stages"]  # times
        self.assertEqual(self.first_run["never"], self.first_run["hidden"])
        mine = answers(never, "lies")
        self.assert_same(mine, answers(hidden, "lies"))
        self.assert_same(http_answers(never, "lies"), http_answers(hidden, "lies"))
        self.assertGreater(len(json.loads(mine[0][2])["networks"]), 0)
        self.assertGreater(len(json.loads(mine[3][2])["urgent"]), 0)
        # The check can fail: the owner, who sees both, gets other answers.
        for question in (("networks", "--json"), ("urgent", "--json"), ("source", "list"), ("search", "piso privado", "--json")):
            self.assertNotEqual(never.run(*question).stdout, hidden.run(*question).stdout)
            self.assertEqual(never.run(*question).stdout, never.run(*question, "--user", "lies").stdout)

        acts = []
        for workspace in (never, hidden):
            done = []
            for act in ACTS:
                words = [w.replace("{folder}", str(workspace.folder.parent)) for w in act]
                process = workspace.run(*words, "--user", "lies", check=False)
                done.append((act, process.returncode, text_of(workspace, process.stdout), text_of(workspace, process.stderr)))
            acts.append(done)
        self.assert_same(*acts)
        self.assertEqual([a[1] for a in acts[0][:5]], [0] * 5, acts[0][:5])

    def test_a_user_without_grants_is_told_nothing(self):
        workspace = self.make("case", True)
        for question in QUESTIONS:
            question = [str(workspace.folder) if w == "{workspace}" else w for w in question]
            process = workspace.run(*question, "--user", "nobody", check=False)
            self.assertNotEqual(process.returncode, 0, question)
            said = process.stdout + process.stderr
            self.assertNotIn("900003", said)
            if "sealed" not in question:
                self.assertNotIn("sealed", said)


class Excise(Case):
    def looks(self, workspace, *options):
        """Finds, clusters, links, signs, ranks: everything a user can be shown."""
        out = [workspace.networks(*options)]
        for network in json.loads(out[0])["networks"]:
            # Not `report`: it says which sources were left out.
            for words in (("show", network["id"], "--json"), ("show", network["id"]), ("export", network["id"])):
                out.append((words, workspace.run(*words, *options).stdout))
        for words in (("urgent", "--json"), ("urgent",), ("networks", "--limit", "0"),
                      ("why", *IDENTIFIERS[:2]), ("why", *IDENTIFIERS[:2], "--json"),
                      ("search", "piso privado", "--json", "--limit", "500"), ("search", IDENTIFIERS[0], "--json")):
            process = workspace.run(*words, *options, check=False)
            out.append((words, process.returncode, process.stdout, process.stderr))
        return out

    def test_a_source_taken_away_leaves_the_bytes_of_a_workspace_that_never_had_it(self):
        rng = random.Random(11)
        rows = adverts(400, seed=3)
        # A hand of its own for each source, so that taking one away leaves some groups untouched.
        for s, text in enumerate(HANDS):
            rows += [[f"h{s}-{i}", "2026-03-05T10:00:00", f"{text} {name}", f"+44 7700 900{90 + 2 * s + i % 2:03d}", "Gent"]
                     for i, name in enumerate(["Noa", "Lía", "Zoe", "Ada"])]
        groups = {f"s{s}": rows[s:400:4] + rows[400 + 4 * s:404 + 4 * s] for s in range(4)}
        groups["s1"].append(["u1", "2026-03-03T10:00:00", "Help me, I am only 15 years old and he does not let me leave. +44 7700 900003", "", "Gent"])
        groups["s2"].append(["u2", "2026-03-04T10:00:00", "I am 16 years old, they locked the door, help. +44 7700 900004", "", "Gent"])
        for away in rng.sample(sorted(groups), 2):
            every = self.workspace(f"every-{away}")
            without = self.workspace(f"without-{away}")
            for name, part in groups.items():
                file = self.write_csv(f"{name}.csv", ADVERT, part)
                every.source(name)
                every.importing(name, file)
                if name != away:
                    without.source(name)
                    without.importing(name, file)
            every.run("run")
            report = every.json("run", "--exclude-source", away)
            self.assertEqual(report["n_new_records"], 0, "nothing is extracted again")
            self.assertGreater(report["n_reused_components"], 0, "what did not rest on it is kept")
            self.assertLess(report["n_reused_components"], report["n_components"])
            without.run("run")
            self.assertNotEqual(every.networks(), without.networks())
            for a, b in zip(self.looks(every, "--exclude-source", away), self.looks(without), strict=True):
                self.assertEqual(a, b)
            # And put back: as if nothing had been asked.
            self.assertEqual(every.json("run")["n_reused_components"], every.json("run")["n_components"])

    def test_what_does_not_exist_cannot_be_excluded(self):
        workspace = self.workspace()
        process = workspace.run("run", "--exclude-source", "never", check=False)
        self.assertEqual(process.returncode, 5)
        self.assertIn("flow.no_such_source", process.stderr)


if __name__ == "__main__":
    unittest.main()
