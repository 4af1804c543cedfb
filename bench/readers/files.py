"""Invented files, one a form: python3 files.py FOLDER [SIZE]; SIZE 1 is some ten megabytes a form."""
import email.message
import io
import json
import pathlib
import random
import sys
import zipfile

WORDS = "room quiet street near fountain call evening train visit letter table morning white door key river bread".split()


def text(rng, n):
    return " ".join(rng.choice(WORDS) for _ in range(n))


def mailbox(path, rng, n):
    with path.open("w") as out:
        for i in range(n):
            mail = email.message.EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = f"a{i}@example.org", f"b{i}@example.org", text(rng, 5)
            mail["Date"], mail["Message-ID"] = "Mon, 02 Mar 2026 10:00:00 +0100", f"<{i}@example.org>"
            mail.set_content(text(rng, 200) + "\n")
            if i % 5 == 0:
                mail.add_attachment(text(rng, 400), filename="note.txt")
            out.write(f"From a{i}@example.org Mon Mar  2 10:00:00 2026\n{mail.as_string()}\n")


def warc(path, rng, n):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for i in range(n):
            page = f"<html><head><title>{text(rng, 4)}</title></head><body>" + "".join(
                f"<p>{text(rng, 60)}</p>" for _ in range(10)) + "</body></html>"
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(f"https://example.org/{i}", "response",
                                                          payload=io.BytesIO(page.encode()), http_headers=http))


def pdf(path, rng, n):
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [ {' '.join(f'{4 + 2 * i} 0 R' for i in range(n))} ] /Count {n} >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for _ in range(n):
        body = "BT /F1 10 Tf" + "".join(f" 1 0 0 1 60 {780 - 14 * i} Tm ({text(rng, 12)}) Tj" for i in range(50)) + " ET"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    out, places = "%PDF-1.4\n", []
    for i, body in enumerate(objects):
        places.append(len(out))
        out += f"{i + 1} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    path.write_text(f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
                    f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n")


def workbook(path, rng, n):
    import openpyxl
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    sheet.append(["id", "text", "price"])
    for i in range(n):
        sheet.append([f"n{i}", text(rng, 20), rng.randrange(100)])
    book.save(path)


def phone(path, rng, n):
    head = '<?xml version="1.0" encoding="utf-8"?><project xmlns="http://pa.cellebrite.com/report/2.0" name="x"><decodedData>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("report.xml", "w") as out:
        out.write((head + '<modelType type="InstantMessage">').encode())
        for i in range(n):
            out.write((f'<model type="InstantMessage" id="m{i}" deleted_state="Intact"><field name="Source"><value>App</value>'
                       f'</field><field name="TimeStamp"><value>2026-03-{1 + i % 28:02}T10:00:00+01:00</value></field>'
                       f'<field name="Body"><value>{text(rng, 20)}</value></field></model>').encode())
        out.write(b"</modelType></decodedData></project>")


def telegram(path, rng, n):
    messages = [{"id": i, "type": "message", "date": "2026-03-02T10:00:00", "date_unixtime": str(1772442000 + i),
                 "from": "Eva", "from_id": "user1", "text": text(rng, 20)} for i in range(n)]
    path.write_text(json.dumps({"name": "x", "type": "personal_chat", "id": 1, "messages": messages}, indent=1))


FORMS = {"mail.mbox": (mailbox, 5000), "pages.warc.gz": (warc, 3000), "pages.pdf": (pdf, 300),
         "table.xlsx": (workbook, 50000), "phone.ufdr": (phone, 100000), "chat.json": (telegram, 100000)}

if __name__ == "__main__":
    folder, size = pathlib.Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1
    folder.mkdir(parents=True, exist_ok=True)
    for name, (write, n) in FORMS.items():
        try:
            write(folder / name, random.Random(name), max(1, int(n * size)))
        except ImportError as missing:
            print(f"{name} is left out: {missing}", file=sys.stderr)
