#!/usr/bin/env python3
"""`ovillo statements`: every sample of the reference data against a reading of its own.

MT940 is held against the expected readings beside the samples; camt and CODA against an independent
reading written here (the standard library's XML; the columns of the standard).
"""
import base64
import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ET
from decimal import Decimal

from ovillo_cli import REFERENCE, ovillo

FORMATS = REFERENCE / "formats"


def lines_of(path, format="jsonl", check=True):
    done = ovillo("statements", path, "--format", format, check=check)
    return [json.loads(line) for line in done.stdout.splitlines()]


def signed(entry):
    amount = Decimal(entry["amount"])
    return amount if entry["direction"] == "credit" else -amount


def yaml_value(block, key):
    """A plain or quoted value, also over several lines; None: null or not there."""
    found = re.search(rf"^    {key}: (.*(?:\n      .*)*)$", block, re.M)
    if not found or found.group(1) == "null":
        return None
    return found.group(1).strip("'\"")


def yaml_date(block, key):
    found = re.search(rf"^    {key}: !!python/object/apply:mt940.models.Date\n.*\n +(\S+)$", block, re.M)
    if not found:
        return None
    raw = base64.b64decode(found.group(1))
    return f"{raw[0] * 256 + raw[1]:04}-{raw[2]:02}-{raw[3]:02}"


def yaml_amount(block):
    found = re.search(r"decimal.Decimal \['?([-0-9.]+)'?\]", block)
    return Decimal(found.group(1)) if found else None


def squeezed(*texts):
    return re.sub(r"[\s/]", "", "".join(t or "" for t in texts))


@unittest.skipUnless(FORMATS.is_dir(), f"no reference data at {FORMATS}")
class Mt940Samples(unittest.TestCase):
    def test_movements_are_those_of_the_expected_readings(self):
        compared = 0
        for golden in sorted(FORMATS.glob("mt940/*/*.yml")):
            text = golden.read_text()
            blocks = text.split("- !!python/object:mt940.models.Transaction\n")[1:]
            ours = lines_of(golden.with_suffix(".sta"))
            name = golden.name
            self.assertEqual(len(ours), len(blocks), name)
            for mine, block in zip(ours, blocks):
                # RC takes back a credit: money goes out. The expected readings leave its sign; the balances
                # of the same file add up only with it.
                reversal = yaml_value(block, "status").startswith("R")
                self.assertEqual(-signed(mine) if reversal else signed(mine), yaml_amount(block), name)
                currency = yaml_value(block, "  currency")
                if currency:
                    self.assertEqual(mine["currency"], currency, name)
                self.assertEqual(mine["value"], yaml_date(block, "date"), name)
                self.assertEqual(mine.get("booked"), yaml_date(block, "entry_date"), name)
                self.assertEqual(mine.get("code"), yaml_value(block, "id"), name)
                self.assertEqual(mine.get("funds_code"), yaml_value(block, "funds_code"), name)
                self.assertEqual(mine.get("reversal", False), reversal, name)
                references = mine.get("references", {})
                if yaml_value(block, "customer_reference") and yaml_value(block, "posting_text") is None:
                    # The expected readings cut the reference at 16 characters before "//".
                    self.assertEqual(
                        squeezed(references.get("customer"), references.get("servicer"),
                                 mine.get("supplementary")),
                        squeezed(yaml_value(block, "customer_reference"), yaml_value(block, "bank_reference"),
                                 yaml_value(block, "extra_details")), name)
                for key, ours_of in (("end_to_end_reference", references.get("end_to_end")),
                                     ("applicant_iban", mine[mine["counterparty"]].get("account")
                                      if mine["counterparty"] in mine else None)):
                    said = yaml_value(block, key)
                    if said and yaml_value(block, "posting_text"):
                        self.assertEqual(squeezed(ours_of), squeezed(said), f"{name} {key}")
                compared += 1
        self.assertGreater(compared, 80)

    def test_balances_are_those_of_the_expected_readings(self):
        codes = {"final_opening_balance": "60F", "final_closing_balance": "62F",
                 "intermediate_closing_balance": "62M", "available_balance": "64"}
        compared = 0
        for golden in sorted(FORMATS.glob("mt940/*/*.yml")):
            data = golden.read_text().split("\nprocessors:")[0]
            statements = lines_of(golden.with_suffix(".sta"), "summary")
            for key, code in codes.items():
                part = re.search(rf"^  {key}: .*\n((?:    .*\n?)+)", data, re.M)
                if not part:
                    continue
                # The expected reading of a file keeps the last of each.
                last = [b for s in statements for b in s["balances"] if b["code"] == code][-1]
                amount = Decimal(last["amount"]) * (1 if last["direction"] == "credit" else -1)
                self.assertEqual(amount, yaml_amount(part.group(1)), f"{golden.name} {key}")
                self.assertEqual(last["date"], yaml_date(part.group(1), "date"), f"{golden.name} {key}")
                compared += 1
        self.assertGreater(compared, 25)

    def test_a_year_of_daily_statements_adds_up(self):
        path = next(FORMATS.glob("mt940/ASNB/*.txt"))
        statements = lines_of(path, "summary")
        self.assertEqual(len(statements), path.read_text().count(":20:"))
        self.assertEqual({s["balance_check"] for s in statements}, {"agrees"})
        self.assertEqual(len(lines_of(path)), path.read_text().count(":61:"))


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def descend(element, *names):
    found = [element]
    for name in names:
        found = [child for one in found for child in one if local(child) == name]
    return found


def text_of(element, *names):
    found = descend(element, *names)
    return found[0].text.strip() if found and found[0].text else None


@unittest.skipUnless(FORMATS.is_dir(), f"no reference data at {FORMATS}")
class CamtSamples(unittest.TestCase):
    def test_counts_sums_and_balances_are_those_of_another_reading(self):
        files = sorted(FORMATS.glob("camt/*.xml"))
        self.assertGreater(len(files), 15)
        for path in files:
            expected = [s for s in ET.parse(path).iter() if local(s) in ("Stmt", "Rpt", "Ntfctn")]
            summaries = lines_of(path, "summary")
            rows = lines_of(path)
            self.assertEqual(len(summaries), len(expected), path.name)
            for ordinal, (theirs, mine) in enumerate(zip(expected, summaries), 1):
                here = [r for r in rows if r["statement"] == ordinal]
                movements = [r for r in here if "parent" not in r]
                entries = descend(theirs, "Ntry")
                self.assertEqual(len(movements), len(entries), path.name)
                self.assertEqual(
                    sum(map(signed, movements)),
                    sum(Decimal(text_of(e, "Amt")) * (1 if text_of(e, "CdtDbtInd") == "CRDT" else -1) for e in entries),
                    path.name)
                for row, entry in zip(movements, entries):
                    self.assertEqual(row["amount"], text_of(entry, "Amt"), path.name)
                    self.assertEqual(row["currency"], descend(entry, "Amt")[0].get("Ccy"))
                    self.assertEqual(row["status"], text_of(entry, "Sts", "Cd") or text_of(entry, "Sts"))
                    self.same_time(row.get("booked"), entry, "BookgDt")
                    self.same_time(row.get("value"), entry, "ValDt")
                self.assertEqual(
                    [(b["code"], b["amount"], b["currency"]) for b in mine["balances"]],
                    [(text_of(b, "Tp", "CdOrPrtry", "Cd") or text_of(b, "Tp", "CdOrPrtry", "Prtry"), text_of(b, "Amt"),
                      descend(b, "Amt")[0].get("Ccy")) for b in descend(theirs, "Bal")], path.name)
                details = [descend(e, "NtryDtls", "TxDtls") for e in entries]
                self.assertEqual(len(here) - len(movements), sum(len(d) for d in details if len(d) > 1), path.name)
                self.same_parties(movements, here, details, path.name)

    def same_time(self, mine, entry, element):
        theirs = text_of(entry, element, "DtTm") or text_of(entry, element, "Dt")
        self.assertEqual((mine or "")[:len("2014-12-31T13:15:00+01:00")], theirs or "")

    def same_parties(self, movements, rows, details, name):
        for number, (movement, transactions) in enumerate(zip(movements, details), 1):
            mine = [movement] if len(transactions) == 1 else [r for r in rows if r.get("parent") == movement["entry"]]
            for row, transaction in zip(mine, transactions):
                said = {text_of(t, *rest, "Nm") for role in ("Dbtr", "Cdtr") for rest in ((), ("Pty",))
                        for t in descend(transaction, "RltdPties", role)} - {None}
                names = {row.get(side, {}).get("name") for side in ("from", "to")}
                self.assertLessEqual(said, names, f"{name} {number}")
                remittance = [u.text for u in descend(transaction, "RmtInf", "Ustrd") if u.text]
                self.assertLessEqual(set(remittance), set(row.get("remittance", [])), name)

    def test_says_how_many_samples_add_up(self):
        # The samples are for parsers: most of those with two balances do not add up.
        verdicts = [s["balance_check"] for p in FORMATS.glob("camt/*.xml") for s in lines_of(p, "summary")]
        self.assertEqual(verdicts.count("agrees"), 2)
        self.assertEqual(verdicts.count("differs") + verdicts.count("not_comparable"), 6)


@unittest.skipUnless(FORMATS.is_dir(), f"no reference data at {FORMATS}")
class CodaSamples(unittest.TestCase):
    def test_movements_are_those_of_the_columns(self):
        for path in sorted(FORMATS.glob("coda/Coda*.txt")):
            records = path.read_text(encoding="latin-1").splitlines()
            movements = [r for r in records if r.startswith("21")]
            rows = lines_of(path)
            self.assertEqual(len(rows), len(movements), path.name)
            for row, record in zip(rows, movements):
                self.assertEqual(Decimal(row["amount"]), Decimal(record[32:47]) / 1000, path.name)
                self.assertEqual(row["direction"], "debit" if record[31] == "1" else "credit")
                self.assertEqual("parent" in row, record[6:10] != "0000")
                self.assertEqual(row["code"], record[53:61])
            top = [r for r in rows if "parent" not in r]
            trailer = [r for r in records if r.startswith("9")][0]
            for direction, begin in (("debit", 22), ("credit", 37)):
                self.assertEqual(sum(Decimal(r["amount"]) for r in top if r["direction"] == direction),
                                 Decimal(trailer[begin:begin + 15]) / 1000, path.name)
            summary = lines_of(path, "summary")
            self.assertEqual([s["balance_check"] for s in summary], ["agrees"], path.name)
            self.assertFalse([n for n in summary[0].get("remarks", []) if "duplicate" not in n["text"]], path.name)


XMLLINT = shutil.which("xmllint")
GOAML_SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "fuzz" / "corpus" / "goaml"


class GoamlSamples(unittest.TestCase):
    @unittest.skipUnless(FORMATS.is_dir() and XMLLINT, "no reference data or no xmllint")
    def test_the_samples_are_valid(self):
        for path in sorted(GOAML_SAMPLES.glob("*.xml")):
            done = subprocess.run([XMLLINT, "--noout", "--schema", FORMATS / "goaml" / "goAMLSchema.xsd", path],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_transactions_are_those_of_another_reading(self):
        path = GOAML_SAMPLES / "transactions.xml"
        transactions = ET.parse(path).getroot().findall("transaction")
        rows = lines_of(path)
        self.assertEqual([r["amount"] for r in rows], [t.find("amount_local").text for t in transactions])
        self.assertEqual([r["to"].get("account") for r in rows],
                         [(t.find("t_to/to_account/iban").text if t.find("t_to/to_account") else None) for t in transactions])
        self.assertEqual(rows[0]["booked"][:19], transactions[0].find("date_transaction").text)


GOOD = ":20:A\n:25:BE71096123456769\n:28C:1\n:60F:C260303EUR1,00\n:61:260304C2,50NTRFX\n:86:rent, \"two\"\n:62F:C260304EUR3,50\n-\n"
BROKEN = GOOD.replace("C2,50", "Q2,50")


class ThePlainCommand(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, text, name="s.sta"):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text)
        return path

    def test_tells_a_broken_statement_and_reads_the_others(self):
        done = ovillo("statements", self.file(GOOD + BROKEN + GOOD), "--format", "jsonl")
        self.assertEqual([json.loads(line)["statement"] for line in done.stdout.splitlines()], [1, 3])
        self.assertIn("line 13, statement 2 of BE71096123456769", done.stderr)
        self.assertIn("bank.bad_entry", done.stderr)

    def test_fails_where_nothing_can_be_read(self):
        for text, code in ((BROKEN, "bank.no_statement"), ("a,b\n1,2\n", "bank.not_a_statement"), ("", "bank.not_a_statement")):
            done = ovillo("statements", self.file(text), check=False)
            self.assertEqual(done.returncode, 3)
            self.assertIn(code, done.stderr)

    def test_writes_csv_that_a_spreadsheet_reads(self):
        done = ovillo("statements", self.file(GOOD), "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0]["amount"], "2.50")
        self.assertEqual(rows[0]["remittance"], "rent, \"two\"")
        self.assertEqual(rows[0]["to_account"], "BE71096123456769")
        self.assertEqual(rows[0]["booked"], "")

    def test_text_says_whether_the_balances_agree(self):
        self.assertIn("balances agree", ovillo("statements", self.file(GOOD), "--format", "text").stdout)
        off = ovillo("statements", self.file(GOOD.replace("EUR3,50", "EUR3,51")), "--format", "text").stdout
        self.assertIn("BALANCES DIFFER by 0.01", off)

    def test_reads_standard_input(self):
        done = ovillo("statements", "-", "--format", "jsonl", stdin=GOOD)
        self.assertEqual(json.loads(done.stdout)["amount"], "2.50")


if __name__ == "__main__":
    unittest.main()
