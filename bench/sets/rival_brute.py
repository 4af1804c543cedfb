#!/usr/bin/env python3
"""The plain way: every set of k nodes, the largest component of what is left (networkx where there is one).

usage: rival_brute.py EDGES.csv K
prints: k,value,n_ties,CPU seconds
"""
import csv
import itertools
import sys
import time

try:
    import networkx
except ImportError:
    networkx = None


def largest(around, gone):
    left, best = set(around) - gone, 0
    while left:
        stack, size = [left.pop()], 0
        while stack:
            size += 1
            new = around[stack.pop()] & left
            left -= new
            stack.extend(new)
        best = max(best, size)
    return best


def largest_networkx(graph, gone):
    rest = graph.subgraph(graph.nodes - gone)
    return max(map(len, networkx.connected_components(rest)), default=0)


def main():
    around = {}
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        for row in itertools.islice(csv.reader(file), 1, None):
            for a, b in (row[:2], row[1::-1]):
                around.setdefault(a, set()).update({b} - {a})
    k = int(sys.argv[2])
    ways = [("python", around, largest)]
    if networkx:
        ways.append(("networkx", networkx.Graph({a: list(b) for a, b in around.items()}), largest_networkx))
    for name, graph, size in ways:
        begin, best, ties = time.process_time(), None, 0
        for chosen in itertools.combinations(sorted(around), k):
            value = size(graph, set(chosen))
            if best is None or value < best:
                best, ties = value, 0
            ties += value == best
        print(f"{name},{k},{best},{ties},{time.process_time() - begin:.3f}")


if __name__ == "__main__":
    main()
