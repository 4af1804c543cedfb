#!/usr/bin/env python3
"""Checks the documents: every relative link leads somewhere, every ADR is listed and complete.

usage: check_documents.py [ROOT]
"""
import pathlib
import re
import sys

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
ADR_PARTS = ("## Context", "## Choice", "## Rejected", "## How we would know we are wrong")


def link_faults(root: pathlib.Path, document: pathlib.Path) -> list[str]:
    text = document.read_text(encoding="utf-8")
    return [f"{document.relative_to(root)}: no file at {link}" for link in LINK.findall(text)
            if "://" not in link and not link.startswith("mailto:") and not (document.parent / link).exists()]


def adr_faults(root: pathlib.Path) -> list[str]:
    found = []
    index = (root / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for adr in sorted((root / "docs" / "adr").glob("[0-9]*.md")):
        text = adr.read_text(encoding="utf-8")
        found += [f"{adr.relative_to(root)}: no part {part!r}" for part in ADR_PARTS if part not in text]
        if adr.name not in index:
            found.append(f"docs/adr/README.md does not list {adr.name}")
    return found


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent).resolve()
    documents = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    found = [fault for document in sorted(documents) for fault in link_faults(root, document)]
    found += adr_faults(root)
    print("\n".join(found) or f"{len(documents)} documents")
    return 1 if found or not documents else 0


if __name__ == "__main__":
    sys.exit(main())
