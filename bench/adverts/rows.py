#!/usr/bin/env python3
"""bench/adverts: every row of the clustering's promises, measured. See run.sh.

    rows.py BENCH_PROGRAM OVILLO WORK [--rival PYTHON] [PART...]

PART: grey small slots real coworking keeps cost rivals (default: all; rivals with --rival alone).
Answers are scored before anything is said about time. All of ours on one thread, the program's own
door as it comes.
"""
import collections
import math
import os
import pathlib
import sys

import plot
import rivals
import sets
from runner import Bar, Table, run, text_of

SEEDS = (211, 212)  # other than those the constants were chosen on, and than the development seed
LANGUAGES = ("en", "es", "fr", "nl", "pt")
BARS = {  # of ARI, P and R
    5000: (.995, .995, .985),  # held to the bar of 20,000
    20000: (.995, .995, .985),
    100000: (.993, .985, None),
}
SHORT_BARS = (None, .96, .95)
PUBLISHED = "InfoShield P .78 R .51, MinHash P .62 R .58, as published for these mails"


class Bench:
    def __init__(self, program: str, ovillo: str, work: pathlib.Path, rival_python: str | None):
        self.program, self.ovillo, self.work, self.rival_python = program, ovillo, work, rival_python
        self.table = Table()

    def ours(self, path: pathlib.Path, *options):
        """@return  what clustering cost, and the score of its answer."""
        answer = self.work / "answer.csv"
        answer.unlink(missing_ok=True)
        cost = run(self.program, "cluster", path, answer, *options)
        return cost, self.score(path, answer)

    def score(self, path: pathlib.Path, answer: pathlib.Path) -> dict:
        return run(self.program, "score", path, answer).said

    def by_the_door(self, path: pathlib.Path) -> str:
        """The same set through the program as people run it."""
        if not os.access(self.ovillo, os.X_OK):
            return "door: not built"
        answer = self.work / "door.csv"
        ran = run("sh", "-c", 'exec "$0" cluster "$1" --text text --id id --format csv > "$2"', self.ovillo, path,
                  answer)
        same = text_of(answer) == text_of(self.work / "answer.csv")
        return f"door: {'same answer' if same else 'OTHER ANSWER'} {ran.cpu_s:.2f} CPU s {ran.peak_mb:.0f} MB"

    # --- what it finds -------------------------------------------------------------------------

    def grey(self) -> None:
        self.table.title("grey-zone sets: independents share the stock phrases of the organised")
        languages = collections.defaultdict(collections.Counter)
        each = [(n, noise, seed, ()) for n in BARS for noise in (.03, .06, .10) for seed in SEEDS]
        each += [(5000, .08, seed, (4, 8)) for seed in SEEDS]
        for n, noise, seed, low_high in each:
            path = sets.grey(self.work, n, noise, seed, *low_high)
            cost, score = self.ours(path)
            name = f"{'very short' if low_high else 'grey'} {n:,} noise {noise * 100:g} % seed {seed}"
            self.table.row(name, *self.agreement(score, SHORT_BARS if low_high else BARS[n]), *self.costs(cost),
                           self.by_the_door(path))
            if not low_high:
                for language, counts in score["languages"].items():
                    languages[language].update({k: counts[k] for k in ("texts", "found", "truth", "both")})
        self.table.title("the same by language (all grey-zone sets but the very short)")
        for language in LANGUAGES:
            c = languages[language]
            wrong = 1000 * (c["found"] - c["both"]) / (c["texts"] - c["truth"])
            self.table.row(language, f"P {c['both'] / c['found']:.4f}", f"R {c['both'] / c['truth']:.4f}",
                           f"independents put into a cluster: {wrong:.2f} per thousand")

    def small(self) -> None:
        self.table.title("small sets, 20 seeds each, noise 3, 6 and 10 % in turn")
        for n in (30, 100, 500):
            total, n_welded = collections.Counter(), 0
            for number in range(20):
                _, score = self.ours(sets.grey(self.work / "small", n, (.03, .06, .10)[number % 3], 300 + number))
                total.update({k: score[k] for k in ("found", "truth", "both")})
                n_welded += score["mixed"] > 0
            self.table.row(f"small {n}", Bar("P", total["both"] / max(1, total["found"]), .99),
                           f"R {total['both'] / total['truth']:.4f}",
                           Bar("sets of 20 with a stranger welded", n_welded, most=0, form="d"))

    def slots(self) -> None:
        self.table.title("k free one-word slots in 60 words, 8 members, 200 templates, 2,000 strangers")
        for k in range(7):
            cost, score = self.ours(sets.slots(self.work, k))
            self.table.row(f"slots {k}", Bar("members found", score["r"], .99), f"P {score['p']:.4f}",
                           f"pairs P {score['pair_p']:.4f} R {score['pair_r']:.4f}", *self.costs(cost))

    def real(self) -> None:
        self.table.title("real campaigns: in a cluster against labelled spam (no bar)")
        for name, write in (("e-mails", sets.emails), ("e-mails without quotations", sets.emails_unquoted),
                            ("SMS", sets.sms)):
            try:
                path = write(self.work)
            except sets.Missing as fault:
                self.table.skip(name, fault)
                continue
            cost, score = self.ours(path)
            self.table.row(name, f"P {score['p']:.3f}", f"R {score['r']:.3f}", f"{score['clusters']} clusters",
                           *self.costs(cost))
        self.table.note(f"e-mails: {PUBLISHED}")

    def coworking(self) -> None:
        self.table.title("people who share a flat and phrases, each working for themself (no bar)")
        total = collections.defaultdict(collections.Counter)
        for seed in SEEDS:
            _, score = self.ours(sets.coworking(self.work, seed))
            for group, counts in score["languages"].items():
                total[group].update({k: counts[k] for k in ("texts", "found", "truth")})
        for n_shared in sets.COWORKING_SHARED:
            for in_a_row in (True, False):
                name = sets.coworking_group(n_shared, in_a_row)
                c = total[name]
                self.table.row(name, f"put into a cluster: {1000 * c['found'] / c['texts']:.0f} per thousand"
                               f" of {c['texts']}")

    def keeps(self) -> None:
        self.table.title("what must change nothing")
        others, in_other_words = sets.grey(self.work, 500, .06, 402), sets.slots(self.work, 0)
        for n, n_orders, n_added in ((100, 100, 300), (500, 50, 300), (2000, 20, 300), (20000, 5, 40)):
            path = sets.grey(self.work, n, .06, 401)
            said = run(self.program, "keeps", path, n_orders, n_added, others).said
            self.table.row(f"{n:,} in another order",
                           Bar(f"of {n_orders} orders changed a cluster", said["reordered"], most=0, form="d"))
            self.added(f"{n:,} and one unrelated advert", said)
            self.added(f"{n:,} and one in other words",
                       run(self.program, "keeps", path, 0, n_added, in_other_words).said)
        path = sets.grey(self.work, 20000, .03, SEEDS[0])
        _, banded = self.ours(path)
        _, whole = self.ours(path, "--whole")
        self.table.row("lost to the bands at 20,000", f"R {banded['r']:.4f}, as one component {whole['r']:.4f}",
                       f"pairs R {banded['pair_r']:.4f}, as one component {whole['pair_r']:.4f}")

    def added(self, name: str, said: dict) -> None:
        self.table.row(name, Bar(f"of {said['added']} changed a cluster", said["changed"], most=0, form="d"),
                       f"{said['moved']} texts of {said['added'] * said['texts']:,} moved")

    # --- what it costs -------------------------------------------------------------------------

    def cost(self) -> None:
        self.table.title("cost on one thread")
        lines = {"grey zone": self.cost_of("grey zone", lambda n: sets.grey(self.work, n, .03, SEEDS[0]),
                                           (10000, 100000, 1000000, 4000000), {100000: 100000, 1000000: 60000})}
        for shape, sizes in (("copies", (10000, 100000, 1000000)), ("one_word", (10000, 100000, 1000000)),
                             ("stock", (1000, 10000, 100000))):
            lines[shape] = self.cost_of(shape, lambda n, s=shape: sets.hostile(self.work, s, n), sizes, {})
        plot.draw(self.work / "cost.svg", {name: line for name, line in lines.items() if line})
        self.table.note(f"plotted: {self.work / 'cost.svg'}")

    def cost_of(self, shape: str, set_of, sizes, speed_bars) -> list[tuple[int, float]]:
        line: list[tuple[int, float]] = []
        for n in sizes:
            if line and line[-1][1] * n > 600e6 or 3000 * n > memory_bytes():
                self.table.row(f"{shape} {n:,}", "left out: more than ten minutes or than the memory there is")
                break
            ran = run(self.program, "cluster", set_of(n), self.work / "answer.csv")
            if not ran.said:
                self.table.row(f"{shape} {n:,}", Bar("CPU s before it was stopped", ran.cpu_s, most=0, form=".0f"))
                break
            us = 1e6 * ran.said["cpu_s"] / n
            line.append((n, us))
            self.table.row(f"{shape} {n:,}", f"{us:.2f} us per text",
                           Bar("texts/s", 1e6 / us, speed_bars.get(n), form=",.0f"),
                           Bar("bytes per text beside the text", ran.said["bytes_per_text"],
                               most=1024 if n >= 100000 else None, form=".0f"),  # below, some 20 MB of tables weigh
                           f"peak {ran.peak_mb:.0f} MB", f"{ran.said['clusters']} clusters",
                           f"largest component {ran.said['largest_component']:,}")
        if len(line) > 1:
            (n, us), (more, us_more) = line[-2:]
            power = 1 + math.log(us_more / us) / math.log(more / n)
            self.table.row(f"{shape}: growth", Bar(f"from {n:,} to {more:,} time grows as n to the power of", power,
                                                   most=1.15, form=".2f"))
        return line

    # --- others --------------------------------------------------------------------------------

    def rivals(self) -> None:
        if self.rival_python is None:
            return
        self.table.title("rivals on the same files, in the settings of rivals.py")
        paths = [sets.grey(self.work, 5000, .03, SEEDS[0]), sets.grey(self.work, 5000, .10, SEEDS[0]),
                 sets.grey(self.work, 5000, .08, SEEDS[0], 4, 8), sets.grey(self.work, 20000, .03, SEEDS[0]),
                 sets.grey(self.work, 100000, .03, SEEDS[0]), *(sets.slots(self.work, k) for k in (0, 3, 6))]
        for write in (sets.emails, sets.emails_unquoted, sets.sms):
            try:
                paths.append(write(self.work))
            except sets.Missing as fault:
                self.table.skip("real campaigns", fault)
        for path in paths:
            cost, score = self.ours(path)
            self.table.note(path.stem)
            self.table.row("    ovillo", *self.agreement(score, (None, None, None)), *self.costs(cost))
            for name in rivals.RIVALS:
                answer = self.work / "rival.csv"
                answer.unlink(missing_ok=True)
                ran = run(self.rival_python, pathlib.Path(rivals.__file__), name, path, answer)
                if not ran.said:
                    self.table.row(f"    {name}", f"gave no answer in {ran.cpu_s:.0f} CPU s")
                    continue
                self.table.row(f"    {name}", *self.agreement(self.score(path, answer), (None, None, None)),
                               *self.costs(ran, score["texts"]))

    def agreement(self, score: dict, bars) -> list[Bar]:
        return [Bar(name, score[key], bar) for name, key, bar in zip(("ARI", "P", "R"), ("ari", "p", "r"), bars)]

    def costs(self, ran, n_texts: int | None = None) -> list[str]:
        n = n_texts or ran.said["texts"]
        return [f"{ran.said['cpu_s']:.2f} CPU s", f"{n / ran.said['cpu_s']:,.0f} texts/s", f"peak {ran.peak_mb:.0f} MB"]


def memory_bytes() -> int:
    fields = dict(line.split(":") for line in text_of(pathlib.Path("/proc/meminfo")).splitlines())
    return int(fields["MemAvailable"].split()[0]) * 1024


def main() -> int:
    arguments = sys.argv[1:]
    python = None
    if "--rival" in arguments:
        at = arguments.index("--rival")
        python = arguments[at + 1]
        del arguments[at:at + 2]
    program, ovillo, work, *parts = arguments
    bench = Bench(program, ovillo, pathlib.Path(work), python)
    bench.work.mkdir(parents=True, exist_ok=True)
    for part in parts or ("grey", "small", "slots", "real", "coworking", "keeps", "cost", "rivals"):
        try:
            getattr(bench, part)()
        except sets.Missing as fault:
            bench.table.skip(part, fault)
    bench.table.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
