"""What scripts may rely on: fixed formats, exit codes, error texts, help, completions, purposes, audit."""
import contextlib
import csv
import io
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tomllib
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import SOURCE, Case, ovillo

VERBS = tomllib.loads((SOURCE / "data/verbs/verbs.toml").read_text(encoding="utf-8"))["verb"]
EXIT = {f"{file.stem}.{code}": entry["exit"] for file in (SOURCE / "data/errors").glob("*.toml")
        for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items()}


class PlainFiles(Case):
    def test_extract_writes_byte_offsets_into_the_text(self):
        texts = {"a1": "Café ☕ à Gand: +44 7700 900123, lía@example.org", "a2": "nothing to find here", "a3": "\"quoted\",\n+44 7700 900124"}
        file = self.write_csv("adverts.csv", ["id", "text"], texts.items())
        lines = ovillo("extract", file, "--text", "text", "--id", "id", "--region", "GB", "--format", "jsonl").stdout.splitlines()
        found = {line["id"]: line["finds"] for line in map(json.loads, lines)}
        self.assertEqual(list(found), list(texts))
        for line in lines:
            self.assertRegex(line, r'^\{"id":"a\d","finds":\[.*\]\}$')
        for name, finds in found.items():
            raw = texts[name].encode()
            for find in finds:
                self.assertEqual(list(find), ["kind", "canonical", "begin", "end", "written_as"])
                raw[find["begin"]:find["end"]].decode()  # never inside a character
        phone = next(f for f in found["a1"] if f["kind"] == "phone")
        self.assertEqual(phone["canonical"], "+447700900123")
        self.assertEqual(texts["a1"].encode()[phone["begin"]:phone["end"]].decode(), "+44 7700 900123")
        self.assertEqual([f["canonical"] for f in found["a3"] if f["kind"] == "phone"], ["+447700900124"])
        self.assertEqual([f for f in found["a2"] if f["kind"] == "phone"], [])

    def test_extract_takes_the_region_from_a_column_and_standard_input(self):
        file = self.write_csv("adverts.csv", ["id", "text", "cc"], [["1", "call 07700 900123", "GB"], ["2", "call 06 39 98 12 34", "FR"]])
        words = ("--text", "text", "--id", "id", "--region", "cc")
        from_file = ovillo("extract", file, *words).stdout
        phones = [[f["canonical"] for f in json.loads(line)["finds"] if f["kind"] == "phone"] for line in from_file.splitlines()]
        self.assertEqual(phones, [["+447700900123"], ["+33639981234"]])
        self.assertEqual(ovillo("extract", "-", *words, stdin=file.read_text(encoding="utf-8")).stdout, from_file)

    def test_cluster_writes_id_and_cluster(self):
        hand = [[f"h{i}", f"Quiet studio beside the old mill, ring at the green door, ask for {name}, tea and time, fresh linen, no hurry at all"]
                for i, name in enumerate(["Noa", "Lía", "Zoe", "Ada"])]
        others = [["x1", "Selling a blue bicycle with two spare tyres"], ["x2", "Piano lessons for beginners, evenings only, own instrument needed"]]
        out = ovillo("cluster", self.write_csv("adverts.csv", ["id", "text"], hand + others), "--text", "text", "--id", "id", "--format", "csv").stdout
        self.assertTrue(out.startswith("id,cluster\n"))
        cluster = {row["id"]: row["cluster"] for row in csv.DictReader(io.StringIO(out))}
        self.assertEqual(list(cluster), [row[0] for row in hand + others])
        self.assertEqual(len({cluster[row[0]] for row in hand}), 1)
        self.assertNotEqual(cluster["h0"], "")
        self.assertEqual([cluster["x1"], cluster["x2"]], ["", ""])

    def test_cluster_says_why_in_json_and_in_words(self):
        rows = [[f"h{i}", f"Quiet studio beside the old mill, ring at the green door, ask for {name}, tea and time, fresh linen, no hurry at all", f"2026-01-0{9 - i}"]
                for i, name in enumerate(["Noa", "Lía", "Zoe", "Ada"])]
        file = self.write_csv("adverts.csv", ["id", "text", "seen"], rows)
        words = ("--text", "text", "--id", "id", "--time", "seen")
        answer = json.loads(ovillo("cluster", file, *words, "--format", "json").stdout)
        self.assertEqual(answer["n_texts"], 4)
        cluster, = answer["clusters"]
        self.assertIn("ask for ⟨", cluster["template"])
        self.assertEqual(cluster["n_slots"], 1)
        self.assertEqual([m["id"] for m in cluster["members"]], ["h3", "h2", "h1", "h0"])
        joined = [m for m in cluster["members"] if "joined_with" in m]
        self.assertEqual(len(joined), 3)
        for member in joined:
            self.assertGreaterEqual(member["bits"], member["bits_asked"])
        text = ovillo("cluster", file, *words, "--format", "text").stdout
        self.assertIn("cluster 0: 4 texts", text)
        self.assertIn("bits", text)

    def test_network_measures_an_edge_list(self):
        file = self.write_csv("edges.csv", ["from", "to"], [["a", "b"], ["b", "c"], ["c", "a"], ["c", "d"]])
        rows = {row["node"]: row for row in csv.DictReader(io.StringIO(ovillo("network", file, "--measures", "degree,component").stdout))}
        self.assertEqual({n: int(float(r["degree"])) for n, r in rows.items()}, {"a": 2, "b": 2, "c": 3, "d": 1})
        self.assertEqual(len({r["component"] for r in rows.values()}), 1)

    def test_network_says_the_bound_of_an_estimate(self):
        file = self.write_csv("edges.csv", ["a", "b"], [[f"n{i}", f"n{(i * k + 1) % 40}"] for i in range(40) for k in (2, 3)])
        words = ("network", file, "--measures", "betweenness,betweenness_pivots,betweenness_pivots_error")
        process = ovillo(*words, "--pivots", "20", "--seed", "7")
        self.assertRegex(process.stderr, r"betweenness_pivots: 20 of 40 nodes as sources, seed 7; with 95 % probability no value is off by more than \d+\.\d{3}")
        self.assertRegex(process.stderr, r"betweenness: centralisation 0\.\d{4}")
        for row in csv.DictReader(io.StringIO(process.stdout)):
            off = abs(float(row["betweenness"]) - float(row["betweenness_pivots"]))
            self.assertLessEqual(off, float(row["betweenness_pivots_error"]) + .001)
        self.assertEqual(ovillo(*words, "--pivots", "20", "--seed", "7").stdout, process.stdout)
        self.assertNotEqual(ovillo(*words, "--pivots", "20", "--seed", "8").stdout, process.stdout)

    def test_network_takes_the_most_central_out(self):
        file = self.write_csv("edges.csv", ["a", "b"], [["hub", f"n{i}"] for i in range(9)] + [["n0", "n1"]])
        out = ovillo("network", file, "--disruption", "betweenness").stdout
        self.assertEqual(out, "step,node,largest,share\n0,,10,1.000000\n1,hub,2,0.200000\n2,n0,1,0.100000\n")
        blocks = ovillo("network", file, "--disruption", "degree", "--block", "20%").stdout
        self.assertEqual(blocks, "step,node,largest,share\n0,,10,1.000000\n1,hub,1,0.100000\n1,n0,1,0.100000\n")

    def test_network_shows_paths_between_two_nodes(self):
        file = self.write_csv("edges.csv", ["a", "b", "w"], [["s", "t", "0.5"], ["s", "m", "4"], ["m", "t", "3"], ["x", "y", "1"]])
        out = ovillo("network", file, "--weight", "w", "--path", "s", "--path", "t").stdout
        self.assertEqual(out, "path,step,node,weight\nshortest,0,s,\nshortest,1,t,0.5\nstrongest,0,s,\nstrongest,1,m,4.0\nstrongest,2,t,3.0\n"
                              "best_product,0,s,\nbest_product,1,m,4.0\nbest_product,2,t,3.0\n")
        self.assertEqual(ovillo("network", file, "--path", "s", "--path", "x").stdout, "path,step,node,weight\n")

    def test_network_is_asked_at_a_day_and_between_two(self):
        links = [["A", "B", "2026-01-01", ""], ["B", "C", "2026-01-01", "2026-02-01"], ["C", "D", "2026-01-10", ""],
                 ["E", "F", "2026-03-01", ""], ["X", "Y", "never", ""]]
        file = self.write_csv("links.csv", ["a", "b", "since", "until"], links)
        times = ("--start", "since", "--end", "until")
        january = ovillo("network", file, *times, "--at", "2026-01-15")
        self.assertEqual(january.stdout, "node,degree,component\nA,1,A\nB,2,A\nC,2,A\nD,1,A\n")
        self.assertIn("row 5", january.stderr)
        march = ovillo("network", file, *times, "--changes", "2026-01-15", "--changes", "2026-03-05")
        self.assertEqual(march.stdout, "event,before,after,n_before,n_after,n_stayed\nsplit,A,A; C,4,4,4\nappeared,,E,0,2,0\n")
        self.assertIn("links: 1 begun, 1 ended, 2 stayed", march.stderr)
        for words in (("--at", "2026-01-15"), (*times, "--at", "soon"), (*times, "--changes", "2026-01-15")):
            self.assertEqual(ovillo("network", file, *words, check=False).returncode, 2)

    def test_network_check_doubts_a_copied_layer(self):
        links = [[f"n{i}", f"n{j}", str(i * j % 5)] for i in range(9) for j in range(i) if (i * j + i) % 3]
        one, two = self.write_csv("one.csv", ["a", "b", "w"], links), self.write_csv("two.csv", ["a", "b", "w"], links[::-1])
        rows = list(csv.DictReader(io.StringIO(ovillo("network", one, two, "--check", "--weight", "w").stdout)))
        self.assertEqual([(row["doubt"], row["file"], row["other"]) for row in rows], [("same_links", str(two), str(one))])
        self.assertEqual(ovillo("network", one, "--check").stdout.count("\n"), 1)

    def test_what_if_gives_sets_and_keeps_protected_people_out(self):
        links = [["hub", leaf] for leaf in "abcd"] + [[leaf, leaf * 2] for leaf in "abcd"]
        edges = self.write_csv("edges.csv", ["from", "to"], links)
        answer = json.loads(ovillo("what-if", edges, "--k", "1..2", "--format", "json").stdout)
        self.assertEqual(answer["made_of"], "nodes")
        self.assertEqual([(a["value"], a["proof"], a["n_ties"], a["sets"][0]) for a in answer["answers"]],
                         [(2, "exact", 1, ["hub"]), (2, "exact", 8, ["a", "hub"])])
        head = ["name", "category", "recorded_by", "date"]
        people = self.write_csv("people.csv", head, [["hub", "suspect", "A. Maes", "2026-03-01"], ["hub", "presumed_victim", "", ""], ["a", "suspect", "A. Maes", "2026-03-01"],
                                                     ["b", "suspect", "", ""], ["c", "account", "", ""], ["gone", "company", "", ""]])
        process = ovillo("what-if", edges, "--k", "1..2", "--candidates", people)
        rows = list(csv.DictReader(io.StringIO(process.stdout)))
        self.assertEqual([row["set"] for row in rows], ["a", "c", "a; c"])
        self.assertIn("1 stay out as protected", process.stderr)
        plain = ovillo("what-if", edges, "--k", "1", "--candidates", self.write_csv("names.csv", ["name"], [["a"], ["b"]]))
        self.assertIn("not persons", plain.stderr)
        more = json.loads(ovillo("what-if", edges, "--k", "1", "--substitution", "degree", "--missing", "25", "--format", "json").stdout)["answers"][0]
        self.assertEqual(more["after_substitution"], {"lowest": 8, "highest": 8})
        self.assertEqual(more["missing_links"]["n_runs"], 100)

    def test_routes_are_only_for_a_case(self):
        head = ["entity", "place", "from", "kind", "network"]
        rows = [[who, place, f"2026-0{1 + i // 4}-{1 + i % 4 * 7:02}", kind, "n"] for who, kind in (("phone", "trip"), ("ad", "advert")) for i, place in enumerate(["Gent", "Brugge", "Aalst"] * 2 + ["Gent"])]
        file = self.write_csv("sightings.csv", head, rows)
        self.assertEqual(ovillo("routes", file).stdout, "network,n_towns\nn,3\n")
        case = ["--case", "GE-2026-12", "--officer", "A. Maes", "--linked", "2026-03-01"]
        found = list(csv.DictReader(io.StringIO(ovillo("routes", file, *case, "--show", "circuits").stdout)))
        self.assertEqual([(row["entity"], row["places"], row["n_rounds"]) for row in found], [("phone", "Gent; Brugge; Aalst", "2")])
        for show in "stays", "co_travel", "impossible":
            self.assertNotIn("ad,", ovillo("routes", file, *case, "--show", show, "--speed", "1").stdout)
        people = self.write_csv("people.csv", ["name", "category", "recorded_by", "date"], [["phone", "suspect", "A. Maes", "2026-03-01"]])
        self.assertIn("phone", ovillo("routes", file, "--suspects", people, "--show", "stays").stdout)
        people = self.write_csv("people.csv", ["name", "category", "recorded_by", "date"], [["phone", "suspect", "", ""], ["ad", "account", "A. Maes", "2026-03-01"]])
        self.assertIn("route.not_granted", ovillo("routes", file, "--suspects", people, "--show", "stays", check=False).stderr)
        self.assertIn("phone,Gent,Brugge", ovillo("routes", file, *case, "--show", "next", "--authorisation", "order 7", "--second", "B. Smet").stdout)


class Errors(Case):
    def failing(self, code, *words, contains=(), **options):
        """The error is said in words, and with --json; the exit status is that of the catalogue."""
        process = ovillo(*words, check=False, **options)
        self.assertEqual(process.returncode, EXIT[code], process.stderr)
        self.assertIn(f"[{code}]", process.stderr)
        self.assertEqual(process.stdout, "")
        for part in contains:
            self.assertIn(part, process.stderr)
        process = ovillo(*words, "--json", check=False, **options)
        self.assertEqual((process.returncode, process.stderr), (EXIT[code], ""))
        error = json.loads(process.stdout)["error"]
        self.assertEqual(error["code"], code)
        return error

    def test_exit_codes_and_texts(self):
        workspace = self.workspace()
        workspace.source("notice")
        at = ("--workspace", workspace.folder)
        file = self.write_csv("adverts.csv", ADVERT, adverts(3))
        missing = self.folder / "no such.csv"
        error = self.failing("base.cannot_read", "extract", missing, "--text", "text", contains=[str(missing)])
        self.assertEqual(error["file"], str(missing))
        error = self.failing("flow.no_such_column", "extract", file, "--text", "texto", contains=["adverts.csv", "texto", "posted_at"])
        self.assertEqual(error["column"], "texto")
        self.failing("base.bad_argument", "extract", file, contains=["--text"])
        self.failing("base.bad_argument", "cluster", file, "--text", "text", "--format", "xml", contains=["xml", "csv"])
        self.failing("storage.not_a_workspace", "networks", "--workspace", self.folder / "none")
        self.failing("storage.exists", "init", workspace.folder)
        self.failing("flow.run_first", "networks", *at, contains=["ovillo run"])
        self.failing("flow.no_such_source", "import", file, "--source", "nobody", *at, contains=["nobody"])
        self.failing("base.bad_argument", "import", file, *at, contains=["--source"])
        self.failing("base.cannot_read", "import", missing, "--source", "notice", *at, contains=[str(missing)])
        self.failing("flow.profile_needed", "import", "-", "--source", "notice", *at, stdin="id,text\n1,x\n", contains=["--profile"])
        self.failing("casework.not_granted", "networks", "--user", "nobody", *at)
        self.failing("casework.unknown_authorisation_kind", "source", "add", "x", "--authorisation", "because", "--authority", "x", "--reference", "1", *at)
        self.failing("flow.source_exists", "source", "add", "notice", "--authorisation", "platform_report", "--authority", "x", "--reference", "1", *at)
        workspace.importing("notice", file)
        workspace.run("run")
        self.failing("base.bad_argument", "networks", "--limit", "many", *at, contains=["--limit", "many"])
        self.failing("flow.no_such_network", "export", "ffffffff", *at)
        self.failing("flow.no_such_thing", "show", "+44 7700 900999", *at, contains=["900999"])
        pair = self.write_csv("pair.csv", ["a", "b"], [["x", "y"]])
        self.failing("base.bad_argument", "what-if", pair, "--measure", "luck", contains=["luck", "kpp_neg"])
        self.failing("network.too_few_candidates", "what-if", pair, "--k", "3")
        self.failing("network.no_edges", "what-if", self.write_csv("loop.csv", ["a", "b"], [["x", "x"]]), "--k", "1")
        self.failing("network.no_candidates", "what-if", pair, "--k", "1", "--candidates", self.write_csv("p.csv", ["name", "category"], [["x", "witness"], ["y", "suspect"]]))
        self.failing("network.bad_candidate", "what-if", pair, "--k", "1", "--candidates", self.write_csv("q.csv", ["name", "category"], [["x", "boss"]]), contains=["row 1", "boss"])
        self.failing("route.not_granted", "routes", self.write_csv("r.csv", ["entity", "place", "from", "kind"], [["p", "Gent", "2026-01-01", "trip"]]), "--show", "stays")
        self.failing("route.not_authorised", "routes", self.folder / "r.csv", "--show", "next", "--case", "1", "--officer", "A. Maes", "--linked", "2026-03-01", "--authorisation", "7", "--second", "a maes")
        self.failing("network.unknown_measure", "network", self.write_csv("e.csv", ["a", "b"], [["x", "y"]]), "--measures", "luck", contains=["luck"])
        for words in ["--disruption", "luck"], ["--disruption", "degree", "--block", "0"], ["--disruption", "degree", "--block", "101%"], ["--path", "x"], ["--path", "x", "--path", "z"], ["--pivots", "-3"]:
            self.failing("base.bad_argument", "network", self.write_csv("e.csv", ["a", "b"], [["x", "y"]]), *words, contains=[words[-2]])

    def test_usage(self):
        for words, said in ([], "subcommand"), (["nonsense"], "nonsense"), (["networks", "--nonsense"], "--nonsense"), (["why", "one"], "b"), (["import"], "file"):
            error = self.failing("base.bad_argument", *words, contains=[said, "--help"])
            self.assertIn(said, error["detail"])
            self.assertTrue(error["sentence"])

    def test_damaged_files_end_with_a_code_and_keep_nothing(self):
        workspace = self.workspace()
        workspace.source("notice")
        for name, content in [("a.csv.gz", b"\x1f\x8b\x08\x00broken"), ("a.xlsx", b"PK\x03\x04nothing"), ("a.bin", bytes(range(256)) * 40)]:
            file = self.folder / name
            file.write_bytes(content)
            process = workspace.run("import", file, "--source", "notice", check=False)
            if process.returncode == 0:
                self.assertRegex(process.stdout, r" = 0 records \+ 0 repeats", name)
            else:
                self.assertIn(process.returncode, (3, 4), process.stderr)
                self.assertIn(name, process.stderr)
        self.assertEqual(workspace.json("run")["n_records"], 0)


class Help(Case):
    def test_every_command_has_help_with_an_example(self):
        listed = ovillo("--help").stdout
        for verb in VERBS:
            self.assertIn(verb["name"], listed)
            help_text = ovillo(verb["name"], "--help").stdout
            self.assertIn(verb["example"], help_text)
            for option in verb.get("options", []):
                self.assertIn("--" + option["name"], help_text)
            words = verb["example"].split()
            self.assertEqual(words[:2], ["ovillo", verb["name"]])

    def test_man_page_and_completions_name_every_command(self):
        for what, check in [("man", ["man", "--warnings", "-l", "-"]), ("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]), ("fish", ["fish", "-n"])]:
            text = ovillo("generate", what).stdout
            for verb in VERBS:
                name = verb["name"].replace("-", "\\-") if what == "man" else verb["name"]
                self.assertIn(name, text, what)
            try:
                read = subprocess.run(check, input=text, capture_output=True, text=True, timeout=30)
            except FileNotFoundError:
                continue
            self.assertEqual((read.returncode, read.stderr), (0, ""), what)

    def test_bash_completes(self):
        script = self.folder / "ovillo.bash"
        script.write_text(ovillo("generate", "bash").stdout)
        ask = f'. {script}; COMP_WORDS=(ovillo wh); COMP_CWORD=1; _ovillo; echo "${{COMPREPLY[@]}}"; ' \
              'COMP_WORDS=(ovillo import --han); COMP_CWORD=2; _ovillo; echo "${COMPREPLY[@]}"'
        self.assertEqual(subprocess.run(["bash", "-c", ask], capture_output=True, text=True).stdout,
                         "why why-not what-if\n--handover\n")

    def test_reference_page_is_current(self):
        """docs/reference/cli.md: `ovillo generate markdown > docs/reference/cli.md` makes it anew."""
        page = (SOURCE / "docs/reference/cli.md").read_text(encoding="utf-8")
        self.assertEqual(page, ovillo("generate", "markdown").stdout)

    def test_version(self):
        self.assertRegex(ovillo("--version").stdout, r"^ovillo \d+\.\d+\.\d+\n$")


class Folder(Case):
    def test_no_file_of_a_workspace_is_readable_by_others(self):
        before = os.umask(0o022)
        self.addCleanup(os.umask, before)
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", self.write_csv("adverts.csv", ADVERT, adverts(30)))
        workspace.run("run")
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in workspace.folder.glob("*.*") if path.is_file()}
        for name in ("ovillo.db", "keys.db", "audit.db", "master.key"):
            self.assertEqual(modes[name], "0o600", modes)
        self.assertEqual(set(modes.values()), {"0o600"}, modes)


class Granted(Case):
    def test_what_is_granted_can_be_taken_back(self):
        workspace = self.workspace()
        workspace.run("compartment", "add", "sealed")
        workspace.run("grant", "lies", "main")
        workspace.run("grant", "lies", "sealed")
        seen = lambda: workspace.run("compartment", "list", "--user", "lies", check=False).stdout.split()
        self.assertEqual(seen(), ["main", "sealed"])
        workspace.run("revoke", "lies", "sealed")
        self.assertEqual(seen(), ["main"])
        for words, code in [(("lies", "sealed"), "casework.not_granted"), (("lies", "nothing"), "casework.not_granted"),
                            (("nobody", "main"), "casework.not_granted"), (("owner", "main"), "casework.not_granted"),
                            (("lies", "main", "--user", "lies"), "casework.role_may_not")]:
            process = workspace.run("revoke", *words, check=False)
            self.assertEqual(process.returncode, EXIT[code], words)
            self.assertIn(f"[{code}]", process.stderr)
        self.assertEqual(seen(), ["main"])
        workspace.run("revoke", "lies", "main")
        self.assertEqual(seen(), [])
        log = workspace.json("audit", "--limit", "50")["entries"]
        self.assertEqual(sum("allowed revoke by owner" in line for line in log), 6, log)
        self.assertEqual(sum("refused revoke by lies" in line for line in log), 1, log)


class Checkpoints(Case):
    def kept(self, workspace, words=("audit",)):
        path = self.folder / "kept.txt"
        path.write_text(workspace.run(*words).stdout, encoding="utf-8")
        return path

    def refused(self, workspace, path, code):
        process = workspace.run("audit", "--against", path, check=False)
        self.assertEqual((process.returncode, process.stdout), (EXIT[code], ""))
        self.assertIn(f"[{code}]", process.stderr)
        return process.stderr

    def test_a_log_that_goes_on_is_said_to(self):
        workspace = self.workspace()
        for _ in range(4):
            workspace.run("compartment", "list")
        path = self.kept(workspace)
        for n in range(3):
            self.assertIn("goes on from the checkpoint", workspace.run("audit", "--against", path).stdout)
            self.assertEqual(workspace.json("audit", "--against", path)["goes_on_from"], 5)
        path.write_text(workspace.json("audit")["checkpoint"], encoding="utf-8")
        self.assertEqual(workspace.json("audit", "--against", path)["goes_on_from"], 12)
        self.assertNotIn("goes_on_from", workspace.json("audit"))

    def test_a_log_that_was_cut_or_made_anew_is_refused(self):
        workspace = self.workspace()
        before = self.folder / "before"
        workspace.run("compartment", "list")
        shutil.copytree(workspace.folder, before)
        for _ in range(5):
            workspace.run("compartment", "list")
        path = self.kept(workspace)
        # Cut off at its end: the rest verifies by itself.
        with contextlib.closing(sqlite3.connect(workspace.folder / "audit.db")) as log, log:
            log.execute("DELETE FROM audit_entry WHERE position >= 4")
            log.execute("DELETE FROM audit_node WHERE ((position + 1) << level) > 4")
        self.assertTrue(workspace.json("audit")["verified"])
        self.assertIn("holds 7 entries", self.refused(workspace, path, "casework.damaged_log"))
        for _ in range(5):  # as long again, and longer
            workspace.run("compartment", "list")
            self.refused(workspace, path, "casework.damaged_log")
        # An older copy of the folder, in which others things were done since.
        shutil.rmtree(workspace.folder)
        shutil.copytree(before, workspace.folder)
        for _ in range(9):
            workspace.run("compartment", "list")
        self.assertTrue(workspace.json("audit")["verified"])
        self.refused(workspace, path, "casework.damaged_log")

    def test_what_is_no_checkpoint_of_this_installation_is_refused(self):
        workspace = self.workspace()
        path = self.kept(workspace)
        text = path.read_text(encoding="utf-8")
        signature = text.rindex("signature ") + 10
        for changed in ("", "nothing of the kind\n", text[:signature], text[:-10], text.replace("audit 1\n1\n", "audit 1\n2\n"),
                        text[:signature] + ("0" if text[signature] != "0" else "1") + text[signature + 1:]):
            path.write_text(changed, encoding="utf-8")
            self.refused(workspace, path, "base.bad_argument")
        path.write_text(self.workspace("another").run("audit").stdout, encoding="utf-8")
        self.refused(workspace, path, "base.bad_argument")
        self.refused(workspace, self.folder / "no such file", "base.cannot_read")


class PurposeAndAudit(Case):
    def prepared(self):
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", self.write_csv("adverts.csv", ADVERT, adverts(60)))
        workspace.run("run")
        return workspace

    def test_refused_purposes_open_nothing_and_are_logged(self):
        workspace = self.prepared()
        refused = tomllib.loads((SOURCE / "data/purposes.toml").read_text(encoding="utf-8"))["refused"]
        self.assertGreater(len(refused), 5)
        network = json.loads(workspace.networks())["networks"][0]["id"]
        commands = [("networks",), ("search", "piso"), ("show", network), ("export", network), ("report", network, "--out", "-"), ("urgent",),
                    ("why", "a", "b"), ("source", "list"), ("compartment", "list"), ("run",), ("train",), ("audit",),
                    ("import", self.folder / "adverts.csv", "--source", "notice")]
        for number, (purpose, entry) in enumerate(refused.items()):
            for words in commands if number == 0 else commands[:2]:
                process = workspace.run(*words, "--purpose", purpose, check=False)
                self.assertEqual((process.returncode, process.stdout), (4, ""), (words, purpose))
                self.assertIn("casework.refused_purpose", process.stderr)
                self.assertIn(entry["why"][:30], process.stderr)
        log = workspace.json("audit", "--limit", "500")["entries"]
        self.assertTrue(any(f"refused search by owner for {next(iter(refused))}" in line for line in log), log)

    def test_a_purpose_that_needs_a_case_asks_for_it(self):
        workspace = self.prepared()
        process = workspace.run("search", "piso", "--purpose", "prosecution", check=False)
        self.assertEqual(process.returncode, 4)
        self.assertIn("casework.case_needed", process.stderr)
        workspace.run("search", "piso", "--purpose", "prosecution", "--case", "GE-2026-12")
        self.assertIn("for prosecution, case GE-2026-12", workspace.json("audit")["entries"][-2])
        process = workspace.run("search", "piso", "--purpose", "curiosity", check=False)
        self.assertEqual(process.returncode, 2)

    def test_each_opening_is_in_the_log_also_when_it_fails_and_without_what_was_asked(self):
        workspace = self.prepared()
        before = workspace.json("audit")["size"]
        workspace.run("show", "+44 7700 900999", check=False)
        log = workspace.json("audit")
        self.assertEqual(log["size"], before + 2)  # the question and this look at the log
        self.assertRegex(log["entries"][-2], "allowed show by owner for investigation")
        self.assertNotIn("900999", json.dumps(log))
        self.assertTrue(log["verified"])
        self.assertRegex(log["checkpoint"], r"^ovillo audit 1\n\d+\n[0-9a-f]{64}\n")

    def test_nothing_opens_when_the_log_cannot_be_written(self):
        workspace = self.prepared()
        log = workspace.folder / "audit.db"
        raw = bytearray(log.read_bytes())
        raw[100:4096] = bytes(4096 - 100)
        log.write_bytes(raw)
        for name in ("audit.db-wal", "audit.db-shm"):
            (workspace.folder / name).unlink(missing_ok=True)
        process = workspace.run("search", "piso", check=False)
        self.assertNotEqual(process.returncode, 0)
        self.assertEqual(process.stdout, "")

    def test_every_export_carries_its_purpose(self):
        workspace = self.prepared()
        network = json.loads(workspace.networks())["networks"][0]["id"]
        for kind in ("ftm", "csv", "graphml", "gexf", "anx", "geojson"):
            self.assertIn("financial_tracing", workspace.run("export", network, "--format", kind, "--purpose", "financial_tracing").stdout, kind)
        out = self.folder / "report.html"
        workspace.run("report", network, "--out", out, "--purpose", "protection")
        self.assertIn("protection", out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
