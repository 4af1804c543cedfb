"""Compares estimates with the reference, then measures. See run.sh."""
import collections
import csv
import gzip
import io
import itertools
import json
import math
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

import plain_rule

OVILLO, STATISTICS, N_TABLES = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="bench-picture-"))
failed = []


def asked(table, *words):
    """The answer and the CPU seconds it took, on one thread."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([OVILLO, "estimate", STATISTICS / "overlap_tables" / f"{table}.csv", *map(str, words), "--threads", "1", "--json"],
                          capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return json.loads(done.stdout), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def method(answer, name):
    return next(one for one in answer["methods"] if one["method"] == name)


def row(measure, figure, bar, passed, rival=""):
    print(f"{measure},{figure},{bar},{'passed' if passed else 'FAILED'},{rival}", flush=True)
    if not passed:
        failed.append(measure)


def rows_of(path):
    with (gzip.open(path, "rt") if path.suffix == ".gz" else open(path)) as file:
        return list(csv.DictReader(file))


def compare(reference):
    worst_point = worst_path = worst_replicate = worst_a = 0.0
    n_replicates = n_none = 0
    for name, golden in reference["golden_loglinear"].items():
        for step in golden["path"]:
            total = method(asked(name, "--method", "stepwise", "--threshold", step["p"], "--replicates", 1)[0], "stepwise")["total"]
            worst_path = max(worst_path, abs(total / step["point est."] - 1))
        totals = SCRATCH / "totals.csv"
        one = method(asked(name, "--method", "stepwise", "--counts", STATISTICS / "replicates" / f"{name}_counts.csv.gz", "--totals", totals)[0], "stepwise")
        run = reference["runs"][f"sparsemse__{name}"]
        worst_a = max(worst_a, abs(one["details"]["bootstrap"]["acceleration"] - run["ahat"]))
        worst_point = max(worst_point, abs(one["total"] / golden["path"][5]["point est."] - 1))
        for ours, theirs in zip(rows_of(totals), rows_of(STATISTICS / "replicates" / f"{name}_bootreps.csv")):
            n_replicates += 1
            if ours["total"] == "":
                n_none += 1
            else:
                worst_replicate = max(worst_replicate, abs(float(ours["total"]) / float(theirs["N"]) - 1))
    row("14 tables: largest relative difference of N", f"{worst_point:.1e}", "1e-6", worst_point <= 1e-6)
    row("14 tables: of N along nine thresholds", f"{worst_path:.1e}", "1e-6", worst_path <= 1e-6)
    row("14 tables: largest difference of the acceleration", f"{worst_a:.1e}", "1e-8", worst_a <= 1e-8)
    row(f"{n_replicates} replicates: largest relative difference ({n_none} ill-posed and withheld)", f"{worst_replicate:.1e}", "1e-6",
        worst_replicate <= 1e-6 and n_none == 1)


def compare_with_plain_rule():
    """The same rule as a statistician would write it down, on fifty replicates."""
    lists, counts = plain_rule.read_counts(STATISTICS / "replicates" / "UKdat_5_counts.csv.gz", 50)
    started = time.process_time()
    theirs = [plain_rule.stepwise(lists, one) for one in counts]
    seconds = (time.process_time() - started) * 1000 / len(counts)
    ours = [float(r["N"]) for r in rows_of(STATISTICS / "replicates" / "UKdat_5_bootreps.csv")[:50]]
    worst = max(abs(a / b - 1) for a, b in zip(theirs, ours))
    row("plain rule in Python: largest relative difference of 50 replicates", f"{worst:.1e}", "1e-6", worst <= 1e-6)
    return seconds


def measure(reference, plain_seconds):
    def in_r(key, field="boot_sec"):
        run = reference["runs"][key]
        return run.get("quiet", {}).get(field, run.get(field))

    def timed(what, bar, rival, table, *words):
        seconds = min(asked(table, *words)[1] for _ in range(3))
        row(what, f"{seconds:.3f} CPU s", f"{bar} s", seconds <= bar, rival)

    timed("UK 5 lists: stepwise, 1,000 replicates", 0.15, f"R {in_r('sparsemse__UKdat_5')} s; plain Python {plain_seconds:.0f} s",
          "UKdat_5", "--method", "stepwise")
    timed("UK 5 lists: stepwise, 100,000 replicates", 15, "", "UKdat_5", "--method", "stepwise", "--replicates", 100000)
    timed("New Orleans 8 lists: stepwise, 1,000 replicates", 0.8, f"R {in_r('sparsemse__NewOrl')} s", "NewOrl", "--method", "stepwise")
    timed("UK 5 lists: BIC, the top 100 again on 1,000 replicates", 0.5, f"R {in_r('mse_bic__UKdat_5__2')} s", "UKdat_5", "--method", "bic", "--order", 2)
    timed("UK 6 lists: all 32,768 models", 2, f"R {in_r('mse_bic__UKdat__2', 'point_sec')} s", "UKdat", "--method", "bic", "--replicates", 1, "--top", 1)
    timed("UK 5 lists: decomposable graphs, every total", 0.2, f"R {reference['runs']['dga__UKdat_5__full']['quiet']['sec']} s", "UKdat_5",
          "--method", "decomposable")
    timed("Netherlands 5 lists: decomposable graphs, every total", 0.2, f"R {reference['runs']['dga__Ned_5__full']['quiet']['sec']} s", "Ned_5",
          "--method", "decomposable")
    seconds = asked("UKdat_5")[1]
    row("UK 5 lists: everything and every diagnostic, 100 tables of 200 replicates", f"{seconds:.1f} CPU s", "30 s", seconds <= 30)


def calibrate():
    answer = asked("UKdat_5", "--method", "stepwise,bic,aic", "--diagnostics", "--tables", N_TABLES)[0]
    for one in answer["diagnostics"]["coverage"]:
        at_80 = "" if one["of_nominal_80"] is None else f"; of the nominal 80 %: {100 * one['of_nominal_80']:.1f} %"
        print(f"coverage of the nominal 95 % interval of {one['method']} on {one['tables']} tables drawn from the stepwise model,"
              f"{100 * one['of_nominal_95']:.1f} %{at_80},stated,,", flush=True)


# Mean absolute error of the counts of combinations of 1, 2, 3 and 4 values by the known tool's method.
KNOWN_ERRORS = {12: (8.0, 11.0, 13.3, 14.0), 4: (21.6, 30.5, 33.8, 34.0), 1: (87, 115, 114, 103)}
N_RELEASES = 5


def counts_of(records, longest):
    out = [collections.Counter() for _ in range(longest + 1)]
    for record in records:
        stated = [(i, value) for i, value in enumerate(record) if value]
        for length in range(1, longest + 1):
            out[length].update(itertools.combinations(stated, length))
    return out


def released(path, epsilon, delta, *words):
    """Published counts by length, synthetic records, what was said, CPU seconds."""
    ledger, records = SCRATCH / "ledger", SCRATCH / "records.csv"
    ledger.unlink(missing_ok=True)
    subprocess.run([OVILLO, "release", "budget", ledger, "--epsilon", str(epsilon), "--delta", f"{delta:.12f}"], capture_output=True, check=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([OVILLO, "release", "private", path, "--epsilon", str(epsilon), "--delta", f"{delta:.12f}", "--ledger", ledger, "--records", records, *map(str, words)],
                          capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    counts = collections.defaultdict(dict)
    for *values, count in list(csv.reader(io.StringIO(done.stdout)))[1:]:
        if count != "withheld":
            at = tuple((i, value) for i, value in enumerate(values) if value != "Total")
            counts[len(at)][at] = int(count)
    with open(records, newline="", encoding="utf-8") as file:
        made = list(csv.reader(file))[1:]
    return counts, made, done.stderr, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def mean_error(true, published):
    both = [at for at in true if at in published]
    return sum(abs(true[at] - published[at]) for at in both) / len(both)


def release_pairs_of_people(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        records = [[value.strip() for value in record] for record in list(csv.reader(file))[1:]]
    n = len(records)
    true = counts_of(records, 4)
    for epsilon, bars in KNOWN_ERRORS.items():
        errors, withheld, worst_records = [0.0] * 5, [0.0] * 5, 0.0
        for _ in range(N_RELEASES):
            counts, made, _, _ = released(path, epsilon, 1 / (n * math.log(n)), "--length", 4)
            worst_records = max(worst_records, abs(len(made) / n - 1))
            for length in range(1, 5):
                errors[length] += mean_error(true[length], counts[length]) / N_RELEASES
                lost = sum(people for at, people in true[length].items() if at not in counts[length])
                withheld[length] += 100 * lost / sum(true[length].values()) / N_RELEASES
        made_counts = counts_of(made, 4)
        made_errors = [mean_error(true[length], made_counts[length]) for length in range(1, 5)]
        for length, bar in enumerate(bars, 1):
            row(f"private counts of {n} records, epsilon {epsilon}: mean error at length {length} ({withheld[length]:.2f} % withheld)", f"{errors[length]:.1f}", bar,
                errors[length] <= bar, "the known tool's method")
        row(f"synthetic records, epsilon {epsilon}: furthest from the number of records", f"{100 * worst_records:.2f} %", "1 %", worst_records <= 0.01,
            "the known tool 19.5 %")
        print(f"synthetic records, epsilon {epsilon}: mean error at lengths 1 to 4,{' '.join(f'{e:.0f}' for e in made_errors)},stated,,", flush=True)


def release_many_people():
    """Invented: 200,000 people, 27 columns, a group of twelve."""
    draw = random.Random(3)
    sizes = [("year", 20, 0.02), ("gender", 3, 0.05), ("age", 9, 0.3), ("citizen", 30, 0.2), ("country", 25, 0.2), ("relation", 4, 0.6), ("duration", 3, 0.7)]
    sizes += [(f"sign{i}", 1, 0.7) for i in range(20)]
    path = SCRATCH / "many.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([name for name, _, _ in sizes])
        for i in range(200_000):
            kind = draw.random()
            values = ["" if draw.random() < missing else f"{name} {int(n * (draw.random() ** 2 * 0.7 + kind * 0.3))}" for name, n, missing in sizes]
            if i % 16_667 == 0:
                values[1] = "trans woman"
            out.writerow(values)
    _, _, said, seconds = released(path, 4, 1e-6, "--length", 3)
    row("private counts to length 3 and synthetic records of 200,000 x 27", f"{seconds:.1f} CPU s", "10 s", seconds < 10)
    row("the planted group of twelve is named in the warning", "gender = trans woman (12 people)", "named", "gender = trans woman (12 people)" in said)


if not STATISTICS.is_dir():
    print(f"no reference data at {STATISTICS}: nothing was measured")
    sys.exit(0)
REFERENCE = json.loads((STATISTICS / "reference.json").read_text())
print("measure,figure,bar,result,rival")
compare(REFERENCE)
measure(REFERENCE, compare_with_plain_rule())
calibrate()
release_pairs_of_people(STATISTICS / "CTDC_VPsynthetic_condensed.csv")
release_many_people()
if failed:
    print(f"{len(failed)} rows failed: {'; '.join(failed)}", file=sys.stderr)
sys.exit(1 if failed else 0)
