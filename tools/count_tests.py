#!/usr/bin/env python3
"""Counts what a test run did and prints the closing line: "N passed, N failed, N skipped".

usage: count_tests.py JUNIT GTEST_FOLDER [STEPS]     exit 1 when anything failed or nothing ran

JUNIT is written by `ctest --output-junit`; GTEST_FOLDER holds the XML of each GoogleTest program
(GTEST_OUTPUT=xml:FOLDER/). A ctest test with such a file counts as the cases inside it, any other
as one. A program that died wrote no file, so it counts as one that failed; one that wrote its file
and failed all the same (at exit, or by the clock) adds one. STEPS is a file of further lines
"passed NAME", "failed NAME" or "skipped NAME" from the steps of ./run itself.

Where tests wrote down how many mutated inputs they made (RecordProperty "mutated_inputs"), a line
"mutated inputs: NAME N, ..." comes before the closing one.
"""
import pathlib
import sys
import xml.etree.ElementTree as Xml
from collections import Counter

STATES = ("passed", "failed", "skipped")


def gtest_state(case: Xml.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.get("result") == "skipped" or case.get("status") == "notrun" else "passed"


def gtest_cases(folder: pathlib.Path, test: str) -> list[tuple[str, str]]:
    """(state, name) of each case that the program of one ctest test wrote down."""
    files = [p for name in (f"{test}_test", test) for p in folder.glob(f"{name}.xml")]
    return [(gtest_state(case), f"{test}: {case.get('classname')}.{case.get('name')}")
            for file in files for case in Xml.parse(file).getroot().iter("testcase")]


def ctest_state(case: Xml.Element) -> str:
    status = case.get("status")
    if status == "run":
        return "passed"
    if status == "disabled":
        return "skipped"
    # `notrun` means that the test skipped itself, or that ctest could not start it.
    skipped = case.find("skipped")
    by_itself = skipped is not None and "SKIP" in (skipped.get("message") or "")
    return "skipped" if status == "notrun" and by_itself else "failed"


def results(junit: pathlib.Path, folder: pathlib.Path, steps: pathlib.Path | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for case in Xml.parse(junit).getroot().iter("testcase"):
        name, state = case.get("name", ""), ctest_state(case)
        inside = gtest_cases(folder, name)
        found += inside or [(state, name)]
        if inside and state == "failed" and all(s != "failed" for s, _ in inside):
            found.append(("failed", f"{name}: the program itself"))
    if steps is not None and steps.is_file():
        for line in steps.read_text(encoding="utf-8").splitlines():
            state, _, name = line.partition(" ")
            found.append((state if state in STATES else "failed", name))
    return found


def mutated_inputs(folder: pathlib.Path) -> list[str]:
    """"NAME N" of each case that wrote down how many inputs it made, by name."""
    cases = [case for file in folder.glob("*.xml") if file.name != "junit.xml"
             for case in Xml.parse(file).getroot().iter("testcase")]
    return sorted(f"{case.get('name')} {prop.get('value')}" for case in cases
                  for prop in case.iter("property") if prop.get("name") == "mutated_inputs")


def main() -> int:
    junit, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    found = results(junit, folder, pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    count = Counter(state for state, _ in found)
    for wanted in ("skipped", "failed"):
        for state, name in found:
            if state == wanted:
                print(f"{state}: {name}")
    if inputs := mutated_inputs(folder):
        print(f"mutated inputs: {', '.join(inputs)}")
    print(", ".join(f"{count[state]} {state}" for state in STATES))
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
