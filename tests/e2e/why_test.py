"""`ovillo why`: each step of ten links, checked against the raw file by its own reading of it."""
import csv
import hashlib
import io
import json
import random
import unittest

from ovillo_cli import Case

SOURCES = {"adverts.csv": "platform_report", "transfers.csv": "judicial_order", "reports.csv": "public_tip", "calls.csv": "judicial_order"}


class RawFiles:
    """The files as handed over, read by Python's own CSV reader from the byte that a citation names."""

    def __init__(self, folder):
        self.bytes = {name: (folder / name).read_bytes() for name in SOURCES}
        self.sha256 = {hashlib.sha256(raw).hexdigest(): name for name, raw in self.bytes.items()}

    def row_at(self, file, byte):
        raw = self.bytes[file]
        header = next(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
        text = raw[byte:byte + (1 << 20)].decode("utf-8", "ignore")
        return dict(zip(header, next(csv.reader(io.StringIO(text, newline="")))))

    def row_number(self, file, byte):
        """Rows before this byte, the header not counted, plus one."""
        return sum(1 for _ in csv.reader(io.StringIO(self.bytes[file][:byte].decode("utf-8"), newline="")))

    def holds(self, citation, shift=0):
        """What is wrong with a citation; None: it is right."""
        file = citation["file"]
        if self.sha256.get(citation["sha256"]) != file:
            return "the hash is not that of the file"
        try:
            row = self.row_at(file, citation["byte"] + shift)
        except (csv.Error, StopIteration) as error:
            return f"no row at byte {citation['byte']}: {error}"
        if citation["raw"] not in row.get(citation["column"], ""):
            return f"{citation['raw']!r} is not in {citation['column']} of {row}"
        if shift == 0 and self.row_number(file, citation["byte"]) != citation["row"]:
            return f"row {citation['row']} is row {self.row_number(file, citation['byte'])}"
        return None


class Why(Case):
    def worked_out(self):
        folder = self.synth(adverts=3000, seed=2) / "ghent-thb"
        workspace = self.workspace()
        for file, kind in SOURCES.items():
            workspace.source(file, kind=kind)
            self.assert_adds_up(workspace.importing(file, folder / file))
        workspace.run("run")
        return workspace, RawFiles(folder)

    def pairs(self, workspace):
        """Ten links, and three pairs further apart, of the first networks."""
        rng = random.Random(8)
        links, far = [], []
        for network in json.loads(workspace.networks("--limit", "12"))["networks"]:
            page = workspace.json("show", network["id"])
            name = {m["entity"]: m for m in page["members"]}
            written = [(name[l["a"]], name[l["b"]]) for l in page["links"]]
            links += [(a, b) for a, b in written if "template" not in (a["kind"], b["kind"])]
            identifiers = [m for m in page["members"] if m["kind"] != "template"]
            if len(identifiers) > 3:
                far.append(tuple(rng.sample(identifiers, 2)))
        self.assertGreaterEqual(len(links), 10)
        kinds = {tuple(sorted((a["kind"], b["kind"]))): (a, b) for a, b in links}
        some = list(kinds.values())[:5]
        return some + rng.sample(links, 10 - len(some)) + far[:3]

    def test_each_step_of_ten_links_stands_in_the_raw_file(self):
        workspace, raw = self.worked_out()
        n_citations = n_shifted = 0
        for a, b in self.pairs(workspace):
            steps = workspace.json("why", a["canonical"], b["canonical"])["steps"]
            self.assertGreater(len(steps), 0)
            self.assertEqual((steps[0]["from"]["canonical"], steps[-1]["to"]["canonical"]), (a["canonical"], b["canonical"]))
            for before, after in zip(steps, steps[1:]):
                self.assertEqual(before["to"], after["from"])
            for step in steps:
                self.assertEqual(step["statement"], "inference")
                self.assertGreater(step["weight_bits"], 0)
                self.assertEqual(len(step["records"]), min(5, step["n_records"]))
                for record in step["records"]:
                    self.assertEqual(record["from"]["record"], record["to"]["record"])
                    for citation in (record["from"], record["to"]):
                        self.assertIsNone(raw.holds(citation), (a, b, citation))
                        n_citations += 1
                        # The check bites: a byte further on there is no such row.
                        n_shifted += raw.holds(citation, shift=40) is not None
        print(f"{n_citations} citations checked against the raw files", flush=True)
        self.assertGreater(n_citations, 20)
        self.assertGreater(n_shifted, n_citations // 2)

    def test_what_nothing_joins_is_said_so(self):
        workspace, _ = self.worked_out()
        networks = json.loads(workspace.networks())["networks"]
        apart = []
        for network in networks:
            member = next((m for m in workspace.json("show", network["id"])["members"] if m["kind"] == "phone"), None)
            if member:
                apart.append(member["canonical"])
            if len(apart) == 2:
                break
        process = workspace.run("why", *apart, check=False)
        if process.returncode == 0:  # two networks of one component: the chain is shown, and it is weak
            self.assertIn("bits", process.stdout)
        else:
            self.assertEqual(process.returncode, 5)
            self.assertIn("flow.no_chain", process.stderr)
        process = workspace.run("why", apart[0], "+44 7700 900999", check=False)
        self.assertEqual(process.returncode, 5)
        self.assertIn("flow.no_such_thing", process.stderr)


if __name__ == "__main__":
    unittest.main()
