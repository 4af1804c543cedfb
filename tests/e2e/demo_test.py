"""The first command of a newcomer: the main job on an invented case, how well it went, and a server that answers."""
import json
import re
import unittest

from ovillo_cli import Case, ovillo


class Demo(Case):
    def test_the_demo_does_the_main_job_and_says_how_well(self):
        folder = self.folder / "demo"
        said = ovillo("demo", "--once", "--folder", folder).stdout
        # People who were wrongly linked come first, then what a person must read, then what was found.
        measured = re.search(r"Measured on invented data; says nothing about trafficking\.\n"
                             r"  people wrongly linked: (\d+) of (\d+) independents.*\n"
                             r"  planted urgent texts: (\d+) of (\d+) found, 0 missed; \d+ false alarms.*\n"
                             r"  organised adverts: precision ([\d.]+) %.*\n +recall +([\d.]+) %", said)
        self.assertIsNotNone(measured, said)
        wrong, independents, found, planted = map(int, measured.groups()[:4])
        self.assertLessEqual(1000 * wrong, independents)
        self.assertEqual(found, planted)
        self.assertGreater(found, 0)
        self.assertGreater(min(map(float, measured.groups()[4:])), 90)
        for path in ("/api/health", "/api/networks?limit=1"):  # the page itself is there once web/ is built
            self.assertIn(f"GET {path}: 200", said)
        # What it leaves is a workspace as any other.
        left = ovillo("networks", "--json", "--workspace", folder / "workspace", "--user", "analyst")
        self.assertGreater(len(json.loads(left.stdout)["networks"]), 100)


if __name__ == "__main__":
    unittest.main()
