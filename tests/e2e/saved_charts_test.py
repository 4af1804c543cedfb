"""Charts that users keep: each their own, of networks they may see, bounded, there again after a restart."""
import json
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server


class SavedCharts(Case):
    def test_kept_for_one_user_and_no_other(self):
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", self.write_csv("adverts.csv", ADVERT, adverts(60)))
        workspace.run("run")
        for user in ("lies", "noor"):
            workspace.run("user", "add", user, "--role", "analyst")
        workspace.run("grant", "lies", "main")

        def post(server, path, **body):
            status, _, text = server.ask("POST", path, body)
            return status, json.loads(text)

        with Server(workspace) as server:
            network = server.get("/api/networks")[1]["networks"][0]["id"]
            chart = {"network": network, "name": "first", "content": '{"places":{}}'}
            self.assertEqual(post(server, "/api/saved-charts", **chart)[0], 200)
            self.assertEqual(post(server, "/api/saved-charts", **chart | {"content": '{"places":{"a":[1,2]}}'})[0], 200)
            self.assertEqual(post(server, "/api/saved-charts", **chart | {"name": "a second"})[0], 200)
            for wrong in ({"name": ""}, {"name": "n" * 121}, {"content": "[]"}, {"content": "{"}, {"content": json.dumps({"x": "y" * 256_000})}):
                self.assertEqual(post(server, "/api/saved-charts", **chart | wrong)[1]["error"]["code"], "base.bad_argument", str(wrong)[:80])
            self.assertEqual(post(server, "/api/saved-charts", **chart | {"case": "GE-9"})[1]["error"]["code"], "casework.no_such_case")
            self.assertEqual(post(server, "/api/saved-charts", **chart | {"network": "f" * 32})[1]["error"]["code"], "flow.no_such_network")
            for i in range(198):
                self.assertEqual(post(server, "/api/saved-charts", **chart | {"name": f"n{i}"})[0], 200)
            self.assertEqual(post(server, "/api/saved-charts", **chart | {"name": "one too many"})[1]["error"]["code"], "base.bad_argument")
            for i in range(198):
                self.assertEqual(post(server, "/api/saved-charts/drop", network=network, name=f"n{i}")[0], 200)
            self.assertEqual(post(server, "/api/saved-charts/drop", network=network, name="n0")[1]["error"]["code"], "flow.no_such_thing")
        with Server(workspace) as server:
            charts = server.get(f"/api/saved-charts/{network}")[1]["charts"]
            self.assertEqual([(c["name"], c["content"]) for c in charts], [("a second", '{"places":{}}'), ("first", '{"places":{"a":[1,2]}}')])
        with Server(workspace, "--user", "lies") as server:
            self.assertEqual(server.get(f"/api/saved-charts/{network}")[1]["charts"], [])
            self.assertEqual(post(server, "/api/saved-charts/drop", network=network, name="first")[1]["error"]["code"], "flow.no_such_thing")
        # Who may not see the network is told nothing of it.
        with Server(workspace, "--user", "noor") as server:
            self.assertIn(server.ask("GET", f"/api/saved-charts/{network}")[0], (403, 409))
        self.assertNotIn(b"a second", b"".join(p.read_bytes() for p in workspace.folder.rglob("*") if p.is_file()))


if __name__ == "__main__":
    unittest.main()
