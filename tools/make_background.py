#!/usr/bin/env python3
"""Writes data/background/*.tsv from the invented stock phrases in tools/background/*.txt.

    tools/make_background.py            rewrites the files
    tools/make_background.py --check    fails when they are not up to date

A line of a source file is the percent of texts that hold the phrase and a pattern: (a|b)
alternatives, # a number, _ a free slot. The output holds hashes and counts per million only; its
format is described in docs/formats/cluster.md. The folding below is that of ovillo/cluster/fold.cpp
for plain words; cluster_test checks that both agree.
"""
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "background"
OUTPUT = ROOT / "data" / "background"
HEADER = "# ovillo background 1\n"
N_TEXTS = 1_000_000
LEAST = 100  # per million: rarer phrases say nothing
MASK = (1 << 64) - 1
NUMBER = 0x23232323
LETTERS = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "ħ": "h", "ŧ": "t", "ſ": "s",
           "œ": "e", "æ": "e", "ß": "s", "þ": "t"}


def mix64(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def word_hash(word):
    if word == "#":
        return NUMBER
    h = 0xCBF29CE484222325
    previous = None
    for c in word.lower():
        c = unicodedata.normalize("NFKD", c)[0]
        c = LETTERS.get(c, c)
        if c != previous:
            h = ((h ^ ord(c)) * 0x100000001B3) & MASK
        previous = c
    h = mix64(h) >> 32
    return h + 1 if h in (NUMBER, 0) else h


def phrase_of(words):
    if len(words) == 1:
        return ((words[0] * 0x9E3779B97F4A7C15) & MASK) ^ 0x5851F42D4C957F2D
    x = (words[0] << 32) | words[1]
    x = ((x ^ (x >> 31)) * 0xD6E8FEB86659FD93) & MASK
    return x ^ (x >> 32)


def split_top(pattern):
    """The alternatives of `a|b(c|d)` at the outermost level."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(pattern):
        depth += (c == "(") - (c == ")")
        if c == "|" and depth == 0:
            parts.append(pattern[start:i])
            start = i + 1
    return parts + [pattern[start:]]


def expand(pattern):
    """Every variant of a pattern with its probability."""
    open_at = pattern.find("(")
    if open_at < 0:
        return [(pattern, 1.0)]
    depth = 0
    for close_at in range(open_at, len(pattern)):
        depth += (pattern[close_at] == "(") - (pattern[close_at] == ")")
        if depth == 0:
            break
    options = split_top(pattern[open_at + 1:close_at])
    rest = expand(pattern[close_at + 1:])
    return [(pattern[:open_at] + first + tail, p * q / len(options))
            for option in options
            for first, p in expand(option)
            for tail, q in rest]


def words_of(variant):
    return [None if w == "_" else word_hash(w) for w in re.findall(r"[#_]|[^\W\d_]+", variant)]


def count(lines):
    """Share of texts without the phrase, per phrase."""
    without = {}
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        percent, pattern = line.rstrip("\n").split(" ", 1)
        here = {}
        for variant, p in expand(pattern):
            words = words_of(variant)
            phrases = {phrase_of([w]) for w in words if w is not None}
            phrases |= {phrase_of([a, b]) for a, b in zip(words, words[1:])
                        if a is not None and b is not None}
            for phrase in phrases:
                here[phrase] = here.get(phrase, 0.0) + p
        for phrase, p in here.items():
            without[phrase] = without.get(phrase, 1.0) * (1 - float(percent) / 100 * p)
    return without


def language_file(source):
    without = count(source.read_text(encoding="utf-8").splitlines())
    rows = [(phrase, round((1 - q) * N_TEXTS)) for phrase, q in without.items()]
    rows = sorted((phrase, n) for phrase, n in rows if n >= LEAST)
    body = "".join(f"{phrase:016x}\t{n}\n" for phrase, n in rows)
    return f"{HEADER}group\t{source.stem}\t{N_TEXTS}\n{body}"


def cue_file(source):
    rows = set()
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        where, kind, *words = line.split()
        # "before place en": the cue stands before the slot.
        rows |= {(word_hash(w), where, kind) for w in words}
    body = "".join(f"cue\t{word:08x}\t{where}\t{kind}\n" for word, where, kind in sorted(rows))
    return HEADER + body


def main():
    files = {OUTPUT / f"{p.stem}.tsv": language_file(p)
             for p in sorted(SOURCES.glob("??.txt"))}
    files[OUTPUT / "slot_cues.tsv"] = cue_file(SOURCES / "slot_cues.txt")
    if "--check" in sys.argv:
        stale = [str(f) for f, text in files.items()
                 if not f.exists() or f.read_text(encoding="utf-8") != text]
        print("\n".join(f"not up to date: {f}" for f in stale))
        return 1 if stale else 0
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for f, text in files.items():
        f.write_text(text, encoding="utf-8")
        print(f"{f.relative_to(ROOT)}: {text.count(chr(10)) - 1} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
