"""Fifty analysts at their mixed work, each signed in, each with time to read: how long they wait.

Everyday some seconds of it; OVILLO_LONG=1 makes it ten minutes. Prints a line per kind of act, and one for all.
"""
import collections
import http.client
import json
import os
import pathlib
import random
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from ovillo_cli import Case, Server  # noqa: E402

LONG = os.environ.get("OVILLO_LONG") == "1"
N_ANALYSTS = 50 if LONG else 12
N_ADVERTS = 10_000 if LONG else 2_000
LASTS_S = 600 if LONG else 10
READS_S = (1.0, 5.0) if LONG else (0.1, 0.6)  # between two acts of one analyst
PASSWORD = "four words nobody says of me"
MEMORY_GROWS_AT_MOST = 1.2


class Analyst:
    """Reads leads, opens networks and their charts, asks why, searches, opens records, and writes a note now and then."""

    def __init__(self, number, port, case):
        self.rng = random.Random(number)
        self.user = f"analyst{number}"
        self.case = case
        self.waited_s = collections.defaultdict(list)
        self.wrong = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Content-Type": "application/json", "Ovillo-Purpose": "investigation"}

    def ask(self, act, method, path, body=None):
        start = time.monotonic()
        try:
            self.connection.request(method, path, None if body is None else json.dumps(body), self.headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append((act, repr(error)))
            self.connection.close()
            return None
        self.waited_s[act].append(time.monotonic() - start)
        if answer.status >= 300:
            self.wrong.append((act, path, answer.status, text[:200]))
            return None
        cookies = [v.split(";")[0] for k, v in answer.getheaders() if k.lower() == "set-cookie"]
        if cookies:
            self.headers["Cookie"] = "; ".join(cookies)
        return json.loads(text) if text else {}

    def acts(self):
        """One act after the other, as long as somebody asks for the next."""
        while True:
            leads = self.ask("leads", "GET", "/api/networks?limit=20")
            yield
            for line in self.rng.sample(leads["networks"], min(3, len(leads["networks"]))):
                page = self.ask("network", "GET", f"/api/networks/{line['id']}")
                yield
                self.ask("chart", "GET", f"/api/charts/{line['id']}")
                yield
                named = [m["canonical"] for m in page["members"] if m["kind"] in ("phone", "email", "handle")]
                if len(named) > 1:
                    a, b = self.rng.sample(named, 2)
                    self.ask("why", "POST", "/api/why", {"a": a, "b": b})
                    yield
                self.ask("record", "GET", f"/api/records/{self.rng.choice(line['members'])}")
                yield
            self.ask("search", "POST", "/api/search", {"q": self.rng.choice(["masaje", "Gent", "piso", "0470"])})
            yield
            self.ask("note", "POST", "/api/cases/entries", {"case": self.case, "kind": "note", "text": "looked at, nothing new"})
            yield


class Analysts(Case):
    def prepared(self):
        workspace = self.workspace()
        case = self.synth(adverts=N_ADVERTS, seed=5) / "ghent-thb"
        workspace.source("notice")
        workspace.importing("notice", case / "adverts.csv")
        workspace.run("run")
        self.password = self.folder / "password"
        self.password.write_text(PASSWORD + "\n")
        workspace.run("case", "open", "GHENT-2026-1", "--text", "Rooms by the canal")
        for n in range(N_ANALYSTS):
            workspace.run("user", "add", f"analyst{n}", "--role", "analyst")
            workspace.run("grant", f"analyst{n}", "main")
            workspace.run("case", "member", "GHENT-2026-1", f"analyst{n}")
        by_owner = ("--user", "owner", "--password-file", self.password)
        workspace.run("user", "password", "owner", "--new-password-file", self.password)
        for n in range(N_ANALYSTS):
            workspace.run("user", "password", f"analyst{n}", "--new-password-file", self.password, *by_owner)
        case_id = json.loads(workspace.run("case", "list", "--json", *by_owner).stdout)["cases"][0]["id"]
        return workspace, case_id

    def memory_mb(self, server):
        text = pathlib.Path(f"/proc/{server.process.pid}/smaps_rollup").read_text()
        return int(text.split("Pss:")[1].split()[0]) / 1024

    def test_fifty_analysts_do_not_wait(self):
        workspace, case = self.prepared()
        with Server(workspace, "--user", "owner", "--password-file", str(self.password)) as server:
            analysts = [Analyst(n, server.port, case) for n in range(N_ANALYSTS)]
            for one in analysts:
                one.ask("sign in", "POST", "/api/session", {"user": one.user, "password": PASSWORD})
            self.assertEqual([one.wrong for one in analysts if one.wrong], [])
            ends = time.monotonic() + LASTS_S
            memory_mb = []

            def work(one):
                acts = one.acts()
                while time.monotonic() < ends and not one.wrong:
                    next(acts)
                    time.sleep(one.rng.uniform(*READS_S))

            threads = [threading.Thread(target=work, args=(one,)) for one in analysts]
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                memory_mb.append(self.memory_mb(server))
                time.sleep(LASTS_S / 20)
            for one in analysts:
                one.connection.close()
            cpu_s = sum(float(x) for x in pathlib.Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13])
            cpu_s /= os.sysconf("SC_CLK_TCK")
        self.assertEqual([one.wrong[:1] for one in analysts if one.wrong][:3], [])
        waited = collections.defaultdict(list)
        for one in analysts:
            for act, values in one.waited_s.items():
                waited[act] += values
        self.tell(waited, cpu_s, memory_mb)
        settled = memory_mb[len(memory_mb) // 4]
        self.assertLess(max(memory_mb[len(memory_mb) // 2:]), settled * MEMORY_GROWS_AT_MOST + 20, "memory grows")

    def tell(self, waited, cpu_s, memory_mb):
        ms = lambda values, part: 1000 * sorted(values)[min(len(values) - 1, int(part * len(values)))]
        print(f"\n{'act':10} {'done':>7} {'p50':>8} {'p99':>8} {'most':>8}  ms")
        for act in sorted(waited):
            print(f"{act:10} {len(waited[act]):7} {ms(waited[act], .5):8.1f} {ms(waited[act], .99):8.1f} {ms(waited[act], 1):8.1f}")
        together = [s for act, values in waited.items() for s in values if act != "sign in"]
        print(f"analysts: {N_ANALYSTS} for {LASTS_S} s, {len(together)} acts, 0 errors, p50 {ms(together, .5):.0f} ms, p99 {ms(together, .99):.0f} ms, "
              f"{cpu_s:.0f} CPU s, memory {memory_mb[0]:.0f} to {max(memory_mb):.0f} MB", flush=True)


if __name__ == "__main__":
    unittest.main()
