"""`resolve`, `why-not` and `judge` on plain files: several lists, headers of other houses, judgements that hold."""
import csv
import io
import json
import unittest

from ovillo_cli import Case, ovillo

LIST = """Vorname,Nachname,by,bm,bd,PLZ
Jana,Beispiel,1967,9,27,10115
Jana,Beispeil,1967,9,27,10115
Martin,Muster,1971,2,17,NA
Ilse,Muster,1971,2,17,NA
"""
REGISTER = """id_number,NAME_FULL,DATE_OF_BIRTH
X1,"BEISPIEL, Jana",27/09/1967
X2,Karl Niemand,1950-01-01
"""


class Resolve(Case):
    def entities(self, *words):
        answer = ovillo("resolve", *words).stdout
        return {row["id"]: row["entity"] for row in csv.DictReader(io.StringIO(answer))}

    def files(self):
        folder = self.folder
        (folder / "list.csv").write_text(LIST)
        (folder / "register.csv").write_text(REGISTER)
        return folder

    def test_lists_of_other_houses_are_read_and_joined(self):
        folder = self.files()
        found = self.entities(folder / "list.csv", folder / "register.csv")
        self.assertEqual(found, {"1:1": "1:1", "1:2": "1:1", "1:3": "1:3", "1:4": "1:4", "2:1": "1:1", "2:2": "2:2"})

    def test_two_lists_that_count_from_one_do_not_make_strangers_one(self):
        header = ["id", "given_name", "surname", "birth_date"]
        first = self.write_csv("first.csv", header, [("1", "Marta", "Doe", "1990-01-02"), ("2", "Anna", "Roe", "1980-01-02"),
                                                     ("", "Ines", "Poe", "1981-01-02")])
        second = self.write_csv("second.csv", header, [("1", "Pieter", "Jansen", "1970-05-06"), ("3", "Marta", "Doe", "1990-01-02"),
                                                       ("", "Olga", "Coe", "1985-01-02")])
        said = ovillo("resolve", first, second, "--id", "id")
        self.assertEqual(said.stdout.splitlines(), ["id,entity", "1,1 (1:1)", "2,2", ",(1:3)", "1,1 (2:1)", "3,1 (1:1)", ",(2:3)"])
        self.assertIn("4 rows share their id with another row, such as 1 (1:1)", said.stderr)
        pairs = [json.loads(line) for line in ovillo("resolve", first, second, "--id", "id", "--format", "jsonl").stdout.splitlines()]
        self.assertEqual([(pair["a"], pair["b"]) for pair in pairs], [("1 (1:1)", "3")])

    def test_a_judgement_holds_in_every_later_run(self):
        folder = self.files()
        ledger, people = folder / "case.ledger", folder / "list.csv"

        def judge(verdict):
            ovillo("judge", "1:1", "1:2", "--ledger", ledger, "--verdict", verdict, "--by", "A. Figura", "--reason", "two passports seen")

        judge("not_same")
        self.assertEqual(self.entities(people, "--ledger", ledger)["1:2"], "1:2")
        # A third list that goes with both does not bring them together again.
        found = self.entities(people, folder / "register.csv", "--ledger", ledger)
        self.assertNotEqual(found["1:1"], found["1:2"])
        why = json.loads(ovillo("why-not", "1:1", "1:2", people, "--ledger", ledger, "--json").stdout)
        self.assertEqual(why["outcome"], "judged_not_same")
        self.assertAlmostEqual(why["weight_bits"], sum(r["weight_bits"] for r in why["reasons"]) + why["relatives_bits"])
        judge("taken_back")
        self.assertEqual(self.entities(people, "--ledger", ledger)["1:2"], "1:1")
        self.assertEqual([json.loads(line)["verdict"] for line in ledger.read_text().splitlines()], ["not_same", "taken_back"])
        judge("unsure")
        self.assertEqual(self.entities(people, "--ledger", ledger)["1:2"], "1:2")
        ovillo("judge", "1:3", "1:4", "--ledger", ledger, "--verdict", "same", "--by", "A. Figura", "--reason", "she told so")
        self.assertEqual(self.entities(people, "--ledger", ledger)["1:4"], "1:3")

    def test_a_judgement_names_who_and_why(self):
        ledger = self.folder / "case.ledger"
        for words in (["--verdict", "same", "--by", "A. Figura"], ["--verdict", "same", "--reason", "x"],
                      ["--verdict", "perhaps", "--by", "A. Figura", "--reason", "x"]):
            self.assertEqual(ovillo("judge", "1:1", "1:2", "--ledger", ledger, *words, check=False).returncode, 2)
        self.assertFalse(ledger.exists())

    def test_a_broken_ledger_or_model_is_refused(self):
        folder = self.files()
        (folder / "bad.ledger").write_text('{"a":"1","b":"2","verdict":"same","by":"x","reason":"y","at":"z"}\n{"a":\n')
        refused = ovillo("resolve", folder / "list.csv", "--ledger", folder / "bad.ledger", check=False)
        self.assertIn("row 2", refused.stderr)
        self.assertIn("resolve.bad_ledger", refused.stderr)
        (folder / "bad.json").write_text('{"match_model":1,"parts":{"surname":{"m":{"equal":2}}}}')
        refused = ovillo("resolve", folder / "list.csv", "--model", folder / "bad.json", check=False)
        self.assertIn("resolve.bad_model", refused.stderr)
        self.assertIn("surname, m", refused.stderr)

    def test_a_kept_model_judges_as_before(self):
        folder = self.files()
        people, model = folder / "list.csv", folder / "m.json"
        first = ovillo("resolve", people, "--format", "jsonl", "--save-model", model).stdout
        self.assertEqual(ovillo("resolve", people, "--format", "jsonl", "--model", model).stdout, first)
        self.assertTrue(first)

    def test_a_new_row_is_looked_up_with_its_reasons(self):
        folder = self.files()
        fresh, people = folder / "fresh.csv", folder / "list.csv"
        fresh.write_text('id,name,birth date\nF1,"Beispiel, Jana",27/09/1967\nF2,Karl Niemand,1950-01-01\n')
        rows = list(csv.DictReader(io.StringIO(ovillo("resolve", people, "--look-up", fresh).stdout)))
        self.assertEqual([(row["id"], row["match"], row["outcome"]) for row in rows],
                         [("1:1", "1:1", "stands"), ("1:1", "1:2", "stands"), ("1:2", "", "none")])
        self.assertIn("birth_date equal", rows[0]["why"])
        first = json.loads(ovillo("resolve", people, "--look-up", fresh, "--format", "jsonl").stdout.splitlines()[0])
        self.assertEqual([match["id"] for match in first["matches"]], ["1:1", "1:2"])
        for match in first["matches"]:
            self.assertAlmostEqual(match["weight_bits"], sum(r["weight_bits"] for r in match["reasons"]) + match["relatives_bits"])
            self.assertGreaterEqual(match["weight_bits"], match["needed_bits"])
        missing = ovillo("resolve", people, "--look-up", folder / "nowhere.csv", check=False)
        self.assertEqual(missing.returncode, 3)
        self.assertIn("nowhere.csv", missing.stderr)

    def test_why_not_says_what_stands_in_the_way(self):
        people = self.files() / "list.csv"
        said = ovillo("why-not", "1:3", "1:4", people).stdout
        self.assertIn("given_name differs", said)
        self.assertEqual(ovillo("why-not", "1:3", "9:9", people, check=False).returncode, 2)


if __name__ == "__main__":
    unittest.main()
