#!/usr/bin/env python3
"""Checks that what must not compile does not compile, and for the reason given.

Each *.cpp beside this file says in its first line what the compiler must answer:

    // refused: use of deleted function

The file is compiled twice: as it is, which must work, and with OVILLO_OFFENCE defined, which must
fail with that answer. The first run is what keeps the second from failing for another reason.

usage: check.py COMPILER [FLAG...]
"""
import pathlib
import re
import subprocess
import sys


def compile_only(command: list[str], source: pathlib.Path, *more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*command, "-fsyntax-only", *more, str(source)],
        capture_output=True, text=True, check=False, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )


def complaint(command: list[str], source: pathlib.Path) -> str | None:
    """What is wrong with one case, or None."""
    first = source.read_text(encoding="utf-8").splitlines()[0]
    if not first.startswith("// refused: "):
        return "its first line does not say what the compiler must answer"
    allowed = compile_only(command, source)
    if allowed.returncode != 0:
        return "does not compile without the offence:\n" + allowed.stderr
    refused = compile_only(command, source, "-DOVILLO_OFFENCE")
    if refused.returncode == 0:
        return "the offence compiles"
    if not re.search(first.removeprefix("// refused: "), refused.stderr):
        return "is refused for another reason:\n" + refused.stderr
    return None


def main() -> int:
    command = sys.argv[1:]
    sources = sorted(pathlib.Path(__file__).parent.glob("*.cpp"))
    n_wrong = 0
    for source in sources:
        wrong = complaint(command, source)
        print(f"{source.name}: {wrong or 'refused'}")
        n_wrong += wrong is not None
    return 1 if n_wrong or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
