"""A year goes by: silence past every date takes all that belongs to bystanders and no exhibit; a clock set back loses nothing."""
import json
import unittest

from import_test import ADVERT, adverts
from ovillo_cli import Case, needs_moved_clock, on_day

MONTHS = 12
DAYS_OF_ADVERTS = 90  # what `source add` gives when nobody says


@needs_moved_clock
class Year(Case):
    def at(self, workspace, day, *words, **options):
        return workspace.run(*words, env=on_day(day), **options)

    def json_at(self, workspace, day, *words):
        return json.loads(self.at(workspace, day, *words, "--json").stdout)

    def found(self, workspace, day, words):
        return self.json_at(workspace, day, "search", words)["n_found"]

    def states(self, workspace, day):
        return {s["source"]: (s["state"], s["n_records"]) for s in self.json_at(workspace, day, "retention", "list")["sources"]}

    def month_of_adverts(self, workspace, month):
        """A hand-over of that month: adverts of bystanders, each with a word of the month, review date as nobody says."""
        day, name = 30 * month, f"month{month}"
        rows = [[f"m{month}-{i}", *row[1:2], f"{row[2]} maandwoord{month}", *row[3:]] for i, row in enumerate(adverts(20, seed=100 + month))]
        self.at(workspace, day, "source", "add", name, "--authorisation", "platform_report", "--authority", "X", "--reference", "1",
                "--valid-from", "2025-01-01", "--region", "BE")
        self.at(workspace, day, "import", self.write_csv(f"{name}.csv", ADVERT, rows), "--source", name)
        return name

    def test_silence_takes_all_bystanders_and_no_exhibit(self):
        workspace = self.workspace()
        self.at(workspace, 0, "case", "open", "GE-1", "--text", "t")
        months = []
        for month in range(MONTHS + 4):  # four months more than anything was brought in for
            day = 30 * month + 1
            if month < MONTHS:
                months.append(self.month_of_adverts(workspace, month))
            if month in (0, 5):
                self.at(workspace, day, "exhibit", "add", "GE-1", f"month{month}.csv", "--text", "hand-over")
            applied = self.at(workspace, day, "retention", "apply").stdout
            self.at(workspace, day, "run")
            states = self.states(workspace, day)
            for other, name in enumerate(months):
                past = day - 30 * other > DAYS_OF_ADVERTS
                with self.subTest(month=month, source=name):
                    if other in (0, 5):
                        self.assertEqual(states[name], ("held" if past else "later", 20))
                        self.assertEqual(past, f"{name}" in applied and "ALARM" in applied)
                    else:
                        self.assertEqual(states[name][1], 0 if past else 20)
        last = 30 * (MONTHS + 4)
        for month in range(MONTHS):
            self.assertEqual(self.found(workspace, last, f"maandwoord{month}") > 0, month in (0, 5), month)
        verified = self.at(workspace, last, "exhibit", "verify", "GE-1").stdout
        self.assertEqual(verified.count("as it came in"), 2, verified)
        # The decision of a judge is what lifts a hold, and then silence takes that one alone.
        self.at(workspace, last, "hold", "lift", "GE-1", "GE-1/E1", "--said-by", "Court of Ghent, 2027/12", "--reason", "over")
        self.at(workspace, last, "retention", "apply")
        self.at(workspace, last, "run")
        self.assertEqual([self.found(workspace, last, f"maandwoord{m}") > 0 for m in (0, 5)], [False, True])

    def test_a_clock_set_back_loses_nothing_and_lets_nothing_go(self):
        rows = adverts(120)
        first, second = self.write_csv("first.csv", ADVERT, rows[:60]), self.write_csv("second.csv", ADVERT, rows[60:])
        calm, moved = self.workspace("calm"), self.workspace("moved")
        for workspace, later in ((calm, 0), (moved, -400)):
            workspace.source("notice", "--review", "2990-01-01")
            workspace.source("old", "--review", "2026-06-01")
            workspace.importing("notice", first)
            workspace.importing("old", self.write_csv("old.csv", ADVERT, [["o1", *adverts(1, seed=9)[0][1:]]]))
            workspace.run("run")
            self.at(workspace, later, "import", second, "--source", "notice")
            self.at(workspace, later, "run")
        self.assertEqual(calm.networks(), moved.networks())
        self.assertEqual(self.at(moved, -400, "networks", "--json").stdout, calm.networks())
        self.assertEqual(self.json_at(moved, -400, "retention", "apply")["sources"], [])
        log = self.json_at(moved, -400, "audit")
        self.assertGreater(log["size"], 4)  # it verifies, or the command fails
        again = self.json_at(moved, -400, "import", first, "--source", "notice")["files"][0]
        self.assertEqual((again["records"], again["repeats"]), (0, 60))
        # Back at today, what is past its date goes as if nothing had been.
        self.assertEqual([s["source"] for s in moved.json("retention", "apply")["sources"]], ["old"])
        moved.json("audit")


if __name__ == "__main__":
    unittest.main()
