#!/usr/bin/env python3
"""Other readers on the labelled texts of tests/extract: precision, recall and F1 of phone numbers.

  rivals.py CORPUS_FOLDER        phonenumbers is needed; text2num and presidio-analyzer join in when installed

libphonenumber's matcher must be told a region: without one it is given each of the six home regions of the corpus'
languages in turn and the numbers of all are taken together, which is how it is used on mixed texts. POSSIBLE accepts
what may be a number of the plan, VALID only what is in an open block; our fictional numbers lie in closed blocks.
"""
from __future__ import annotations

import pathlib
import re
import sys
import time
import unicodedata

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

REGIONS = ["ES", "PT", "GB", "FR", "NL", "DE"]


def read_corpus(folder: pathlib.Path):
    mark = re.compile(r"\{(\w+):([^|}]*)\|((?:[^}\\]|\\u\{[0-9A-F]+\}|\\n)*)\}")
    escape = re.compile(r"\\u\{([0-9A-F]+)\}")
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line or line.startswith("#"):
                continue
            _, region, text = line.split("\t")
            text = text.replace("\\n", "\n")
            phones = {match[2] for match in mark.finditer(text) if match[1] == "phone"}
            text = mark.sub(lambda match: match[3], text)
            text = escape.sub(lambda match: chr(int(match[1], 16)), text)
            yield path.stem, region, text, phones


def matcher(leniency):
    def read(text, language, region):
        found = set()
        for home in [region] if region else REGIONS:
            for match in PhoneNumberMatcher(text, home, leniency):
                found.add(phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164))
        return found

    return read


def folded(inner):
    def read(text, language, region):
        plain = unicodedata.normalize("NFKC", text)
        plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn", "Me"))
        return inner(plain, language, region)

    return read


def readers():
    yield "libphonenumber VALID", matcher(Leniency.VALID)
    yield "libphonenumber POSSIBLE", matcher(Leniency.POSSIBLE)
    yield "NFKC + VALID", folded(matcher(Leniency.VALID))
    yield "NFKC + POSSIBLE", folded(matcher(Leniency.POSSIBLE))
    try:
        from text_to_num import alpha2digit

        possible = folded(matcher(Leniency.POSSIBLE))

        def in_words(text, language, region):
            try:
                text = alpha2digit(text, language)
            except Exception:  # its parser fails on some texts; they are read as they are
                pass
            return possible(text, language, region)

        yield "text2num + NFKC + POSSIBLE", in_words
    except ImportError:
        print("text2num is not installed", file=sys.stderr)
    try:
        from presidio_analyzer.predefined_recognizers import PhoneRecognizer

        recognizers = {}

        def presidio(text, language, region):
            regions = tuple([region] if region else REGIONS)
            reader = recognizers.setdefault(regions, PhoneRecognizer(supported_regions=regions))
            found = set()
            for hit in reader.analyze(text, ["PHONE_NUMBER"], None) or []:
                for home in regions:
                    try:
                        number = phonenumbers.parse(text[hit.start : hit.end], home)
                    except phonenumbers.NumberParseException:
                        continue
                    found.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
                    break
            return found

        yield "Presidio PhoneRecognizer", presidio
    except ImportError:
        print("presidio-analyzer is not installed", file=sys.stderr)


def main() -> int:
    corpus = list(read_corpus(pathlib.Path(sys.argv[1])))
    print(f"\nrivals, phones in {len(corpus)} texts")
    print(f"{'':<28}{'':>10} {'precision':>9} {'recall':>9} {'F1':>9} {'clean':>9} {'texts/s':>9}")
    for name, read in readers():
        for told in ("region", "no region"):
            right = wrong = missed = clean = without = 0
            start = time.process_time()
            for language, region, text, phones in corpus:
                found = read(text, language, region if told == "region" else "")
                right += len(found & phones)
                wrong += len(found - phones)
                missed += len(phones - found)
                without += not phones
                clean += not phones and not found
            seconds = time.process_time() - start
            precision = right / (right + wrong) if right + wrong else 1.0
            recall = right / (right + missed)
            f1 = 2 * precision * recall / (precision + recall) if right else 0.0
            print(f"{name:<28}{told:>10} {precision:>9.3f} {recall:>9.3f} {f1:>9.3f} {clean:>4}/{without:<4} {len(corpus) / seconds:>9.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
