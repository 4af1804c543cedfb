#!/usr/bin/env python3
"""Proves that no failed test of the workbench is lost on its way to the closing line."""
import pathlib
import subprocess
import sys
import unittest

TAP = """TAP version 14
1..2
ok 1 - words have every key
not ok 2 - src/chart.test.ts > expands # time=2.5ms
    not ok 1 - inside
ok 3 - later # SKIP no browser
# ok 4 - a remark
"""


def lines(text):
    done = subprocess.run([sys.executable, pathlib.Path(__file__).parent / "tap_steps.py", "workbench"],
                          input=text, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


class TapSteps(unittest.TestCase):
    def test_each_test_is_a_line(self):
        self.assertEqual(lines(TAP), ["passed workbench: words have every key", "failed workbench: src/chart.test.ts > expands",
                                      "failed workbench: inside", "skipped workbench: later"])

    def test_nothing_run_is_a_failure(self):
        self.assertEqual(lines("sh: 1: vitest: not found\n"), ["failed workbench: no test ran"])


if __name__ == "__main__":
    unittest.main()
