"""Protects tables and attacks what comes out. See run.sh."""
import csv
import io
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

OVILLO = sys.argv[1]
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="bench-release-"))
WOMEN = {"sexual": [31, 12, 7, 4], "labour": [3, 15, 9, 2], "begging": [1, 0, 2, 3]}
MEN = {"sexual": [6, 2, 1, 1], "labour": [22, 18, 11, 5], "begging": [2, 3, 0, 1]}
failed = []


def written(name, header, rows):
    path = SCRATCH / name
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def asked(*words):
    """Rows of the answer, what was said, CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([OVILLO, "release", *map(str, words)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return list(csv.reader(io.StringIO(done.stdout))), done.stderr, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row(measure, figure, bar, passed):
    print(f"{measure},{figure},{bar},{'passed' if passed else 'FAILED'}", flush=True)
    if not passed:
        failed.append(measure)


def protect_and_attack(name, header, rows, minimum):
    counts = written(f"{name}.csv", [*header, "n"], rows)
    table, said, seconds = asked("table", counts, "--by", ",".join(header), "--count", "n", "--minimum", minimum)
    small = sum(r[-1] == "withheld" for r in table[1:])
    intervals, _, attacked = asked("attack", written(f"{name}-released.csv", table[0], table[1:]))
    # Cells withheld for the sake of others may be exact only where they are large: none may be small.
    true = {tuple(r[:-1]): r[-1] for r in asked("table", counts, "--by", ",".join(header), "--count", "n", "--minimum", 1)[0][1:]}
    narrow = [r for r in intervals[1:] if 0 < int(true[tuple(r[:len(header)])]) < minimum and r[-2] != "" and int(r[-2]) - int(r[-3]) < minimum]
    row(f"{name}: small cells narrower than {minimum} after the attack", len(narrow), "0", not narrow)
    print(f"{name}: {len(table) - 1} cells; {small} withheld; {said.strip().splitlines()[0]},{seconds:.2f} CPU s to protect; {attacked:.2f} to attack,stated,")
    return true


golden = [[f"P{i + 1}", form, sex, n] for sex, table in (("F", WOMEN), ("M", MEN)) for form, ns in table.items() for i, n in enumerate(ns)]
print("measure,figure,bar,result")
true = protect_and_attack("golden", ["province", "form", "sex"], golden, 4)
naive = [[*at, "withheld" if int(n) <= 3 else n] for at, n in true.items()]
_, said, _ = asked("attack", written("naive.csv", ["province", "form", "sex", "count"], naive))
row("golden with its small cells alone withheld: exactly worked out", said.split(" withheld")[0], "16 of 16", said.startswith("16 of 16"))
draw = random.Random(5)
for name, sizes in (("10 x 8 x 4", (10, 8, 4)), ("20 x 12 x 6", (20, 12, 6))):
    rows = [[f"a{a}", f"b{b}", f"c{c}", int(draw.expovariate(1 / 2.2))] for a in range(sizes[0]) for b in range(sizes[1]) for c in range(sizes[2])]
    protect_and_attack(name, ["a", "b", "c"], rows, 4)
if failed:
    print(f"{len(failed)} rows failed: {'; '.join(failed)}", file=sys.stderr)
sys.exit(1 if failed else 0)
