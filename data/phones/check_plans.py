#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks data/phones/plans.toml against the Python package `phonenumbers` (not shipped).

  check_plans.py            every fixed and mobile example number must be accepted by our table, and every
                            mobile number among 20,000 drawn for each country that may be guessed at and that
                            the package calls valid; exit 77 where the package is not installed
  check_plans.py --rest     prints the `rest` table: assigned codes and national lengths
"""
import pathlib
import random
import re
import sys
import tomllib

try:
    import phonenumbers
    from phonenumbers import PhoneMetadata, PhoneNumberType
except ImportError:
    print("phonenumbers is not installed (python3-phonenumbers, or pip install phonenumbers)")
    sys.exit(77)

FEWEST = 7  # digits; shorter numbers are never read
# Mobile numbers left out on purpose: they would make too many other things numbers.
LEFT_OUT = {
    "AT": r"\d{7,9}$",  # old numbers; new ones are longer
    "PT": r"6|16",  # machines and nomadic services
    "NL": r"\d{11}$",  # machines
    "IT": r"4|\d{11,}$",  # machines; nothing people write is as long
}
PLANS = pathlib.Path(__file__).parent / "plans.toml"


def lengths(text):
    low, _, high = text.partition("-")
    return range(int(low), int(high or low) + 1)


def accepts(plan, national):
    for entry in plan["mobile"] + plan["fixed"] + plan["other"]:
        lead, _, length = entry.partition(":")
        if all(a in ("?", b) for a, b in zip(lead, national)) and len(national) in lengths(length):
            return True
    return False


def refused(plan, rng, draws=20_000):
    """Mobile numbers that the package calls valid and our table does not hold."""
    region, code = plan["region"], int(plan["code"])
    possible = PhoneMetadata.metadata_for_region(region).general_desc.possible_length
    for _ in range(draws):
        national = "".join(rng.choice("0123456789") for _ in range(rng.choice(possible)))
        if len(national) < FEWEST or (national.startswith("0") and region != "IT"):
            continue
        number = phonenumbers.PhoneNumber(country_code=code, national_number=int(national),
                                          italian_leading_zero=national.startswith("0") or None)
        if phonenumbers.is_valid_number_for_region(number, region) and phonenumbers.number_type(number) == PhoneNumberType.MOBILE:
            if not accepts(plan, national) and not re.match(LEFT_OUT.get(region, "$"), national):
                yield national


def print_rest(own_codes):
    rows = []
    for code in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE, key=str):
        if str(code) in own_codes:
            continue
        region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0]
        if region == "001":
            continue
        meta = PhoneMetadata.metadata_for_region(region)
        possible = meta.general_desc.possible_length
        trunk = meta.national_prefix or ""
        low = min(max(min(possible), 6), max(possible))
        rows.append(f'  "{region} {code} {trunk or "-"} {low}-{max(possible)}",')
    print("rest = [", *rows, "]", sep="\n")


def main():
    if "--rest" in sys.argv:
        plans = tomllib.loads(PLANS.read_text())["plan"]
        print_rest({p["code"] for p in plans})
        return 0
    wrong = 0
    rng = random.Random(7)
    for plan in tomllib.loads(PLANS.read_text())["plan"]:
        for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
            example = phonenumbers.example_number_for_type(plan["region"], kind)
            national = phonenumbers.national_significant_number(example)
            if not accepts(plan, national):
                print(plan["region"], "does not accept", national)
                wrong += 1
        if "prior" in plan:
            for national in refused(plan, rng):
                print(plan["region"], "does not accept", national)
                wrong += 1
    print(f"{wrong} numbers refused that are valid")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
