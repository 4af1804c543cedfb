"""The same file by the tool that people use for its form: python3 rivals.py FILE -> "tool records signs seconds peak_mb"."""
import json
import mailbox
import pathlib
import resource
import sys
import time
import xml.etree.ElementTree as ElementTree
import zipfile


def mails(path):
    for mail in mailbox.mbox(path):
        for part in mail.walk():
            if part.get_content_type() == "text/plain":
                yield part.get_payload(decode=True).decode()


def captures(path):
    import bs4
    from warcio.archiveiterator import ArchiveIterator
    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                yield bs4.BeautifulSoup(record.content_stream().read(), "html.parser").body.get_text("\n")


def pages(path):
    import pdfplumber
    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_words()  # the boxes that ours gives too
            yield page.extract_text()
            page.close()


def rows(path):
    import openpyxl
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return (row[1] for row in sheet.iter_rows(min_row=2, values_only=True))


def messages(path):
    space = "{http://pa.cellebrite.com/report/2.0}"
    with zipfile.ZipFile(path) as packed, packed.open("report.xml") as report:
        for _, element in ElementTree.iterparse(report):
            if element.tag != space + "model":
                continue
            yield next(f.find(space + "value").text for f in element.iter(space + "field") if f.get("name") == "Body")
            element.clear()


def chat(path):
    return (message["text"] for message in json.loads(pathlib.Path(path).read_bytes())["messages"])


TOOLS = {"mail.mbox": ("mailbox, email", mails), "pages.warc.gz": ("warcio, bs4", captures), "pages.pdf": ("pdfplumber", pages),
         "table.xlsx": ("openpyxl", rows), "phone.ufdr": ("ElementTree", messages),
         "chat.json": ("json", chat)}

if __name__ == "__main__":
    tool, read = TOOLS[pathlib.Path(sys.argv[1]).name]
    begin, n, signs = time.monotonic(), 0, 0
    try:
        for said in read(sys.argv[1]):
            n, signs = n + 1, signs + len(said.encode())
    except ImportError:
        sys.exit(1)
    took_s = time.monotonic() - begin
    print(tool, n, signs, f"{took_s:.3f}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, sep="\t")
