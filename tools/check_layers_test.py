#!/usr/bin/env python3
"""Proves that check_layers.py fails on each thing it forbids, and only then."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import check_layers

TABLE = """
[modules]
base = []
record = ["base"]
extract = ["base", "record"]
[doors]
cli = ["base", "extract"]
"""

CMAKE = """
ovillo_module(base LIBS fmt::fmt)
ovillo_module(record DEPS base)   # DEPS in a remark: extract
ovillo_module(extract DEPS base record
              LIBS one::two)
"""

GOOD = {
    "tools/layers.toml": TABLE,
    "CMakeLists.txt": CMAKE,
    "ovillo/base/hash.hpp": "#include <string>\n",
    "ovillo/record/find.hpp": '#include "ovillo/base/hash.hpp"\n',
    "ovillo/extract/phone.cpp": '#include "ovillo/extract/internal/plan.hpp"\n'
                                '#include "ovillo/record/find.hpp"\n#include <re2/re2.h>\n',
    "ovillo/extract/phone_test.cpp": "#include <gtest/gtest.h>\n",
    "ovillo/extract/internal/test_text.hpp": "#include <gtest/gtest.h>\n",
    "cli/main.cpp": '#include "cli/verbs.hpp"\n#include "ovillo/extract/phone.hpp"\n',
}


def faults_of(changed: dict[str, str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in (GOOD | changed).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check_layers.faults(root)


class CheckLayers(unittest.TestCase):
    def refuses(self, fault: str, changed: dict[str, str]) -> None:
        found = faults_of(changed)
        self.assertEqual(len(found), 1, found)
        self.assertIn(fault, found[0])

    def test_a_tree_that_keeps_the_rules_has_no_fault(self):
        self.assertEqual(faults_of({}), [])

    def test_a_module_may_not_look_up(self):
        self.refuses("ovillo/base/hash.hpp:2: \"ovillo/record/find.hpp\": base may not include record",
                     {"ovillo/base/hash.hpp": '#pragma once\n#include "ovillo/record/find.hpp"\n'})

    def test_a_module_may_not_include_a_door(self):
        self.refuses("record may not include cli", {"ovillo/record/find.hpp": '#include "cli/verbs.hpp"\n'})

    def test_a_door_may_not_reach_past_its_line(self):
        self.refuses("cli may not include record",
                     {"cli/main.cpp": '#  include "ovillo/record/find.hpp"\n'})

    def test_a_test_is_held_to_the_line_of_its_module(self):
        self.refuses("record may not include extract",
                     {"ovillo/record/find_test.cpp": '#include "ovillo/extract/phone.hpp"\n'})

    def test_internal_headers_are_for_their_own_module(self):
        self.refuses("internal to extract",
                     {"cli/main.cpp": '#include "ovillo/extract/internal/plan.hpp"\n'})

    def test_test_libraries_stay_in_tests(self):
        self.refuses("belongs in a *_test.cpp",
                     {"ovillo/base/hash.hpp": "#include <gtest/gtest.h>\n"})
        self.refuses("belongs in a *_test.cpp",
                     {"ovillo/extract/phone.cpp": '#include "ovillo/extract/internal/test_text.hpp"\n'})

    def test_the_path_is_written_from_the_root(self):
        self.refuses("no path from the root", {"ovillo/base/hash.cpp": '#include "hash.hpp"\n'})
        self.refuses("no path from the root", {"ovillo/base/hash.cpp": '#include "../base/hash.hpp"\n'})
        self.refuses("is ours", {"ovillo/base/hash.cpp": "#include <ovillo/base/hash.hpp>\n"})

    def test_a_module_that_nobody_knows(self):
        self.refuses("no module of that name", {"ovillo/utils/x.txt": ""})
        self.refuses("which is no module",
                     {"ovillo/record/find.hpp": '#include "ovillo/common/x.hpp"\n'})
        self.refuses("lies in no module", {"ovillo/loose.hpp": ""})

    def test_the_table_has_no_cycle_and_no_stranger(self):
        self.refuses("a cycle: base -> extract -> base",
                     {"tools/layers.toml": TABLE.replace("base = []", 'base = ["extract"]'),
                      "CMakeLists.txt": CMAKE.replace("base LIBS", "base DEPS extract LIBS")})
        self.refuses("names text, which is no module",
                     {"tools/layers.toml": TABLE.replace("base = []", 'base = ["text"]'),
                      "CMakeLists.txt": CMAKE.replace("base LIBS", "base DEPS text LIBS")})

    def test_cmake_links_what_the_table_says(self):
        self.refuses("CMakeLists.txt: record is linked with",
                     {"CMakeLists.txt": CMAKE.replace("record DEPS base", "record DEPS base extract")})

    def test_the_program_itself_fails(self):
        program = pathlib.Path(__file__).parent / "check_layers.py"
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "tools").mkdir()
            (root / "tools" / "layers.toml").write_text(TABLE, encoding="utf-8")
            (root / "ovillo" / "base").mkdir(parents=True)
            header = root / "ovillo" / "base" / "hash.hpp"
            for text, status in (("", 0), ('#include "ovillo/record/find.hpp"\n', 1)):
                header.write_text(text, encoding="utf-8")
                done = subprocess.run([sys.executable, str(program), folder], capture_output=True,
                                      text=True, check=False)
                self.assertEqual(done.returncode, status, done.stdout)


if __name__ == "__main__":
    unittest.main()
