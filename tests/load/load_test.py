"""Many clients at once on every endpoint: no error, the quiet answers, nobody waits out of turn.

Everyday a short run; OVILLO_LONG=1 makes it some five minutes long. Prints one line of latencies per
endpoint: quiet p50, then p50 and p99 with every client at work.
"""
import collections
import concurrent.futures
import dataclasses
import http.client
import json
import os
import pathlib
import random
import resource
import socket
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from ovillo_cli import BINARY, Case, Server  # noqa: E402

LONG = os.environ.get("OVILLO_LONG") == "1"
N_ADVERTS = 10_000 if LONG else 2_000
N_CLIENTS = 48 if LONG else 12
N_COMMANDS = 4 if LONG else 2  # callers of the command line, beside the clients
REQUESTS_EACH = 200 if LONG else 25
SERVER_CONNECTIONS = 256  # kMaxConnections of server/http_server.cpp
DATA = {"Content-Type": "application/json"}
# What is asked of these changes nothing. Every other POST, PUT and DELETE changes what the next answer says;
# the end-to-end tests of accounts and cases ask those.
ASKS_BY_POST = ("/api/why", "/api/search")
NOT_THERE = ("what is not there", "GET /api/sessions")  # nobody signs in here, so there are no sessions


@dataclasses.dataclass(frozen=True)
class Request:
    endpoint: str  # as the OpenAPI file names it, with its method
    method: str
    path: str
    body: str | None = None


class Client:
    """One caller of the HTTP door: `keep` holds its connection open, else each request makes one."""

    def __init__(self, port, keep):
        self.port, self.keep, self.connection = port, keep, None

    def ask(self, request):
        """-> (status, headers without the date, body)"""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        self.connection.request(request.method, request.path, request.body, DATA)
        answer = self.connection.getresponse()
        told = answer.status, sorted((k, v) for k, v in answer.getheaders() if k.lower() != "date"), answer.read()
        if not self.keep:
            self.close()
        return told

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Load(Case):
    def prepared(self):
        workspace = self.workspace()
        case = self.synth(adverts=N_ADVERTS, seed=5) / "ghent-thb"
        workspace.source("notice")
        workspace.importing("notice", case / "adverts.csv")
        workspace.source("bank", kind="judicial_order")
        workspace.importing("bank", case / "transfers.csv")
        workspace.run("run")
        return workspace

    def requests(self, server, workspace):
        """Requests for every path and method of the OpenAPI file that changes nothing, several of each that takes an argument."""
        lines = server.get("/api/networks?limit=12")[1]["networks"]
        pages = [server.get(f"/api/networks/{n['id']}")[1] for n in lines]
        phones = [p for page in pages if len(p := [m["canonical"] for m in page["members"] if m["kind"] == "phone"]) > 1]
        ids = [(kind, n["id"]) for n in lines for kind in ("networks", "charts")]
        ids += [("records", m) for n in lines[:6] for m in n["members"][:2]]
        workspace.run("case", "open", "GHENT-2026-1", "--text", "Rooms by the canal", "--network", lines[0]["id"])
        ids += [("cases", case["id"]) for case in server.get("/api/cases")[1]["cases"]]
        pairs = [{"a": p[0], "b": p[1]} for p in phones[:4]]
        words = [{"q": "masaje"}, {"q": "Gent", "limit": "50"}, {"q": phones[0][0]}, {"q": "nobody wrote this"}]
        self.assertTrue(pairs)
        out = []
        for path, methods in server.get("/api/openapi.json")[1]["paths"].items():
            for method in methods:
                if method != "get" and path not in ASKS_BY_POST:
                    continue
                name = f"{method.upper()} {path}"
                asked = {"/api/why": pairs, "/api/search": words}.get(path)
                if asked and method == "post":
                    out += [Request(name, "POST", path, json.dumps(one)) for one in asked]
                elif asked:
                    out += [Request(name, "GET", f"{path}?{urllib.parse.urlencode(one)}") for one in asked]
                elif "{id}" in path:
                    out += [Request(name, "GET", path.replace("{id}", one)) for kind, one in ids if kind in path]
                else:
                    out.append(Request(name, method.upper(), path))
        out += [Request("GET /api/networks?limit", "GET", f"/api/networks?limit={n}") for n in (1, 5, 20)]
        out += [Request("files of the page", "GET", path) for path in ("/", "/assets/page-1.js")]
        out.append(Request("what is not there", "GET", "/api/networks/ffffffffffff"))
        return out

    def pages(self):
        """$OVILLO_WEB: a page with one script as long as the workbench's."""
        folder = self.folder / "web"
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text('<!doctype html><script src="/assets/page-1.js"></script>')
        (folder / "assets" / "page-1.js").write_bytes(b"let a = 1;\n" * 60_000)
        os.environ["OVILLO_WEB"] = str(folder)
        self.addCleanup(os.environ.pop, "OVILLO_WEB")

    def commands(self, workspace):
        network = json.loads(workspace.networks("--limit", "1"))["networks"][0]["id"]
        return [("networks", "--json"), ("urgent", "--json"), ("show", network, "--json"), ("search", "masaje", "--json"),
                ("export", network, "--format", "csv"), ("networks", "--limit", "many")]

    def test_many_clients_get_the_answers_of_a_quiet_server(self):
        workspace = self.prepared()
        self.pages()
        with Server(workspace) as server:
            requests = self.requests(server, workspace)
            quiet = Client(server.port, keep=True)
            expected, alone_s = {}, collections.defaultdict(list)
            for _ in range(3):
                for request in requests:
                    start = time.monotonic()
                    told = quiet.ask(request)
                    alone_s[request.endpoint].append(time.monotonic() - start)
                    self.assertEqual(told[0], 404 if request.endpoint in NOT_THERE else 200, request)
                    self.assertEqual(expected.setdefault(request, told), told, request)
            quiet.close()
            answer_of = lambda words: (lambda p: (p.returncode, p.stdout, p.stderr))(workspace.run(*words, check=False, timeout=300))
            commands = self.commands(workspace)
            expected_commands = {words: answer_of(words) for words in commands}

            loaded_s, wrong = collections.defaultdict(list), []

            def client(number):
                rng = random.Random(number)
                caller = Client(server.port, keep=number % 2 == 0)
                for _ in range(REQUESTS_EACH):
                    request = rng.choice(requests)
                    start = time.monotonic()
                    try:
                        told = caller.ask(request)
                    except (OSError, http.client.HTTPException) as error:
                        wrong.append((request, repr(error)))
                        caller.close()
                        continue
                    loaded_s[request.endpoint].append(time.monotonic() - start)
                    if told != expected[request]:
                        wrong.append((request, told))
                caller.close()

            def commander(number):
                rng = random.Random(1000 + number)
                for _ in range(max(3, REQUESTS_EACH // 10)):
                    words = rng.choice(commands)
                    if (told := answer_of(words)) != expected_commands[words]:
                        wrong.append((words, told))

            # Beside them: callers who begin a request and never end it.
            stalled = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(16)]
            for one in stalled:
                one.sendall(b"POST /api/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
            start = time.monotonic()
            with concurrent.futures.ThreadPoolExecutor(N_CLIENTS + N_COMMANDS) as pool:
                for done in [*(pool.submit(client, i) for i in range(N_CLIENTS)), *(pool.submit(commander, i) for i in range(N_COMMANDS))]:
                    done.result()
            took_s = time.monotonic() - start
            for one in stalled:
                one.close()
            self.assertEqual(server.get("/api/health")[0], 200)
        self.assertEqual(wrong[:3], [], f"{len(wrong)} wrong")
        self.assertEqual(set(loaded_s), {r.endpoint for r in requests}, "an endpoint was never asked under load")

        print(f"\n{'endpoint':28} {'asked':>6} {'quiet p50':>10} {'p50':>8} {'p99':>8}  ms")
        for name in sorted(loaded_s):
            ms = lambda values, part: 1000 * percentile(values, part)
            print(f"{name:28} {len(loaded_s[name]):6} {ms(alone_s[name], .5):10.1f} {ms(loaded_s[name], .5):8.1f} {ms(loaded_s[name], .99):8.1f}")
        together = [s for values in loaded_s.values() for s in values]
        print(f"load: {len(together)} requests by {N_CLIENTS} clients and {N_COMMANDS} callers of the command line in {took_s:.0f} s, "
              f"0 errors, p50 {1000 * percentile(together, .5):.0f} ms, p99 {1000 * percentile(together, .99):.0f} ms", flush=True)
        # One request at a time is worked on, so a caller waits for about as many as there are callers, whether it
        # keeps its connection or makes one for each request.
        self.assertLess(percentile(together, .99), 6 * percentile(together, .5) + 1, "somebody waited out of turn")

    def test_connections_beyond_what_it_holds_are_closed_and_later_ones_answered(self):
        workspace = self.workspace()
        with Server(workspace) as server:
            held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(SERVER_CONNECTIONS + 44)]
            refused = 0
            for one in held[SERVER_CONNECTIONS:]:
                one.settimeout(10)
                refused += one.recv(1) == b""
            self.assertEqual(refused, 44)
            for one in held:
                one.close()
            self.eventually_answers(server)

    def test_running_out_of_file_descriptors_ends_nothing(self):
        workspace = self.workspace()
        with Server(workspace) as server:
            n_open = len(os.listdir(f"/proc/{server.process.pid}/fd"))
            _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (n_open + 8, hard))
            held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(40)]
            time.sleep(1)
            used_s = self.cpu_s(server)
            time.sleep(1)
            self.assertLess(self.cpu_s(server) - used_s, 0.5, "it spins while it waits for descriptors")
            for one in held:
                one.close()
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (hard, hard))
            self.eventually_answers(server)

    def test_a_caller_who_does_not_read_the_answer_holds_up_nobody(self):
        rows = [[f"a{i}", f"Room {i} with a view of the lighthouse, flowers on the table and {i * 7919:x} steps to the beach."] for i in range(3000)]
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", self.write_csv("adverts.csv", ["id", "text"], rows))
        workspace.run("run")
        words = ("search", "lighthouse", "--limit", str(len(rows)))
        between = 2 * int(pathlib.Path("/proc/sys/net/core/wmem_default").read_text())
        with Server(workspace) as server:
            size = len(workspace.run(*words).stdout)
            self.assertGreater(size, between, "the answer fits into the buffers between: nothing would be shown")
            stuck = subprocess.Popen([BINARY, *words, "--workspace", str(workspace.folder)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
            try:
                stuck.stdout.read(1)  # it is being answered
                self.assertEqual(server.get("/api/networks")[0], 200)
                self.assertTrue(workspace.networks())
                self.assertEqual(len(stuck.stdout.read()) + 1, size)
            finally:
                stuck.kill()
                stuck.wait()
                stuck.stdout.close()

    def cpu_s(self, server):
        fields = pathlib.Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def eventually_answers(self, server):
        deadline = time.monotonic() + 20
        while True:
            try:
                self.assertEqual(server.get("/api/health")[0], 200)
                return
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


if __name__ == "__main__":
    unittest.main()
