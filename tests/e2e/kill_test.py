"""kill -9 at 50 random moments of import and run: nothing lost, nothing doubled, the same bytes."""
import os
import random
import time
import unittest

from ovillo_cli import Case, rows_of

import csv

PARTS = 5
ROUNDS = 5  # 5 x 5 parts x (import + run) = 50 kills


class Kill(Case):
    def parts_of(self, case):
        path = case / "ghent-thb" / "adverts.csv"
        rows = rows_of(path)
        files = []
        for p in range(PARTS):
            file = self.folder / f"part{p}.csv"
            with file.open("w", newline="", encoding="utf-8") as out:
                writer = csv.DictWriter(out, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows[p::PARTS])
            files.append((file, len(rows[p::PARTS])))
        return files

    def test_at_fifty_random_moments_of_import_and_run(self):
        seed = int(os.environ.get("OVILLO_KILL_SEED", time.time_ns() % 1_000_000))
        print(f"OVILLO_KILL_SEED={seed}", flush=True)
        rng = random.Random(seed)
        parts = self.parts_of(self.synth(adverts=2500, seed=4))

        calm = self.workspace("calm")
        calm.source("notice")
        import_s, run_s = [], []
        for file, n in parts:
            start = time.monotonic()
            self.assertEqual(calm.importing("notice", file)["files"][0]["records"], n)
            import_s.append(time.monotonic() - start)
            start = time.monotonic()
            calm.run("run")
            run_s.append(time.monotonic() - start)
        expected = calm.networks()
        n_records = calm.json("run")["n_records"]
        self.assertEqual(n_records, sum(n for _, n in parts))

        n_killed = n_there = 0
        for round_number in range(ROUNDS):
            case = self.workspace(f"round{round_number}")
            case.source("notice")
            for p, (file, n) in enumerate(parts):
                n_killed += case.kill_after(rng.uniform(0, import_s[p]), "import", file, "--source", "notice")
                case.json("audit")  # what is left opens, and its log verifies
                report = case.importing("notice", file)["files"][0]
                self.assert_adds_up({"files": [report]})
                self.assertIn((report["records"], report["repeats"]), [(n, 0), (0, n)], "an import is there or not")
                n_there += report["repeats"] == n
                n_killed += case.kill_after(rng.uniform(0, run_s[p]), "run")
                case.run("run")
            self.assertEqual(case.networks(), expected, f"round {round_number}, seed {seed}")
            self.assertEqual(case.json("run")["n_records"], n_records)
        print(f"{n_killed} of {2 * ROUNDS * PARTS} were still running when they were killed; "
              f"{n_there} imports were complete before", flush=True)
        self.assertGreaterEqual(n_killed, ROUNDS * PARTS, "the moments lie outside the work: nothing was shown")


if __name__ == "__main__":
    unittest.main()
