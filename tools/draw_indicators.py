#!/usr/bin/env python3
"""Draws docs/reference/indicators.md from data/indicators; --check fails when the page is old."""
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "indicators"
PAGE = ROOT / "docs" / "reference" / "indicators.md"

SIDES = {
    "urgent": (
        "Urgent",
        "Read by a person at once; never scored, never ranked, counted in no family. The wording is "
        "generous: a false alarm costs a minute.",
    ),
    "for": (
        "Signs of exploitation",
        "Each family counts once, however often it is seen. A sign shows that somebody wrote or did "
        "something; a person reads it, asks who, and decides.",
    ),
    "against": (
        "Signs against",
        "What speaks for a person who works for themself. None clears anybody.",
    ),
    "organisation": (
        "Organisation and wording",
        "Describes; may be lawful; counts for nothing and ranks nothing.",
    ),
    "not_known": ("Not known", "What nobody could see in the files held. Not known is not absent."),
}

FIELDS = [
    ("Sentence", "sentence"),
    ("Source", "source"),
    ("Evidence", "evidence"),
    ("Known bias, false alarms", "known_bias"),
    ("Reviewed by", "reviewed_by"),
    ("Objections", "objections"),
]


def rule_words(indicator: dict) -> str:
    rule = dict(indicator["rule"])
    words = [f"`{rule.pop('kind')}`"]
    for key, value in rule.items():
        if isinstance(value, list):
            value = ", ".join(value)
        elif isinstance(value, dict):
            value = ", ".join(f"{k} {v}" for k, v in value.items())
        words.append(f"{key} {value}")
    for group in ("phrases", "other_phrases", "unless"):
        if group in indicator:
            counts = ", ".join(f"{lang} {len(p)}" for lang, p in sorted(indicator[group].items()))
            words.append(f"{group}: {counts}")
    return "; ".join(words)


def draw_indicator(indicator: dict) -> list[str]:
    lines = [f"### {indicator['name']}", "", f"`{indicator['id']}`, family `{indicator['family']}`", ""]
    for label, key in FIELDS:
        if indicator[key] != "-":
            lines.append(f"- **{label}.** {indicator[key]}")
    lines += [f"- **Rule.** {rule_words(indicator)}", ""]
    return lines


def draw() -> str:
    indicators, refused = [], []
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        indicators += table.get("indicator", [])
        refused += table.get("refused", [])
    lines = [
        "<!-- Drawn by tools/draw_indicators.py from data/indicators; do not edit. -->",
        "# Indicators",
        "",
        f"{len(indicators)} indicators, {len(refused)} refused. Ovillo keeps three things apart: organisation, signs of "
        "exploitation, and what is not known. It shows no number, and no indicator opens or closes anything.",
        "",
        "No indicator here was tested against outcomes in Europe. Where evidence is stated it comes from the study or list named. "
        '"Not yet reviewed" means that no organisation of sex workers or survivors has read it yet.',
        "",
    ]
    for side, (title, lead) in SIDES.items():
        lines += [f"## {title}", "", lead, ""]
        for indicator in sorted(indicators, key=lambda i: i["id"]):
            if indicator["side"] == side:
                lines += draw_indicator(indicator)
    lines += ["## Refused", "", "Never scored, neither for nor against.", ""]
    for entry in refused:
        lines += [f"- **{entry['name']}.** {entry['reason']} ({entry['source'].rstrip('.')}.)"]
    return "\n".join(lines) + "\n"


def main() -> int:
    page = draw()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
            print(f"{PAGE}: old; run tools/draw_indicators.py", file=sys.stderr)
            return 1
        return 0
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
