"""`estimate` on tables of overlaps: the published figures, every replicate of the reference, and what is withheld."""
import csv
import json
import unittest

from ovillo_cli import REFERENCE, Case, needs_reference_data, ovillo

STATISTICS = REFERENCE / "statistics"
TABLES = ["Korea", "Artificial_3", "Australia", "UKdat_4", "Kosovo", "Western", "NewOrl_5", "NewOrl_5_185_SparseMSE2.0.1", "UKdat_5", "Ned_5", "UKdat",
          "Ned", "NewOrl", "NewOrl_185_SparseMSE2.0.1"]


def estimated(path, *words):
    return json.loads(ovillo("estimate", path, *words, "--json").stdout)


def method(answer, name):
    return next(one for one in answer["methods"] if one["method"] == name)


def terms(model):
    """A model as a set of sets of lists."""
    return {frozenset(term) for term in model}


def written(model, lists):
    """[12,13,4] of the literature as the terms of two and more lists."""
    parts = model.strip("[]").split(",")
    return {frozenset(lists[int(digit) - 1] for digit in part) for part in parts if len(part) > 1}


class Published(Case):
    """The reference was computed with the packages in R; see the data's own notes."""

    def setUp(self):
        super().setUp()
        self.reference = json.loads((STATISTICS / "reference.json").read_text()) if STATISTICS.exists() else None

    def table(self, name):
        return STATISTICS / "overlap_tables" / f"{name}.csv"

    def close(self, ours, theirs, share, what):
        self.assertLessEqual(abs(ours - theirs), share * abs(theirs), f"{what}: {ours}, not {theirs}")

    @needs_reference_data
    def test_stepwise_paths_and_terms(self):
        for name in TABLES:
            golden = self.reference["golden_loglinear"][name]
            for step in golden["path"]:
                one = method(estimated(self.table(name), "--method", "stepwise", "--threshold", step["p"], "--replicates", 1), "stepwise")
                self.close(one["total"], step["point est."], 1e-6, f"{name} at {step['p']}")
                chosen = {frozenset(t.replace("(-inf)", "").split(":")) for t in step["terms"].split()}
                if step["p"] < 1:
                    self.assertEqual(terms(one["model"]), chosen, f"{name} at {step['p']}")

    @needs_reference_data
    def test_every_replicate_and_the_intervals(self):
        for name in TABLES:
            totals = self.folder / f"{name}.csv"
            answer = estimated(self.table(name), "--method", "stepwise", "--counts", STATISTICS / "replicates" / f"{name}_counts.csv.gz", "--totals", totals)
            ours = [row["total"] for row in csv.DictReader(totals.read_text().splitlines())]
            theirs = [row["N"] for row in csv.DictReader((STATISTICS / "replicates" / f"{name}_bootreps.csv").read_text().splitlines())]
            self.assertEqual(len(ours), len(theirs))
            for i, (a, b) in enumerate(zip(ours, theirs)):
                if a == "":
                    # Ill-posed: its main effects have no maximum; the package prints 1.3e13.
                    self.assertEqual((name, i + 1), ("Artificial_3", 350))
                    continue
                self.close(float(a), float(b), 1e-6, f"{name} replicate {i + 1}")
            bootstrap = method(answer, "stepwise")["details"]["bootstrap"]
            run = self.reference["runs"][f"sparsemse__{name}"]
            self.assertAlmostEqual(bootstrap["acceleration"], run["ahat"], delta=1e-8)
            self.assertEqual(bootstrap["no_estimate"], 1 if name == "Artificial_3" else 0)

    @needs_reference_data
    def test_rankings_by_bic(self):
        for key, run in self.reference["runs"].items():
            if not key.startswith("mse_bic"):
                continue
            name, order = run["table"], {"2": 2, "3": 3}.get(str(run["extra"]), {3: 2, 4: 3}.get(run["lists"], 2))
            models = self.folder / "models.csv"
            answer = estimated(self.table(name), "--method", "bic", "--order", order, "--replicates", 1, "--models", models)
            one = method(answer, "bic")
            self.assertEqual(one["details"]["models_by_existence"][0], run["nmodels"], key)
            for ours, theirs in zip(one["details"]["ranking"], run["top"]):
                self.assertAlmostEqual(ours["bic"], theirs["BIC"], delta=1e-7, msg=key)
                self.close(ours["total"], theirs["N"], 1e-6, key)
                self.assertEqual(terms(ours["model"]), written(theirs["model"], answer["lists"]), key)

    @needs_reference_data
    def test_intervals_of_the_best_models_by_bic(self):
        for name, order in (("Kosovo", 3), ("UKdat_5", 2)):
            run = self.reference["runs"]["mse_bic__Kosovo" if name == "Kosovo" else "mse_bic__UKdat_5__2"]
            answer = estimated(self.table(name), "--method", "bic", "--order", order, "--counts", STATISTICS / "replicates" / f"{name}_counts.csv.gz")
            by_k = {one["models"]: one["bca"] for one in method(answer, "bic")["details"]["by_models_chosen_from"]}
            for k, theirs in zip(run["ntop"], run["bca"]):
                if k not in by_k:
                    continue
                self.close(by_k[k][2]["low"], theirs["0.025"], 1e-5, f"{name} k={k}")
                self.close(by_k[k][2]["high"], theirs["0.975"], 1e-5, f"{name} k={k}")

    @needs_reference_data
    def test_existence_codes(self):
        models = self.folder / "models.csv"
        answer = estimated(self.table("Artificial_3"), "--method", "bic", "--replicates", 1, "--models", models)
        codes = {}
        for row in csv.DictReader(models.read_text().splitlines()):
            named = [] if row["model"] == "none" else row["model"].split()
            codes[frozenset(frozenset(term.split(":")) for term in named)] = int(row["existence"])
        for model, code in self.reference["existence_codes_Artificial_3"].items():
            self.assertEqual(codes[frozenset(written(model, answer["lists"]))], code, model)

    @needs_reference_data
    def test_aic_and_its_profile(self):
        for key, run in self.reference["runs"].items():
            if not key.startswith("modslav"):
                continue
            one = method(estimated(self.table(run["table"]), "--method", "aic"), "aic")
            self.close(one["total"], run["results"]["abundance"], 1e-8, key)
            self.close(one["interval"]["low"], run["CI"]["infCL"], 1e-3, key)
            self.close(one["interval"]["high"], run["CI"]["supCL"], 1e-3, key)

    @needs_reference_data
    def test_decomposable_graphs_to_the_integer(self):
        for key, run in self.reference["runs"].items():
            if not key.startswith("dga") or run["extra"] != "full":
                continue
            one = method(estimated(self.table(run["table"]), "--method", "decomposable"), "decomposable")
            self.assertEqual([one["interval"]["low"], one["total"], one["interval"]["high"]], run["q"], key)
            self.close(one["details"]["mean"], run["mean"], 1e-9, key)

    @needs_reference_data
    def test_thresholded_agrees_within_two_in_a_hundred(self):
        for key, run in self.reference["runs"].items():
            # With eight lists the package's chain never moves: it has no figure to agree with.
            if not key.startswith("mse_bayes") or run["lists"] == 8:
                continue
            one = method(estimated(self.table(run["table"]), "--method", "thresholded"), "thresholded")
            # A pair at the threshold itself may fall either way; then both totals are told.
            totals = [one["total"], one["details"].get("borderline", {}).get("total_otherwise")]
            self.assertTrue(any(t and abs(t - run["point"]) <= 0.02 * run["point"] for t in totals), f"{key}: {totals}, not {run['point']}")


class Withheld(Case):
    def test_a_table_without_overlap_has_no_figure(self):
        path = self.write_csv("t.csv", ["police", "centre", "n"], [["1", "0", "40"], ["0", "1", "30"]])
        answer = estimated(path, "--replicates", 20, "--tables", 0)
        for name in ("stepwise", "bic", "aic"):
            one = method(answer, name)
            self.assertIsNone(one["total"], name)
            self.assertIsNone(one["interval"], name)
            self.assertIn("no maximum" if name != "bic" else "None of the models", one["withheld"])
        text = ovillo("estimate", path, "--method", "stepwise").stdout
        self.assertIn("withheld", text)
        self.assertIn("stays unknown", text)

    def test_chains_that_did_not_mix_are_refused(self):
        # Two modes: a table of which the literature knows that no chain finds both.
        rows = [["1", "0", "0", "0", "0", "756"], ["0", "1", "0", "0", "0", "1299"], ["0", "0", "1", "0", "0", "4466"], ["0", "0", "0", "1", "0", "650"],
                ["0", "0", "0", "0", "1", "632"], ["1", "1", "0", "0", "0", "1"], ["1", "0", "1", "0", "0", "81"], ["1", "0", "0", "1", "0", "5"],
                ["1", "0", "0", "0", "1", "73"], ["0", "1", "1", "0", "0", "44"], ["0", "1", "0", "0", "1", "4"], ["0", "0", "1", "1", "0", "82"],
                ["0", "0", "1", "0", "1", "125"], ["0", "0", "0", "1", "1", "2"], ["1", "0", "1", "1", "0", "2"], ["1", "0", "1", "0", "1", "11"],
                ["0", "0", "1", "1", "1", "1"]]
        path = self.write_csv("n.csv", ["IO", "K", "P", "R", "Z", "n"], rows)
        one = method(estimated(path, "--method", "latent"), "latent")
        self.assertIsNone(one["total"])
        self.assertIn("did not mix", one["withheld"])
        self.assertGreater(one["details"]["mixing"]["r_hat"], 1.05)


class Asking(Case):
    TABLE = [["1", "0", "0", "50"], ["0", "1", "0", "40"], ["0", "0", "1", "30"], ["1", "1", "0", "8"], ["1", "0", "1", "7"], ["0", "1", "1", "6"],
             ["1", "1", "1", "3"]]

    def path(self):
        return self.write_csv("t.csv", ["police", "centre", "inspectors", "n"], self.TABLE)

    def test_the_same_for_a_seed_and_any_threads(self):
        path = self.path()
        words = ("--method", "stepwise,bic,thresholded", "--replicates", 300, "--tables", 5)
        first = ovillo("estimate", path, *words, "--threads", 1).stdout
        self.assertEqual(ovillo("estimate", path, *words, "--threads", 3).stdout, first)
        self.assertNotEqual(ovillo("estimate", path, *words, "--seed", 2).stdout, first)

    def test_all_twelve_diagnostics_are_shown(self):
        text = ovillo("estimate", self.path(), "--replicates", 50, "--tables", 5, "--stated", "closed-period").stdout
        for number in range(1, 13):
            self.assertRegex(text, rf"(?m)^ ?{number}\. ")
        self.assertIn("[stated] During the period", text)
        self.assertIn("[NOT STATED] All lists count the same people", text)

    def test_mistakes_of_the_linkage_are_carried_into_the_total(self):
        path = self.path()
        plain = method(estimated(path, "--method", "stepwise"), "stepwise")["total"]
        answer = estimated(path, "--method", "stepwise", "--missed", 0.2)
        self.assertLess(answer["with_linkage"]["median"], plain)

    def test_other_shapes_of_the_same_table(self):
        plain = estimated(self.path(), "--method", "stepwise")
        semicolons = self.folder / "t.txt"
        semicolons.write_bytes("police;centre;inspectors;n\r\n".encode("utf-16") + "".join(";".join(row) + "\r\n" for row in self.TABLE).encode("utf-16-le"))
        other = estimated(semicolons, "--method", "stepwise")
        self.assertEqual(other["methods"][0]["total"], plain["methods"][0]["total"])

    def refused(self, *words):
        done = ovillo("estimate", *words, check=False)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_what_is_wrong_is_said_with_row_and_column(self):
        bad = self.write_csv("bad.csv", ["a", "b", "n"], [["1", "0", "4"], ["0", "yes", "5"]])
        self.assertRegex(self.refused(bad), r'row 2.*"yes" is not 0 or 1')
        self.assertRegex(self.refused(self.write_csv("short.csv", ["a", "b", "n"], [["1", "0", "4"], ["0", "1"]])), "row 2")
        self.assertIn("they are: all, stepwise, bic", self.refused(self.path(), "--method", "best"))
        self.assertIn("--replicates takes a number", self.refused(self.path(), "--replicates", 0))
        self.assertIn("--missed takes a number", self.refused(self.path(), "--missed", "1.5"))
        self.assertIn("no premise", self.refused(self.path(), "--stated", "all-is-well"))


if __name__ == "__main__":
    unittest.main()
