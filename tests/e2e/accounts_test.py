"""Accounts: who may sign in, what each role may do at every door, and what another page cannot make a browser do."""
import http.cookies
import json
import re
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, Server, ovillo

WORDS = "four words nobody says of {}"
ROLES = ["analyst", "investigator", "social_inspector", "case_officer", "liaison", "statistician", "supervisor",
         "administrator", "auditor", "data_protection_officer"]
SEE_CASES = {"analyst", "investigator", "social_inspector", "case_officer", "liaison", "supervisor"}
WORK = SEE_CASES - {"liaison", "supervisor"}
DECIDE = {"investigator", "social_inspector", "case_officer", "supervisor"}
# Said by hand, not read from data/roles.toml: who may do what. Each question once per role.
COMMANDS = [
    (("networks", "--json"), SEE_CASES), (("urgent", "--json"), SEE_CASES), (("show", "+44 7700 900003"), SEE_CASES),
    (("why", "+44 7700 900003", "+44 7700 900004"), SEE_CASES), (("search", "piso", "--json"), SEE_CASES),
    (("flows", "--json"), SEE_CASES), (("trace", "BE71096123456769"), SEE_CASES),
    (("identities", "--json"), SEE_CASES), (("why-not", "notice#1", "notice#2"), SEE_CASES),
    (("source", "list"), SEE_CASES), (("compartment", "list"), SEE_CASES),
    (("judge", "notice#1", "notice#2", "--verdict", "same", "--reason", "x"), WORK),
    (("source", "add", "theirs", "--authorisation", "platform_report", "--authority", "X", "--reference", "1",
      "--valid-from", "2025-01-01"), WORK),
    (("import", "{folder}/adverts.csv", "--source", "notice"), WORK),
    (("add", "--source", "notice", "--kind", "advert", "--statement", "assessment", "text=seen"), WORK),
    (("run",), WORK), (("export", "ffffffff"), WORK | {"liaison"}), (("report", "ffffffff"), WORK | {"liaison"}),
    (("train",), {"supervisor"}), (("compartment", "add", "more"), {"supervisor"}),
    (("grant", "analyst", "main"), {"supervisor"}), (("revoke", "nobody", "main"), {"supervisor"}),
    (("user", "list"), {"administrator"}), (("user", "add", "new", "--role", "analyst"), {"administrator"}),
    (("user", "role", "new", "--role", "liaison"), {"administrator"}), (("user", "end", "new"), {"administrator"}),
    (("payers", "{folder}/payers.csv"), {"administrator"}),
    (("copy", "--to", "{folder}/copy-{role}"), {"administrator"}),
    (("backup", "--out", "{folder}/{role}.backup", "--keys", "{folder}/keys"), {"administrator"}),
    (("case", "list"), SEE_CASES), (("case", "show", "GE-1"), SEE_CASES),
    (("case", "open", "GE-{role}", "--text", "t"), SEE_CASES), (("case", "note", "GE-{role}", "--text", "t"), SEE_CASES),
    (("case", "category", "GE-{role}", "p", "--as", "contact", "--said-by", "police"), DECIDE),
    (("case", "decide", "GE-{role}", "--as", "look_further", "--reason", "r"), DECIDE),
    (("case", "close", "GE-{role}", "--reason", "r"), DECIDE), (("decide", "ffffffff", "--as", "no_sign", "--reason", "r"), DECIDE),
    (("decide", "--withdraw", "f" * 32, "--reason", "r"), DECIDE),
    (("disclose", "GE-{role}"), WORK | {"liaison"}),
    (("exhibit", "add", "GE-{role}", "adverts.csv", "--text", "t"), SEE_CASES), (("exhibit", "list", "GE-{role}"), SEE_CASES),
    (("custody", "GE-{role}"), SEE_CASES), (("hold", "place", "GE-{role}", "GE-{role}/E1", "--reason", "r"), {"case_officer", "supervisor"}),
    (("retention", "list"), {"case_officer", "supervisor"}), (("retention", "apply"), {"case_officer", "supervisor"}),
    (("retention", "extend", "notice", "--until", "2990-01-01", "--reason", "r"), {"case_officer", "supervisor"}),
    (("excise", "--list"), SEE_CASES), (("excise", "--source", "nowhere", "--reason", "r"), {"case_officer", "supervisor"}),
    (("audit",), {"auditor", "data_protection_officer"}),
]
ENDPOINTS = [
    ("GET", "/api/networks", None, SEE_CASES), ("GET", "/api/networks/ffffffff", None, SEE_CASES),
    ("GET", "/api/records/" + "f" * 32, None, SEE_CASES), ("GET", "/api/urgent", None, SEE_CASES),
    ("GET", "/api/leads", None, SEE_CASES), ("GET", "/api/charts/ffffffff", None, SEE_CASES),
    ("GET", "/api/what-if/ffffffff", None, SEE_CASES), ("GET", "/api/maps/ffffffff", None, SEE_CASES), ("GET", "/api/money/ffffffff", None, SEE_CASES),
    ("GET", "/api/saved-charts/ffffffff", None, SEE_CASES), ("POST", "/api/saved-charts", {"network": "ffffffff", "name": "n", "content": "{}"}, SEE_CASES),
    ("POST", "/api/saved-charts/drop", {"network": "ffffffff", "name": "n"}, SEE_CASES),
    ("POST", "/api/exports", {"network": "ffffffff", "format": "ftm"}, WORK | {"liaison"}), ("POST", "/api/exports", {"network": "ffffffff", "format": "picture"}, WORK | {"liaison"}), ("GET", "/api/imports", None, SEE_CASES),
    ("POST", "/api/why", {"a": "x", "b": "y"}, SEE_CASES), ("POST", "/api/search", {"q": "piso"}, SEE_CASES),
    ("GET", "/api/identities", None, SEE_CASES), ("POST", "/api/why-not", {"a": "notice#1", "b": "notice#2"}, SEE_CASES),
    ("POST", "/api/judgements", {"a": "notice#1", "b": "notice#2", "verdict": "same", "reason": "r"}, WORK),
    ("GET", "/api/users", None, {"administrator"}),
    ("POST", "/api/users", {"name": "web", "roles": ["analyst"]}, {"administrator"}),
    ("POST", "/api/users/roles", {"name": "web", "roles": ["liaison"]}, {"administrator"}),
    ("POST", "/api/users/password", {"name": "web", "password": WORDS.format("web")}, {"administrator"}),
    ("POST", "/api/users/end", {"name": "web"}, {"administrator"}),
    ("GET", "/api/cases", None, SEE_CASES), ("GET", "/api/cases/GE-1", None, SEE_CASES),
    ("POST", "/api/cases", {"reference": "GE-1", "title": "t"}, SEE_CASES),
    ("POST", "/api/cases/entries", {"case": "GE-1", "kind": "note", "text": "t"}, SEE_CASES),
    ("POST", "/api/cases/entries", {"case": "GE-1", "kind": "category", "subject": "p", "value": "contact", "said_by": "police"}, DECIDE),
    ("POST", "/api/cases/entries", {"case": "GE-1", "kind": "hold", "subject": "GE-1/E1", "reason": "r"}, {"case_officer", "supervisor"}),
    ("POST", "/api/decisions", {"network": "ffffffff", "disposition": "no_sign", "reason": "r"}, DECIDE),
    ("POST", "/api/decisions/withdraw", {"decision": "f" * 32, "reason": "r"}, DECIDE),
    ("GET", "/api/compartments", None, SEE_CASES), ("POST", "/api/compartments", {"name": "web"}, {"supervisor"}),
    ("POST", "/api/grants", {"user": "analyst", "compartment": "main"}, {"supervisor"}),
    ("POST", "/api/grants/end", {"user": "liaison", "compartment": "nowhere"}, {"supervisor"}),
]
REFUSED = "None of your roles allows that."


class Browser:
    """Keeps cookies as a browser does."""

    def __init__(self, server, **headers):
        self.server = server
        self.cookies = {}
        self.headers = headers

    def ask(self, method, path, body=None, **headers):
        sent = {"Content-Type": "application/json", **self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        status, got, text = self.server.ask(method, path, body, sent)
        self.set_cookies = [value for name, value in got if name.lower() == "set-cookie"]
        for value in self.set_cookies:
            for name, cookie in http.cookies.SimpleCookie(value).items():
                if cookie["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = cookie.value
        return status, json.loads(text) if text else None

    def sign_in(self, user, password=None):
        return self.ask("POST", "/api/session", {"user": user, "password": password or WORDS.format(user)})[0]


class Accounts(Case):
    def setUp(self):
        super().setUp()
        self.case = self.workspace()
        self.case.source("notice")
        self.case.importing("notice", self.write_csv("adverts.csv", ADVERT, adverts(60)))
        self.case.run("run")
        self.write_csv("payers.csv", ["name", "country"], [])

    def password_file(self, user, words=None):
        path = self.folder / f"{user}.password"
        path.write_text((words or WORDS.format(user)) + "\n")
        return path

    def give_password(self, user):
        self.case.run("user", "password", user, "--new-password-file", self.password_file(user),
                      "--password-file", self.folder / "owner.password", "--user", "owner")

    def house(self, roles=ROLES):
        """A user of each role with a password, granted `main` as far as that goes; the owner has one too."""
        for role in roles:
            self.case.run("user", "add", role, "--role", role)
            self.case.run("grant", role, "main")
        self.case.run("user", "password", "owner", "--new-password-file", self.password_file("owner"))
        for role in roles:
            self.give_password(role)

    def as_user(self, user, *words, **options):
        return self.case.run(*words, "--user", user, "--password-file", self.folder / f"{user}.password", **options)

    def test_without_a_password_there_are_no_doors_and_with_one_everybody_signs_in(self):
        self.case.run("user", "add", "lies", "--role", "analyst", "--role", "liaison")
        self.case.run("grant", "lies", "main")
        self.assertEqual(self.case.run("networks", "--user", "lies", check=False).returncode, 0)
        refused = self.case.run("user", "password", "lies", "--new-password-file", self.password_file("lies"), check=False)
        self.assertIn("first password", refused.stderr)
        self.case.run("user", "password", "owner", "--new-password-file", self.password_file("owner"))
        for words in (("networks",), ("networks", "--user", "lies"), ("audit",), ("user", "list")):
            process = self.case.run(*words, check=False)
            self.assertEqual((process.returncode, process.stdout), (4, ""), words)
            self.assertIn("Sign in first", process.stderr)
        self.give_password("lies")
        self.assertEqual(self.as_user("lies", "networks").returncode, 0)
        wrong = self.case.run("networks", "--user", "lies", "--password-file", self.folder / "owner.password", check=False)
        nobody = self.case.run("networks", "--user", "nobody", "--password-file", self.folder / "owner.password", check=False)
        self.assertEqual((wrong.returncode, wrong.stderr), (nobody.returncode, nobody.stderr))
        weak = self.as_user("lies", "user", "password", "lies", "--new-password-file", self.password_file("weak", "lieslieslies1"), check=False)
        self.assertIn("too easy to guess", weak.stderr)

    def test_each_role_does_what_the_table_says_at_the_command_line(self):
        self.house()
        for words, allowed in COMMANDS:
            for role in ROLES:
                with self.subTest(command=words[0:2], role=role):
                    asked = [w.replace("{folder}", str(self.folder)).replace("{role}", role) for w in words]
                    process = self.as_user(role, *asked, check=False)
                    said = process.stdout + process.stderr
                    self.assertEqual(REFUSED not in said, role in allowed, said)
                    if role not in allowed:  # that sentence, once, and nothing else
                        self.assertEqual((process.returncode, said.count("\n")), (4, 1), said)
        listed = {u["name"]: u for u in json.loads(self.as_user("administrator", "user", "list", "--json").stdout)["users"]}
        self.assertEqual(set(listed), {"owner", "new", *ROLES})
        self.assertTrue(listed["new"]["ended"])

    def test_every_command_that_opens_a_workspace_is_in_the_table(self):
        said = {words[0] for words, _ in COMMANDS} | {"serve", "init", "restore"}
        plain = {"map", "extract", "cluster", "resolve", "names", "network", "what-if", "routes", "flags", "employment",
                 "estimate", "release", "recommendations", "statements", "request", "replay", "synth", "demo", "score", "generate"}
        known = {line.split()[2] for line in ovillo("generate", "markdown").stdout.splitlines() if line.startswith("## ovillo ")}
        self.assertTrue(known)
        self.assertEqual(known - plain, said)

    def test_each_role_does_what_the_table_says_at_the_http_door(self):
        self.house()
        purpose = {"Ovillo_Purpose": "investigation"}
        with Server(self.case, "--user", "owner", "--password-file", str(self.folder / "owner.password")) as server:
            browsers = {}
            for role in ROLES:
                browsers[role] = Browser(server)
                self.assertEqual(browsers[role].sign_in(role), 204)
                status, who = browsers[role].ask("GET", "/api/session")
                self.assertEqual((status, who["user"], who["sees_cases"]), (200, role, role in SEE_CASES))
            stranger = Browser(server)
            for method, path, body, allowed in ENDPOINTS:
                self.assertEqual(stranger.ask(method, path, body, **purpose)[0], 401, path)
                for role in ROLES:
                    with self.subTest(endpoint=f"{method} {path}", role=role):
                        status, got = browsers[role].ask(method, path, body, **purpose)
                        refused = status == 403 and got["error"]["sentence"] == REFUSED
                        self.assertEqual(not refused, role in allowed, got)
            described = json.loads(server.ask("GET", "/api/openapi.json")[2])["paths"]
            ids = ("ffffffff" * 4, "ffffffff", "GE-1")
            said = {(m, re.sub("|".join(ids), "{id}", p)) for m, p, _, _ in ENDPOINTS}
            open_to_all = {("GET", "/api/health"), ("GET", "/api/openapi.json"), ("GET", "/api/session"), ("POST", "/api/session"),
                           ("DELETE", "/api/session"), ("GET", "/api/sessions"), ("DELETE", "/api/sessions/{number}"), ("POST", "/api/password")}
            self.assertEqual({(m.upper(), p) for p, methods in described.items() for m in methods}, said | open_to_all)

    def test_a_session_is_a_cookie_that_ends(self):
        self.house(["analyst", "administrator", "supervisor"])
        with Server(self.case, "--user", "owner", "--password-file", str(self.folder / "owner.password")) as server:
            lies = Browser(server)
            self.assertEqual(lies.ask("GET", "/api/networks")[0], 401)
            self.assertEqual(lies.sign_in("analyst", "wrong"), 401)
            self.assertEqual(lies.cookies, {})
            self.assertEqual(lies.sign_in("analyst"), 204)
            for cookie in lies.set_cookies:
                self.assertIn("HttpOnly; SameSite=Strict", cookie)
            first = dict(lies.cookies)
            self.assertEqual(lies.ask("GET", "/api/networks")[0], 200)
            # Opening a record asks why.
            self.assertEqual(lies.ask("POST", "/api/search", {"q": "piso"})[0], 400)
            self.assertEqual(lies.ask("POST", "/api/search", {"q": "piso"}, Ovillo_Purpose="investigation")[0], 200)
            self.assertEqual(lies.ask("POST", "/api/search", {"q": "piso"}, Ovillo_Purpose="tax")[0], 403)
            # Signing in again gives another session, and the one before is gone.
            self.assertEqual(lies.sign_in("analyst"), 204)
            self.assertNotEqual(first["ovillo_session"], lies.cookies["ovillo_session"])
            stale = Browser(server)
            stale.cookies = first
            self.assertEqual(stale.ask("GET", "/api/networks")[0], 401)
            other = Browser(server)
            self.assertEqual(other.sign_in("analyst"), 204)
            listed = lies.ask("GET", "/api/sessions")[1]["sessions"]
            self.assertEqual([s["this_one"] for s in listed], [True, False])
            self.assertEqual(lies.ask("DELETE", f"/api/sessions/{listed[1]['number']}")[0], 204)
            self.assertEqual(other.ask("GET", "/api/networks")[0], 401)
            # A new password ends what the old one opened, except here.
            self.assertEqual(other.sign_in("analyst"), 204)
            fresh = "another four words entirely"
            self.assertEqual(lies.ask("POST", "/api/password", {"old": "wrong", "new": fresh})[0], 401)
            self.assertEqual(lies.ask("POST", "/api/password", {"old": WORDS.format("analyst"), "new": fresh})[0], 204)
            self.assertEqual(lies.ask("GET", "/api/networks")[0], 200)
            self.assertEqual(other.ask("GET", "/api/networks")[0], 401)
            self.assertEqual(other.sign_in("analyst"), 401)
            self.assertEqual(other.sign_in("analyst", fresh), 204)
            # An ended account is out at its next request.
            keeper = Browser(server)
            self.assertEqual(keeper.sign_in("administrator"), 204)
            self.assertEqual(keeper.ask("POST", "/api/users/end", {"name": "analyst"})[0], 200)
            self.assertEqual(other.ask("GET", "/api/networks")[0], 403)
            self.assertEqual(other.sign_in("analyst", fresh), 401)
            self.assertEqual(keeper.ask("DELETE", "/api/session")[0], 204)
            self.assertEqual(keeper.ask("GET", "/api/users")[0], 401)

    def test_behind_tls_the_cookie_is_bound_to_the_host(self):
        self.house(["analyst"])
        with Server(self.case, "--user", "owner", "--password-file", str(self.folder / "owner.password")) as server:
            lies = Browser(server, **{"X-Forwarded-Proto": "https", "X-Forwarded-Host": "ovillo.example"})
            self.assertEqual(lies.sign_in("analyst"), 204)
            for cookie in lies.set_cookies:
                self.assertTrue(cookie.startswith("__Host-"), cookie)
                self.assertIn("; Secure", cookie)
            self.assertEqual(lies.ask("GET", "/api/networks", Origin="https://ovillo.example")[0], 200)
            self.assertEqual(lies.ask("GET", "/api/networks", Origin="https://ovillo.example.evil.example")[0], 403)

    def test_another_page_cannot_ask_in_a_users_name(self):
        for doors in (False, True):
            if doors:
                self.house(["analyst"])
            words = ("--user", "owner", "--password-file", str(self.folder / "owner.password")) if doors else ()
            with Server(self.case, *words) as server:
                lies = Browser(server)
                if doors:
                    self.assertEqual(lies.sign_in("analyst"), 204)
                own = f"http://127.0.0.1:{server.port}"
                for headers, expected in (({"Origin": own}, 200), ({"Sec_Fetch_Site": "same-origin"}, 200),
                                          ({"Sec_Fetch_Site": "none"}, 200), ({"Origin": "https://evil.example"}, 403),
                                          ({"Origin": "null"}, 403), ({"Sec_Fetch_Site": "cross-site"}, 403),
                                          ({"Sec_Fetch_Site": "same-site"}, 403), ({"Origin": f"http://127.0.0.1:{server.port + 1}"}, 403)):
                    with self.subTest(doors=doors, headers=headers):
                        self.assertEqual(lies.ask("GET", "/api/networks", **headers)[0], expected)
                if doors:
                    self.assertEqual(Browser(server).ask("POST", "/api/session", {"user": "analyst", "password": WORDS.format("analyst")},
                                                         Origin="https://evil.example")[0], 403)

    def test_trying_passwords_gets_slow_but_not_for_who_was_here(self):
        self.house(["analyst", "liaison"])
        with Server(self.case, "--user", "owner", "--password-file", str(self.folder / "owner.password")) as server:
            lies = Browser(server)
            self.assertEqual(lies.sign_in("analyst"), 204)
            stranger = Browser(server)
            statuses = [stranger.sign_in("analyst", f"wrong words number {i}") for i in range(12)]
            self.assertEqual(set(statuses[:5]), {401})
            self.assertIn(429, statuses)
            self.assertEqual(lies.sign_in("analyst"), 204)
            self.assertEqual(stranger.sign_in("liaison"), 204)

    def test_a_grant_ends_at_its_day(self):
        self.case.run("grant", "lies", "main", "--until", "2020-01-01")
        gone = self.case.run("networks", "--user", "lies", check=False)
        nobody = self.case.run("networks", "--user", "nobody", check=False)
        self.assertEqual((gone.returncode, gone.stderr), (nobody.returncode, nobody.stderr))
        self.case.run("grant", "lies", "main", "--until", "2990-01-01")
        self.assertEqual(self.case.run("networks", "--user", "lies").returncode, 0)

    def test_pairs_of_roles_and_unknown_roles_are_refused_with_why(self):
        both = self.case.run("user", "add", "lies", "--role", "analyst", "--role", "administrator", check=False)
        self.assertIn("Who makes accounts must not see cases", both.stderr)
        self.assertIn("no role", self.case.run("user", "add", "lies", "--role", "boss", check=False).stderr)
        self.assertIn("Auditor", ovillo("user", "roles").stdout)


if __name__ == "__main__":
    unittest.main()
