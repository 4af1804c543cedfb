"""Pictures in a hand-over: two adverts that share one, altered on the way, are linked, and it is said by which file."""
import io
import json
import random
import struct
import tarfile
import unittest
import zipfile
import zlib

from ovillo_cli import Case, ovillo, rows_of

PHONE = {"ana": "+447700900111", "eva": "+447700900222", "lia": "+447700900333", "rui": "+447700900444"}


def png(pixels, text=None):
    """A gray PNG; `text` is metadata that changes the file and not the picture."""
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    raw = b"".join(b"\0" + bytes(row) for row in pixels)
    extra = chunk(b"tEXt", b"Comment\0" + text.encode()) if text else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 0, 0, 0, 0)) +
            extra + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def scene(seed, side=160):
    """An invented picture: coarse noise, blended, with a few blocks on it."""
    rng = random.Random(seed)
    total = [[128.0] * side for _ in range(side)]
    for cells, share in ((3, 50), (7, 40), (16, 25)):
        grid = [[rng.uniform(-share, share) for _ in range(cells + 2)] for _ in range(cells + 2)]
        for y in range(side):
            for x in range(side):
                i, j = x * cells // side, y * cells // side
                a, b = x * cells / side - i, y * cells / side - j
                total[y][x] += (grid[j][i] * (1 - a) + grid[j][i + 1] * a) * (1 - b) + (grid[j + 1][i] * (1 - a) + grid[j + 1][i + 1] * a) * b
    return [[max(0, min(255, round(v))) for v in row] for row in total]


def brighter(pixels):
    return [[min(255, v * 11 // 10 + 4) for v in row] for row in pixels]


def half(pixels):
    return [[(row[x] + row[x + 1]) // 2 for x in range(0, len(row), 2)] for row in pixels[::2]]


FLAT = [[90] * 120 for _ in range(120)]

PICTURES = {
    "photos/one.png": png(scene(1)),
    "photos/two.png": png(scene(2)),
    "photos/three.png": png(half(brighter(scene(1)))),  # one.png, altered
    "photos/four.png": png(scene(4)),
    "photos/cut.png": png(scene(5))[:900],
    "photos/flat.png": png(FLAT),
}

HEADER = ["id", "text", "posted_at", "phone", "photos"]
ROWS = [
    ["1", "Ana in Gent, calm flat near the park", "2026-02-01", PHONE["ana"], "one.png; two.png"],
    ["2", "Massage by Eva, every day until ten", "2026-02-05", PHONE["eva"], "photos/three.png"],
    ["3", "Lia is here for a week, write to me", "2026-02-07", PHONE["lia"], "four.png|cut.png"],
    ["4", "Rui offers rides to the airport", "2026-02-09", PHONE["rui"], "https://cdn.example.org/x/FLAT.png?w=2,gone.png"],
]


def csv_bytes(header, rows):
    return "\n".join(",".join(f'"{c}"' for c in row) for row in [header, *rows]).encode() + b"\n"


class Photo(Case):
    def zipped(self, name="handover.zip", table="adverts.csv", rows=None, pictures=None, body=None):
        path = self.folder / name
        with zipfile.ZipFile(path, "w") as out:
            out.writestr(table, body or csv_bytes(HEADER, ROWS if rows is None else rows))
            for member, data in (PICTURES if pictures is None else pictures).items():
                out.writestr(member, data)
        return path

    def held(self):
        workspace = self.workspace()
        workspace.source("platform")
        report = workspace.importing("platform", self.zipped())
        workspace.run("run")
        return workspace, report

    def test_two_adverts_with_one_picture_are_linked_by_its_file(self):
        workspace, report = self.held()
        self.assert_adds_up(report)
        file = report["files"][0]
        self.assertEqual((file["rows"], file["records"], file["rejects"]), (4, 4, 0))
        self.assertEqual(file["photos"], {"in_file": 6, "read": 5, "held": 1, "plain": 1, "named": 6, "missing": 1})
        steps = workspace.json("why", PHONE["ana"], PHONE["eva"])["steps"]
        self.assertEqual([s["from"]["kind"] for s in steps] + [steps[-1]["to"]["kind"]], ["phone", "photo_likeness", "phone"])
        by = [steps[0]["records"][0]["to"], steps[1]["records"][0]["from"]]
        self.assertEqual([(c["column"], c["raw"], c["member"], c["row"]) for c in by],
                         [("photos", "one.png", "adverts.csv", 1), ("photos", "photos/three.png", "adverts.csv", 2)])
        text = workspace.run("why", PHONE["ana"], PHONE["eva"]).stdout
        self.assertIn("one.png", text)
        self.assertIn("photos/three.png", text)
        # The picture's own hash finds the same chain.
        finds = workspace.json("show", by[0]["record"])["finds"]
        sha = next(f["canonical"] for f in finds if f["kind"] == "photo")
        self.assertEqual(workspace.json("why", sha, PHONE["eva"])["steps"][0]["from"]["kind"], "photo_likeness")
        shown = workspace.run("show", by[0]["record"]).stdout
        self.assertIn("photo of one.png: " + sha, shown)
        self.assertIn("photo_likeness of two.png: ", shown)

    def test_what_is_not_shared_links_nobody(self):
        workspace, _ = self.held()
        for a, b in (("ana", "lia"), ("lia", "rui"), ("eva", "rui")):
            process = workspace.run("why", PHONE[a], PHONE[b], check=False)
            self.assertEqual(process.returncode, 5, process.stdout)

    def test_held_pictures_are_counted_with_their_reason(self):
        workspace, report = self.held()
        self.assertEqual(report["held_photos"], [{"member": "photos/cut.png", "code": "photo.damaged"}])
        lines = rows_of(report["rejects_file"])
        self.assertEqual([(line["member"], line["row"], line["code"]) for line in lines], [("photos/cut.png", "0", "photo.damaged")])
        self.assertIn("1 held, not read", workspace.run("import", self.zipped("again.zip"), "--source", "platform").stdout)

    def test_the_answer_does_not_depend_on_when_the_pictures_came(self):
        whole, _ = self.held()
        table = self.folder / "adverts.csv"
        table.write_bytes(csv_bytes(HEADER, ROWS))
        late = self.workspace("late")
        late.source("platform")
        late.importing("platform", table)
        late.run("run")
        process = late.run("why", PHONE["ana"], PHONE["eva"], check=False)
        self.assertEqual(process.returncode, 5)
        report = late.importing("platform", self.zipped())
        self.assertEqual(report["files"][0]["repeats"], 4)
        late.run("run")
        self.assertEqual(late.shape(), whole.shape())
        def kinds(workspace):
            return [(s["from"], s["to"], s["weight_bits"]) for s in workspace.json("why", PHONE["ana"], PHONE["eva"])["steps"]]
        self.assertEqual(kinds(late), kinds(whole))

    def test_same_pixels_with_other_metadata_meet(self):
        workspace = self.workspace()
        workspace.source("platform")
        pictures = {"a.png": png(scene(9)), "b.png": png(scene(9), text="camera 7")}
        rows = [["1", "first", "2026-02-01", PHONE["ana"], "a.png"], ["2", "second", "2026-02-02", PHONE["eva"], "b.png"]]
        workspace.importing("platform", self.zipped(rows=rows, pictures=pictures))
        workspace.run("run")
        self.assertEqual(len(workspace.json("why", PHONE["ana"], PHONE["eva"])["steps"]), 2)

    def test_a_stock_picture_of_very_many_links_nobody(self):
        workspace = self.workspace()
        workspace.source("platform")
        phones = [f"+4477009{i:05d}" for i in range(100, 140)]
        rows = [[str(i), f"advert number {i} of somebody", "2026-02-01", phone, "logo.png"] for i, phone in enumerate(phones)]
        workspace.importing("platform", self.zipped(rows=rows, pictures={"logo.png": png(scene(3))}))
        workspace.run("run")
        process = workspace.run("why", phones[0], phones[1], check=False)
        self.assertEqual(process.returncode, 5, process.stdout)

    def test_lists_in_json_and_a_tar_name_each_picture(self):
        lines = b"\n".join(json.dumps(dict(zip(HEADER, [*row[:4], row[4].replace("|", ";").split("; ")]))).encode() for row in ROWS)
        path = self.folder / "handover.tar.gz"
        with tarfile.open(path, "w:gz") as out:
            for member, data in {**PICTURES, "adverts.jsonl": lines}.items():  # pictures before the table
                info = tarfile.TarInfo(member)
                info.size = len(data)
                out.addfile(info, io.BytesIO(data))
        workspace = self.workspace()
        workspace.source("platform")
        workspace.importing("platform", path)
        workspace.run("run")
        record = workspace.json("why", PHONE["ana"], PHONE["eva"])["steps"][0]["records"][0]["to"]
        self.assertEqual((record["column"], record["raw"]), ("photos", "one.png"))
        shown = workspace.run("show", record["record"]).stdout
        self.assertIn("photo_likeness of two.png: ", shown)

    def test_map_proposes_the_column_of_pictures(self):
        header = ["nr", "wording", "Bilder", "photo gallery"]
        rows = [[str(i), f"an advert of number {i} in a few words more", f"img_{i}.jpg;img_{i}b.jpeg", "none"] for i in range(20)]
        path = self.zipped("proposal.zip", body=csv_bytes(header, rows))
        columns = {c["column"]: c for c in json.loads(ovillo("map", path, "--json").stdout)["columns"]}
        self.assertEqual(columns["Bilder"]["field"], "photo")
        self.assertEqual(columns["photo gallery"]["field"], "other")
        self.assertIn("picture", columns["Bilder"]["why"])


if __name__ == "__main__":
    unittest.main()
