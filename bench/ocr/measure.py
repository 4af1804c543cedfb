#!/usr/bin/env python3
"""How much of the pictures was read right, by condition.

usage: measure.py TRUTH.tsv READ.jsonl
prints a table: characters right (edit distance, blanks as one), phone numbers told as certain (right, wrong), as
candidates (right, wrong), not found; seconds of the processor a picture.
fails where a number that nobody wrote is told as certain in more than 1 picture of 100.
"""
import json
import sys


def distance(a, b):
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (x != y)))
        before = row
    return before[-1]


def plain(text):
    return " ".join(text.split())


def main():
    read = {}
    with open(sys.argv[2], encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            read[one["file"]] = one
    table = {}
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            name, condition, number, text = line.rstrip("\n").split("\t")
            row = table.setdefault(condition, dict.fromkeys(
                ["n", "letters", "wrong", "sure", "sure_wrong", "maybe", "maybe_wrong", "none", "cpu_s"], 0))
            said = read.get(name, {"text": "", "phones": [], "cpu_s": 0})
            text = plain(text.replace("\\n", " "))
            row["n"] += 1
            row["letters"] += len(text)
            row["wrong"] += min(distance(text, plain(said["text"])), len(text))
            row["cpu_s"] += said["cpu_s"]
            found = {(phone == number, doubtful) for phone, doubtful in said["phones"]}
            row["sure"] += (True, False) in found
            row["maybe"] += (True, True) in found and (True, False) not in found
            row["none"] += not any(right for right, _ in found)
            row["sure_wrong"] += (False, False) in found
            row["maybe_wrong"] += (False, True) in found
    print(f"{'condition':22} {'pictures':>8} {'letters':>8} {'certain':>8} {'wrong':>6} {'maybe':>6} {'wrong':>6} "
          f"{'missed':>7} {'CPU s':>6}")
    total = {key: sum(row[key] for row in table.values()) for key in next(iter(table.values()))}
    for condition, row in [*table.items(), ("all", total)]:
        right = 100 * (1 - row["wrong"] / row["letters"])
        print(f"{condition:22} {row['n']:8} {right:7.1f}% {row['sure']:8} {row['sure_wrong']:6} {row['maybe']:6} "
              f"{row['maybe_wrong']:6} {row['none']:7} {row['cpu_s'] / row['n']:6.2f}")
    return 1 if total["sure_wrong"] * 100 > total["n"] else 0


if __name__ == "__main__":
    sys.exit(main())
