"""While `serve` runs it owns the workspace: `ovillo` is its client, the browser its other one."""
import collections
import gzip
import json
import os
import pathlib
import signal
import subprocess
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import BINARY, SOURCE, Case, Server, ovillo


# Who signs in, users, grants, cases and judgements: accounts_test.py, cases_test.py and judgement_test.py ask all of them.
OF_THE_DOORS = ("/api/session", "/api/password", "/api/users", "/api/compartments", "/api/grants", "/api/cases", "/api/decisions", "/api/why-not", "/api/judgements")


class Serve(Case):
    def prepared(self, n=120):
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", self.write_csv("adverts.csv", ADVERT, adverts(n)))
        workspace.run("run")
        workspace.run("compartment", "add", "sealed")
        workspace.source("sealed", "--compartment", "sealed")
        workspace.importing("sealed", self.write_csv("sealed.csv", ADVERT, [["s1", *adverts(1)[0][1:]]]))
        workspace.run("grant", "lies", "main")
        workspace.run("run", "--user", "lies")
        workspace.run("run")
        return workspace

    def test_commands_are_answered_by_the_owner_with_the_same_bytes(self):
        workspace = self.prepared()
        questions = [("networks", "--json"), ("networks",), ("urgent", "--json"), ("source", "list"),
                     ("search", "piso privado", "--json"), ("show", "nothing of the kind"),
                     ("why", "+44 7700 900003", "+44 7700 900004"), ("networks", "--limit", "many"), ("networks", "--nonsense")]
        ask = lambda: [(p.returncode, p.stdout, p.stderr) for q in questions for p in [workspace.run(*q, check=False)]]
        alone = ask()
        with Server(workspace) as server:
            entries = ovillo("networks", "--workspace", workspace.folder, "--json")
            self.assertEqual(ask(), alone)
            # It was the server that answered: while it is stopped, so is the client.
            os.kill(server.process.pid, signal.SIGSTOP)
            try:
                with self.assertRaises(subprocess.TimeoutExpired):
                    workspace.run("networks", timeout=2)
            finally:
                os.kill(server.process.pid, signal.SIGCONT)
            self.assertEqual(ask(), alone)
            self.assertTrue(entries.stdout)
        self.assertEqual(server.status, 0)
        self.assertEqual(ask(), alone)

    def test_a_client_brings_files_and_standard_input(self):
        workspace = self.prepared()
        more = [["new1", *adverts(1)[0][1:]]]
        os.chdir(self.folder)
        self.addCleanup(os.chdir, SOURCE)
        self.write_csv("more.csv", ADVERT, more)
        ovillo("map", "more.csv", "--write", "more.toml")
        with Server(workspace) as server:
            # Relative paths are the client's.
            self.assertEqual(workspace.importing("notice", "more.csv")["files"][0]["records"], 1)
            text = pathlib.Path("more.csv").read_text().replace("new1", "new2")
            done = json.loads(workspace.run("import", "-", "--source", "notice", "--profile", "more.toml", "--json", stdin=text).stdout)
            self.assertEqual(done["files"][0]["records"], 1)
            workspace.run("run")
            self.assertEqual(workspace.json("search", "new2")["n_found"], 1)
            self.assertEqual(server.get("/api/health")[0], 200)
            # The browser sees what the command brought in.
            status, _, body = server.ask("POST", "/api/search", {"q": "new2"})
            self.assertEqual((status, json.loads(body)["n_found"]), (200, 1))

    def test_the_client_is_who_its_own_environment_says(self):
        workspace = self.prepared()
        expected = workspace.run("source", "list", "--user", "lies").stdout
        self.assertNotIn("sealed", expected)
        with Server(workspace):
            self.assertEqual(workspace.run("source", "list", env={"OVILLO_USER": "lies"}).stdout, expected)
            self.assertIn("sealed", workspace.run("source", "list").stdout)

    def test_a_second_owner_is_refused_and_told_who_owns_it(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            second = ovillo("serve", "--port", "0", "--workspace", workspace.folder, check=False, timeout=30)
            self.assertEqual(second.returncode, 6)
            self.assertIn("storage.locked", second.stderr)
            self.assertIn(f"process {server.process.pid}", second.stderr)
            # Also a command that cannot reach the socket is refused, not let in beside the owner.
            (workspace.folder / "ovillo.sock").unlink()
            beside = workspace.run("networks", check=False)
            self.assertEqual(beside.returncode, 6)
            self.assertIn(f"process {server.process.pid}", beside.stderr)

    def test_a_killed_server_leaves_nothing_in_the_way(self):
        workspace = self.prepared()
        before = workspace.networks()
        with Server(workspace) as server:
            server.process.kill()
            server.process.wait()
            self.assertTrue((workspace.folder / "ovillo.sock").exists())
            self.assertEqual(workspace.networks(), before)
        with Server(workspace):
            self.assertEqual(workspace.networks(), before)

    def test_a_refused_purpose_opens_no_server(self):
        workspace = self.prepared()
        process = ovillo("serve", "--port", "0", "--workspace", workspace.folder, "--purpose", "landlord_control", check=False, timeout=30)
        self.assertEqual(process.returncode, 4)
        self.assertIn("casework.refused_purpose", process.stderr)

    def test_what_is_asked_wrongly_is_answered_with_its_code(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            for method, path, body, status, code in [
                ("GET", "/api/nothing", None, 404, "server.no_such_path"),
                ("GET", "/../../etc/passwd", None, 404, "server.no_such_path"),
                ("DELETE", "/api/networks", None, 405, "server.method_not_allowed"),
                ("POST", "/api/search", ["no", "object"], 400, "server.bad_body"),
                ("GET", "/api/networks/ffffffffffff", None, 404, "flow.no_such_network"),
                ("GET", "/api/records/ffff", None, 404, "flow.no_such_thing"),
                ("POST", "/api/why", {"a": "+44 7700 900003", "b": "nobody@example.org"}, 404, "flow.no_such_thing"),
                ("POST", "/api/why", {"a": "+44 7700 900003"}, 400, "base.bad_argument"),
                ("POST", "/api/search", {}, 400, "base.bad_argument"),
                ("POST", "/api/search", {"q": "piso", "limit": -1}, 400, "base.bad_argument"),
                ("POST", "/api/search", {"q": "piso", "limit": "abc"}, 400, "base.bad_argument"),
                ("GET", "/api/networks?limit=abc", None, 400, "base.bad_argument"),
                ("GET", "/api/networks?limit=-1", None, 400, "base.bad_argument"),
                ("GET", "/api/networks?limit=", None, 400, "base.bad_argument"),
            ]:
                answered, _, text = server.ask(method, path, body)
                self.assertEqual((answered, json.loads(text)["error"]["code"]), (status, code), path)
            status, _, _ = server.ask("GET", "/api/networks", headers={"Host": "ovillo.example.org"})
            self.assertEqual(status, 421)  # a page elsewhere that points its name at this machine
            self.assertEqual(server.get("/api/health")[0], 200)

    def test_personal_values_stand_in_no_address(self):
        workspace = self.prepared()
        phone = "%2B447700900003"
        with Server(workspace) as server:
            for path in (f"/api/search?q={phone}", f"/api/why?a={phone}&b={phone}"):
                for method in ("GET", "HEAD"):
                    status, headers, body = server.ask(method, path)
                    self.assertEqual((status, dict(headers).get("Allow")), (405, "POST"), (method, path))
                    self.assertNotIn(b"900003", body)
                # Not even beside a body, where it would be kept by whatever keeps addresses.
                status, _, body = server.ask("POST", path, {})
                self.assertEqual((status, json.loads(body)["error"]["code"]), (400, "base.bad_argument"))
            status, headers, _ = server.ask("POST", "/api/networks", {})
            self.assertEqual((status, dict(headers).get("Allow")), (405, "GET, HEAD"))
            self.assertEqual(server.ask("POST", "/api/search", {"q": "+447700900003"})[0], 200)
            paths = server.get("/api/openapi.json")[1]["paths"]
            self.assertEqual([list(paths[path]) for path in ("/api/search", "/api/why")], [["post"], ["post"]])
            for path, methods in paths.items():
                for method, about in methods.items():
                    for parameter in about.get("parameters", []):
                        self.assertIn(parameter["name"], ("id", "limit", "number"), path)

    def test_head_says_the_length_that_get_has(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            for path in ("/", "/api/health", "/api/networks", "/api/nothing"):
                status, headers, body = server.ask("GET", path)
                self.assertEqual(dict(headers)["Content-Length"], str(len(body)))
                self.assertEqual(server.ask("HEAD", path), (status, headers, b""), path)

    def pages(self, **files):
        """A folder of built pages; $OVILLO_WEB names it until the test ends."""
        folder = self.folder / "web"
        for name, body in {"index.html": b"<!doctype html>the page", **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        os.environ["OVILLO_WEB"] = str(folder)
        self.addCleanup(os.environ.pop, "OVILLO_WEB", None)
        return folder

    def test_built_pages_are_served_with_their_type_and_kept_for_good(self):
        script = b"export const thread = 1;\n" * 100
        self.pages(**{"assets/index-4f2a.js": script, "assets/index-4f2a.js.gz": gzip.compress(script), "secret": b"?"})
        workspace = self.prepared()
        with Server(workspace) as server:
            def ask(path, method="GET", **headers):
                status, got, body = server.ask(method, path, headers=headers)
                return status, dict(got), body

            status, headers, body = ask("/assets/index-4f2a.js")
            self.assertEqual((status, body, headers["Content-Type"]), (200, script, "text/javascript; charset=utf-8"))
            self.assertIn("immutable", headers["Cache-Control"])
            self.assertEqual(ask("/assets/index-4f2a.js", **{"If-None-Match": headers["ETag"]})[::2], (304, b""))
            self.assertEqual(ask("/assets/index-4f2a.js", **{"If-None-Match": '"other"'})[::2], (200, script))
            for accepted, coding in [("gzip, br", "gzip"), ("br", None), ("gzip;q=0", None), ("gzip;q=0.5", "gzip")]:
                _, headers, body = ask("/assets/index-4f2a.js", **{"Accept-Encoding": accepted})
                self.assertEqual((headers.get("Content-Encoding"), headers["Vary"]), (coding, "Accept-Encoding"), accepted)
                self.assertEqual(gzip.decompress(body) if coding else body, script)
            # The page's own addresses give the page; nothing is made up for others, and nothing outside is read.
            for path in ("/", "/leads", "/networks/ffffffffffff", "/why"):
                status, headers, body = ask(path)
                self.assertEqual((status, body, headers["Cache-Control"]), (200, b"<!doctype html>the page", "no-cache"), path)
                self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
            for path in ("/nothing", "/assets/nothing.js", "/../case/workspace.db", "/assets/%2e%2e/%2e%2e/case.key", "//etc/passwd"):
                status, _, body = ask(path)
                self.assertEqual((status, json.loads(body)["error"]["code"]), (404, "server.no_such_path"), path)
            status, headers, _ = ask("/leads", "POST")
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))

    def test_without_built_pages_the_api_goes_on_and_the_page_says_how_to_build_them(self):
        (self.pages() / "index.html").unlink()
        workspace = self.prepared()
        with Server(workspace) as server:
            status, _, body = server.ask("GET", "/leads")
            self.assertEqual(status, 503)
            self.assertIn(b"npm run build", body)
            self.assertEqual(server.get("/api/health")[0], 200)

    def test_places_towns_and_files_stand_beside_the_networks(self):
        workspace = self.prepared()
        networks = json.loads(workspace.networks())["networks"]
        with Server(workspace, "--user", "lies") as other:
            granted = other.get("/api/imports")[1]["files"]
        self.assertEqual({f["source"] for f in granted}, {"notice"})
        with Server(workspace) as server:
            leads = server.get("/api/leads")[1]["leads"]
            self.assertEqual([lead["id"] for lead in leads], [n["id"] for n in networks])
            self.assertTrue(any(lead["towns"] for lead in leads))
            for lead, network in zip(leads, networks):
                self.assertEqual(lead["newest"], network["newest"])
                self.assertLessEqual(lead["oldest"], lead["newest"])
                chart = server.get(f"/api/charts/{network['id']}")[1]
                page = server.get(f"/api/networks/{network['id']}")[1]
                self.assertEqual(sorted(p["entity"] for p in chart["places"]), sorted(m["entity"] for m in page["members"]))
                self.assertEqual(len({(p["x"], p["y"]) for p in chart["places"]}), len(chart["places"]))
                # When its records were, and whom each touches: as many as stand beside each member.
                dated = [i for i, r in enumerate(page["records"]) if r["time"]]
                self.assertTrue(dated)
                self.assertEqual(sorted(m["record"] for m in chart["moments"]), dated)
                self.assertEqual([m["time"] for m in chart["moments"]], sorted(m["time"] for m in chart["moments"]))
                touched = collections.Counter(chart["places"][at]["entity"] for m in chart["moments"] for at in m["members"])
                self.assertEqual(touched, {m["entity"]: m["n_records"] for m in page["members"]})
                for moment in chart["moments"]:
                    self.assertEqual(moment["time"], page["records"][moment["record"]]["time"])
                # Why a link stands is asked by its ends, also where one is a template that nobody can type.
                for link in page["links"][:3]:
                    status, _, body = server.ask("POST", "/api/why", {"network": network["id"], "a": link["a"], "b": link["b"]})
                    steps = json.loads(body)["steps"]
                    self.assertEqual((status, len(steps), steps[0]["weight_bits"]), (200, 1, link["weight_bits"]))
                    self.assertTrue(steps[0]["records"][0]["from"]["raw"])
                status, _, body = server.ask("POST", "/api/why", {"network": network["id"], "a": page["members"][0]["entity"], "b": "f" * 32})
                self.assertEqual((status, json.loads(body)["error"]["code"]), (404, "flow.no_such_thing"))
            files = server.get("/api/imports")[1]["files"]
            self.assertEqual({f["source"] for f in files}, {"notice", "sealed"})
            self.assertEqual([f["records"] for f in files if f["source"] == "notice"], [120])

    def test_what_is_revoked_is_gone_from_a_server_that_runs(self):
        workspace = self.prepared()
        with Server(workspace, "--user", "lies") as server:
            self.assertEqual(server.get("/api/networks")[0], 200)
            workspace.run("grant", "lies", "sealed")
            workspace.run("revoke", "lies", "main")
            self.assertEqual(server.ask("POST", "/api/search", {"q": "piso"})[0], 409)  # sealed only: `run` first
            workspace.run("revoke", "lies", "sealed")
            status, body = server.get("/api/networks")
            self.assertEqual((status, body["error"]["code"]), (403, "casework.not_granted"))

    def test_every_path_of_the_openapi_file_answers(self):
        workspace = self.prepared()
        network = json.loads(workspace.networks())["networks"][0]
        pages = [workspace.json("show", n["id"]) for n in json.loads(workspace.networks())["networks"]]
        phones = next(p for page in pages if len(p := [m["canonical"] for m in page["members"] if m["kind"] == "phone"]) > 1)
        bodies = {"/api/why": dict(zip("ab", phones)), "/api/search": {"q": "piso"}, "/api/exports": {"network": network["id"], "format": "ftm"},
                  "/api/saved-charts": {"network": network["id"], "name": "n", "content": "{}"}, "/api/saved-charts/drop": {"network": network["id"], "name": "n"}}
        with Server(workspace) as server:
            paths = server.get("/api/openapi.json")[1]["paths"]
            self.assertGreaterEqual(len(paths), 6)
            for path, methods in paths.items():
                if path.startswith(OF_THE_DOORS):
                    continue
                at = path.replace("{id}", network["members"][0] if "records" in path else network["id"])
                for method in methods:
                    status, _, body = server.ask(method.upper(), at, bodies.get(path))
                    self.assertEqual(status, 200, (path, body))
                    json.loads(body)

    def test_a_request_is_in_the_audit_log_before_its_answer(self):
        workspace = self.prepared()
        with Server(workspace, "--user", "lies", "--case", "GE-2026-12") as server:
            before = workspace.json("audit")["size"]
            server.ask("POST", "/api/search", {"q": "+44 7700 900003"})
            log = workspace.json("audit")
        self.assertGreater(log["size"], before)
        self.assertRegex(log["entries"][-2], "allowed search by lies for investigation, case GE-2026-12")
        self.assertNotIn("900003", json.dumps(log))


if __name__ == "__main__":
    unittest.main()
