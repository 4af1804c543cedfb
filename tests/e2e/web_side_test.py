"""The web side under attack: sessions, other pages, hostile text, paths, sizes, slow callers, smuggled requests."""
import json
import re
import socket
import time
import unittest

from accounts_test import WORDS, Browser
from import_test import ADVERT, adverts
from ovillo_cli import Case, Server, ovillo

HOSTILE = ["<script>window.pwned=1</script>", "\"><img src=x onerror=window.pwned=1>", "'-alert(1)-'", "</script><svg onload=window.pwned=1>",
           "javascript:window.pwned=1", "{{constructor.constructor('window.pwned=1')()}}", "\u2028window.pwned=1//", "<!--<script>", "a\"b\\c\r\nX-Injected: 1"]
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
           "Cross-Origin-Resource-Policy": "same-origin"}
POLICY = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
LONGEST_HEAD = 16 << 10
LARGEST_BODY = 1 << 20
IDLE_S = 30


class Wire:
    """A connection that sends bytes as they are."""

    def __init__(self, server, timeout_s=10):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=timeout_s)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (ConnectionResetError, BrokenPipeError):
            pass  # it was told enough already

    def rest(self):
        """Everything until the server closes, or says nothing more for the timeout."""
        out = b""
        try:
            while more := self.socket.recv(65536):
                out += more
        except (ConnectionResetError, TimeoutError, socket.timeout):
            pass
        return out


def status_of(answer):
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(found.group(1)) if found else None


class WebSide(Case):
    def prepared(self, hostile=False):
        workspace = self.workspace()
        workspace.source("notice")
        rows = adverts(60)
        if hostile:
            rows = [[f"{h} {i}", row[1], f"{row[2]} {h}", row[3], h] for i, (row, h) in enumerate(zip(rows, HOSTILE * 7))]
        workspace.importing("notice", self.write_csv("adverts.csv", ADVERT, rows))
        workspace.run("run")
        return workspace

    def with_doors(self, workspace, user="lies", roles=("analyst", "case_officer")):
        def password_of(name):
            path = self.folder / f"{name}.password"
            path.write_text(WORDS.format(name) + "\n")
            return path

        workspace.run("user", "add", user, *[word for role in roles for word in ("--role", role)])
        workspace.run("grant", user, "main")
        owner = password_of("owner")
        workspace.run("user", "password", "owner", "--new-password-file", owner)
        workspace.run("user", "password", user, "--new-password-file", password_of(user), "--password-file", owner, "--user", "owner")
        return Server(workspace, "--user", "owner", "--password-file", str(owner))

    def head(self, server, line, *fields, host=None):
        return "\r\n".join([line, f"Host: {host or f'127.0.0.1:{server.port}'}", *fields, "", ""]).encode("latin1")

    # ---- sessions

    def test_a_session_that_somebody_chose_is_never_one(self):
        workspace = self.prepared()
        with self.with_doors(workspace) as server:
            for chosen in ("f" * 64, "", "0", "../..", "a" * 4000):
                victim = Browser(server)
                victim.cookies = {"ovillo_session": chosen, "ovillo_browser": chosen}
                self.assertEqual(victim.sign_in("lies"), 204)
                self.assertNotEqual(victim.cookies["ovillo_session"], chosen)
                attacker = Browser(server)
                attacker.cookies = {"ovillo_session": chosen}
                self.assertEqual(attacker.ask("GET", "/api/networks")[0], 401, chosen)
            # A session handed to somebody ends when they sign in over it, and two of a name count for nothing.
            mallory = Browser(server)
            self.assertEqual(mallory.sign_in("lies"), 204)
            handed = mallory.cookies["ovillo_session"]
            victim = Browser(server)
            victim.cookies = {"ovillo_session": handed}
            self.assertEqual(victim.sign_in("lies"), 204)
            self.assertEqual(mallory.ask("GET", "/api/networks")[0], 401)
            tokens = {handed, victim.cookies["ovillo_session"]}
            for _ in range(5):
                again = Browser(server)
                again.sign_in("lies")
                tokens.add(again.cookies["ovillo_session"])
            self.assertEqual(len(tokens), 7)
            for token in tokens:
                self.assertRegex(token, "^[0-9a-f]{64}$")
            # Not in an address, not in another header.
            token = victim.cookies["ovillo_session"]
            for path, headers in ((f"/api/networks?ovillo_session={token}", {}), ("/api/networks", {"Authorization": f"Bearer {token}"}),
                                  ("/api/networks", {"Ovillo-Session": token})):
                self.assertEqual(server.ask("GET", path, headers=headers)[0], 401, path)

    # ---- other pages

    def test_no_endpoint_that_changes_something_takes_it_from_another_page(self):
        workspace = self.prepared()
        with self.with_doors(workspace) as server:
            lies = Browser(server)
            self.assertEqual(lies.sign_in("lies"), 204)
            before = [lies.ask("GET", path)[1] for path in ("/api/cases", "/api/compartments", "/api/sessions")]
            paths = json.loads(server.ask("GET", "/api/openapi.json")[2])["paths"]
            n_asked = 0
            for path, methods in paths.items():
                for method in methods:
                    if path in ("/api/health", "/api/openapi.json"):
                        continue
                    at = path.replace("{id}", "f" * 32).replace("{number}", "1")
                    for origin in ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}, {"Origin": "null"},
                                   {"Origin": f"http://127.0.0.1:{server.port}.evil.example"}):
                        n_asked += 1
                        status, body = lies.ask(method.upper(), at, {"reference": "CSRF", "title": "t", "name": "x"}, **origin)
                        self.assertEqual((status, body["error"]["code"]), (403, "server.wrong_origin"), (method, path, origin))
            self.assertGreater(n_asked, 100)
            # Nor as a form or an image would send it, without a word of where it comes from.
            for content_type in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
                status, _, _ = server.ask("POST", "/api/cases", None, {"Content-Type": content_type, "Sec-Fetch-Site": "cross-site", "Cookie": "ovillo_session=" + lies.cookies["ovillo_session"]})
                self.assertEqual(status, 403)
            self.assertEqual([lies.ask("GET", path)[1] for path in ("/api/cases", "/api/compartments")], before[:2])
            for path, methods in paths.items():
                if "get" not in methods:
                    # What changes something is not asked by GET; "entries" may be read as the id of a case.
                    self.assertIn(lies.ask("GET", path, Ovillo_Purpose="investigation")[0], (404, 405), path)
            _, headers, _ = server.ask("OPTIONS", "/api/cases", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
            self.assertFalse([name for name, _ in headers if name.lower().startswith("access-control")])

    # ---- hostile text

    def assert_safe(self, method, path, status, headers, body):
        got = dict(headers)
        for name, value in HEADERS.items():
            self.assertEqual(got.get(name), value, (method, path))
        for part in POLICY:
            self.assertIn(part, got["Content-Security-Policy"], (method, path))
        self.assertNotIn("unsafe", got["Content-Security-Policy"])
        self.assertNotIn("X-Injected", got)
        if path.startswith("/api/"):
            self.assertEqual(got["Content-Type"], "application/json; charset=utf-8", (method, path))
            self.assertEqual(got["Cache-Control"], "no-store", (method, path))
            if body:
                json.loads(body)

    def test_hostile_text_comes_back_as_json_and_as_nothing_else(self):
        workspace = self.prepared(hostile=True)
        networks = json.loads(workspace.networks())["networks"]
        with Server(workspace) as server:
            paths = server.get("/api/openapi.json")[1]["paths"]
            fields = {path: list(about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {}).get("properties", {}))
                      for path, methods in paths.items() for about in [methods.get("post", {})] if "post" in methods}
            self.assertGreater(sum(map(len, fields.values())), 25)
            for hostile in HOSTILE:
                for path, names in fields.items():
                    for name in names:  # each field alone, and all at once
                        for body in ({name: hostile}, dict.fromkeys(names, hostile), {name: [hostile]}, {name: {"a": hostile}}):
                            answer = server.ask("POST", path, body)
                            self.assert_safe("POST", path, *answer)
                            self.assertLess(answer[0], 500, (path, body))
            for network in networks[:2]:
                for path in (f"/api/networks/{network['id']}", f"/api/charts/{network['id']}", *[f"/api/records/{m}" for m in network["members"][:5]]):
                    self.assert_safe("GET", path, *server.ask("GET", path))
            for path in ("/api/networks", "/api/leads", "/api/urgent", "/api/imports", "/", "/leads", "/nothing"):
                self.assert_safe("GET", path, *server.ask("GET", path))
            for hostile in HOSTILE:
                quoted = "".join(f"%{byte:02X}" for byte in hostile.encode())
                for path in (f"/api/networks/{quoted}", f"/api/records/{quoted}", f"/api/{quoted}", f"/{quoted}", f"/api/networks?limit={quoted}"):
                    status, headers, body = server.ask("GET", path)
                    self.assert_safe("GET", "/api/" if path.startswith("/api/") else "/", status, headers, body)
                    self.assertIn(status, (400, 404), path)
                    self.assertNotIn(b"text/html", dict(headers)["Content-Type"].encode(), path)
            # It is there, as it was written.
            found = json.loads(server.ask("POST", "/api/search", {"q": "pwned"})[2])
            self.assertGreater(found["n_found"], 0)

    def test_a_report_holds_hostile_text_as_text(self):
        workspace = self.prepared(hostile=True)
        n_seen = 0
        for network in json.loads(workspace.networks())["networks"]:
            page = workspace.run("report", network["id"], "--out", "-").stdout
            n_seen += page.count("window.pwned")
            for markup in re.findall(r"<[^>]*>", page):
                self.assertNotIn("pwned", markup)
            self.assertNotRegex(page, r"<script[^>]*>[^<]*pwned|<img src=x|<svg onload|href=\"javascript:")
        self.assertGreater(n_seen, 0)

    # ---- paths

    def test_no_path_leads_out(self):
        workspace = self.prepared()
        secret = (workspace.folder / "master.key").read_bytes()
        with Server(workspace) as server:
            ups = ("..", "%2e%2e", "%2E%2E", "..%2f", "%252e%252e", ".%2e", "..;", "..\\", "%c0%ae%c0%ae", "..%00", "%2e%2e%2f%2e%2e")
            targets = ("etc/passwd", "master.key", "case/master.key", "index.html", "package.json")
            for up in ups:
                for depth in (1, 3, 8):
                    for target in targets:
                        for prefix in ("/", "/assets/", "/api/", "/api/networks/", "//", "/leads/../"):
                            with Wire(server, 5) as wire:
                                wire.send(self.head(server, f"GET {prefix}{'/'.join([up] * depth)}/{target} HTTP/1.1", "Connection: close"))
                                answer = wire.rest()
                            self.assertNotIn(b"root:", answer)
                            self.assertNotIn(secret, answer)
                            self.assertNotIn(b'"devDependencies"', answer)
                            # The page's own addresses give the page; all else is not there.
                            self.assertIn(status_of(answer), (None, 400, 404, 503) if not prefix.startswith("/leads") else (None, 200, 400, 404, 503), (prefix, up, target))
            for target in ("file:///etc/passwd", "http://127.0.0.1/etc/passwd", "*", "/etc/passwd", "/.git/config", "/%00", "/\x7f"):
                with Wire(server, 5) as wire:
                    wire.send(self.head(server, f"GET {target} HTTP/1.1", "Connection: close"))
                    answer = wire.rest()
                self.assertIn(status_of(answer), (None, 400, 404), target)
                self.assertNotIn(b"root:", answer)

    # ---- sizes

    def test_what_is_too_large_is_refused_in_words(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            for fields, status, words in ((["X-Long: " + "a" * LONGEST_HEAD], 431, b"head"), ([f"X-{i}: {'b' * 100}" for i in range(200)], 431, b"head"),
                                          ([f"Content-Length: {LARGEST_BODY + 1}"], 413, b"larger"), (["Content-Length: 99999999999999"], 413, b"larger")):
                with Wire(server) as wire:
                    wire.send(self.head(server, "POST /api/search HTTP/1.1", *fields))
                    answer = wire.rest()
                self.assertEqual(status_of(answer), status, fields[0][:40])
                self.assertIn(words, answer.split(b"\r\n\r\n", 1)[1])
                self.assertIn(b"X-Content-Type-Options: nosniff", answer)
            with Wire(server) as wire:  # in pieces that name no length
                wire.send(self.head(server, "POST /api/search HTTP/1.1", "Transfer-Encoding: chunked"))
                for _ in range(LARGEST_BODY // 65536 + 2):
                    wire.send(b"10000\r\n" + b"c" * 65536 + b"\r\n")
                self.assertEqual(status_of(wire.rest()), 413)
            line = "GET /" + "d" * LONGEST_HEAD + " HTTP/1.1"
            with Wire(server) as wire:
                wire.send(self.head(server, line))
                self.assertEqual(status_of(wire.rest()), 431)
            # As large as may be is taken.
            most = {"q": "e" * (LARGEST_BODY - 100)}
            self.assertLess(server.ask("POST", "/api/search", most)[0], 413)
            deep = "[" * 200_000
            with Wire(server) as wire:
                wire.send(self.head(server, "POST /api/search HTTP/1.1", f"Content-Length: {len(deep)}", "Connection: close") + deep.encode())
                self.assertEqual(status_of(wire.rest()), 400)
            self.assertEqual(server.get("/api/health")[0], 200)

    # ---- slow callers

    def test_slow_callers_hold_up_nobody_and_are_sent_away(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            began = time.monotonic()
            slow = [Wire(server, IDLE_S + 20) for _ in range(150)]
            for number, wire in enumerate(slow):
                wire.send(b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n" if number % 2 else
                          self.head(server, "POST /api/search HTTP/1.1", "Content-Length: 1000") + b'{"q":')
            for _ in range(20):
                asked = time.monotonic()
                self.assertEqual(server.get("/api/health")[0], 200)
                self.assertLess(time.monotonic() - asked, 5)
            # A byte now and then does not keep a connection: the whole request has its time.
            while time.monotonic() - began < IDLE_S - 4:
                for wire in slow[:10]:
                    wire.send(b"x")
                time.sleep(2)
            for wire in (*slow[:3], slow[-1]):
                self.assertEqual(wire.rest(), b"")
            self.assertLess(time.monotonic() - began, IDLE_S + 15)
            for wire in slow:
                wire.socket.close()
            # More connections than are kept: those over it are closed, and the server goes on.
            many = [Wire(server, 5) for _ in range(300)]
            time.sleep(0.5)
            for wire in many:
                wire.socket.close()
            time.sleep(0.5)
            self.assertEqual(server.get("/api/health")[0], 200)

    # ---- requests in requests

    def test_nothing_is_smuggled_in_a_request(self):
        workspace = self.prepared()
        inner = "GET /api/networks HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        size = len(inner)
        shapes = {
            "both lengths": (["Content-Length: 4", "Transfer-Encoding: chunked"], f"0\r\n\r\n{inner}"),
            "both lengths, turned": (["Transfer-Encoding: chunked", f"Content-Length: {size + 5}"], f"0\r\n\r\n{inner}"),
            "two lengths": (["Content-Length: 0", f"Content-Length: {size}"], inner),
            "two lengths in one": ([f"Content-Length: 0, {size}"], inner),
            "a signed length": ([f"Content-Length: +{size}"], inner),
            "a negative length": (["Content-Length: -1"], inner),
            "a length in hex": ([f"Content-Length: 0x{size:x}"], inner),
            "a length that overflows": (["Content-Length: 18446744073709551616"], inner),
            "blank before the colon": (["Transfer-Encoding : chunked", "Content-Length: 5"], f"0\r\n\r\n{inner}"),
            "an unknown coding": (["Transfer-Encoding: xchunked"], f"0\r\n\r\n{inner}"),
            "two codings": (["Transfer-Encoding: chunked, identity"], f"0\r\n\r\n{inner}"),
            "a folded coding": (["Transfer-Encoding:\r\n chunked", "Content-Length: 5"], f"0\r\n\r\n{inner}"),
            "a tab": (["Transfer-Encoding:\tchunked\x0b", "Content-Length: 5"], f"0\r\n\r\n{inner}"),
            "a chunk that overflows": (["Transfer-Encoding: chunked"], f"fffffffffffffffff\r\n{inner}"),
            "a negative chunk": (["Transfer-Encoding: chunked"], f"-1\r\n{inner}"),
            "a chunk without its end": (["Transfer-Encoding: chunked"], f"1\r\nab\r\n0\r\n\r\n{inner}"),
            "a bare line feed": (["X: y\nTransfer-Encoding: chunked"], f"0\n\n{inner}"),
            "a zero byte": (["Content-Length: 0\x00", "X: y"], inner),
            "a body that is a request": ([f"Content-Length: {size}"], inner),
        }
        with Server(workspace) as server:
            # Two requests that stand one after the other are two: the check below can fail.
            with Wire(server, 2) as wire:
                wire.send(self.head(server, "POST /api/nothing HTTP/1.1", "Content-Length: 0") + inner.encode())
                self.assertEqual(wire.rest().count(b"HTTP/1.1 "), 2)
            for name, (fields, body) in shapes.items():
                with self.subTest(shape=name), Wire(server, 1) as wire:
                    wire.send(self.head(server, "POST /api/nothing HTTP/1.1", *fields) + body.encode("latin1"))
                    answer = wire.rest()
                    # Refused, or answered with what follows held to be what it says: never both ways at once.
                    self.assertNotIn(b'"networks":', answer)
                    self.assertLessEqual(answer.count(b"HTTP/1.1 "), 1)
            self.assertEqual(server.get("/api/health")[0], 200)

    def test_only_this_machine_is_named_and_only_known_methods_are_taken(self):
        workspace = self.prepared()
        with Server(workspace) as server:
            for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "[::1].evil.example", "", "127.0.0.2", "0"):
                with Wire(server, 5) as wire:
                    wire.send(f"GET /api/networks HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                    self.assertEqual(status_of(wire.rest()), 421, host)
            for one, other in (("evil.example", "127.0.0.1"), ("127.0.0.1", "evil.example"), ("127.0.0.1", "127.0.0.1")):
                with Wire(server, 5) as wire:
                    wire.send(f"GET /api/networks HTTP/1.1\r\nHost: {one}\r\nHost: {other}\r\nConnection: close\r\n\r\n".encode())
                    self.assertEqual(status_of(wire.rest()), 400, f"{one}, {other}")
            for method in ("TRACE", "CONNECT", "PUT", "PATCH", "OPTIONS", "PROPFIND", "FOO", "get"):
                with Wire(server, 5) as wire:
                    wire.send(self.head(server, f"{method} /api/networks HTTP/1.1", "Connection: close", "Cookie: secret=1"))
                    answer = wire.rest()
                self.assertIn(status_of(answer), (None, 400, 404, 405), method)
                self.assertNotIn(b"secret=1", answer)


if __name__ == "__main__":
    unittest.main()
