"""The same days over and over under one server: memory, open files, threads and the database stay bounded.

A round is a day: what came is imported again (all repeats) and anew, `run`, questions at both doors, a
source added, worked with and taken away. Everyday five rounds; OVILLO_LONG=1 makes it some five minutes.
"""
import dataclasses
import os
import pathlib
import random
import statistics
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from ovillo_cli import BINARY, Case, Server, rows_of  # noqa: E402

LONG = os.environ.get("OVILLO_LONG") == "1"
N_ADVERTS = 5_000 if LONG else 600
N_ROUNDS = 80 if LONG else 5
N_VISIT = 25  # records that a visiting source brings
MB = 1 << 20


@dataclasses.dataclass(frozen=True)
class Measured:
    """One process and its workspace, between two rounds."""
    resident_bytes: int  # its own; pages of files are the kernel's
    n_files: int
    n_threads: int
    database_bytes: int  # ovillo.db and its log
    audit_bytes: int
    keys_bytes: int
    cpu_s: float  # of all threads since it began

    @classmethod
    def of(cls, pid, folder):
        status = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
        ticks = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        size = lambda name: sum(p.stat().st_size for p in folder.glob(f"{name}*"))
        return cls(int(status["RssAnon"].split()[0]) * 1024, len(os.listdir(f"/proc/{pid}/fd")), int(status["Threads"]),
                   size("ovillo.db"), size("audit.db"), size("keys.db"), (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK"))


def quarter(values, number):
    """The median of one quarter of the rounds, 0 to 3."""
    n = len(values)
    return statistics.median(values[n * number // 4:n * (number + 1) // 4])


def is_sanitized(binary):
    return any(name in pathlib.Path(binary).read_bytes() for name in (b"libasan.so", b"libtsan.so"))


class Soak(Case):
    def visitors(self, number, rows):
        """N_VISIT rows of a visiting source: adverts that were never there, some with a number that is."""
        rng = random.Random(number)
        out = []
        for i, row in enumerate(rng.sample(rows, N_VISIT)):
            out.append({**row, "id": f"visit-{number}-{i}", "text": f"{row['text']} {rng.getrandbits(80):x}"})
        return self.write_csv(f"visit-{number}.csv", list(rows[0]), [list(row.values()) for row in out])

    def ask_around(self, workspace, server):
        """What an analyst asks in a day, at both doors."""
        listed = server.get("/api/networks")[1]["networks"]
        for network in listed[:5]:
            self.assertEqual(server.get(f"/api/networks/{network['id']}")[0], 200)
            self.assertEqual(server.get(f"/api/records/{network['members'][0]}")[0], 200)
        status, _, body = server.ask("POST", "/api/search", {"q": "masaje"})
        self.assertEqual(status, 200, body)
        self.assertEqual(server.get("/api/urgent")[0], 200)
        for words in (("show", listed[0]["id"]), ("report", listed[0]["id"], "--out", "-"), ("export", listed[0]["id"], "--format", "ftm"),
                      ("source", "list"), ("audit", "--limit", "3"), ("search", "visit", "--json")):
            workspace.run(*words)
        self.assertEqual(workspace.run("show", "nothing of the kind", check=False).returncode, 5)

    def a_round(self, number, workspace, server, files, rows, without):
        for name, file in files.items():
            report = workspace.importing(name, file)
            self.assert_adds_up(report)
            self.assertEqual(report["files"][0]["records"], 0, "the same file twice adds nothing")
        visitor = f"visit-{number}"
        workspace.source(visitor)
        self.assertEqual(workspace.importing(visitor, self.visitors(number, rows))["files"][0]["records"], N_VISIT)
        self.assertEqual(workspace.json("run")["n_new_records"], N_VISIT)
        self.ask_around(workspace, server)
        # Taken away again, with all that came before it: the answer of a workspace that never saw them.
        away = [w for n in range(number + 1) for w in ("--exclude-source", f"visit-{n}")]
        workspace.run("run", *away)
        self.assertEqual(workspace.networks("--limit", "0", *away), without)

    def test_days_on_end_leave_memory_files_and_database_bounded(self):
        workspace = self.workspace()
        case = self.synth(adverts=N_ADVERTS, seed=8) / "ghent-thb"
        files = {"notice": case / "adverts.csv", "bank": case / "transfers.csv"}
        workspace.source("notice")
        workspace.source("bank", kind="judicial_order")
        for name, file in files.items():
            workspace.importing(name, file)
        rows = rows_of(files["notice"])
        with Server(workspace) as server:
            workspace.run("run")
            without = workspace.networks("--limit", "0")
            n_base = workspace.json("run")["n_records"]
            measured, took_s = [], []
            for number in range(N_ROUNDS):
                start = time.monotonic()
                self.a_round(number, workspace, server, files, rows, without)
                took_s.append(time.monotonic() - start)
                measured.append(Measured.of(server.process.pid, workspace.folder))
            n_entries = workspace.json("audit")["size"]
            self.assertEqual(workspace.json("run")["n_records"], n_base + N_ROUNDS * N_VISIT)
        self.assertEqual(server.status, 0)
        workspace.run("audit")  # opens without the server, and every entry verifies
        self.tell(measured, took_s, n_base)
        self.assert_bounded(measured, n_entries)

    def tell(self, measured, took_s, n_base):
        print(f"\n{'round':>5} {'s':>5} {'CPU s':>6} {'memory MB':>9} {'files':>5} {'threads':>7} {'database MB':>11} {'audit MB':>8}")
        for i in sorted({0, 1, *range(0, len(measured), max(1, len(measured) // 8)), len(measured) - 1}):
            m = measured[i]
            print(f"{i:5} {took_s[i]:5.1f} {m.cpu_s:6.1f} {m.resident_bytes / MB:9.1f} {m.n_files:5} {m.n_threads:7} "
                  f"{m.database_bytes / MB:11.1f} {m.audit_bytes / MB:8.1f}")
        first, last = measured[0], measured[-1]
        print(f"soak: {len(measured)} rounds on {n_base} records, {sum(took_s):.0f} s; memory {first.resident_bytes / MB:.0f} -> "
              f"{last.resident_bytes / MB:.0f} MB, files {first.n_files} -> {last.n_files}, database "
              f"{(last.database_bytes - first.database_bytes) / MB / (len(measured) - 1):.2f} MB a round", flush=True)

    def assert_bounded(self, measured, n_entries):
        first = measured[0]
        # SQLite fills its page cache of 32 MB and no more; after that a round leaves nothing behind. A sanitizer
        # keeps what was freed, so there memory says nothing.
        resident = [m.resident_bytes for m in measured]
        if not is_sanitized(BINARY):
            self.assertLess(max(resident), first.resident_bytes + 80 * MB)
            self.assertLess(quarter(resident, 3) - quarter(resident, 2), 12 * MB, "memory goes on growing")
        self.assertLessEqual(max(m.n_files for m in measured), first.n_files + 4)
        self.assertLessEqual(max(m.n_threads for m in measured), first.n_threads)
        # A round keeps what was handed over (the originals, again) and one more answer. A later one no more than
        # the second.
        grown = [b.database_bytes - a.database_bytes for a, b in zip(measured, measured[1:])]
        self.assertLess(max(grown), 1.3 * grown[0] + MB / 2, "the database grows faster and faster")
        self.assertLess(measured[-1].keys_bytes, first.keys_bytes + MB / 4)
        self.assertLess(measured[-1].audit_bytes, 8 * MB + 1024 * n_entries)
        used = [b.cpu_s - a.cpu_s for a, b in zip(measured, measured[1:])]
        self.assertLess(quarter(used, 3), 2 * quarter(used, 0) + 0.2, "a round takes longer and longer")


if __name__ == "__main__":
    unittest.main()
