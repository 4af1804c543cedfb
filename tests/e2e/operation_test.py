"""What who runs the machine sees of a server: numbers and lines that name no person, no question and no compartment."""
import json
import re
import signal
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server

TOKEN = "a-token-of-sixteen-or-more"
METRIC = re.compile(r'^[a-z_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? -?[0-9.e+-]+$')
ASKED = "zwaluwnest"


class Operation(Case):
    def setUp(self):
        super().setUp()
        self.case = self.workspace()
        self.case.run("compartment", "add", "antwerp-sealed")
        self.case.source("notice")
        self.case.source("planted-source", "--compartment", "antwerp-sealed")
        self.case.importing("notice", self.write_csv("adverts.csv", ADVERT, adverts(60)))
        self.case.importing("planted-source", self.write_csv("sealed.csv", ADVERT, [["s1", *adverts(1)[0][1:]]]))
        self.case.run("run")
        (self.folder / "token").write_text(TOKEN + "\n")

    def scraped(self, server, token=TOKEN, **headers):
        return server.ask("GET", "/api/metrics", headers={"Authorization": f"Bearer {token}", **headers})

    def values(self, server):
        status, headers, body = self.scraped(server)
        self.assertEqual((status, dict(headers)["Content-Type"]), (200, "text/plain; version=0.0.4; charset=utf-8"))
        lines = [line for line in body.decode().splitlines() if not line.startswith("#")]
        for line in lines:
            self.assertRegex(line, METRIC)
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def test_metrics_count_what_was_asked_and_what_is_held(self):
        with Server(self.case, "--metrics-token", str(self.folder / "token")) as server:
            before = self.values(server)
            self.assertEqual((before["ovillo_records"], before["ovillo_imports"]), (61, 2))
            self.assertGreater(before["process_resident_memory_bytes"], 1e6)
            self.assertNotIn("ovillo_last_run_timestamp_seconds", before)
            server.ask("POST", "/api/search", {"q": ASKED})
            server.ask("GET", f"/api/networks/{ASKED}")
            server.ask("GET", f"/api/{ASKED}")
            server.ask(f"{ASKED}", "/api/health")
            self.case.run("run")
            self.case.run("show", ASKED, check=False)
            after = self.values(server)
            of = lambda method, route, status: after[f'ovillo_requests_total{{method="{method}",route="{route}",status="{status}"}}']
            self.assertEqual(of("POST", "/api/search", 200), 1)
            self.assertEqual(of("GET", "/api/networks/{id}", 404), 1)
            self.assertEqual(of("GET", "unknown", 404), 1)
            self.assertEqual(of("other", "/api/health", 405), 1)
            self.assertEqual(after['ovillo_commands_total{verb="run",status="0"}'], 1)
            self.assertGreater(after["ovillo_last_run_timestamp_seconds"], 1.7e9)
            self.assertGreater(after["ovillo_audit_entries"], before["ovillo_audit_entries"])
            self.assertEqual(after["ovillo_waiting"], 0)
            buckets = [v for k, v in after.items() if k.startswith('ovillo_request_duration_seconds_bucket{route="/api/search"')]
            self.assertEqual((sorted(buckets), buckets[-1]), (buckets, 1))
            text = self.scraped(server)[2].decode()
            for secret in (ASKED, "antwerp-sealed", "planted-source", "owner", TOKEN):
                self.assertNotIn(secret, text)

    def test_metrics_are_for_who_holds_the_token_on_this_machine(self):
        with Server(self.case, "--metrics-token", str(self.folder / "token")) as server:
            for headers in ({}, {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-Proto": "https"}, {"Forwarded": "for=192.0.2.1"}):
                status, _, body = self.scraped(server, *(() if headers else (TOKEN[:-1] + "x",)), **headers)
                self.assertEqual((status, b"ovillo_records" in body), (404, False), headers)
            self.assertEqual(server.ask("GET", "/api/metrics")[0], 404)
        with Server(self.case) as server:
            self.assertEqual(self.scraped(server)[0], 404)
            self.assertEqual(self.scraped(server, "")[0], 404)
        (self.folder / "token").write_text("short\n")
        process = self.case.run("serve", "--port", "0", "--metrics-token", self.folder / "token", check=False, timeout=60)
        self.assertEqual(process.returncode, 2, process.stderr)

    def test_the_log_is_json_lines_without_what_was_asked(self):
        with Server(self.case, "--log") as server:
            server.ask("POST", "/api/search", {"q": ASKED})
            server.ask("GET", f"/api/networks/{ASKED}?limit=1&{ASKED}={ASKED}")
            server.ask("GET", f"/{ASKED}")
            self.case.run("search", ASKED)
            server.process.send_signal(signal.SIGTERM)
            text = server.process.stderr.read()
        lines = [json.loads(line) for line in text.splitlines()]
        self.assertEqual([line["event"] for line in lines], ["started", "request", "request", "request", "command", "stopped"])
        self.assertEqual([line.get("route") for line in lines[1:4]], ["/api/search", "/api/networks/{id}", "page"])
        self.assertEqual((lines[4]["verb"], lines[4]["status"]), ("search", 0))
        for line in lines:
            self.assertRegex(line["at"], r"^20\d\d-\d\d-\d\d.\d\d:\d\d:\d\dZ$")
        for secret in (ASKED, "owner", "antwerp-sealed", "127.0.0.1"):
            self.assertNotIn(secret, text)


if __name__ == "__main__":
    unittest.main()
