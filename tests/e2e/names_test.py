"""`names` on a plain file: what may be the same, why, and nothing on standard output before an error."""
import csv
import io
import json
import unittest

from ovillo_cli import Case, ovillo

PAIRS = [
    ("Doe, Marta", "Marta DOE", "Person", "yes"),
    ("Иван Петров", "Ivan Petrov", "Person", "yes"),
    ("Marta Doe", "Pieter Jansen", "Person", "no"),
    ("Example Cleaning Ltd.", "Example Cleaning Limited", "Company", "yes"),
    ("Example Cleaning Ltd.", "Sample Painting Ltd.", "Company", "no"),
    ("", "Marta Doe", "Person", "no"),
]


class Names(Case):
    def compared(self, header, rows, *words, **options):
        return ovillo("names", self.write_csv("pairs.csv", header, rows), *words, **options)

    def test_says_of_each_row_whether_it_may_be_the_same(self):
        said = self.compared(["name1", "name2", "schema"], [pair[:3] for pair in PAIRS]).stdout
        rows = list(csv.DictReader(io.StringIO(said)))
        self.assertEqual([row["row"] for row in rows], [str(i + 1) for i in range(len(PAIRS))])
        self.assertEqual([row["same"] for row in rows], [pair[3] for pair in PAIRS])

    def test_the_reasons_add_up_to_the_weight(self):
        said = self.compared(["a", "b"], [pair[:2] for pair in PAIRS], "--a", "a", "--b", "b", "--kind", "person", "--format", "jsonl").stdout
        lines = [json.loads(line) for line in said.splitlines()]
        self.assertEqual(len(lines), len(PAIRS))
        for line in lines:
            self.assertEqual(sum(reason["bits"] for reason in line["reasons"]), line["weight_bits"])
        self.assertEqual({reason["relation"] for reason in lines[1]["reasons"]}, {"other_script"})

    def test_an_error_comes_alone(self):
        said = self.compared(["left", "right"], [("Marta Doe", "Marta Doe")], check=False)
        self.assertEqual((said.returncode, said.stdout), (2, ""))
        self.assertIn("it has: left, right", said.stderr)
        said = ovillo("names", self.folder / "nowhere.csv", check=False)
        self.assertEqual((said.returncode, said.stdout), (3, ""))

    def test_a_file_without_rows_is_said_to_hold_none(self):
        said = self.compared(["name1", "name2"], [])
        self.assertEqual(said.stdout, "row,same,weight_bits\n")
        self.assertIn("holds no row", said.stderr)


if __name__ == "__main__":
    unittest.main()
