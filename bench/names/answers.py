#!/usr/bin/env python3
"""Compares answers with the truth: F1 in all, per schema, per category; rivals at their best mark.

answers.py PAIRS.csv OURS.csv [--wrong] [--half SEED]
PAIRS.csv has name1, name2, schema, category, case_group, is_match; OURS.csv has row, same.
"""
import collections
import csv
import random
import sys
import time


def scores(truth, answers):
    hit = sum(1 for t, a in zip(truth, answers) if t and a)
    false_alarm = sum(1 for t, a in zip(truth, answers) if a and not t)
    missed = sum(1 for t, a in zip(truth, answers) if t and not a)
    precision = hit / (hit + false_alarm) if hit + false_alarm else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    f1 = 2 * hit / (2 * hit + false_alarm + missed) if hit else 0.0
    return precision, recall, f1


def line(name, truth, answers):
    precision, recall, f1 = scores(truth, answers)
    print(f"{name:44} n {len(truth):4}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def rated(compare, rows):
    """Similarities of the pairs, and pairs per CPU second."""
    rounds = 20
    begin = time.process_time()
    for _ in range(rounds):
        values = [compare(r["name1"], r["name2"]) for r in rows]
    return values, rounds * len(rows) / max(time.process_time() - begin, 1e-9)


def rivals(rows, truth):
    """Each rival's similarity, at the mark that suits these very pairs best."""
    out = {}
    try:
        from rapidfuzz import fuzz, utils
        out["rapidfuzz token_sort_ratio"] = rated(
            lambda a, b: fuzz.token_sort_ratio(a, b, processor=utils.default_process), rows)
    except ImportError:
        print("rapidfuzz is not installed", file=sys.stderr)
    try:
        import jellyfish
        out["jellyfish jaro_winkler"] = rated(
            lambda a, b: jellyfish.jaro_winkler_similarity(a.lower(), b.lower()), rows)
    except ImportError:
        print("jellyfish is not installed", file=sys.stderr)
    for name, (values, rate) in out.items():
        best = max((scores(truth, [v >= mark for v in values])[2], mark) for mark in set(values))
        answers = [v >= best[1] for v in values]
        line(f"{name} (best mark {best[1]:.3f})", truth, answers)
        print(f"  {rate:,.0f} pairs per CPU second, called from Python")
        people = [i for i, r in enumerate(rows) if r["schema"] == "Person"]
        line("  of these Person", [truth[i] for i in people], [answers[i] for i in people])


def main():
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], newline="", encoding="utf-8") as file:
        ours = [row["same"] == "yes" for row in csv.DictReader(file)]
    truth = [row["is_match"].lower() in ("true", "yes", "1") for row in rows]
    if len(ours) != len(rows):
        sys.exit(f"{len(ours)} answers for {len(rows)} pairs")
    line("ours", truth, ours)
    if "--half" in sys.argv:
        seed = random.Random(int(sys.argv[sys.argv.index("--half") + 1]))
        half = [seed.random() < 0.5 for _ in rows]
        for side in (True, False):
            at = [i for i, h in enumerate(half) if h == side]
            line(f"  half {'one' if side else 'two'}", [truth[i] for i in at], [ours[i] for i in at])
            at = [i for i in at if rows[i]["schema"] == "Person"]
            line("    of these Person", [truth[i] for i in at], [ours[i] for i in at])
        return
    for key in ("schema", "case_group", "category"):
        groups = collections.defaultdict(list)
        for i, row in enumerate(rows):
            groups[row[key]].append(i)
        for name, at in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
            if len(at) >= 10:
                line(f"  {key} {name or '(none)'}", [truth[i] for i in at], [ours[i] for i in at])
    if "--wrong" in sys.argv:
        for row, t, a in zip(rows, truth, ours):
            if t != a:
                print("  missed      " if t else "  false alarm ", row["schema"], row["name1"], "|", row["name2"])
    else:
        rivals(rows, truth)


if __name__ == "__main__":
    main()
