"""Charts written for other tools: whole or the members chosen, with purpose and statement type; read back nothing is lost."""
import collections
import json
import unittest
import xml.etree.ElementTree as ElementTree

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server

FORMATS = ("ftm", "csv", "graphml", "gexf", "anx", "geojson")


class ChartFiles(Case):
    def prepared(self):
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", self.write_csv("adverts.csv", ADVERT, adverts(120)))
        workspace.run("run")
        return workspace

    def test_every_format_names_purpose_and_says_that_links_are_inferences(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            network = server.get("/api/networks")[1]["networks"][0]["id"]
            for kind in FORMATS:
                status, _, body = server.ask("POST", "/api/exports", {"network": network, "format": kind}, {"Ovillo-Purpose": "prosecution", "Ovillo-Case": "GE-1"})
                answer = json.loads(body)
                self.assertEqual((status, answer["purpose"], answer["case"], answer["by"]), (200, "prosecution", "GE-1", "owner"), body)
                self.assertIn("prosecution", answer["text"], kind)
                if kind != "geojson":
                    self.assertIn("inference", answer["text"], kind)
            # What one request says of its purpose does not hold for the next.
            status, _, body = server.ask("POST", "/api/exports", {"network": network, "format": "picture"})
            self.assertEqual((status, json.loads(body)["purpose"], json.loads(body)["case"]), (200, "investigation", ""))
            self.assertNotIn("text", json.loads(body))
            for wrong, code in (({"network": network, "format": "doc"}, "base.bad_argument"), ({"network": "ffffffff", "format": "picture"}, "flow.no_such_network"),
                                ({"network": network, "format": "csv", "members": ["f" * 32]}, "flow.no_such_thing")):
                self.assertEqual(json.loads(server.ask("POST", "/api/exports", wrong)[2])["error"]["code"], code)
        log = workspace.run("audit", "--limit", "50").stdout
        self.assertEqual(log.count(" export "), len(FORMATS) + 4, log)

    def test_what_is_chosen_is_written_and_no_more(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            network = server.get("/api/networks")[1]["networks"][0]["id"]
            page = server.get(f"/api/networks/{network}")[1]
            link = page["links"][0]
            chosen = [link["a"], link["b"]]
            among = [one for one in page["links"] if {one["a"], one["b"]} <= set(chosen)]
            self.assertLess(len(among), len(page["links"]))

            def text(kind):
                return json.loads(server.ask("POST", "/api/exports", {"network": network, "format": kind, "members": chosen})[2])["text"]

            lines = [json.loads(line) for line in text("ftm").splitlines()]
            self.assertEqual(sorted(line["id"] for line in lines if line["schema"] != "UnknownLink"), sorted(chosen))
            self.assertEqual(len(lines), 2 + len(among))
            for kind, node, edge in (("graphml", "node", "edge"), ("gexf", "node", "edge"), ("anx", "Entity", "Link")):
                names = collections.Counter(e.tag.split("}")[-1] for e in ElementTree.fromstring(text(kind)).iter())
                self.assertEqual((names[node], names[edge]), (2, len(among)), kind)

    def test_charts_come_back_with_every_member_and_link(self):
        workspace = self.prepared()
        network = json.loads(workspace.networks())["networks"][0]["id"]
        with Server(workspace) as server:
            page = server.get(f"/api/networks/{network}")[1]
        phones = sorted(m["canonical"] for m in page["members"] if m["kind"] == "phone")
        self.assertTrue(phones)
        for kind in ("graphml", "gexf", "anx"):
            out = self.folder / f"network.{kind}"
            workspace.run("export", network, "--format", kind, "--out", out)
            other = self.workspace(f"back-{kind}")
            other.source("charts", kind="judicial_order")
            report = other.importing("charts", out)["files"][0]
            self.assertEqual((report["records"], report["rejects"]), (len(page["members"]) + len(page["links"]), 0), kind)
            if kind == "anx":
                other.run("run")
                for phone in phones[:3]:
                    self.assertTrue(other.json("search", phone)["hits"], phone)

    def test_a_map_tells_towns_of_records_and_of_adverts_only_how_many(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            for line in server.get("/api/networks")[1]["networks"]:
                page = server.get(f"/api/networks/{line['id']}")[1]
                answer = server.get(f"/api/maps/{line['id']}")[1]
                self.assertTrue(answer["towns"])
                self.assertEqual([t["n_records"] for t in answer["towns"]], sorted((t["n_records"] for t in answer["towns"]), reverse=True))
                for town in answer["towns"]:
                    self.assertLessEqual(len(town["times"]), town["n_records"])
                    if town["latitude"] is not None:
                        self.assertGreaterEqual(town["radius_km"], 1)
                self.assertEqual({m["towns"] for m in answer["members"]}, {None}, "all of these are seen in adverts alone")
                self.assertLessEqual({m["entity"] for m in answer["members"]}, {m["entity"] for m in page["members"]})
                self.assertTrue(all(0 < m["n_towns"] <= len(answer["towns"]) for m in answer["members"]))


if __name__ == "__main__":
    unittest.main()
