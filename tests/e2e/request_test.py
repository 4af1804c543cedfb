"""`ovillo request`: drafts that name their records, hold on their days, and are valid XML."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from ovillo_cli import REFERENCE, ovillo

SCHEMA = REFERENCE / "formats" / "iso20022" / "auth.001.001.01.xsd"
XMLLINT = shutil.which("xmllint")
ACCOUNT = {"investigation_id": "GE.45.1/2026", "legal_basis": "Art. 46quater", "due_date": "2026-12-01",
           "period_from": "2026-01-01", "period_to": "2026-03-31", "currency": "EUR", "owner": "Invented & Daughters BV",
           "iban": {"value": "BE71096123456769", "records": ["r1"], "source": "bank", "row": 3}}
CUSTOMER = {"investigation_id": "GE.45.1/2026", "legal_basis": "Art. 46quater", "period_from": "2026-01-01",
            "period_to": "2026-03-31", "name": {"value": "Ana Ejemplo", "records": ["r2"]}, "town": "Gent", "country": "BE",
            "document_number": "X-1", "additional_information": "born 1990-05-01"}


class Request(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.fields = pathlib.Path(folder.name) / "fields.json"

    def draft(self, name, fields, *words, check=True):
        self.fields.write_text(json.dumps({"fields": fields}))
        return ovillo("request", name, "--fields", self.fields, *words, check=check)

    def test_lists_the_templates_with_their_time_in_force(self):
        listed = ovillo("request", "--on", "2026-11-22").stdout
        self.assertEqual(len(listed.splitlines()), 10)
        self.assertRegex(listed, r"asset_recovery +2026-11-23 .*\[not in force\]")

    @unittest.skipUnless(SCHEMA.exists() and XMLLINT, "no reference data or no xmllint")
    def test_the_messages_are_valid_against_the_schema(self):
        for name, fields in (("account_information", ACCOUNT), ("customer_information", CUSTOMER)):
            some = {k: v for k, v in fields.items() if k not in ("due_date", "currency", "owner", "town", "country",
                                                                 "document_number", "additional_information")}
            for given in (fields, some):
                xml = self.draft(name, given, "--format", "xml").stdout
                done = subprocess.run([XMLLINT, "--noout", "--schema", SCHEMA, "-"], input=xml, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stderr + xml)
                self.assertIn("DRAFT. Not sent.", xml)

    def test_xml_that_the_schema_would_refuse_is_refused_with_all_reasons(self):
        done = self.draft("account_information", {"iban": "BE71 0961", "investigation_id": "x" * 36}, "--format", "xml", check=False)
        self.assertEqual(done.returncode, 2)
        for reason in ("iban is not an IBAN", "investigation_id is longer than 35", "legal_basis is not stated", "request.bad_fields"):
            self.assertIn(reason, done.stderr)

    def test_a_template_out_of_force_is_refused_with_its_successor(self):
        done = self.draft("asset_recovery_2007", {}, "--on", "2026-11-23", check=False)
        self.assertEqual(done.returncode, 4)
        self.assertIn("held until 2026-11-22", done.stderr)
        self.assertIn("its successor: asset_recovery", done.stderr)
        self.assertIn("WORDING NOT CHECKED", self.draft("asset_recovery_2007", {}, "--on", "2026-11-22").stdout)

    def test_each_value_names_its_records_or_says_that_none_backs_it(self):
        text = self.draft("account_information", ACCOUNT).stdout
        self.assertIn("rests on record r1, source bank, row 3", text)
        self.assertIn("Invented & Daughters BV\n      [NO RECORD BACKS THIS]", text)
        self.assertIn("Bank: not stated", text)
        answer = json.loads(self.draft("account_information", ACCOUNT, "--format", "json").stdout)
        self.assertEqual((answer["draft"], answer["sent"], answer["unbacked"]), (True, False, ["currency", "owner"]))


if __name__ == "__main__":
    unittest.main()
