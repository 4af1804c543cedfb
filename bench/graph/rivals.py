#!/usr/bin/env python3
"""networkx and networkit on the graph that bench_graph --answers wrote: answers are compared, then CPU seconds.

rivals.py FOLDER
"""
import csv
import resource
import sys


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(work):
    begin = cpu()
    answer = work()
    return cpu() - begin, answer


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def apart(ours, theirs):
    return max(abs(a - b) / max(1.0, abs(b)) for a, b in zip(ours, theirs))


class Comparison:
    def __init__(self, folder):
        self.edges = [(int(r["a"]), int(r["b"]), float(r["weight"])) for r in rows(f"{folder}/edges.csv")]
        self.nodes = rows(f"{folder}/nodes.csv")
        self.ours = {r["task"]: (float(r["seconds"]), float(r["answer"])) for r in rows(f"{folder}/seconds.csv")}
        self.wrong = 0
        print(f"\n{len(self.nodes)} nodes, {len(self.edges)} edges; CPU s: ours, rival, ratio")

    def row(self, rival, task, seconds, same, note=""):
        ours = self.ours[task][0]
        self.wrong += not same
        print(f"{rival + ' ' + task:28} {ours:9.4f} {seconds:9.3f} {seconds / max(ours, 1e-6):8.1f}x  {note}{'' if same else '  ANSWERS DIFFER'}")

    def column(self, name):
        return [float(r[name]) for r in self.nodes]

    def networkx(self):
        import networkx as nx
        graph = nx.Graph()

        def build():
            graph.add_nodes_from(range(len(self.nodes)))
            graph.add_weighted_edges_from(self.edges)
        seconds, _ = timed(build)
        self.row("networkx", "build", seconds, graph.number_of_edges() == self.ours["build"][1])
        seconds, n = timed(lambda: nx.number_connected_components(graph))
        self.row("networkx", "components", seconds, n == self.ours["components"][1])
        seconds, core = timed(lambda: nx.core_number(graph))
        self.row("networkx", "coreness", seconds, all(core[v] == c for v, c in enumerate(self.column("core"))))
        seconds, rank = timed(lambda: nx.pagerank(graph, tol=1e-10 / len(self.nodes), max_iter=1000))
        far = apart(self.column("pagerank"), [rank[v] for v in range(len(self.nodes))])
        self.row("networkx", "pagerank", seconds, far < 1e-8)
        if "betweenness" in self.ours:
            # From 200 sources, counted for all: the whole takes minutes. Its values are networkit's to compare.
            seconds, _ = timed(lambda: nx.betweenness_centrality(graph, k=200, normalized=False, seed=1))
            self.row("networkx", "betweenness", seconds * len(self.nodes) / 200, True, "from 200 sources, scaled; not compared")

    def networkit(self):
        import networkit as nk
        nk.setNumberOfThreads(1)
        graph = nk.Graph(len(self.nodes), weighted=True)

        def build():
            for a, b, weight in self.edges:
                graph.addEdge(a, b, weight)
        seconds, _ = timed(build)
        self.row("networkit", "build", seconds, graph.numberOfEdges() == self.ours["build"][1], "edge by edge from Python")
        components = nk.components.ConnectedComponents(graph)
        seconds, _ = timed(components.run)
        self.row("networkit", "components", seconds, components.numberOfComponents() == self.ours["components"][1])
        core = nk.centrality.CoreDecomposition(graph)
        seconds, _ = timed(core.run)
        self.row("networkit", "coreness", seconds, core.scores() == self.column("core"))
        rank = nk.centrality.PageRank(graph, damp=0.85, tol=1e-10)
        seconds, _ = timed(rank.run)
        total = sum(rank.scores())
        far = max(abs(a - b / total) for a, b in zip(self.column("pagerank"), rank.scores()))
        # Networkit lets the rank of nodes without links leak away and scales at the end.
        self.row("networkit", "pagerank", seconds, far < 1e-4, f"{far:.0e} apart")
        plain = nk.graphtools.toUnweighted(graph)
        if "betweenness" in self.ours:
            between = nk.centrality.Betweenness(plain)
            seconds, _ = timed(between.run)
            scores = between.scores()
            theirs = max(zip(scores, self.column("betweenness")))
            factor = theirs[0] / theirs[1] if theirs[1] else 1
            same = min(abs(factor - 1), abs(factor - 2)) < 1e-9 and apart(self.column("betweenness"), [s / factor for s in scores]) < 1e-9
            self.row("networkit", "betweenness", seconds, same)
        nk.engineering.setSeed(1, False)
        leiden = nk.community.ParallelLeiden(graph, randomize=False, iterations=2)
        seconds, _ = timed(leiden.run)
        q = nk.community.Modularity().getQuality(leiden.getPartition(), graph)
        ours = self.ours["modularity"][1]
        self.row("networkit", "communities", seconds, ours > q - 0.01, f"modularity {ours:.4f} against {q:.4f}")


def main():
    comparison = Comparison(sys.argv[1])
    for name in ("networkit", "networkx"):
        try:
            __import__(name)
        except ImportError:
            print(f"{name} is not installed: its rows are left out")
            continue
        getattr(comparison, name)()
    return 1 if comparison.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
