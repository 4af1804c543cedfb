"""Import of bank statements: transfers with both accounts, equal deposits apart, no money twice."""
import json
import pathlib
import unittest
import zipfile

from ovillo_cli import REFERENCE, Case, needs_reference_data

HEAD = ":20:REF{n}\r\n:25:{account}\r\n:28C:{n}/1\r\n:60F:C260303EUR100,00\r\n"
END = ":62F:C260304EUR150,00\r\n-\r\n"
DEPOSIT = ":61:2603040304C50,00NMSCNONREF\r\n:86:CASH DESK 4\r\n"
OURS, SHOP, OTHER = "BE71096123456769", "NL02ABNA0123456789", "BE43068999999501"


def statement(lines, account=OURS, n=1):
    return HEAD.format(account=account, n=n) + lines + END


def transfer(side, account, name, amount="50,00"):
    return f":61:2603040304{side}{amount}NTRFX\r\n:86:/IBAN/{account}/NAME/{name}/REMI/rent of March/\r\n"


class BankImport(Case):
    def imported(self, workspace, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        report = workspace.importing("bank", path)
        self.assert_adds_up(report)
        return report

    def held(self):
        workspace = self.workspace()
        workspace.source("bank", kind="judicial_order")
        return workspace

    def test_two_equal_deposits_stay_two_and_a_second_time_adds_nothing(self):
        workspace = self.held()
        first = self.imported(workspace, "a.sta", statement(DEPOSIT + DEPOSIT))
        self.assertEqual(first["files"][0]["records"], 2)
        again = self.imported(workspace, "b.sta", statement(DEPOSIT + DEPOSIT) + statement(DEPOSIT, OTHER))
        self.assertEqual((again["files"][0]["records"], again["files"][0]["repeats"]), (1, 2))

    def test_a_broken_statement_is_one_reject_with_its_line(self):
        workspace = self.held()
        report = self.imported(workspace, "a.sta", statement(DEPOSIT) + statement(":61:26X\r\n", n=2) + statement(DEPOSIT, n=3))
        self.assertEqual((report["files"][0]["records"], report["files"][0]["rejects"]), (2, 1))
        text = pathlib.Path(report["rejects_file"]).read_text(encoding="utf-8")
        self.assertIn("bank.bad_entry", text)
        self.assertIn("line 13, account BE71096123456769", text)

    def test_the_transfer_ties_both_accounts_and_leads_back_to_its_line(self):
        workspace = self.held()
        rent = transfer("D", SHOP, "Ana Ejemplo") + transfer("D", SHOP, "Ana Ejemplo", "60,00")
        self.imported(workspace, "a.sta", statement(rent) + statement(DEPOSIT * 3, OTHER, n=2))
        workspace.run("run")
        chain = workspace.run("why", OURS, SHOP).stdout
        self.assertIn("a.sta", chain)
        self.assertIn("NL02", chain.replace(" ", ""))

    def test_statements_in_an_archive_are_read(self):
        workspace = self.held()
        path = self.folder / "all.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("march/a.sta", statement(DEPOSIT))
            archive.writestr("march/b.sta", statement(transfer("C", SHOP, "Ana"), n=2))
        report = workspace.importing("bank", path)
        self.assert_adds_up(report)
        self.assertEqual(report["files"][0]["records"], 2)

    def test_a_list_of_a_money_transfer_firm_is_read_by_its_profile(self):
        workspace = self.held()
        path = self.write_csv("sent.csv", ["MTCN", "Send Date", "Sender Name", "Sender Phone", "Sender City", "Receiver Name",
                                           "Receiver Phone", "Receiver Country", "Amount", "Currency"],
                              [["1234567890", "03/04/2026", "Ana Ejemplo", "+44 7700 900123", "Gent", "Luz Inventada",
                                "+44 7700 900124", "ES", "250.00", "EUR"]])
        report = workspace.importing("bank", path)
        self.assert_adds_up(report)
        self.assertEqual((report["files"][0]["profile"], report["files"][0]["records"]), ("money_transfer", 1))

    @needs_reference_data
    def test_every_sample_is_imported_without_a_reject(self):
        files = sorted(p for f in ("camt/*.xml", "coda/Coda*.txt", "mt940/*/*.sta") for p in (REFERENCE / "formats").glob(f))
        self.assertGreater(len(files), 35)
        workspace = self.held()
        report = workspace.importing("bank", *files)
        self.assert_adds_up(report)
        self.assertEqual(sum(f["rejects"] for f in report["files"]), 0, json.dumps(report)[:2000])
        self.assertGreater(sum(f["records"] for f in report["files"]), 130)


if __name__ == "__main__":
    unittest.main()
