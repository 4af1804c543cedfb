#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks data/phones/plans.toml against the Python package `phonenumbers` (not shipped).

  check_plans.py            every fixed and mobile example number must be accepted by our table
  check_plans.py --rest     prints the `rest` table: assigned codes and national lengths
"""
import pathlib
import sys
import tomllib

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType

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
    for plan in tomllib.loads(PLANS.read_text())["plan"]:
        for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
            example = phonenumbers.example_number_for_type(plan["region"], kind)
            national = phonenumbers.national_significant_number(example)
            if not accepts(plan, national):
                print(plan["region"], "does not accept", national)
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
