"""A file as a unit holds it: notices, screenshots, a phone, statements, call records, mail, a chart; from files to networks.

The number that is hidden in a screenshot is also in a transfer; every other number of the file is used once, so that
anything else that hangs together is a false weld.
"""
import shutil
import subprocess
import tempfile
import time
import unittest
import zipfile

from ovillo_cli import Case

HIDDEN = "+447700900977"
SECONDS = 600  # for the whole, on two cores


def number(i):
    """Each i its own number, of the range for fiction."""
    return f"+447700900{i:03}"


def pdf(pages):
    """Pages of lines (x, y, size, text)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [ {' '.join(f'{4 + 2 * i} 0 R' for i in range(len(pages)))} ] "
               f"/Count {len(pages)} >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for lines in pages:
        content = "BT" + "".join(f" /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, size, text in lines) + " ET"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out = "%PDF-1.4\n" + "".join(f"{i + 1} 0 obj\n{body}\nendobj\n" for i, body in enumerate(objects))
    return (out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n%%EOF\n").encode()


def screenshot(folder, name, lines):
    """A picture of the lines, as a program shows a page."""
    page = pdf([[(60, 760 - 30 * i, 16, line) for i, line in enumerate(lines)]])
    with tempfile.NamedTemporaryFile(suffix=".pdf") as printed:
        printed.write(page)
        printed.flush()
        picture = subprocess.run(["pdftoppm", "-r", "110", "-png", "-singlefile", printed.name], capture_output=True, check=True)
    (folder / name).write_bytes(picture.stdout)


def phone(folder, n_messages):
    """A UFDR: chats of two strangers each, none of whom is anywhere else."""
    rows = []
    for i in range(n_messages):
        rows.append(f'<model type="InstantMessage" id="m{i}" deleted_state="Intact"><field name="Source"><value>App</value>'
                    f'</field><field name="TimeStamp"><value>2026-03-{1 + i % 28:02}T10:00:00+01:00</value></field>'
                    f'<modelField name="From"><model type="Party" id="p{i}"><field name="Identifier"><value>user{i // 20}'
                    f'</value></field></model></modelField><field name="Body"><value>note {i} of talk {i // 20}</value>'
                    "</field></model>")
    report = ('<?xml version="1.0" encoding="utf-8"?><project xmlns="http://pa.cellebrite.com/report/2.0" name="x">'
              '<decodedData><modelType type="InstantMessage">' + "".join(rows) + "</modelType></decodedData></project>")
    with zipfile.ZipFile(folder / "phone.ufdr", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("report.xml", report)


def calls(folder, n):
    party = "<TelephonyPartyInformation><partyRole><{}/></partyRole><partyNumber>{}</partyNumber>{}</TelephonyPartyInformation>"
    when = "<communicationTime><startTime>202603011200{:02}+0100</startTime></communicationTime>"
    records = "".join("<ResponseRecord><recordNumber>" + str(i) + "</recordNumber><recordPayload><telephonyRecord>"
                      "<telephonyServiceUsage><partyInformation>" +
                      party.format("originating-Party", number(700 + 2 * i)[1:], when.format(i)) +
                      party.format("terminating-Party", number(701 + 2 * i)[1:], "") +
                      "</partyInformation></telephonyServiceUsage></telephonyRecord></recordPayload></ResponseRecord>"
                      for i in range(n))
    (folder / "calls.xml").write_text('<a xmlns="http://uri.etsi.org/02657/v1.28.1#/RetainedData">' + records + "</a>")


def mailbox(folder, n):
    (folder / "mail.mbox").write_text("".join(
        f"From a{i}@example.org Mon Mar  2 10:00:00 2026\nFrom: a{i}@example.org\nTo: b{i}@example.org\n"
        f"Date: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <{i}@example.org>\nSubject: note {i}\n\nbody of note {i}\n\n"
        for i in range(n)))


@unittest.skipUnless(shutil.which("tesseract") and shutil.which("pdftoppm"), "tesseract or pdftoppm is not installed")
class MixedCase(Case):
    def case_file(self):
        folder = self.folder / "handed_over"
        folder.mkdir()
        (folder / "notices.csv").write_text("id,text,phone\n" + "".join(
            f"n{i},room {i} in a quiet street,{number(100 + i)}\n" for i in range(12)))
        (folder / "transfers.csv").write_text(
            "id,date,amount,currency,from_account,to_account,description\n"
            f"t1,2026-03-02,120.00,EUR,ES-1,ES-2,for the advert {HIDDEN}\n"
            f"t2,2026-03-03,80.00,EUR,ES-3,ES-4,for {number(200)}\n")
        for i in range(40):
            shown = "07700 900 977" if i == 17 else number(300 + i)
            screenshot(folder, f"shot{i:02}.png", [f"Room number {i + 1}", f"call {shown}", f"or write to room{i}@example.org"])
        phone(folder, 30_000)
        for i in range(3):
            (folder / f"statement{i}.pdf").write_bytes(
                pdf([[(72, 760, 12, f"Statement {i} of an account"), (72, 700, 12, f"note for {number(400 + i)}")]]))
        calls(folder, 20)
        mailbox(folder, 50)
        (folder / "chart.graphml").write_text(
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d0" for="node" attr.name="label" '
            'attr.type="string"/><graph edgedefault="directed"><node id="a"><data key="d0">Eva Ejemplo</data></node>'
            '<node id="b"><data key="d0">Bar Ejemplo</data></node><edge source="a" target="b"/></graph></graphml>')
        return folder

    def test_the_number_in_a_screenshot_is_tied_to_the_transfer_and_nothing_else_is(self):
        folder = self.case_file()
        begin = time.monotonic()
        workspace = self.workspace()
        workspace.source("case", kind="judicial_order", region="GB")
        report = workspace.importing("case", *sorted(folder.iterdir()))
        self.assert_adds_up(report)
        workspace.run("run")
        chain = workspace.json("why", "room17@example.org", "ES-2")
        took_s = time.monotonic() - begin
        print(f"mixed case: {took_s:.0f} s from files to why")
        self.assertLess(took_s, SECONDS)
        first, second = chain["steps"]
        self.assertEqual([first["from"]["canonical"], first["to"]["canonical"], second["to"]["canonical"]],
                         ["room17@example.org", HIDDEN, "ES-2"])
        seen = first["records"][0]["to"]
        self.assertEqual((seen["file"], seen["page"]), ("shot17.png", "1"))
        left, top, right, bottom = map(int, seen["box"].split())
        # The second line of the page: 16 points high at 60, 730 points from the lower left corner, 110 dots per inch.
        self.assertAlmostEqual(left, 60 * 110 / 72, delta=12)
        self.assertAlmostEqual(bottom, (842 - 730) * 110 / 72, delta=12)
        self.assertLess(top, bottom)
        self.assertLess(left, right)
        self.assertEqual(second["records"][0]["from"]["file"], "transfers.csv")
        for i in (300, 400, 700):
            outcome = workspace.run("why", HIDDEN, number(i), check=False)
            self.assertNotEqual(outcome.returncode, 0, f"{number(i)} is welded to the hidden number")


if __name__ == "__main__":
    unittest.main()
