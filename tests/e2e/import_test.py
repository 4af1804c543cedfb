"""Import: nothing is lost, nothing doubled, whatever the form, parts and order of the files."""
import gzip
import json
import pathlib
import random
import zipfile

from ovillo_cli import Case, Failed, ovillo, rows_of
import unittest

ADVERT = ["id", "posted_at", "text", "phone", "place"]


def adverts(n, seed=1):
    """n invented adverts of a few hands and many others; numbers from blocks reserved for fiction."""
    rng = random.Random(seed)
    rows = []
    for i in range(n):
        hand = rng.randrange(8) if rng.random() < 0.5 else None
        if hand is not None:
            text = (f"Recién llegada a {rng.choice(['Gante', 'Brujas', 'Amberes'])}, soy {rng.choice(['Lía', 'Noa', 'Zoe'])}, "
                    f"piso privado número {hand} muy tranquilo junto a la fuente, pregunta por la llave {hand * 7}, te espero")
            phone = f"+44 7700 900{hand * 3 + rng.randrange(3):03d}"
        else:
            text = f"Masaje relajante, cita previa, zona {rng.randrange(90)}. {rng.getrandbits(60):x} {rng.getrandbits(60):x}"
            phone = f"+44 7700 900{100 + rng.randrange(880):03d}"
        rows.append([f"a{i}", f"2026-03-{1 + i % 28:02d}T10:00:00", text, phone, "Gent"])
    return rows


class Import(Case):
    def test_counts_add_up_and_a_second_time_adds_nothing(self):
        workspace = self.workspace()
        workspace.source("notice")
        file = self.write_csv("adverts.csv", ADVERT, adverts(200) + [["ragged", "row"]])
        first = workspace.importing("notice", file)
        self.assert_adds_up(first)
        self.assertEqual((first["files"][0]["records"], first["files"][0]["rejects"]), (200, 1))
        again = workspace.importing("notice", file)
        self.assert_adds_up(again)
        self.assertEqual(again["files"][0]["records"], 0)
        self.assertEqual(again["files"][0]["repeats"], 200)

    def test_rejects_are_written_with_row_code_and_sentence(self):
        workspace = self.workspace()
        workspace.source("notice")
        file = self.write_csv("adverts.csv", ADVERT, adverts(3) + [["ragged", "row"]])
        report = workspace.importing("notice", file)
        lines = pathlib.Path(report["rejects_file"]).read_text(encoding="utf-8").splitlines()
        self.assertEqual(lines[0], "file,member,row,byte,column,code,sentence")
        self.assertEqual(len(lines), 2)
        self.assertIn(",4,", lines[1])
        self.assertIn("intake.", lines[1])

    def test_a_chat_ties_its_numbers_and_what_is_not_read_is_held(self):
        workspace = self.workspace()
        workspace.source("phone", "--zone", "Europe/Brussels", kind="judicial_order")
        chat = ("24-01-2026 15:05 - Berichten zijn end-to-end versleuteld.\n"
                "24-01-2026 15:06 - +44 7700 900123: bel +44 7700 900456\n"
                "24-01-2026 15:07 - Eva: \u200ePTT-20260124-WA0001.opus (bestand bijgevoegd)\n")
        folder = pathlib.Path(self.write_csv("unused.csv", ADVERT, [])).parent
        with zipfile.ZipFile(folder / "chat.zip", "w") as archive:
            archive.writestr("_chat.txt", chat)
            archive.writestr("PTT-20260124-WA0001.opus", b"OggS an invented voice note")
        (folder / "order.pdf").write_bytes(b"%PDF-1.7 an invented one")
        report = workspace.importing("phone", str(folder / "chat.zip"), str(folder / "order.pdf"))
        self.assert_adds_up(report)
        counts = [(file["rows"], file["records"], file["held"]) for file in report["files"]]
        self.assertEqual(counts, [(4, 3, 1), (1, 0, 1)])
        self.assertEqual([held["code"] for held in report["held"]], ["intake.no_reader", "intake.helper_failed"])
        self.assertEqual(report["held"][0]["member"], "PTT-20260124-WA0001.opus")
        lines = pathlib.Path(report["rejects_file"]).read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(lines), 3)
        again = workspace.importing("phone", str(folder / "chat.zip"))
        self.assert_adds_up(again)
        self.assertEqual((again["files"][0]["repeats"], again["files"][0]["held"]), (3, 1))
        self.assertIn("+ 1 held, not read", workspace.run("import", folder / "order.pdf", "--source", "phone").stdout)
        workspace.run("run")
        self.assertIn("bel +44 7700 900456", workspace.run("search", "447700900456").stdout)

    def test_ten_parts_in_any_order_give_the_answer_of_the_whole(self):
        # Another order of rows and parts, other thread counts: the same bytes. Runs in between: the same
        # keys and members (an id tells the history of its network, and the history is another).
        rows = adverts(400)
        whole = self.workspace("whole")
        whole.source("notice")
        whole.importing("notice", self.write_csv("all.csv", ADVERT, rows))
        whole.run("run")
        expected = whole.networks()
        self.assertGreater(len(json.loads(expected)["networks"]), 0)

        parts = self.workspace("parts")
        parts.source("notice")
        daily = self.workspace("daily")
        daily.source("notice")
        random.Random(5).shuffle(rows)
        for step, p in enumerate(random.Random(6).sample(range(10), 10)):
            file = self.write_csv(f"part{p}.csv", ADVERT, rows[p::10])
            for workspace in (parts, daily):
                self.assert_adds_up(workspace.importing("notice", file, handover="week 12"))
            if step % 3 == 0:
                daily.run("run", "--threads", str(1 + step))
        parts.run("run", "--threads", "1")
        daily.run("run", "--threads", "5")
        self.assertEqual(expected, parts.networks("--threads", "3"))
        self.assertEqual(whole.shape(), daily.shape())

    def test_shuffled_rows_and_thread_counts_change_no_byte(self):
        folder = self.synth(adverts=600, seed=5) / "ghent-thb"
        answers = set()
        for shuffle, threads in [(None, "1"), (1, "2"), (2, "7")]:
            workspace = self.workspace(f"case{threads}")
            for name, kind in (("adverts", "platform_report"), ("transfers", "judicial_order")):
                rows = rows_of(folder / f"{name}.csv")
                if shuffle:
                    random.Random(shuffle).shuffle(rows)
                file = self.write_csv(f"{name}.csv", rows[0].keys(), [r.values() for r in rows])
                workspace.source(name, kind=kind)
                self.assert_adds_up(workspace.importing(name, file, threads=threads))
            workspace.run("run", "--threads", threads)
            answers.add(workspace.networks("--threads", threads))
        self.assertEqual(len(answers), 1)
        self.assertGreater(len(json.loads(answers.pop())["networks"]), 0)

    def test_one_part_twice_beside_a_new_one_adds_only_the_new_one(self):
        workspace = self.workspace()
        workspace.source("bank", kind="judicial_order")
        header = ["time", "from_account", "to_account", "amount", "currency"]
        deposit = ["2026-03-01T22:30:00", "", "GB33BUKB20201555555555", "900.00", "EUR"]
        one = self.write_csv("one.csv", header, [deposit, deposit])
        two = self.write_csv("two.csv", header, [deposit])
        workspace.importing("bank", one, handover="march")
        first, second = workspace.importing("bank", one, two, handover="march")["files"]
        self.assertEqual((first["records"], first["repeats"]), (0, 2))
        self.assertEqual((second["records"], second["repeats"]), (1, 0))

    def test_two_equal_cash_deposits_stay_two(self):
        workspace = self.workspace()
        workspace.source("bank", kind="judicial_order")
        deposit = ["2026-03-01T22:30:00", "CASH-DESK-1", "GB33BUKB20201555555555", "900.00", "EUR", "cash"]
        file = self.write_csv("bank.csv", ["time", "from_account", "to_account", "amount", "currency", "channel"],
                              [deposit, deposit, ["2026-03-02T10:00:00", "CASH-DESK-1", "GB33BUKB20201555555555", "20.00", "EUR", "cash"]])
        report = workspace.importing("bank", file)
        self.assertEqual(report["files"][0]["records"], 3)
        again = workspace.importing("bank", file)
        self.assertEqual((again["files"][0]["records"], again["files"][0]["repeats"]), (0, 3))

    def test_equal_deposits_in_two_parts_of_one_hand_over_stay_two(self):
        workspace = self.workspace()
        workspace.source("bank", kind="judicial_order")
        header = ["time", "from_account", "to_account", "amount", "currency"]
        deposit = ["2026-03-01T22:30:00", "CASH-DESK-1", "GB33BUKB20201555555555", "900.00", "EUR"]
        other = ["2026-03-01T23:30:00", "CASH-DESK-1", "GB33BUKB20201555555555", "901.00", "EUR"]
        one = self.write_csv("one.csv", header, [deposit])
        two = self.write_csv("two.csv", header, [deposit, other])
        self.assertEqual(workspace.importing("bank", one, handover="march")["files"][0]["records"], 1)
        self.assertEqual(workspace.importing("bank", two, handover="march")["files"][0]["records"], 2)
        again = workspace.importing("bank", two, handover="march")["files"][0]
        self.assertEqual((again["records"], again["repeats"]), (0, 2))

    def test_gzip_archive_and_standard_input_give_the_same_records(self):
        rows = adverts(50)
        plain = self.write_csv("adverts.csv", ADVERT, rows)
        zipped = self.folder / "adverts.csv.gz"
        zipped.write_bytes(gzip.compress(plain.read_bytes()))
        archive = self.folder / "handover.zip"
        with zipfile.ZipFile(archive, "w") as out:
            out.write(plain, "inner/adverts.csv")
        workspace = self.workspace()
        workspace.source("notice")
        self.assertEqual(workspace.importing("notice", plain)["files"][0]["records"], 50)
        for other in (zipped, archive):
            file = workspace.importing("notice", other)["files"][0]
            self.assertEqual((file["records"], file["repeats"]), (0, 50), other)
        profile = self.folder / "adverts.toml"
        ovillo("map", plain, "--write", profile)
        done = json.loads(workspace.run("import", "-", "--source", "notice", "--profile", profile, "--json", stdin=plain.read_text()).stdout)
        self.assertEqual(done["files"][0]["repeats"], 50)

    def test_nothing_is_imported_without_a_source_or_an_authorisation(self):
        workspace = self.workspace()
        file = self.write_csv("adverts.csv", ADVERT, adverts(3))
        with self.assertRaises(Failed) as caught:
            workspace.importing("nobody", file)
        self.assertIn("flow.no_such_source", caught.exception.process.stdout)
        workspace.source("old", "--valid-to", "2025-06-01")
        with self.assertRaises(Failed) as caught:
            workspace.importing("old", file)
        self.assertEqual(caught.exception.process.returncode, 4)

    def test_rows_outside_the_scope_go_to_quarantine_and_nobody_sees_them(self):
        workspace = self.workspace()
        workspace.source("notice", "--scope", "advert", "--scope-from", "2026-03-10")
        rows = adverts(28)
        report = workspace.importing("notice", self.write_csv("adverts.csv", ADVERT, rows))
        file = report["files"][0]
        self.assert_adds_up(report)
        self.assertEqual(file["quarantined"], 9)
        workspace.run("run")
        hit = workspace.json("search", "a0")
        self.assertEqual(hit["n_found"], 0)
        self.assertEqual(workspace.json("run")["n_records"], 19)

    def test_a_fact_by_hand_needs_its_exhibit(self):
        workspace = self.workspace()
        workspace.source("visit", kind="statement")
        with self.assertRaises(Failed) as caught:
            workspace.run("add", "--source", "visit", "text=Ledger, page 3")
        self.assertIn("flow.exhibit_required", caught.exception.process.stderr)
        exhibit = self.folder / "ledger.jpg"
        exhibit.write_bytes(b"not really a picture")
        record = workspace.json("add", "--source", "visit", "--exhibit", exhibit, "--grade", "B2",
                                "text=Ledger, page 3: 150 each day to M.", "phone=+44 7700 900123")["record"]
        workspace.run("run")
        page = workspace.json("show", record)
        self.assertIn("grade", [f["column"] for f in page["fields"]])
        self.assertEqual(workspace.json("search", "+44 7700 900123")["n_found"], 1)

    def test_two_installations_find_the_same_networks(self):
        # Ids are keyed by the installation; what is joined must not depend on them.
        case = self.synth(adverts=3000)
        found = []
        for key in ("0f" * 32, "a5" * 32, "33" * 32):
            workspace = self.workspace(key[:2], id_key=key)
            workspace.source("notice")
            workspace.importing("notice", next(case.rglob("adverts.csv")))
            workspace.run("run")
            networks = json.loads(workspace.networks("--limit", "1000"))["networks"]
            found.append(sorted((n["n_records"], n["n_entities"], n["newest"]) for n in networks))
        self.assertGreater(len(found[0]), 10)
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])

    def test_looks_between_an_import_and_the_next_run_keep_to_the_last_answer(self):
        workspace = self.workspace()
        workspace.source("notice")
        rows = adverts(60)
        rows[3][2] = "I am only 16, please help me, he will not let me leave"
        workspace.importing("notice", self.write_csv("first.csv", ADVERT, rows))
        workspace.run("run")
        networks = json.loads(workspace.networks())["networks"]
        self.assertGreater(len(networks), 0)
        asked = [("urgent",), ("search", "piso privado"), ("search", rows[3][3]), ("show", networks[0]["id"]), ("show", rows[3][3]),
                 ("why", networks[0]["id"], rows[0][3])]
        before = [workspace.run(*words, "--json", check=False).stdout for words in asked]
        self.assertIn('"row":4', before[0].replace(" ", ""))
        workspace.importing("notice", self.write_csv("second.csv", ADVERT, [[f"b{r[0]}", *r[1:]] for r in adverts(90, seed=2)]))
        for words, was in zip(asked, before):
            process = workspace.run(*words, "--json", check=False)
            self.assertGreaterEqual(process.returncode, 0, words)
            self.assertEqual(process.stdout, was, words)
        self.assertEqual(workspace.json("run")["n_records"], 150)

    def test_before_the_first_run_looks_say_so(self):
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", self.write_csv("first.csv", ADVERT, adverts(5)))
        for words in (("urgent",), ("search", "piso"), ("show", "+44 7700 900003"), ("networks",)):
            process = workspace.run(*words, check=False)
            self.assertIn("flow.run_first", process.stderr, words)
            self.assertEqual(process.returncode, 5, words)

    def test_a_file_given_twice_to_one_command_counts_once(self):
        file = self.write_csv("adverts.csv", ADVERT, adverts(20) + [adverts(20)[0]])
        copy = self.folder / "copy.csv"
        copy.write_bytes(file.read_bytes())
        for number, words in enumerate(({}, {"handover": "week 12"})):
            workspace = self.workspace(f"case{number}")
            workspace.source("notice")
            report = workspace.importing("notice", file, copy, file, **words)
            self.assert_adds_up(report)
            self.assertEqual([f["records"] for f in report["files"]], [21, 0, 0])

    def test_nothing_is_written_over_what_is_read(self):
        workspace = self.workspace()
        workspace.source("notice")
        file = self.write_csv("adverts.csv", ADVERT, adverts(3) + [["ragged", "row"]])
        held = file.read_bytes()
        with self.assertRaises(Failed) as caught:
            workspace.importing("notice", file, rejects=str(file))
        self.assertEqual(caught.exception.process.returncode, 2)
        self.assertEqual(ovillo("map", file, "--write", file, check=False).returncode, 2)
        self.assertEqual(file.read_bytes(), held)

    def test_what_is_privileged_is_sealed_at_import(self):
        workspace = self.workspace()
        workspace.source("lawyer", "--privileged")
        workspace.source("notice")
        file = self.write_csv("adverts.csv", ADVERT, adverts(10))
        self.assertEqual(workspace.importing("lawyer", file)["files"][0]["records"], 10)
        workspace.importing("notice", self.write_csv("other.csv", ADVERT, [["x", "2026-03-01", "one row", "", ""]]))
        self.assertEqual(workspace.json("run")["n_records"], 1)

    def test_of_two_sources_of_one_name_the_compartment_decides(self):
        workspace = self.workspace()
        workspace.run("compartment", "add", "second")
        workspace.source("bank")
        workspace.source("bank", "--compartment", "second")
        file = self.write_csv("adverts.csv", ADVERT, adverts(4))
        with self.assertRaises(Failed) as caught:
            workspace.importing("bank", file)
        self.assertIn("--compartment", caught.exception.process.stdout)
        for compartment in ("main", "second"):
            self.assertEqual(workspace.importing("bank", file, compartment=compartment)["files"][0]["records"], 4)
        self.assertEqual(workspace.json("run", "--exclude-source", "bank")["n_records"], 0)

    def test_says_why_records_are_in_quarantine(self):
        workspace = self.workspace()
        workspace.source("notice", "--scope", "advert", "--scope-from", "2026-03-10")
        file = self.write_csv("adverts.csv", ADVERT, adverts(28))
        self.assertEqual(workspace.importing("notice", file)["files"][0]["outside"],
                         [{"kind": "advert", "n": 9, "reason": "before_period"}])
        other = self.workspace("other")
        other.source("notice", "--scope", "transfer")
        said = other.run("import", file, "--source", "notice").stdout
        self.assertIn("28, read as advert", said)
        self.assertIn("ovillo map", said)

    def test_what_is_entered_by_hand_outside_the_scope_is_refused(self):
        workspace = self.workspace()
        workspace.source("notice", "--scope", "advert", "--grade", "B2")
        words = ("add", "--source", "notice", "--statement", "assessment", "text=seen by the door")
        with self.assertRaises(Failed) as caught:
            workspace.run(*words)
        self.assertIn("flow.no_authorisation", caught.exception.process.stderr)
        bad = workspace.run(*words, "--kind", "advert", "time=not a time", check=False)
        self.assertEqual(bad.returncode, 2)
        record = workspace.json(*words, "--kind", "advert", "time=2026-03-04")["record"]
        self.assertEqual(workspace.json("run")["n_records"], 1)
        fields = {f["column"]: f["value"] for f in workspace.json("show", record)["fields"]}
        self.assertEqual(fields["grade"], "B2")


if __name__ == "__main__":
    unittest.main()
