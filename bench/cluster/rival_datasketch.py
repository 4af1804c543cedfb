#!/usr/bin/env python3
"""Rival of bench/cluster: datasketch MinHash + LSH with verified Jaccard and union-find.

    rival_datasketch.py SET.csv... [--threshold 0.6]

Word sets with digits masked, 128 values, the setting that served it best on these sets (0.6; 0.5
for the noisier ones). Measures as in measures.cpp.
"""
import csv
import re
import resource
import sys
import time
from collections import Counter

from datasketch import MinHash, MinHashLSH


def pairs(n):
    return n * (n - 1) / 2


def compare(found, truth):
    both = Counter((f, t) for f, t in zip(found, truth) if f >= 0 and t >= 0)
    together = sum(pairs(n) for n in both.values())
    in_found = sum(pairs(n) for f, n in Counter(found).items() if f >= 0)
    in_truth = sum(pairs(n) for t, n in Counter(truth).items() if t >= 0)
    expected = in_found * in_truth / max(1, pairs(len(found)))
    most = (in_found + in_truth) / 2
    n_both = sum(f >= 0 and t >= 0 for f, t in zip(found, truth))
    return (
        1.0 if most == expected else (together - expected) / (most - expected),
        together / in_found if in_found else 1.0,
        together / in_truth if in_truth else 1.0,
        n_both / max(1, sum(f >= 0 for f in found)),
        n_both / max(1, sum(t >= 0 for t in truth)),
    )


def cluster(texts, threshold):
    words = [set(re.sub(r"\d", "0", t.lower()).split()) for t in texts]
    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    root = list(range(len(texts)))

    def find(x):
        while root[x] != x:
            root[x] = root[root[x]]
            x = root[x]
        return x

    for i, w in enumerate(words):
        m = MinHash(num_perm=128)
        m.update_batch([x.encode() for x in w])
        for j in lsh.query(m):
            union = len(w | words[j])
            if union and len(w & words[j]) / union >= threshold:
                root[find(i)] = find(j)
        lsh.insert(i, m)
    size = Counter(find(i) for i in range(len(texts)))
    return [find(i) if size[find(i)] > 1 else -1 for i in range(len(texts))]


def main():
    threshold = 0.6
    paths = sys.argv[1:]
    if "--threshold" in paths:
        at = paths.index("--threshold")
        threshold = float(paths[at + 1])
        del paths[at:at + 2]
    for path in paths:
        rows = list(csv.DictReader(open(path, encoding="utf-8", newline="")))
        before = time.process_time()
        found = cluster([r["text"] for r in rows], threshold)
        seconds = time.process_time() - before
        ari, pair_p, pair_r, p, r = compare(found, [int(row["cluster"]) for row in rows])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        name = path.rsplit("/", 1)[-1].removesuffix(".csv")
        print(f"{'  datasketch':<24} {len(rows):>7} {ari:>6.4f} {pair_p:>6.4f} {pair_r:>6.4f} "
              f"{p:>6.4f} {r:>6.4f} {len(set(found)) - 1:>8} {seconds:>7.2f} "
              f"{len(rows) / seconds:>9.0f} {peak:>8.0f} {name:>9}")


if __name__ == "__main__":
    main()
