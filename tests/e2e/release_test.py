"""`release`: tables that withstand an attack, the attack itself, and what a setting erases."""
import csv
import io
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
        self.assertIn("release moved", refused("publish", path))
        self.assertIn('ends with the column "count"', refused("attack", path))
        wrong = self.write_csv("w.csv", ["sex", "count"], [["F", "9"], ["M", "9"], ["Total", "20"]])
        self.assertIn("contradict", refused("attack", wrong))


if __name__ == "__main__":
    unittest.main()
