"""`trace` on a plain file: the rule is named, amounts are exact, time is kept."""
import csv
import io
import json
import unittest

from ovillo_cli import Case, ovillo

FILE = """tx_id,time,from_account,to_account,amount,currency
t1,2026-03-01T10:00:00,Z,B,300,EUR
t2,2026-03-02T10:00:00,A,B,100.50,EUR
t3,2026-03-03T10:00:00,B,C,200,EUR
t4,2026-03-05T10:00:00,B,D,200,EUR
t5,2026-03-06T10:00:00,B,D,nonsense,EUR
"""


class Trace(Case):
    def traced(self, *words):
        path = self.folder / "tx.csv"
        path.write_text(FILE)
        rows = list(csv.DictReader(io.StringIO(ovillo("trace", path, *words).stdout)))
        return [(row["tx_id"], row["traced"]) for row in rows], rows

    def test_the_rule_decides_and_is_named(self):
        steps, rows = self.traced("A", "--rule", "fifo")
        self.assertEqual(steps, [("t2", "100.50"), ("t4", "100.00")])
        self.assertEqual({row["rule"] for row in rows}, {"fifo"})
        self.assertEqual(self.traced("A", "--rule", "lifo")[0], [("t2", "100.50"), ("t3", "100.50")])

    def test_days_are_kept_and_nothing_is_lost(self):
        path = self.folder / "tx.csv"
        path.write_text(FILE)
        said = json.loads(ovillo("trace", path, "A", "--to", "2026-03-03", "--json").stdout)
        self.assertEqual([step["tx_id"] for step in said["steps"]], ["t2", "t3"])
        self.assertAlmostEqual(sum(float(rest["amount"]) for rest in said["rests"]), 100.50, places=9)
        self.assertEqual([a["account"] for a in said["earliest_arrival"]], ["B", "C"])

    def test_without_a_file_the_transfers_that_one_may_see_are_read(self):
        workspace = self.workspace()
        workspace.run("compartment", "add", "harbour")
        bank = (("main", "t1", "Z"), ("main", "t2", "GB33 BUKB 2020 1555 5555 55"), ("harbour", "t3", "Z"))
        for compartment, number, payer in bank:
            workspace.source(f"bank {number}", "--compartment", compartment, kind="judicial_order")
            path = self.folder / f"{number}.csv"
            path.write_text(f"id,date,from_account,to_account,amount,currency\n{number},2026-03-0{number[1]}T10:00:00Z,{payer},NL91 ABNA 0417 1643 00,100.50,EUR\n")
            workspace.importing(f"bank {number}", path)
        workspace.run("run")
        traced = workspace.json("trace", "NL91ABNA0417164300", "--direction", "backward")
        self.assertEqual([step["from"] for step in traced["steps"]], ["Z", "GB33BUKB20201555555555", "Z"])
        record = workspace.json("show", traced["steps"][1]["tx_id"])
        self.assertIn("GB33", json.dumps(record))
        # Written as on paper, and only what is granted.
        workspace.run("grant", "lies", "main")
        workspace.run("run", "--user", "lies")
        hers = workspace.json("trace", "NL91 ABNA 0417 1643 00", "--direction", "backward", "--user", "lies")
        self.assertEqual(len(hers["steps"]), 2)
        self.assertEqual(workspace.json("flows")["n_transfers"], 3)
        self.assertEqual(workspace.json("flows", "--user", "lies")["n_transfers"], 2)
        self.assertIn("is for a file", workspace.run("trace", "Z", "--payer", "x", check=False).stderr)

    def test_what_cannot_be_traced_is_said(self):
        path = self.folder / "tx.csv"
        path.write_text(FILE)
        refused = ovillo("trace", path, "Nobody", check=False)
        self.assertIn("money.unknown_account", refused.stderr)
        self.assertIn("money.bad_amount", refused.stderr)
        self.assertEqual(ovillo("trace", path, "A", "--rule", "mine", check=False).returncode, 2)
        refused = ovillo("trace", path, "A", "--from", "2026-03-02", "--to", "2026-03-01", check=False)
        self.assertEqual((refused.returncode, refused.stdout), (2, ""))


if __name__ == "__main__":
    unittest.main()
