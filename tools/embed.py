#!/usr/bin/env python3
"""Writes a text file as a C++ raw string literal (run by CMake at build time)."""
import pathlib
import sys

source, target = map(pathlib.Path, sys.argv[1:3])
text = source.read_text(encoding="utf-8")
# A literal may hold at most 64 KiB by the standard's minimum; adjacent literals are joined.
chunks = [text[i : i + 8000] for i in range(0, len(text), 8000)]
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text("".join(f'R"embed({c})embed"\n' for c in chunks), encoding="utf-8")
