"""`identities`, `why-not` and `judge` in a workspace: the machine proposes, a person decides, and every decision can be taken back."""
import itertools
import json
import random
import unittest

from ovillo_cli import Case, Server, Workspace, ovillo

POLICE = """person_id,first_name,last_name,birth_date,phone
1,Ana,Inventada,1990-05-01,+447700900101
2,Rui,Figura,1971-02-17,+447700900102
3,Eva,Fábula,1985-11-30,+447700900103
"""
CLINIC = """person_id,name,birth_date,phone
7,"INVENTADA, Ana",01/05/1990,+447700900201
8,Noa Otra,1999-09-09,+447700900202
9,"FABULA, Eva",30/11/1985,+447700900203
"""
ADVERTS = """id,text,phone
a1,Nueva en la ciudad llama ya,+447700900101
a2,Masaje en casa de lunes a viernes,+447700900101
a3,Hola soy nueva aqui,+447700900201
a4,Solo unos dias en tu barrio,+447700900201
"""


class Judgements(Case):
    def workspace(self, name="w", clinic_compartment=None):
        w = Workspace(self.folder / name)
        if clinic_compartment:
            w.run("compartment", "add", clinic_compartment)
        for source, text in (("police", POLICE), ("clinic", CLINIC), ("adverts", ADVERTS)):
            where = ["--compartment", clinic_compartment] if source == "clinic" and clinic_compartment else []
            w.source(source, *where, kind="platform_report" if source == "adverts" else "judicial_order")
            (self.folder / f"{source}.csv").write_text(text)
            w.importing(source, self.folder / f"{source}.csv")
        w.run("run")
        return w

    def judge(self, w, a, b, verdict, reason="seen", check=True):
        done = w.run("judge", a, b, "--verdict", verdict, "--by", "A. Figura", "--reason", reason, check=check)
        if check:
            w.run("run")
        return done

    def pairs(self, w):
        return {(p["a"]["reference"], p["b"]["reference"]): p for p in w.json("identities")["identities"]}

    def test_the_machine_proposes_and_joins_nobody(self):
        w = self.workspace()
        pairs = self.pairs(w)
        self.assertEqual(set(pairs), {("clinic#7", "police#1"), ("clinic#9", "police#3")})
        one = pairs["clinic#7", "police#1"]
        self.assertIsNone(one["judgement"])
        self.assertEqual(one["outcome"], "stands")
        self.assertAlmostEqual(one["weight_bits"], sum(r["weight_bits"] for r in one["reasons"]) + one["relatives_bits"])
        self.assertEqual((one["a"]["citation"]["source"], one["a"]["citation"]["row"]), ("clinic", 1))
        self.assertNotEqual(w.run("why", "+447700900101", "+447700900201", check=False).returncode, 0)

    def test_the_http_door_asks_judges_and_shows_what_waits(self):
        w = self.workspace()
        pair = {"a": "police#1", "b": "clinic#7"}
        with Server(w) as server:
            def shown():
                listed = server.get("/api/identities")[1]["identities"]
                return {(p["a"]["reference"], p["b"]["reference"]): p for p in listed}

            self.assertEqual(set(shown()), {("clinic#7", "police#1"), ("clinic#9", "police#3")})
            one = json.loads(server.ask("POST", "/api/why-not", pair)[2])
            self.assertEqual(one, shown()["clinic#7", "police#1"])
            self.assertEqual({s["column"]: s["value"] for s in one["b"]["stated"]}["last_name"], "Inventada")
            for verdict, reason in (("same", "one passport"), ("not_same", "two faces")):
                status, _, body = server.ask("POST", "/api/judgements", {**pair, "verdict": verdict, "reason": reason})
                self.assertEqual(status, 200, body)
                judged = shown()["clinic#7", "police#1"]["judgement"]
                self.assertEqual((judged["verdict"], judged["by"], judged["reason"], judged["waits"]), (verdict, "owner", reason, True))
            server.ask("POST", "/api/judgements", {**pair, "verdict": "taken_back", "reason": "the wrong file"})
            self.assertIsNone(shown()["clinic#7", "police#1"]["judgement"])
            for wrong in ({"verdict": "perhaps"}, {"reason": ""}):
                status, _, body = server.ask("POST", "/api/judgements", {**pair, "verdict": "same", "reason": "r", **wrong})
                self.assertEqual((status, json.loads(body)["error"]["code"]), (400, "base.bad_argument"))
            server.ask("POST", "/api/judgements", {**pair, "verdict": "unsure", "reason": "no picture"})
        w.run("run")
        judged = self.pairs(w)["clinic#7", "police#1"]["judgement"]
        self.assertEqual((judged["verdict"], judged["waits"]), ("unsure", False))

    def test_what_a_person_judges_the_same_is_joined_and_says_who_did(self):
        w = self.workspace()
        before = w.json("networks")
        self.judge(w, "police#1", "clinic#7", "same", "the same passport was seen at both")
        steps = w.json("why", "+447700900101", "+447700900201")["steps"]
        (identity,) = [step for step in steps if step["link"] == "identity"]
        self.assertEqual(identity["statement"], "assessment")
        self.assertEqual(identity["records"][0]["from"]["kind"], "judgement")
        one = self.pairs(w)["clinic#7", "police#1"]["judgement"]
        self.assertEqual((one["verdict"], one["by"], one["reason"], one["contradicted"]),
                         ("same", "A. Figura", "the same passport was seen at both", False))
        said = w.run("why", "+447700900101", "+447700900201").stdout
        self.assertIn("judged the same by a person", said)

        self.judge(w, "clinic#7", "police#1", "taken_back", "another passport")
        self.assertNotEqual(w.run("why", "+447700900101", "+447700900201", check=False).returncode, 0)
        self.assertEqual([n["key"] for n in w.json("networks")["networks"]], [n["key"] for n in before["networks"]])
        self.assertIsNone(self.pairs(w)["clinic#7", "police#1"]["judgement"])

    def test_not_the_same_holds_whatever_chain_leads_there(self):
        w = self.workspace()
        self.judge(w, "police#1", "clinic#7", "not_same")
        self.judge(w, "police#1", "police#2", "same")
        self.judge(w, "police#2", "clinic#7", "same")
        self.assertNotEqual(w.run("why", "+447700900101", "+447700900201", check=False).returncode, 0)
        judged = {pair: p["judgement"] for pair, p in self.pairs(w).items() if p["judgement"]}
        self.assertEqual(judged["clinic#7", "police#1"]["verdict"], "not_same")
        self.assertEqual(sum(one["contradicted"] for one in judged.values()), 1)
        self.assertIn("not_same", w.run("why-not", "1", "7").stdout)

    def test_any_order_of_judgements_comes_to_the_same(self):
        ends = [("police#1", "clinic#7"), ("police#2", "clinic#7"), ("police#3", "clinic#9"), ("police#2", "police#3")]
        verdicts = dict(zip(ends, ("same", "same", "same", "not_same")))
        answers = []
        for number, order in enumerate(itertools.islice(itertools.permutations(ends), 0, 24, 11)):
            w = self.workspace(f"w{number}")
            for a, b in order:
                done = w.run("judge", a, b, "--verdict", verdicts[a, b], "--by", "A. Figura", "--reason", "seen")
                self.assertIn("written", done.stdout)
            w.run("run")
            answers.append([(p["a"]["reference"], p["b"]["reference"], p["judgement"] and p["judgement"]["contradicted"])
                            for p in w.json("identities")["identities"]])
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], answers[2])

    def answers(self, w):
        """Every answer that a judgement could change, as bytes."""
        questions = [("networks", "--json"), ("networks",), ("identities", "--json"), ("identities",), ("urgent", "--json"),
                     ("why-not", "1", "7"), ("why", "+447700900101", "+447700900201"), ("why", "+447700900102", "+447700900201"),
                     ("search", "INVENTADA", "--json"), ("search", "+447700900101", "--json")]
        out = []
        for words in questions:
            done = w.run(*words, check=False)
            out.append((words, done.returncode, done.stdout, done.stderr))
        for network in json.loads(out[0][2])["networks"]:
            for words in (("show", network["id"], "--json"), ("export", network["id"], "--format", "csv")):
                out.append((words, w.run(*words).stdout))
        return out

    def test_any_history_of_judgements_undone_ends_in_the_bytes_of_none(self):
        w = self.workspace()
        never = self.answers(w)
        ends = ["police#1", "police#2", "police#3", "clinic#7", "clinic#8", "clinic#9"]
        pairs = list(itertools.combinations(ends, 2))
        n_changed = 0
        for seed in range(6):
            rng = random.Random(seed)
            standing = set()

            def say(a, b, verdict):
                if rng.random() < 0.5:
                    a, b = b, a
                w.run("judge", a, b, "--verdict", verdict, "--by", "A. Figura", "--reason", "seen")

            # A history: judged, judged otherwise, taken back, judged anew, with answers made in between.
            for _ in range(rng.randrange(4, 12)):
                pair = rng.choice(pairs)
                verdict = rng.choice(["same", "same", "not_same", "unsure", "taken_back"])
                if verdict == "taken_back" and pair not in standing:
                    continue
                say(*pair, verdict)
                (standing.discard if verdict == "taken_back" else standing.add)(pair)
                if rng.random() < 0.3:
                    w.run("run")
            w.run("run")
            n_changed += self.answers(w) != never
            for pair in rng.sample(sorted(standing), len(standing)):
                say(*pair, "taken_back")
            w.run("run")
            for mine, theirs in zip(self.answers(w), never, strict=True):
                self.assertEqual(mine, theirs, f"seed {seed}")
        self.assertGreaterEqual(n_changed, 5, "the histories changed nothing: nothing was shown")

    def test_the_last_word_holds_also_without_a_run_in_between(self):
        w = self.workspace()
        for verdict in ("same", "not_same", "unsure", "same", "not_same", "taken_back"):
            a, b = ("police#1", "clinic#7") if verdict == "same" else ("clinic#7", "police#1")
            w.run("judge", a, b, "--verdict", verdict, "--by", "A. Figura", "--reason", "seen")
        w.run("run")
        self.assertIsNone(self.pairs(w)["clinic#7", "police#1"]["judgement"])

    def test_a_judgement_does_not_tell_of_a_hidden_compartment(self):
        w = self.workspace(clinic_compartment="health")
        refused = self.judge(w, "police#1", "clinic#7", "same", check=False)
        self.assertIn("flow.two_compartments", refused.stderr)

    def test_a_judgement_names_two_of_a_kind_and_why(self):
        w = self.workspace()
        for a, b, reason in (("police#1", "nobody#5", "x"), ("police#1", "police#1", "x"), ("police#1", "clinic#7", "")):
            self.assertNotEqual(self.judge(w, a, b, "same", reason, check=False).returncode, 0)
        done = w.run("add", "from_ref=police#1", "to_ref=clinic#7", "predicate=same", "--kind", "judgement", "--source", "police",
                     "--statement", "assessment", check=False)
        self.assertEqual(done.returncode, 2)
        (self.folder / "p.toml").write_text('name = "p"\nkind = "judgement"\n[columns]\nname = "name"\n')
        done = w.run("import", self.folder / "police.csv", "--source", "police", "--profile", self.folder / "p.toml", check=False)
        self.assertIn("ovillo judge", done.stderr)


if __name__ == "__main__":
    unittest.main()
