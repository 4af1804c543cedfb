"""`/api/money`: every transfer that touches an account of the network, exact, and none of a compartment that is not granted."""
import decimal
import unittest

from ovillo_cli import Case, Server

PAYER, WAGES = "BE27999640927873", "NL48OVLO0009818141"
ADVERTS = "id,text,phone,payer\n" + "".join(f"a{i},Nuestras chicas esperan en la calle {i},+4477009001{1 + i % 3:02},{PAYER}\n" for i in range(12))
TRANSFERS = "reference,time,from_account,to_account,amount,currency,channel,purpose\n"


class NetworkMoney(Case):
    def test_what_is_paid_in_and_out_and_by_whom(self):
        workspace = self.workspace()
        workspace.run("compartment", "add", "sealed")
        workspace.source("adverts")
        workspace.source("bank", kind="judicial_order")
        workspace.source("other-bank", "--compartment", "sealed", kind="judicial_order")
        rows = [("r1", "2026-01-06T17:14:00Z", PAYER, WAGES, "59.87", "EUR"), ("r2", "2026-01-07T18:00:00Z", WAGES, PAYER, "1200.10", "EUR"),
                ("r3", "2026-02-07T18:00:00Z", PAYER, WAGES, "0.13", "USD"), ("r4", "2026-02-08T18:00:00Z", WAGES, "NL82OVLO0003802753", "7", "EUR")]
        for name, text in (("adverts", ADVERTS), ("bank", TRANSFERS + "".join(",".join(row) + ",bank,x\n" for row in rows)),
                           ("other-bank", TRANSFERS + f"s1,2026-03-01T10:00:00Z,{PAYER},{WAGES},500,EUR,bank,x\n")):
            (self.folder / f"{name}.csv").write_text(text)
            workspace.importing(name, self.folder / f"{name}.csv")
        workspace.run("run")
        workspace.run("user", "add", "lies", "--role", "analyst")
        workspace.run("grant", "lies", "main")
        with Server(workspace, "--user", "owner") as server:
            (network,) = [n["id"] for n in server.get("/api/networks")[1]["networks"]]
            money = server.get(f"/api/money/{network}")[1]
        members = {m["entity"]: m["canonical"] for m in self.members(workspace, network)}
        ours = set(members.values())

        def side(position):
            return None if position is None else members[money["accounts"][position]]

        seen = [(t["amount"], t["currency"], side(t["from"]), side(t["to"])) for t in money["transfers"]]
        given = [*rows, ("s1", "", PAYER, WAGES, "500", "EUR")]
        expected = [(amount, currency, a if a in ours else None, b if b in ours else None) for _, _, a, b, amount, currency in given if {a, b} & ours]
        self.assertEqual([(decimal.Decimal(x), *rest) for x, *rest in seen], [(decimal.Decimal(x), *rest) for x, *rest in expected])
        for across in money["across"]:
            for way, inside, outside in (("in", 3, 2), ("out", 2, 3)):
                crossing = [t for t in expected if t[1] == across["currency"] and t[inside] and not t[outside]]
                self.assertEqual((across[f"n_{way}"], decimal.Decimal(across[way])), (len(crossing), sum(decimal.Decimal(t[0]) for t in crossing)))
        self.assertIn(PAYER, ours)

    def members(self, workspace, network):
        return workspace.json("show", network)["members"]


if __name__ == "__main__":
    unittest.main()
