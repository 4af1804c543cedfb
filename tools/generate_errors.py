#!/usr/bin/env python3
"""Writes the C++ error enum and catalogue from data/errors/*.toml (run by CMake at build time)."""
import pathlib
import sys
import tomllib


def main() -> int:
    folder, header, catalogue = map(pathlib.Path, sys.argv[1:4])
    entries = []
    for path in sorted(folder.glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if set(entry) != {"exit", "http", "sentence"}:
                sys.exit(f"{path}: [{name}] must have exactly exit, http and sentence")
            entries.append((path.stem, name, entry))
    names = ",\n".join(f"  {module}_{name}" for module, name, _ in entries)
    rows = "".join(
        f'{{ErrorCode::{module}_{name}, "{module}.{name}", {e["exit"]}, {e["http"]}, "{e["sentence"]}"}},\n'
        for module, name, e in entries
    )
    header.parent.mkdir(parents=True, exist_ok=True)
    header.write_text(
        "// Generated from data/errors by tools/generate_errors.py.\n#pragma once\n#include <cstdint>\n"
        f"namespace ovillo {{\nenum class ErrorCode : std::uint16_t {{\n{names}\n}};\n}}  // namespace ovillo\n",
        encoding="utf-8",
    )
    catalogue.write_text(rows, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
