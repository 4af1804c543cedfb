"""The main job on real files nobody here wrote. Skipped, with a notice, where they are not.

Each hand-over: it finishes, its counts add up, and one fact is asserted that was looked up in the raw
file by hand (the command stands beside it).
"""
import json
import random
import time
import unittest

from ovillo_cli import REFERENCE, Case, ovillo, needs_reference_data


@needs_reference_data
class RealData(Case):
    def brought_in(self, files, *options, kind="judicial_order", **more):
        workspace = self.workspace()
        workspace.source("handover", kind=kind, **more)
        start = time.monotonic()
        report = workspace.importing("handover", *files, **dict(zip(options[::2], options[1::2])))
        import_s = time.monotonic() - start
        self.assert_adds_up(report)
        start = time.monotonic()
        run = workspace.json("run")
        print(f"{self._testMethodName}: import {import_s:.1f} s, run {time.monotonic() - start:.1f} s, "
              f"{run['n_records']} records, {run['n_networks']} networks", flush=True)
        self.assertEqual(run["n_records"], sum(f["records"] for f in report["files"]))
        return workspace, report, run
