"""`flags` on a plain file: each hit with its rows, an innocent explanation, and what was not looked for."""
import csv
import io
import json
import unittest

from ovillo_cli import Case, ovillo

HEADER = ["tx_id", "time", "from_account", "to_account", "amount", "currency", "channel", "text", "place"]


def wages(returned):
    rows = []
    for month in ("03", "04"):
        for worker in ("W1", "W2"):
            rows.append([f"pay-{month}-{worker}", f"2026-{month}-02", "FIRM", worker, "1300.00", "EUR", "transfer", "salario", ""])
            rows.append([f"out-{month}-{worker}", f"2026-{month}-05", worker, "FIRM", returned, "EUR", "transfer", "rent", ""])
    return rows


class Flags(Case):
    def told(self, rows, *words):
        path = self.write_csv("tx.csv", HEADER, rows)
        said = ovillo("flags", path, *words)
        return list(csv.DictReader(io.StringIO(said.stdout))), said.stderr

    def test_wages_returned_are_told_by_their_rows_whatever_they_are_called(self):
        hits, _ = self.told(wages("900.00"))
        self.assertEqual([(hit["flag"], hit["account"]) for hit in hits], [("wages_returned_by_transfer", "FIRM")])
        self.assertEqual(hits[0]["rows"].split(";"), [row[0] for month in ("03", "04") for row in sorted(
            (r for r in wages("1") if f"-{month}-" in r[0]), key=lambda r: (r[1], r[0]))])
        self.assertIn("rent", hits[0]["innocent"])

    def test_a_rent_is_not_told(self):
        self.assertEqual(self.told(wages("400.00"))[0], [])

    def test_cash_with_an_empty_side_is_taken(self):
        rows = [[f"c{i}", f"2026-03-{2 + 3 * i:02d}T10:00:00", "", "A", 9500 + i, "EUR", "cash", "", "Ghent"] for i in range(3)]
        hits, _ = self.told(rows)
        self.assertEqual([(hit["flag"], hit["rows"]) for hit in hits], [("below_threshold", "c0;c1;c2")])

    def test_tables_beside_the_transfers(self):
        holders = self.write_csv("holders.csv", ["Account", "Name", "Phone"], [["A", "Ann", "+32 452 00 00 01"]])
        adverts = self.write_csv("adverts.csv", ["phone", "paid_by"], [["0452000001", "A"], ["0452000002", ""]])
        rows = [["t1", "2026-03-02", "A", "B", "10", "EUR", "transfer", "", ""]]
        hits, missing = self.told(rows, "--holders", holders, "--adverts", adverts)
        self.assertEqual([(hit["flag"], hit["rows"]) for hit in hits], [("holder_in_adverts", "holders:1;adverts:1")])
        self.assertNotIn("holder_in_adverts", missing)
        self.assertIn("cash_at_night", missing)

    def test_json_says_what_a_flag_is_and_what_was_not_looked_for(self):
        path = self.write_csv("tx.csv", HEADER, wages("900.00"))
        said = json.loads(ovillo("flags", path, "--format", "json").stdout)
        self.assertEqual(said["n_transfers"], 8)
        (hit,) = said["flags"]
        self.assertEqual(len(hit["rows"]), 8)
        for key in ("definition", "source", "basis", "innocent", "cannot_see", "reviewed_by"):
            self.assertTrue(hit[key], key)
        self.assertIn("shared_details", [one["flag"] for one in said["not_looked_for"]])
        self.assertNotIn("score", json.dumps(said))

    def test_a_table_without_its_column_is_refused(self):
        path = self.write_csv("tx.csv", HEADER, wages("900.00"))
        holders = self.write_csv("holders.csv", ["who"], [["Ann"]])
        refused = ovillo("flags", path, "--holders", holders, check=False)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("flow.no_such_column", refused.stderr)
        self.assertEqual(refused.stdout, "")


if __name__ == "__main__":
    unittest.main()
