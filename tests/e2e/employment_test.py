"""`employment` on plain files: tables known by their headers, answers with rows, and what is not known."""
import csv
import io
import json
import unittest

from ovillo_cli import Case, ovillo


class Employment(Case):
    def tables(self):
        return {
            "declarations": self.write_csv("d.csv", ["Werknemer", "Werkgever", "Werf", "Begindatum", "Einddatum"], [
                ["Ana Silva", "Low BV", "Dock", "01/03/2026", "31/03/2026"],
                ["Bo Dahl", "Low BV", "Dock", "01/03/2026", "31/03/2026"]]),
            "attendance": self.write_csv("a.csv", ["worker", "site", "date", "hours"], [
                ["SILVA Ana", "Dock", "2026-03-02", "12"], ["Cai Li", "Dock", "2026-03-02", "10"]]),
            "contracts": self.write_csv("c.csv", ["Contratista", "Subcontratista", "Obra"], [
                ["Top NV", "Middle", "Dock"], ["Middle SRL", "Low", "Dock"]]),
            "payroll": self.write_csv("p.csv", ["employee", "employer", "month", "hours", "gross pay", "account"], [
                ["Ana Silva", "Low", "2026-03", "8", "100.00", "W1"], ["Bo Dahl", "Low", "2026-03", "8", "112.00", "W2"]]),
        }

    def asked(self, *words):
        said = ovillo("employment", *words)
        return [(r["question"], r["subject"], r["answer"], r["rows"]) for r in csv.DictReader(io.StringIO(said.stdout))]

    def test_each_question_with_its_rows(self):
        t = self.tables()
        told = self.asked(*t.values(), "--rate", "14")
        only = lambda question: [row[1:] for row in told if row[0] == question]
        self.assertEqual(only("attended_undeclared"), [("Cai Li", "there on 1 day (2026-03-02 to 2026-03-02), no declaration names this person",
                                                         f"{t['attendance']}:2")])
        self.assertEqual([(s, r) for s, _, r in only("declared_unattended")], [("Bo Dahl", f"{t['declarations']}:2")])
        self.assertEqual(only("stands_behind"), [("Low BV", "Top NV > Middle SRL > Low BV", f"{t['contracts']}:2;{t['contracts']}:1")])
        self.assertEqual(only("paid_below_hours"), [("Ana Silva", "2026-03: paid 100.00 for 12 hours (attendance) at 14, which makes 168",
                                                      f"{t['attendance']}:1;{t['payroll']}:1")])
        self.assertEqual([s for s, _, _ in only("employs")], ["Ana Silva", "Bo Dahl"])
        self.assertTrue(only("returns_wages")[0][1].startswith("not known: "))
        self.assertTrue(only("directs")[0][1].startswith("not known: "))

    def test_the_order_of_the_tables_does_not_matter(self):
        t = list(self.tables().values())
        strip = lambda told: sorted((q, s, a, tuple(sorted(r.split(";")))) for q, s, a, r in told)
        self.assertEqual(strip(self.asked(*t)), strip(self.asked(*reversed(t))))

    def test_wages_that_go_back_are_told_by_name(self):
        t = self.tables()
        rows = []
        for month in ("03", "04"):
            for worker in ("W1", "W2"):
                rows.append([f"2026-{month}-02", "F", worker, "1300", "salary"])
                rows.append([f"2026-{month}-04", worker, "F", "1000", ""])
        transfers = self.write_csv("tx.csv", ["date", "from", "to", "amount", "text"], rows)
        told = [row for row in self.asked(t["payroll"], "--transfers", transfers) if row[0] == "returns_wages"]
        self.assertEqual(len(told), 1)
        self.assertIn("(Ana Silva, Bo Dahl)", told[0][2])
        self.assertEqual(len(told[0][3].split(";")), 8)

    def test_what_is_no_such_table_is_refused(self):
        path = self.write_csv("x.csv", ["colour", "size"], [["red", "1"]])
        refused = ovillo("employment", path, check=False)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("flow.no_such_column", refused.stderr)
        self.assertEqual(refused.stdout, "")

    def test_a_bad_date_is_told_and_counts_as_not_stated(self):
        path = self.write_csv("a.csv", ["worker", "site", "date"], [["Ana", "Dock", "soon"]])
        said = ovillo("employment", path, "--format", "json")
        self.assertIn('row 1, byte', said.stderr)
        self.assertIn("attended_undeclared", [one["question"] for one in json.loads(said.stdout)["not_known"]])

    def test_a_nameless_row_is_nobody_and_counted(self):
        path = self.write_csv("d.csv", ["worker", "employer", "site", "start"], [
            ["", "Low BV", "Dock", "2026-03-01"], ["Ana Silva", "Low BV", "Dock", "2026-03-01"]])
        said = ovillo("employment", path)
        self.assertEqual([row["rows"].rsplit(":", 1)[1] for row in csv.DictReader(io.StringIO(said.stdout)) if row["question"] == "employs"], ["2"])
        self.assertIn("1 rows do not say who", said.stderr)


if __name__ == "__main__":
    unittest.main()
