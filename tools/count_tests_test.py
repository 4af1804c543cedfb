#!/usr/bin/env python3
"""Proves that the closing line of ./run test counts what happened, above all what failed."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import count_tests

# As ctest 3.25 writes them.
JUNIT = """<testsuite>
<testcase name="base" status="run"/>
<testcase name="layers" status="run"/>
<testcase name="wrong" status="fail"><failure message=""/></testcase>
<testcase name="absent" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/></testcase>
<testcase name="lost" status="notrun"><skipped message="Unable to find executable"/></testcase>
<testcase name="off" status="disabled"/>
</testsuite>"""

# As GoogleTest 1.12 writes them.
GTEST = """<testsuites><testsuite name="Hash">
<testcase name="A" classname="Hash" status="run" result="completed"/>
<testcase name="B" classname="Hash" status="run" result="completed"/>
<testcase name="C" classname="Hash" status="run" result="skipped"><skipped message=""/></testcase>
{more}
</testsuite></testsuites>"""

FAILED_CASE = '<testcase name="D" classname="Hash" status="run"><failure message="no"/></testcase>'

MUTATED_CASE = """<testcase name="Csv" classname="MutatedInput" status="run" result="completed">
<properties><property name="mutated_inputs" value="10000"/></properties></testcase>"""


class CountTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.junit = self.folder / "junit.xml"

    def write(self, junit: str, gtest: str | None = None, steps: str = "") -> None:
        self.junit.write_text(junit, encoding="utf-8")
        if gtest is not None:
            (self.folder / "base_test.xml").write_text(gtest, encoding="utf-8")
        (self.folder / "steps").write_text(steps, encoding="utf-8")

    def found(self) -> list[tuple[str, str]]:
        return count_tests.results(self.junit, self.folder, self.folder / "steps")

    def lines(self) -> tuple[int, list[str]]:
        program = pathlib.Path(__file__).parent / "count_tests.py"
        done = subprocess.run([sys.executable, str(program), str(self.junit), str(self.folder),
                               str(self.folder / "steps")], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()

    def run_program(self) -> tuple[int, str]:
        status, lines = self.lines()
        return status, lines[-1]

    def test_each_state_of_a_ctest_test(self):
        self.write(JUNIT)
        self.assertEqual(self.found(), [("passed", "base"), ("passed", "layers"), ("failed", "wrong"),
                                        ("skipped", "absent"), ("failed", "lost"), ("skipped", "off")])
        self.assertEqual(self.run_program(), (1, "2 passed, 2 failed, 2 skipped"))

    def test_a_program_counts_as_the_cases_inside_it(self):
        self.write('<t><testcase name="base" status="run"/></t>', GTEST.format(more=""))
        self.assertEqual(self.run_program(), (0, "2 passed, 0 failed, 1 skipped"))

    def test_a_failed_case_is_counted_once(self):
        self.write('<t><testcase name="base" status="fail"/></t>', GTEST.format(more=FAILED_CASE))
        self.assertEqual(self.run_program(), (1, "2 passed, 1 failed, 1 skipped"))

    def test_a_program_that_dies_after_its_cases_has_failed(self):
        self.write('<t><testcase name="base" status="fail"/></t>', GTEST.format(more=""))
        self.assertEqual(self.run_program(), (1, "2 passed, 1 failed, 1 skipped"))

    def test_steps_are_counted_and_an_odd_one_fails(self):
        self.write('<t><testcase name="layers" status="run"/></t>',
                   steps="passed fuzz csv\nskipped fuzz xlsx\ncrashed fuzz json\n")
        self.assertEqual(self.run_program(), (1, "2 passed, 1 failed, 1 skipped"))

    def test_mutated_inputs_are_told_as_the_cases_wrote_them_down(self):
        self.write('<t><testcase name="base" status="run"/></t>', GTEST.format(more=MUTATED_CASE))
        self.assertEqual(self.lines()[1][-2:], ["mutated inputs: Csv 10000", "3 passed, 0 failed, 1 skipped"])

    def test_nothing_run_is_a_failure(self):
        self.write("<t/>")
        self.assertEqual(self.run_program(), (1, "0 passed, 0 failed, 0 skipped"))


if __name__ == "__main__":
    unittest.main()
