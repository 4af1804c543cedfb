"""Compares estimates with the reference, then measures. See run.sh."""
import csv
import gzip
import json
import pathlib
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


if not STATISTICS.is_dir():
    print(f"no reference data at {STATISTICS}: nothing was measured")
    sys.exit(0)
REFERENCE = json.loads((STATISTICS / "reference.json").read_text())
print("measure,figure,bar,result,rival")
compare(REFERENCE)
measure(REFERENCE, compare_with_plain_rule())
calibrate()
if failed:
    print(f"{len(failed)} rows failed: {'; '.join(failed)}", file=sys.stderr)
sys.exit(1 if failed else 0)
