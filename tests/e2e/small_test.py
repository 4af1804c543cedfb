"""A real hand-over is a dozen adverts: read and ranked in seconds, with shipped defaults, and nobody welded."""
import collections
import csv
import json
import time
import unittest

from ovillo_cli import Case, rows_of

KINDS = {"adverts.csv": "platform_report", "reports.csv": "public_tip"}


class Small(Case):
    def worked_out(self, shape, seed):
        """-> seconds, networks as lists of advert rows, case folder"""
        case = self.synth(f"{shape}-{seed}", shape=shape, seed=seed)
        folder = case / "ghent-thb"
        workspace = self.workspace(f"{shape}-{seed}-workspace")
        start = time.monotonic()
        if (folder / "employers.csv").exists():
            workspace.run("payers", folder / "employers.csv")
        for file in sorted(folder.glob("*.csv")):
            if file.name == "employers.csv":
                continue
            workspace.source(file.stem, kind=KINDS.get(file.name, "judicial_order"))
            report = workspace.importing(file.stem, file)
            self.assert_adds_up(report)
            self.assertEqual(report["files"][0]["rejects"], 0, file)
            self.assertEqual(report["files"][0]["records"], len(rows_of(file)), file)
        workspace.run("run")
        networks = json.loads(workspace.networks())["networks"]
        seconds = time.monotonic() - start
        adverts = rows_of(folder / "adverts.csv")
        found = []
        for network in networks:
            records = workspace.json("show", network["id"])["records"]
            self.assertEqual(sorted(r["record"] for r in records), sorted(network["members"]))
            found.append([adverts[r["row"] - 1]["id"] for r in records if r["file"] == "adverts.csv"])
        return seconds, found, case, workspace

    def assert_nobody_is_welded(self, found, case, label):
        truth = {row["id"]: row for row in rows_of(case / "truth" / "truth.csv")}
        for adverts in found:
            hands = collections.Counter(truth[a]["organiser"] or truth[a]["person"] for a in adverts)
            self.assertLessEqual(len(hands), 1, f"{label}: strangers in one network: {dict(hands)}")

    def test_small_hand_over(self):
        for seed in (1, 2, 3):
            seconds, found, case, workspace = self.worked_out("small", seed)
            print(f"small, seed {seed}: {seconds:.1f} s, {len(found)} networks", flush=True)
            self.assertLess(seconds, 20)
            self.assert_nobody_is_welded(found, case, f"small {seed}")
            truth = rows_of(case / "truth" / "truth.csv")
            organised = {row["id"] for row in truth if row["role"] == "organised"}
            self.assertTrue(organised & {a for adverts in found for a in adverts}, "the organised adverts are in no network")
            urgent = {(u["citation"]["file"], u["citation"]["row"]) for u in workspace.json("urgent")["urgent"]}
            reports = [row["id"] for row in rows_of(case / "ghent-thb" / "reports.csv")]
            for row in truth:
                if row["urgent"] and row["id"] in reports:
                    self.assertIn(("reports.csv", reports.index(row["id"]) + 1), urgent)

    def test_grey_zone_sets(self):
        for shape in ("grey30", "grey100", "grey500"):
            seconds, found, case, _ = self.worked_out(shape, 1)
            print(f"{shape}: {seconds:.1f} s, {len(found)} networks", flush=True)
            self.assertLess(seconds, 30)
            self.assert_nobody_is_welded(found, case, shape)
            self.assertTrue(found, shape)


if __name__ == "__main__":
    unittest.main()
