#!/usr/bin/env python3
"""Fails when the repository holds a phone number outside data/fiction_numbers.toml.

Reads every text file that git tracks or would track and looks for what reads as a phone number:
  - international: "+34 751 23 45 67", "0034...", tel: and wa.me links;
  - mobile numbers as written inside ES PT FR BE NL GB DE BR and (grouped) US numbers.
A national form that several countries share passes when one reading lies in a block. Exceptions that
are not phones stand in data/fiction_allow.toml, each with its reason.

What it does not see: numbers in words, emoji or look-alikes (the tests that hold them also hold the
plain number), national fixed lines, and 9 digits in a row in program code outside a string.

  check_fiction_numbers.py [PATH...]   whole repository when no path is given; exit 1 on a finding
  check_fiction_numbers.py --self-test
"""
from __future__ import annotations

import fnmatch
import os
import pathlib
import re
import subprocess
import sys
import tomllib
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_BYTES = 64 << 20
CODE = {".cpp", ".hpp", ".h", ".c", ".py", ".ts", ".tsx", ".js", ".mjs", ".cmake", ".sh", ".sql", ".css"}
BINARY = {".png", ".jpg", ".jpeg", ".gif", ".ico", ".woff", ".woff2", ".pdf", ".gz", ".zst", ".zip", ".xz",
          ".whl", ".a", ".o", ".so", ".db", ".sqlite", ".wasm"}
# Generated lists of hashes and versions: no texts in them.
SKIP_NAMES = {"package-lock.json", "uv.lock", "poetry.lock", "go.sum"}

SEP = r"[ .\-/()\u00a0\u2009\u202f]{0,3}"
# Not a piece of something longer: a hash, an id, a decimal, a path, an e-mail address.
BEFORE = r"(?<![\w.,:#@=+\-/\u20ac$%])"
AFTER = r"(?![\w@%]|[.,:]\d|-\w)"

INTERNATIONAL = re.compile(
    r"(?<![\w+.])(?:\+|(?:tel:|wa\.me/|whatsapp\.com/send\?phone=|phone=)\+?|(?<![\d.,:])00(?=[1-9]\d))"
    rf"((?:\d{SEP}){{7,14}}\d)(?![\w])"
)
G = r"[ .\-]"  # between groups; the same one throughout where a form could be an amount
NATIONAL = [
    # countries, pattern; the digits of the match are the national number with its trunk
    ("ES", re.compile(rf"{BEFORE}([67]\d{{2}}({G})\d{{3}}\2\d{{3}}){AFTER}")),
    ("ES", re.compile(rf"{BEFORE}([67]\d{{2}}({G})\d{{2}}\2\d{{2}}\2\d{{2}}){AFTER}")),
    ("PT", re.compile(rf"{BEFORE}(9[1-6]\d({G})\d{{3}}\2\d{{3}}){AFTER}")),
    ("FR", re.compile(rf"{BEFORE}(0[67]({G})\d{{2}}\2\d{{2}}\2\d{{2}}\2\d{{2}}){AFTER}")),
    ("BE", re.compile(rf"{BEFORE}(04[5-9]\d[ ./]\d{{2}}[ .]?\d{{2}}[ .]?\d{{2}}){AFTER}")),
    ("BE", re.compile(rf"{BEFORE}(04[5-9]\d[ /]\d{{3}}[ .]?\d{{3}}){AFTER}")),
    ("NL", re.compile(rf"{BEFORE}(06[ \-]\d{{8}}|06[ \-]\d{{4}} \d{{4}}){AFTER}")),
    ("GB", re.compile(rf"{BEFORE}(07\d{{3}}[ \-]\d{{3}}[ \-]?\d{{3}}){AFTER}")),
    ("DE", re.compile(rf"{BEFORE}(01[567]\d[ \-/]\d{{6,8}}){AFTER}")),
    ("BR", re.compile(rf"{BEFORE}(\(?[1-9]\d\)?[ \-]9\d{{4}}[ \-]\d{{4}}){AFTER}")),
    ("US", re.compile(rf"{BEFORE}(\([2-9]\d{{2}}\) ?[2-9]\d{{2}}[\-.]\d{{4}}|[2-9]\d{{2}}-[2-9]\d{{2}}-\d{{4}}){AFTER}")),
    # in one run
    ("FR NL BE GB DE RO", re.compile(rf"{BEFORE}(0[467]\d{{8}}|07\d{{9}}|01[567]\d{{8,9}}){AFTER}")),
]
RUN = re.compile(rf"{BEFORE}([67]\d{{8}}|9[1236]\d{{7}}){AFTER}")
CUE = re.compile(
    r"(?:tel|phone|m[oó]vil|mobile|gsm|whats|wasap|llam|call|liga|appel|bel|contact|number|nummer|n[uú]mero)\w{0,6}\W{0,12}$",
    re.IGNORECASE,
)
UNIT = re.compile(r"^\s?(?:€|\$|£|eur|euro|usd|bytes?|rows?|adverts?|records?|ms|us|ns|s\b|kb|mb|gb|%)", re.IGNORECASE)


class Blocks:
    def __init__(self, path: pathlib.Path):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        self.countries = {row["code"]: row for row in data["country"]}
        self.patterns, self.ranges = [], []
        for block in data["block"]:
            for key in ("kind", "basis", "source", "confidence"):
                if not block.get(key):
                    sys.exit(f"{path}: a block of {block.get('country')} has no {key}")
            if "pattern" in block:
                self.patterns.append(block["pattern"][1:].replace("x", r"\d"))
            else:
                self.ranges.append((block["first"][1:], block["last"][1:]))
        self.pattern = re.compile("(?:" + "|".join(self.patterns) + r")\Z")

    def holds(self, digits: str) -> bool:
        """digits: the number with its country code, without +."""
        if self.pattern.match(digits):
            return True
        return any(len(a) == len(digits) and a <= digits <= b for a, b in self.ranges)

    def holds_national(self, digits: str, countries: str) -> bool:
        for code in countries.split():
            row = self.countries[code]
            national = digits
            if row["trunk"] and digits.startswith(row["trunk"]) and code not in ("US", "BR"):
                national = digits[len(row["trunk"]):]
            if self.holds(row["calling"] + national):
                return True
        return False


# Assigned country codes whose numbers are at least that long; what is shorter is no number of theirs.
CALLING = {
    "1": 11, "7": 11, "20": 10, "27": 11, "30": 12, "31": 11, "32": 10, "33": 11, "34": 11, "36": 10, "39": 9,
    "40": 11, "41": 11, "43": 10, "44": 11, "45": 10, "46": 9, "47": 10, "48": 11, "49": 9, "51": 10, "52": 12,
    "53": 10, "54": 12, "55": 12, "56": 11, "57": 12, "58": 12, "60": 10, "61": 11, "62": 10, "63": 11, "64": 10,
    "65": 10, "66": 10, "81": 11, "82": 10, "84": 11, "86": 12, "90": 12, "91": 12, "92": 11, "93": 11, "94": 11,
    "98": 12, "212": 12, "213": 11, "216": 11, "220": 10, "221": 12, "225": 11, "233": 12, "234": 11, "237": 12,
    "243": 12, "254": 12, "255": 12, "256": 12, "351": 12, "352": 9, "353": 10, "354": 10, "355": 11, "356": 11,
    "357": 11, "358": 10, "359": 11, "370": 11, "371": 11, "372": 10, "373": 11, "374": 11, "375": 12, "376": 9,
    "377": 11, "380": 12, "381": 11, "382": 11, "383": 11, "385": 11, "386": 11, "387": 11, "389": 11, "420": 12,
    "421": 12, "502": 11, "503": 11, "504": 11, "505": 11, "506": 11, "507": 10, "591": 11, "593": 11, "595": 12,
    "598": 11, "852": 11, "961": 10, "963": 11, "964": 12, "966": 12, "971": 11, "972": 11, "973": 11, "974": 11,
    "992": 12, "994": 12, "995": 12, "998": 12,
}


def calling_code(digits: str) -> str | None:
    for n in (1, 2, 3):
        code = digits[:n]
        if code in CALLING and CALLING[code] <= len(digits) <= 15:
            return code
    return None


def digits_of(text: str) -> str:
    """Decimal digits of any script as ASCII ("\uff13" is 3)."""
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def in_string(line: str, begin: int) -> bool:
    """True inside quotes of a line of program code (a plain count of quotes)."""
    before = line[:begin]
    return any(before.count(q) % 2 == 1 for q in ('"', "'", "`")) or 'R"' in before


def findings(line: str, blocks: Blocks, is_code: bool):
    taken: list[tuple[int, int]] = []
    for match in INTERNATIONAL.finditer(line):
        digits = digits_of(match.group(1))
        # A grouped match may have run into the next number: try it without its tail.
        parts = re.split(r"(?<=\d)[ ](?=\+|00)", match.group(1))
        digits = digits_of(parts[0])
        # "+34 (0) 751 ..." carries the trunk digit in brackets.
        digits_without_trunk = digits_of(re.sub(r"\(0\)", "", parts[0]))
        code = calling_code(digits)
        taken.append(match.span())
        if code is None or "," in match.group(0):
            continue
        # A number followed by another word of digits ("+34751234567 24") is read without it.
        candidates = {digits, digits_without_trunk}
        words = match.group(1).split(" ")
        for n in range(1, len(words)):
            candidates.add(digits_of(" ".join(words[:n])))
        if not any(blocks.holds(candidate) for candidate in candidates):
            yield match.start(), match.group(0).strip()
    for countries, pattern in NATIONAL:
        for match in pattern.finditer(line):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            text = match.group(1)
            digits = digits_of(text)
            if digits.endswith("000000") or UNIT.match(line[match.end():]):
                continue
            if is_code and not in_string(line, match.start()) and "//" not in line and "#" not in line:
                continue
            taken.append(match.span())
            if not blocks.holds_national(digits, countries):
                yield match.start(), text
    for match in RUN.finditer(line):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        digits = match.group(1)
        if digits.endswith("00000") or UNIT.match(line[match.end():]):
            continue
        quoted = line[match.start() - 1 : match.start()] in ('"', "'", "`") and line[match.end() : match.end() + 1] in ('"', "'", "`")
        if not (CUE.search(line[: match.start()]) or (quoted and not is_code)):
            continue
        if not blocks.holds_national(digits, "ES PT"):
            yield match.start(), digits


class Allowed:
    def __init__(self, path: pathlib.Path):
        self.rows = []
        if path.exists():
            self.rows = tomllib.loads(path.read_text(encoding="utf-8")).get("allow", [])
        for row in self.rows:
            if not row.get("path") or not row.get("reason"):
                sys.exit(f"{path}: every entry needs a path and a reason")

    def holds(self, path: str, text: str) -> bool:
        for row in self.rows:
            if fnmatch.fnmatch(path, row["path"]) and (
                "text" not in row or digits_of(row["text"]) == digits_of(text)
            ):
                return True
        return False


def repository_files() -> list[pathlib.Path]:
    out = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout
    return [ROOT / os.fsdecode(name) for name in out.split(b"\0") if name]


def expand(paths: list[str]) -> list[pathlib.Path]:
    out: list[pathlib.Path] = []
    for name in paths:
        path = pathlib.Path(name).resolve()
        out += sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    return out


def scan(path: pathlib.Path, blocks: Blocks):
    if path.suffix.lower() in BINARY or path.name in SKIP_NAMES or not path.is_file() or path.is_symlink():
        return
    if path.stat().st_size > MAX_BYTES:
        return
    data = path.read_bytes()
    if b"\0" in data[:8192]:
        return
    is_code = path.suffix in CODE
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if not any(c.isdigit() for c in line):
            continue
        for begin, text in findings(line, blocks, is_code):
            yield number, begin + 1, text


def self_test(blocks: Blocks) -> int:
    """Every outside number is put together here, so that this file holds none."""
    rest = "2345671"
    outside = [
        "call +34 6" + "1" + rest[0:2] + " 345 679", "+3519" + "1" + rest, "tel:+316" + "1" + rest,
        "https://wa.me/3247" + rest, "00336" + "1" + rest, "+1 (212) " + "666-7788", "llama 6" + "1" + rest[:-1] + "9",
        "06 " + "12 34 56 79", "0470 " + "12 34 57", "07911 " + "123457", "(11) 9" + "1234-5679",
        "0171 " + "2345679", "WhatsApp: 9" + "1" + "2345679", "6" + "12 345 679", "06-" + "12345679",
        "0044 7911 " + "123457", "+34 \uff16\uff11" + "2345671",
    ]
    inside = [
        "+44 7700 900123", "+34 751 23 45 67", "llama 751234567", "06 39 98 12 34", "wa.me/34751234567",
        "0452 12 34 56", "07700 900123", "+1 202-555-0123", "(202) 555-0123", "0033639981234", "06-91234567",
        "+351 951 234 567", "+31 6 91234567", "+32 (0)452 12 34 56", "+55 20 91234-5678", "+34751234567 24 a.", "+34 \uff17\uff15" + "1234567",
    ]
    nothing = [
        "a1b2c3d4e5f60712345678", "BE21 9995 5844 1703", "ES8699990000000005303586", "2026-03-03T14:05:00+01:00",
        "const n = 712345678;", "epoch 1767571200", "amount 612345678 EUR", "600 000 000 rows", "0.612345678",
        "sha256 06123456780612345678", "id r-0000612", "1,612,345,678", "52.612345678", "+1.5 +2", "x+612", "v7.0.12",
        "lines 100-200", "UTC+0100", "12:34:56", "3.141592653", "#612345678", "port 8437", "+34 %", "612345678901234567",
    ]
    failures = 0
    for line in outside:
        if not list(findings(line, blocks, False)):
            failures += 1
            print(f"self-test: missed {line!r}")
    for line in inside + nothing:
        if found := list(findings(line, blocks, line.startswith("const"))):
            failures += 1
            print(f"self-test: false alarm in {line!r}: {found}")
    print(f"self-test: {len(outside)} outside, {len(inside)} inside, {len(nothing)} not phones, {failures} failed")
    return 1 if failures else 0


def main() -> int:
    blocks = Blocks(ROOT / "data" / "fiction_numbers.toml")
    if sys.argv[1:] == ["--self-test"]:
        return self_test(blocks)
    allowed = Allowed(ROOT / "data" / "fiction_allow.toml")
    files = expand(sys.argv[1:]) if len(sys.argv) > 1 else repository_files()
    n_found = 0
    for path in files:
        shown = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
        for line, column, text in scan(path, blocks):
            if allowed.holds(shown, text):
                continue
            n_found += 1
            print(f"{shown}:{line}:{column}: {text} is not a number of data/fiction_numbers.toml")
    print(f"{len(files)} files, {n_found} phone numbers outside the fiction blocks")
    return 1 if n_found else 0


if __name__ == "__main__":
    sys.exit(main())
