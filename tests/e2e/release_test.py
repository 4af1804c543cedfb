"""`release`: tables that withstand an attack, the attack itself, and what a setting erases."""
import csv
import io
import json
import random
import unittest

from ovillo_cli import Case, ovillo

WOMEN = {"sexual": [31, 12, 7, 4], "labour": [3, 15, 9, 2], "begging": [1, 0, 2, 3]}
MEN = {"sexual": [6, 2, 1, 1], "labour": [22, 18, 11, 5], "begging": [2, 3, 0, 1]}


class Release(Case):
    def counts(self):
        return self.write_csv("victims.csv", ["province", "form", "sex", "people"],
                              [[f"P{i + 1}", form, sex, str(n)] for sex, table in (("F", WOMEN), ("M", MEN)) for form, ns in table.items()
                               for i, n in enumerate(ns)])

    def released(self, *words):
        done = ovillo("release", "table", self.counts(), "--count", "people", "--minimum", 4, *words)
        return list(csv.DictReader(io.StringIO(done.stdout))), done

    def written(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def attacked(self, *paths):
        done = ovillo("release", "attack", *paths)
        return list(csv.DictReader(io.StringIO(done.stdout))), done.stderr

    def test_no_small_count_is_shown_or_follows(self):
        rows, done = self.released("--by", "province,form,sex")
        shown = {(r["province"], r["form"], r["sex"]): r["count"] for r in rows}
        self.assertEqual(shown["Total", "Total", "Total"], "161")
        self.assertEqual(len(rows), 60)
        self.assertTrue(all(r["count"] == "withheld" or int(r["count"]) == 0 or int(r["count"]) >= 4 for r in rows))
        told, said = self.attacked(self.written("t.csv", done.stdout))
        self.assertIn("0 of", said)
        for cell in told:
            self.assertGreaterEqual(int(cell["high"] or 10**9) - int(cell["low"]), 4, cell)

    def test_small_counts_alone_withheld_do_follow(self):
        """The attack can succeed: every cell of a table that hides only its small counts."""
        rows, done = self.released("--by", "province,form,sex", "--zeros")
        true = ovillo("release", "table", self.counts(), "--count", "people", "--by", "province,form,sex", "--minimum", 1).stdout
        naive = true.splitlines()
        hidden = 0
        for i, line in enumerate(naive[1:], 1):
            head, count = line.rsplit(",", 1)
            if int(count) <= 3:
                naive[i], hidden = head + ",withheld", hidden + 1
        self.assertEqual(hidden, 16)
        told, said = self.attacked(self.written("naive.csv", "\n".join(naive) + "\n"))
        self.assertIn("16 of 16 withheld cells follow exactly", said)

    def test_an_earlier_release_counts(self):
        _, by_form = self.released("--by", "form,sex")
        earlier = self.written("earlier.csv", by_form.stdout)
        rows, done = self.released("--by", "province,form,sex", "--earlier", earlier)
        told, said = self.attacked(self.written("now.csv", done.stdout), earlier)
        self.assertIn("0 of", said)
        # What was told before cannot be withheld now: a table without protection came first.
        everything = self.written("all.csv", ovillo("release", "table", self.counts(), "--count", "people", "--by", "province,form,sex", "--minimum", 1).stdout)
        refused = ovillo("release", "table", self.counts(), "--count", "people", "--by", "province,form,sex", "--earlier", everything, check=False)
        self.assertEqual(refused.stdout, "")
        self.assertIn("release.unprotected", refused.stderr)

    def test_groups_that_are_erased_are_named(self):
        path = self.write_csv("r.csv", ["form", "sex"], [["labour", "F"]] * 40 + [["labour", "M"]] * 60 + [["organs", "F"]] * 2 + [["sexual", "F"]] * 70 +
                              [["sexual", "M"]] * 30 + [["begging", "F"]] * 20 + [["begging", "M"]] * 20)
        done = ovillo("release", "table", path, "--by", "form,sex")
        self.assertIn("form = organs is left in the table (2 people)", done.stderr)
        self.assertIn("Put it together with another", done.stderr)

    def test_moved_counts_are_the_same_in_every_table(self):
        rows = [[str(i), f"P{i % 7}", "F" if i % 3 else "M"] for i in range(140)]
        path = self.write_csv("p.csv", ["id", "province", "sex"], rows)
        key = self.written("secret.key", "k" * 40)

        def moved(*words, file=path):
            done = ovillo("release", "moved", file, "--id", "id", "--key", key, *words)
            return list(csv.DictReader(io.StringIO(done.stdout)))
        both = {(r["province"], r["sex"]): int(r["count"]) for r in moved("--by", "province,sex")}
        alone = {r["province"]: int(r["count"]) for r in moved("--by", "province")}
        for province, count in alone.items():
            self.assertEqual(both[province, "Total"], count)
            true = 140 if province == "Total" else 20
            self.assertLessEqual(abs(count - true), 5)
        self.assertTrue(any(alone[p] != 20 for p in alone if p != "Total"))
        self.assertTrue(all(count == 0 or count > 2 for count in both.values()))
        backwards = self.write_csv("b.csv", ["id", "province", "sex"], rows[::-1])
        self.assertEqual(moved("--by", "province", file=backwards), moved("--by", "province"))
        self.written("secret.key", "l" * 40)
        self.assertNotEqual({r["province"]: int(r["count"]) for r in moved("--by", "province")}, alone)
        self.written("secret.key", "short")
        self.assertIn("5 bytes", ovillo("release", "moved", path, "--by", "sex", "--key", key, check=False).stderr)
        self.assertIn("release.bad_rule", ovillo("release", "moved", path, "--by", "sex", "--key", key, "--variance", "0.01", check=False).stderr)

    def test_unknown_is_not_no(self):
        path = self.write_csv("r.csv", ["sex", "year"], [["F", "2025"]] * 9 + [["", "2025"]] * 8)
        rows = list(csv.DictReader(io.StringIO(ovillo("release", "table", path, "--by", "sex").stdout)))
        self.assertEqual([(r["sex"], r["count"]) for r in rows], [("F", "9"), ("unknown", "8"), ("Total", "17")])

    def test_what_is_wrong_is_said(self):
        def refused(*words):
            done = ovillo("release", *words, check=False)
            self.assertNotEqual(done.returncode, 0)
            return done.stderr
        path = self.write_csv("r.csv", ["sex", "n"], [["F", "9"], ["M", "many"]])
        self.assertRegex(refused("table", path, "--by", "sex", "--count", "n"), r'row 2.*"many" is no count|"many" is no count')
        self.assertIn("it has: sex, n", refused("table", path, "--by", "gender"))
        self.assertIn("--by COLUMNS", refused("table", path))
        self.assertIn("moved, rounded, private", refused("publish", path))
        self.assertIn('ends with the column "count"', refused("attack", path))
        wrong = self.write_csv("w.csv", ["sex", "count"], [["F", "9"], ["M", "9"], ["Total", "20"]])
        self.assertIn("contradict", refused("attack", wrong))

    def refused_with(self, code, *words):
        done = ovillo(*words, check=False)
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        return done.stderr

    def people(self, n=4000, n_rare=12):
        draw = random.Random(3)
        rows = [[str(i), draw.choice(["north", "south", "south", ""]), draw.choice(["labour", "labour", "sexual"]), draw.choice(["woman", "man"])]
                for i in range(n)]
        rows += [[f"r{i}", "north", "organs", "man"] for i in range(n_rare)]
        return self.write_csv("people.csv", ["person", "region", "form", "sex"], rows)

    def ledger(self, epsilon):
        path = self.folder / f"ledger-{epsilon}"
        ovillo("release", "budget", path, "--epsilon", epsilon, "--delta", "0.000002", "--of", "invented")
        return path

    def test_private_counts_are_near_and_the_rest_is_withheld(self):
        about, records = self.folder / "about.json", self.folder / "records.csv"
        done = ovillo("release", "private", self.people(), "--id", "person", "--epsilon", 4, "--ledger", self.ledger(4), "--about", about, "--records", records)
        rows = {(r["region"], r["form"], r["sex"]): r["count"] for r in csv.DictReader(io.StringIO(done.stdout))}
        self.assertLess(abs(int(rows["Total", "Total", "Total"]) - 4012), 120)
        self.assertLess(abs(int(rows["Total", "Total", "man"]) - 2012), 200)
        self.assertNotIn(("Total", "organs", "Total"), rows)
        self.assertIn("form = organs (12 people) is left out", done.stderr)
        self.assertIn("--pool", done.stderr)
        told = json.loads(about.read_text())
        self.assertEqual((told["epsilon"], told["delta"], len(told["lengths"])), (4.0, 1e-06, 3))
        self.assertAlmostEqual(told["epsilon_of_all_releases"], 3.9, delta=0.2)
        made = list(csv.DictReader(io.StringIO(records.read_text(encoding="utf-8"))))
        self.assertEqual(len(made), told["records"])
        for one in made:
            self.assertIn((one["region"] or "Total", one["form"] or "Total", one["sex"] or "Total"), rows)

    def test_a_pool_keeps_a_small_group_visible(self):
        done = ovillo("release", "private", self.people(), "--by", "region,form", "--epsilon", 4, "--ledger", self.ledger(4), "--pool",
                      "form=organs|sexual:sexual or organs")
        self.assertIn("Total,sexual or organs,", done.stdout)
        self.assertNotIn("erased", done.stderr)

    def test_a_ledger_refuses_more_than_its_budget(self):
        ledger, people = self.ledger(2.5), self.people()
        words = ("release", "private", people, "--by", "form", "--epsilon", 2, "--ledger", ledger)
        ovillo(*words)
        before = ledger.read_text()
        self.assertIn("release.over_budget", self.refused_with(6, *words))
        self.assertEqual(ledger.read_text(), before)
        self.assertEqual(len(before.splitlines()), 2)

    def test_a_ledger_that_was_changed_is_refused(self):
        ledger, people = self.ledger(9), self.people()
        words = ("release", "private", people, "--by", "form", "--epsilon", 1, "--delta", "0.0000001", "--ledger", ledger)
        ovillo(*words)
        ovillo(*words)
        whole = ledger.read_text()
        lines = whole.splitlines(keepends=True)
        for text in ("", lines[0] + lines[2], whole[:-1], whole.replace('"epsilon":1.0', '"epsilon":0.5', 1), lines[1], "no ledger\n"):
            ledger.write_text(text)
            self.assertIn("release.bad_ledger", self.refused_with(6, *words), text)
        ledger.write_text(whole)
        self.assertIn("all releases,", ovillo("release", "budget", ledger).stdout)

    def test_a_preview_spends_nothing_and_publishes_nothing(self):
        done = ovillo("release", "private", self.people(), "--by", "form", "--epsilon", 1, "--preview")
        self.assertEqual(done.stdout, "")
        self.assertIn("organs", done.stderr)

    def test_a_person_with_two_rows_is_refused(self):
        path = self.write_csv("twice.csv", ["person", "form"], [["1", "a"], ["2", "a"], ["1", "b"]])
        self.assertIn("row 3", self.refused_with(5, "release", "private", path, "--id", "person", "--ledger", self.ledger(4)))

    def test_rounded_totals_are_the_sum_of_their_parts(self):
        done = ovillo("release", "rounded", self.counts(), "--count", "people", "--by", "form,province", "--base", 5)
        rows = {(r["form"], r["province"]): int(r["count"]) for r in csv.DictReader(io.StringIO(done.stdout))}
        self.assertTrue(all(n % 5 == 0 for n in rows.values()))
        for form in ("sexual", "labour", "begging"):
            self.assertEqual(sum(rows[form, f"P{i}"] for i in range(1, 5)), rows[form, "Total"])
        self.assertIn("; 0 of ", done.stderr)

    def test_random_rounding_is_the_same_with_the_same_secret(self):
        words = ("release", "rounded", self.counts(), "--count", "people", "--by", "form,province", "--how", "random")
        self.assertIn("--key", self.refused_with(2, *words))
        one, other = self.written("a.key", "a" * 40), self.written("b.key", "b" * 40)
        self.assertEqual(ovillo(*words, "--key", one).stdout, ovillo(*words, "--key", one).stdout)
        self.assertNotEqual(ovillo(*words, "--key", one).stdout, ovillo(*words, "--key", other).stdout)


if __name__ == "__main__":
    unittest.main()
