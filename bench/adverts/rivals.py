#!/usr/bin/env python3
"""Rivals of bench/adverts: the open near-duplicate tools, each writing the answer ours writes.

    rivals.py RIVAL SET.csv ANSWER.csv      prints {"cpu_s": ..}; RIVAL: see RIVALS

CPU seconds are those of reading the texts to having the clusters, without starting Python and
loading libraries. datasketch and rensa give candidates, which are verified by the Jaccard index of
the word sets (digits masked) and joined; text-dedup joins what shares a band, as shipped.
"""
import collections
import csv
import json
import os
import pathlib
import pickle
import re
import resource
import sys
import tempfile

N_VALUES = 128


def cpu_seconds() -> float:
    return sum(u.ru_utime + u.ru_stime
               for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def word_sets(texts):
    return [set(re.sub(r"\d", "0", t.lower()).split()) for t in texts]


class Joined:
    """Union-find over rows."""

    def __init__(self, n):
        self.parent = list(range(n))

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, x, y):
        self.parent[self.find(x)] = self.find(y)

    def clusters(self):
        roots = [self.find(x) for x in range(len(self.parent))]
        size = collections.Counter(roots)
        return [root if size[root] > 1 else None for root in roots]


def verified(words, candidates, threshold):
    """@param candidates  (row, earlier rows), in order of rows."""
    joined = Joined(len(words))
    for i, others in candidates:
        for j in others:
            union = len(words[i] | words[j])
            if i != j and union and len(words[i] & words[j]) / union >= threshold:
                joined.join(i, j)
    return joined.clusters()


def datasketch(path, texts, threshold):
    from datasketch import MinHash, MinHashLSH

    started = cpu_seconds()
    words = word_sets(texts)
    index = MinHashLSH(threshold=threshold, num_perm=N_VALUES)

    def candidates():
        for i, of_text in enumerate(words):
            signature = MinHash(num_perm=N_VALUES)
            signature.update_batch([w.encode() for w in of_text])
            yield i, index.query(signature)
            index.insert(i, signature)
    return verified(words, candidates(), threshold), cpu_seconds() - started


def rensa(path, texts, threshold):
    from rensa import RMinHash, RMinHashLSH

    started = cpu_seconds()
    words = word_sets(texts)
    index = RMinHashLSH(threshold=threshold, num_perm=N_VALUES, num_bands=32)

    def candidates():
        for i, of_text in enumerate(words):
            signature = RMinHash(num_perm=N_VALUES, seed=42)
            signature.update(list(of_text))
            yield i, index.query(signature)
            index.insert(i, signature)
    return verified(words, candidates(), threshold), cpu_seconds() - started


def text_dedup(module, *options):
    def run(path, texts, _):
        os.environ["HF_HUB_OFFLINE"] = "1"
        import importlib
        main = importlib.import_module(f"text_dedup.{module}").main
        started = cpu_seconds()
        with tempfile.TemporaryDirectory() as folder:
            main(["--path", "csv", "--data_files", str(path), "--split", "train", "--cache_dir", f"{folder}/cache",
                  "--output", f"{folder}/out", "--column", "text", "--num_proc", "1", "--debug", *options],
                 standalone_mode=False)
            seconds = cpu_seconds() - started
            parent = pickle.loads(pathlib.Path(folder, "out", "uf.pkl").read_bytes())
        joined = Joined(len(texts))
        for row in list(parent.parent):
            joined.join(row, parent.find(row))
        return joined.clusters(), seconds
    return run


WORDS = ("--ngram", "1", "--min_length", "1", "--num_perm", str(N_VALUES), "--threshold", "0.6")
RIVALS = {
    "datasketch_0.6": (datasketch, 0.6),
    "datasketch_0.5": (datasketch, 0.5),
    "rensa_0.6": (rensa, 0.6),
    "text-dedup_minhash": (text_dedup("minhash"), None),  # as shipped: 5 words, 0.7
    "text-dedup_minhash_words": (text_dedup("minhash", *WORDS), None),
    "text-dedup_simhash": (text_dedup("simhash"), None),  # as shipped: 3 characters, 3 of 64 bits
}


def main():
    rival, path, answer = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    with open(path, encoding="utf-8", newline="") as file:
        rows = [(row["id"], row["text"]) for row in csv.DictReader(file)]
    cluster, threshold = RIVALS[rival]
    found, seconds = cluster(path, [text for _, text in rows], threshold)
    with open(answer, "w", encoding="utf-8") as out:
        out.write("id,cluster\n")
        for (name, _), number in zip(rows, found):
            out.write(f"{name},{'' if number is None else number}\n")
    print(json.dumps({"cpu_s": round(seconds, 3)}))


if __name__ == "__main__":
    main()
