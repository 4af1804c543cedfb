"""`recommendations`: who owes what since when, the annex in four languages, and what the register does not show."""
import csv
import io
import json
import unittest

from ovillo_cli import SOURCE, Case, ovillo

EXAMPLE = SOURCE / "data/recommendations/example.csv"


class Recommendations(Case):
    def rows(self, *words):
        return list(csv.DictReader(io.StringIO(ovillo("recommendations", *words).stdout)))

    def test_who_owes_what_since_when(self):
        told = [(r["recipient"], r["number"], r["since"], r["years"], r["status"]) for r in self.rows(EXAMPLE, "--as-of", "2026-11-23")]
        self.assertEqual(told, [("Ministry of Justice", "2022/4", "2022", "4", "open"), ("Ministry of Justice", "2024/2", "2024", "2", "open"),
                                ("Police", "2024/1", "2024", "2", "partly"), ("Public prosecutor", "2024/1", "2024", "2", "partly")])
        self.assertEqual([r["number"] for r in self.rows(EXAMPLE, "--as-of", "2023-01-01")], ["2022/4"])
        self.assertEqual([r["number"] for r in self.rows(EXAMPLE, "--as-of", "2026-11-23", "--recipient", "Police")], ["2024/1"])

    def test_the_annex_comes_out_and_in_again_in_each_language(self):
        plain = self.rows(EXAMPLE, "--as-of", "2026-11-23")
        for language, status in (("en", "followed"), ("nl", "opgevolgd"), ("fr", "suivie"), ("de", "befolgt")):
            annex = self.folder / f"{language}.csv"
            annex.write_text(ovillo("recommendations", EXAMPLE, "--format", "annex", "--language", language).stdout, encoding="utf-8")
            self.assertIn(status, annex.read_text(encoding="utf-8"))
            self.assertEqual(self.rows(annex, "--as-of", "2026-11-23"), plain, language)

    def test_what_nothing_shows_is_told(self):
        path = self.write_csv("r.csv", ["Nummer", "Aanbeveling", "Bestemmeling", "Jaar", "Stand van zaken", "Bewijs"], [
            ["1", "Doe dit", "Politie", "2024", "opgevolgd", ""], ["2", "Doe dat", "", "2024", "open", ""], ["3", "Doe iets", "Politie", "later", "open", ""],
            ["4", "Laat dit", "Politie", "2024", "misschien", ""], ["5", "Doe meer", "Politie", "2024", "lopend", ""]])
        done = ovillo("recommendations", path, "--as-of", "2026-11-23")
        self.assertEqual([r["number"] for r in csv.DictReader(io.StringIO(done.stdout))], ["5"])
        self.assertIn("nothing shows it", done.stderr)
        self.assertRegex(done.stderr, r"row 2, byte \d+: it is addressed to nobody")
        self.assertIn('"later" is no year', done.stderr)
        self.assertIn('nobody knows the status "misschien"', done.stderr)
        self.assertIn("3 rows were not taken", done.stderr)
        answer = json.loads(ovillo("recommendations", path, "--as-of", "2026-11-23", "--json").stdout)
        self.assertEqual([(d["number"], d["code"]) for d in answer["doubts"]], [("1", "followed_without_evidence"), ("1", "settled_without_date")])

    def test_what_is_no_register_is_refused(self):
        path = self.write_csv("x.csv", ["a", "b"], [["1", "2"]])
        refused = ovillo("recommendations", path, check=False)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("a register needs a column for the number; it has: a, b", refused.stderr)
        self.assertIn("there are de; en; fr; nl", ovillo("recommendations", EXAMPLE, "--language", "xx", check=False).stderr)


if __name__ == "__main__":
    unittest.main()
