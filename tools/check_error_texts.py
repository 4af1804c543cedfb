#!/usr/bin/env python3
"""Compares the error catalogue with tests/golden/errors.txt: what people read changes on purpose.

usage: check_error_texts.py              exit 1 and the difference, when there is one
       check_error_texts.py --update     rewrites the golden file; review its diff
"""
import difflib
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "errors.txt"
HEAD = "# Every error a person may read: exit status, HTTP status, code, sentence. Update: tools/check_error_texts.py --update"


def catalogue() -> list[str]:
    lines = [HEAD]
    for path in sorted((ROOT / "data" / "errors").glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            lines.append(f"{entry['exit']} {entry['http']} {path.stem}.{name}: {entry['sentence']}")
    return lines


def main() -> int:
    if "--update" in sys.argv[1:]:
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text("\n".join(catalogue()) + "\n", encoding="utf-8")
        return 0
    golden = GOLDEN.read_text(encoding="utf-8").splitlines()
    changes = list(difflib.unified_diff(golden, catalogue(), "tests/golden/errors.txt", "data/errors", lineterm=""))
    print("\n".join(changes))
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
