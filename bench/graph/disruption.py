#!/usr/bin/env python3
"""Disruption curves of the Montagna networks beside networkx: every step is checked, then CPU seconds are told.

disruption.py OVILLO FOLDER
FOLDER holds Montagna_*_edgelist.csv. A step is right when the node taken out is as central as any, within the tie of three
decimals, and when as many nodes are left together.
"""
import csv
import io
import pathlib
import resource
import subprocess
import sys
import time

STEPS = 10


def cpu(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def ours(program, path, order, block):
    begin = cpu(resource.RUSAGE_CHILDREN)
    said = subprocess.run([program, "network", path, "--disruption", order, "--block", str(block), "--steps", str(STEPS)],
                          check=True, capture_output=True, text=True).stdout
    seconds = cpu(resource.RUSAGE_CHILDREN) - begin
    steps = {}
    for row in csv.DictReader(io.StringIO(said)):
        step = steps.setdefault(int(row["step"]), ([], int(row["largest"])))
        step[0].extend(n for n in row["node"].split(" ") if n)
    return seconds, [steps[i] for i in sorted(steps)]


def check(networkx, path, order, steps):
    graph = networkx.Graph()
    for line in path.read_text().splitlines():
        a, b = line.replace(",", "\t").split()[:2]
        if a != b:
            graph.add_edge(a, b)
    most = lambda: max((len(c) for c in networkx.connected_components(graph)), default=0)
    same = most() == steps[0][1]
    begin = time.process_time()
    for removed, largest in steps[1:]:
        value = networkx.betweenness_centrality(graph, normalized=False) if order == "betweenness" else dict(graph.degree())
        left = sorted(value.values(), reverse=True)
        same &= all(value[node] >= left[i] - 1e-3 * max(1, left[i]) for i, node in enumerate(removed))
        graph.remove_nodes_from(removed)
        same &= most() == largest
    return time.process_time() - begin, same


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    try:
        import networkx
    except ImportError:
        print("networkx is not installed: its rows are left out")
        return 0
    wrong = 0
    print(f"\ndisruption, {STEPS} steps; CPU s: ours (the whole command), networkx, ratio, largest component by step")
    for path in sorted(folder.glob("Montagna_*_edgelist.csv")):
        for order in ("betweenness", "degree"):
            for block in (1, 5):
                seconds, steps = ours(program, path, order, block)
                theirs, same = check(networkx, path, order, steps)
                wrong += not same
                curve = " ".join(str(largest) for _, largest in steps)
                print(f"{path.stem.split('_')[1]:10} {order:11} block {block} {seconds:7.3f} {theirs:7.3f} {theirs / max(seconds, 1e-3):6.1f}x  {curve}"
                      f"{'' if same else '  ANSWERS DIFFER'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
