#!/usr/bin/env python3
"""Turns the TAP of test runners (standard input) into lines for tools/count_tests.py.

usage: tap_steps.py NAME < TAP

Prints "passed NAME: TEST", "failed NAME: TEST" or "skipped NAME: TEST" for each test, a subtest as
well as its parent's own. All that was read goes to standard error, so that a failure can be read
where it happened. Nothing that is a test in the input: one line "failed NAME: no test ran".
"""
import re
import sys

LINE = re.compile(r"^(?P<indent>\s*)(?P<no>not )?ok \d+(?: - )?(?P<rest>.*)$")


def steps(lines, name):
    for line in lines:
        found = LINE.match(line.rstrip("\n"))
        if not found:
            continue
        title, _, directive = found["rest"].partition(" # ")
        state = "failed" if found["no"] else "skipped" if directive.upper().startswith(("SKIP", "TODO")) else "passed"
        yield f"{state} {name}: {title.strip()}"


def main() -> int:
    lines = sys.stdin.readlines()
    sys.stderr.writelines(lines)
    print("\n".join(list(steps(lines, sys.argv[1])) or [f"failed {sys.argv[1]}: no test ran"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
