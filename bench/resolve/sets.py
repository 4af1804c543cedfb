#!/usr/bin/env python3
"""Who is the same, on labelled sets: precision, recall and F1 of pairs inside clusters, CPU seconds and peak memory.

  sets.py OVILLO DATA WORK [--rival PYTHON] [SET...]

Times are of the whole command: file read, model learnt, answer written. A rival is run on the same files after ours,
by splink_rival.py, and its answer is scored by the same code.
"""
from __future__ import annotations

import collections
import csv
import gzip
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass, field


@dataclass
class Set:
    files: list[str]
    id: str
    truth: str  # column; "pairs:FILE" for a file of pairs between two files
    columns: str = ""
    rival: bool = False
    delimiter: str = ","
    made: list[pathlib.Path] = field(default_factory=list)


SETS = {
    "febrl1": Set(["people/febrl/dataset1.csv"], "rec_id", "rec_id"),
    "febrl2": Set(["people/febrl/dataset2.csv"], "rec_id", "rec_id"),
    "febrl3": Set(["people/febrl/dataset3.csv"], "rec_id", "rec_id", rival=True),
    "febrl4": Set(["people/febrl/dataset4a.csv", "people/febrl/dataset4b.csv"], "rec_id", "rec_id"),
    "historical": Set(["people/historical_50k/historical_figures_with_errors_50k.csv"], "unique_id", "cluster", rival=True),
    "million": Set(["people/people_1m.csv.gz"], "unique_id", "cluster", rival=True),
    "abt_buy": Set(["people/pairs/abt_buy/abt.csv", "people/pairs/abt_buy/buy.csv"], "id", "pairs:people/pairs/abt_buy/gt.csv",
                   columns="name=text", delimiter="|"),
    "dblp_acm": Set(["people/pairs/dblp_acm/dblp.csv", "people/pairs/dblp_acm/acm.csv"], "id",
                    "pairs:people/pairs/dblp_acm/gt.csv", columns="title=text,authors=alias,year=region", delimiter="%"),
}


def prepare(name: str, data: pathlib.Path, work: pathlib.Path) -> list[pathlib.Path]:
    """The files as the commands read them: unpacked, with commas, ids that differ between two files."""
    out = []
    for number, file in enumerate(SETS[name].files):
        source = data / file
        target = work / f"{name}_{number}.csv"
        if not target.exists():
            if file.endswith(".gz"):
                with gzip.open(source, "rb") as packed, open(target, "wb") as plain:
                    shutil.copyfileobj(packed, plain)
            else:
                with open(source, encoding="utf-8", errors="replace", newline="") as text, open(target, "w", newline="") as plain:
                    rows = csv.reader(text, delimiter=SETS[name].delimiter, skipinitialspace=True)
                    writer = csv.writer(plain)
                    header = next(rows)
                    writer.writerow(header)
                    at = header.index(SETS[name].id)
                    for row in rows:
                        if len(row) != len(header):
                            continue
                        if SETS[name].truth.startswith("pairs:"):
                            row[at] = f"{number}-{row[at]}"
                        writer.writerow(row)
        out.append(target)
    return out


def truth_of(name: str, data: pathlib.Path, files: list[pathlib.Path]) -> dict[str, str]:
    """Per row id the person; rows of pair files are joined by their pairs."""
    one = SETS[name]
    rows = [row for file in files for row in csv.DictReader(open(file, encoding="utf-8"))]
    if not one.truth.startswith("pairs:"):
        if one.truth == "rec_id":
            return {row[one.id]: "-".join(row["rec_id"].split("-")[:2]) for row in rows}
        return {row[one.id]: row[one.truth] for row in rows}
    root = {row[one.id]: row[one.id] for row in rows}

    def find(x: str) -> str:
        while root[x] != x:
            x = root[x]
        return x

    for row in csv.DictReader(open(data / one.truth[6:], encoding="utf-8"), delimiter=one.delimiter):
        root[find(f"1-{row['D2']}")] = find(f"0-{row['D1']}")
    return {row: find(row) for row in root}


def score(truth: dict[str, str], answer: dict[str, str]) -> str:
    def pairs(counts) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(collections.Counter((truth[row], entity) for row, entity in answer.items()))
    said = pairs(collections.Counter(answer.values()))
    true = pairs(collections.Counter(truth.values()))
    precision, recall = both / max(said, 1), both / max(true, 1)
    f1 = 2 * both / max(said + true, 1)
    return f"P {precision:.4f} R {recall:.4f} F1 {f1:.4f} ({said - both} wrong, {true - both} missed of {true})"


# A process of its own between us and the command: memory of this one would be counted as the command's.
LAUNCHER = """
import os, subprocess, sys
with open(sys.argv[1], "wb") as out, open(sys.argv[2], "wb") as told:
    child = subprocess.Popen(sys.argv[3:], stdout=out, stderr=told)
    _, status, usage = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def timed(command: list[str], out: pathlib.Path) -> tuple[float, float]:
    """Runs a command; CPU seconds and peak MB."""
    told = out.with_suffix(".told")
    said = subprocess.run([sys.executable, "-S", "-c", LAUNCHER, str(out), str(told), *command], capture_output=True, text=True, check=True)
    code, cpu, memory = map(float, said.stdout.split())
    if code != 0:
        raise RuntimeError(f"failed with {code:.0f}: {' '.join(command)}\n{told.read_text(errors='replace')[-2000:]}")
    return cpu, memory


def read_answer(path: pathlib.Path) -> dict[str, str]:
    return {row["id"]: row["entity"] for row in csv.DictReader(open(path, encoding="utf-8"))}


def look_up(ovillo: str, name: str, file: pathlib.Path, id: str, truth: dict[str, str], work: pathlib.Path) -> None:
    """Every 500th row taken out of the list and looked up in what is left."""
    known, fresh = work / f"{name}_known.csv", work / f"{name}_fresh.csv"
    with open(file, encoding="utf-8") as rows, open(known, "w") as left, open(fresh, "w") as taken:
        header = next(rows)
        left.write(header)
        taken.write(header)
        for number, row in enumerate(rows):
            (taken if number % 500 == 250 else left).write(row)
    told = subprocess.run([ovillo, "resolve", known, "--look-up", fresh, "--id", id], capture_output=True, text=True, check=True)
    here = collections.Counter(truth[row[id]] for row in csv.DictReader(open(known, encoding="utf-8")))
    right = wrong = 0
    for row in csv.DictReader(told.stdout.splitlines()):
        if row["outcome"] == "stands":
            same = truth[row["id"]] == truth[row["match"]]
            right, wrong = right + same, wrong + (not same)
    true = sum(here[truth[row[id]]] for row in csv.DictReader(open(fresh, encoding="utf-8")))
    print(f"{name:<11} look-up P {right / max(right + wrong, 1):.4f} R {right / max(true, 1):.4f}; {told.stderr.splitlines()[-1]}", flush=True)


def main() -> None:
    ovillo, data, work, *rest = sys.argv[1:]
    rival = None
    if rest[:1] == ["--rival"]:
        rival, rest = rest[1], rest[2:]
    data, work = pathlib.Path(data), pathlib.Path(work)
    for name in rest or SETS:
        one = SETS[name]
        if not all((data / file).exists() for file in one.files):
            print(f"{name}: data not here, left out")
            continue
        files = prepare(name, data, work)
        truth = truth_of(name, data, files)
        columns = ["--columns", one.columns] if one.columns else []
        answer = work / "answer.csv"
        cpu, memory = timed([ovillo, "resolve", *map(str, files), "--id", one.id, *columns], answer)
        print(f"{name:<11} ovillo  {score(truth, read_answer(answer))}, CPU {cpu:.2f} s, {memory:.0f} MB", flush=True)
        if name == "million":
            look_up(ovillo, name, files[0], one.id, truth, work)
        if rival and one.rival:
            script = pathlib.Path(__file__).with_name("splink_rival.py")
            cpu, memory = timed([rival, str(script), name, str(files[0]), one.id], answer)
            print(f"{name:<11} splink  {score(truth, read_answer(answer))}, CPU {cpu:.2f} s, {memory:.0f} MB", flush=True)


main()
