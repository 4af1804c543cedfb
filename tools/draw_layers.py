#!/usr/bin/env python3
"""Draws the layers of tools/layers.toml into ARCHITECTURE.md, between its two marks.

usage: draw_layers.py            rewrites the diagram
       draw_layers.py --check    exit 1 when the diagram is not the one of the table
"""
import pathlib
import sys

import check_layers

ROOT = pathlib.Path(__file__).parent.parent
BEGIN = "<!-- layers: drawn by tools/draw_layers.py -->\n"
END = "<!-- layers: end -->\n"


def below(table: dict[str, list[str]], name: str) -> set[str]:
    """Everything under `name`, near and far."""
    found: set[str] = set()
    for other in table.get(name, []):
        found |= {other} | below(table, other)
    return found


def near(table: dict[str, list[str]], name: str) -> list[str]:
    """The arrows worth drawing: what is not already reached through another."""
    return [other for other in table[name]
            if not any(other in below(table, via) for via in table[name] if via != other)]


def ranks(table: dict[str, list[str]]) -> list[list[str]]:
    """Modules by height: each stands one above the highest it includes."""
    height: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in height:
            height[name] = 1 + max((of(other) for other in table.get(name, [])), default=-1)
        return height[name]

    for name in table:
        of(name)
    return [[n for n in table if height[n] == h] for h in range(max(height.values()) + 1)]


def diagram(layers: check_layers.Layers) -> str:
    table = layers.modules | layers.doors
    lines = ["```mermaid", "graph BT"]
    lines += [f"  {name}[{name}]" if name in layers.modules else f"  {name}([{name}])" for name in table]
    lines += [f"  {name} --> {other}" for name in table for other in near(table, name)]
    lines += ["```", "", "The same, lowest first; a line may include only what stands on earlier lines:",
              "", "```"]
    lines += ["  ".join(rank) for rank in ranks(table)]
    lines += ["```", ""]
    return "\n".join(lines)


def redrawn(text: str, drawing: str) -> str:
    head, _, rest = text.partition(BEGIN)
    _, found, tail = rest.partition(END)
    if not found:
        sys.exit("ARCHITECTURE.md has lost its marks for the diagram")
    return f"{head}{BEGIN}{drawing}{END}{tail}"


def main() -> int:
    path = ROOT / "ARCHITECTURE.md"
    before = path.read_text(encoding="utf-8")
    after = redrawn(before, diagram(check_layers.load(ROOT)))
    if "--check" not in sys.argv[1:]:
        path.write_text(after, encoding="utf-8")
        return 0
    if before != after:
        print("ARCHITECTURE.md shows other layers than tools/layers.toml: run tools/draw_layers.py")
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
