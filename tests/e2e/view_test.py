"""Views: what a user may not see changes no byte of what they see; what is taken out leaves nothing."""
import json
import random
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, ovillo

QUESTIONS = [
    ("networks", "--json"), ("networks",), ("networks", "--limit", "3"), ("urgent", "--json"), ("urgent",),
    ("source", "list"), ("compartment", "list"), ("search", "piso privado", "--json"),
    ("search", "+44 7700 900003", "--json"), ("show", "+44 7700 900003"), ("why", "+44 7700 900003", "+44 7700 900004"),
    ("why", "+44 7700 900003", "+44 7700 900700"), ("show", "ffffffffffffffffffffffffffffffff"),
    ("search", "hidden", "--json"), ("import", "/nowhere.csv", "--source", "sealed"),
]


def answers(workspace, user):
    """Every answer a user gets, with exit status and error text; paths of the workspace left out."""
    out = []
    for question in QUESTIONS:
        process = workspace.run(*question, "--user", user, check=False)
        out.append((question, process.returncode, process.stdout.replace(str(workspace.folder), "W"),
                    process.stderr.replace(str(workspace.folder), "W")))
    networks = json.loads(workspace.run("networks", "--json", "--user", user).stdout)["networks"]
    for network in networks[:5]:
        for words in (("show", network["id"], "--json"), ("show", network["id"]),
                      ("export", network["id"], "--format", "ftm"), ("export", network["id"], "--format", "csv"),
                      ("export", network["id"], "--format", "graphml"), ("report", network["id"], "--out", "-")):
            out.append((words, workspace.run(*words, "--user", user).stdout))
    return out


class HiddenCompartment(Case):
    def make(self, name, with_hidden):
        workspace = self.workspace(name)
        main = self.write_csv("main.csv", ADVERT, adverts(300))
        # The hidden records share numbers, words and template with the open ones.
        hidden = self.write_csv("hidden.csv", ADVERT, [[f"hidden{i}", *row[1:]] for i, row in enumerate(adverts(300, seed=9))])
        if with_hidden:
            workspace.run("compartment", "add", "sealed")
            workspace.source("sealed", "--compartment", "sealed")
            workspace.importing("sealed", hidden)
            workspace.run("run")
        workspace.source("notice")
        workspace.importing("notice", main)
        workspace.run("grant", "lies", "main")
        if with_hidden:
            workspace.importing("sealed", self.write_csv("more.csv", ADVERT, [["hidden x", *adverts(1)[0][1:]]]))
            workspace.run("run")
        workspace.run("run", "--user", "lies")
        return workspace

    def test_changes_no_byte_of_any_answer(self):
        never = answers(self.make("never", False), "lies")
        hidden = self.make("hidden", True)
        self.assertEqual(len(never), len(answers(hidden, "lies")))
        for a, b in zip(never, answers(hidden, "lies")):
            self.assertEqual(a, b)
        # The check can fail: the owner, who sees both, gets other answers.
        self.assertNotEqual(never, answers(hidden, "owner"))

    def test_a_user_without_grants_is_told_nothing(self):
        workspace = self.make("case", True)
        process = workspace.run("networks", "--user", "nobody", check=False)
        self.assertNotEqual(process.returncode, 0)
        self.assertNotIn("sealed", process.stdout + process.stderr)


class Excise(Case):
    def test_a_source_taken_away_leaves_the_bytes_of_a_workspace_that_never_had_it(self):
        rng = random.Random(11)
        rows = adverts(400, seed=3)
        groups = {name: rows[i::4] for i, name in enumerate(["s0", "s1", "s2", "s3"])}
        away = rng.choice(sorted(groups))
        every = self.workspace("every")
        without = self.workspace("without")
        for name, part in groups.items():
            file = self.write_csv(f"{name}.csv", ADVERT, part)
            every.source(name)
            every.importing(name, file)
            if name != away:
                without.source(name)
                without.importing(name, file)
        every.run("run")
        report = every.json("run", "--exclude-source", away)
        self.assertEqual(report["n_new_records"], 0)  # nothing is extracted again
        without.run("run")
        self.assertNotEqual(every.networks(), without.networks())
        self.assertEqual(every.networks("--exclude-source", away), without.networks())
        for network in json.loads(without.networks())["networks"][:5]:
            self.assertEqual(every.run("show", network["id"], "--json", "--exclude-source", away).stdout,
                             without.run("show", network["id"], "--json").stdout)


if __name__ == "__main__":
    unittest.main()
