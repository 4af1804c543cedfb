#!/usr/bin/env python3
"""Checks every #include against tools/layers.toml: data passes one way.

usage: check_layers.py [ROOT]        exit 0: kept; 1: broken, one line per fault

The rules:
  - a module includes itself and the modules its line names; a door likewise
  - folder X/internal/ is for X alone
  - the path you open is the path you include: no "file.hpp" beside, no <ovillo/...>
  - only *_test.cpp and test_*.hpp include a test library or a test_*.hpp; a test includes what its
    module may
  - every folder under ovillo/ stands in the table, the table has no cycle and names no stranger
  - CMakeLists.txt links a module with exactly the modules of its line
"""
import pathlib
import re
import sys
import tomllib
from typing import Iterator, NamedTuple

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
TEST_LIBRARIES = ("gtest/", "gmock/", "rapidcheck")
CPP = (".cpp", ".hpp", ".inc", ".h", ".cc")


class Layers(NamedTuple):
    """Who may include whom; a door is keyed by its folder, like a module."""

    modules: dict[str, list[str]]
    doors: dict[str, list[str]]


def load(root: pathlib.Path) -> Layers:
    table = tomllib.loads((root / "tools" / "layers.toml").read_text(encoding="utf-8"))
    return Layers(table.get("modules", {}), table.get("doors", {}))


def cycle(table: dict[str, list[str]]) -> list[str]:
    """One cycle of the table as a path that ends where it began, or empty."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return path[path.index(name):] + [name]
        if name in done:
            return []
        for below in table.get(name, []):
            if found := visit(below, [*path, name]):
                return found
        done.add(name)
        return []

    for name in table:
        if found := visit(name, []):
            return found
    return []


def table_faults(root: pathlib.Path, layers: Layers) -> Iterator[str]:
    both = layers.modules | layers.doors
    for name, below in layers.modules.items():
        for other in below:
            if other not in layers.modules:
                yield f"tools/layers.toml: {name} names {other}, which is no module"
    for name, below in layers.doors.items():
        for other in below:
            if other not in both:
                yield f"tools/layers.toml: {name} names {other}, which is neither module nor door"
    if path := cycle(both):
        yield f"tools/layers.toml: a cycle: {' -> '.join(path)}"
    if (root / "ovillo").is_dir():
        for folder in sorted((root / "ovillo").iterdir()):
            if folder.is_dir() and folder.name not in layers.modules:
                yield f"ovillo/{folder.name}: no module of that name in tools/layers.toml"
            elif folder.is_file() and folder.suffix in CPP:
                yield f"ovillo/{folder.name}: lies in no module"


def cmake_faults(root: pathlib.Path, layers: Layers) -> Iterator[str]:
    """A module linked with more than it may include compiles what the table forbids."""
    path = root / "CMakeLists.txt"
    if not path.is_file():
        return
    text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
    for call in re.findall(r"ovillo_module\(([^)]*)\)", text):
        words = call.split()
        deps: list[str] = []
        if "DEPS" in words:
            after = words[words.index("DEPS") + 1:]
            deps = after[: after.index("LIBS")] if "LIBS" in after else after
        if words[0] not in layers.modules:
            yield f"CMakeLists.txt: module {words[0]} is not in tools/layers.toml"
        elif set(deps) != set(layers.modules[words[0]]):
            yield (f"CMakeLists.txt: {words[0]} is linked with {sorted(deps)}, "
                   f"tools/layers.toml says {sorted(layers.modules[words[0]])}")


def sources(root: pathlib.Path, layers: Layers) -> Iterator[tuple[str, pathlib.Path]]:
    """(module or door, file), in order."""
    for name in layers.modules:
        yield from ((name, p) for p in sorted((root / "ovillo" / name).rglob("*")) if p.suffix in CPP)
    for name in layers.doors:
        yield from ((name, p) for p in sorted((root / name).rglob("*")) if p.suffix in CPP)


def owner(path: str, layers: Layers) -> str | None:
    """The module or door that an include path opens; None when it opens neither."""
    parts = path.split("/")
    if parts[0] == "ovillo" and len(parts) > 2:
        return parts[1]
    return parts[0] if parts[0] in layers.doors and len(parts) > 1 else None


def include_fault(name: str, is_test: bool, quoted: bool, path: str, layers: Layers) -> str | None:
    """What is wrong with one #include in a file of `name`, or None."""
    if not quoted:
        if path.startswith(TEST_LIBRARIES) and not is_test:
            return f"<{path}> belongs in a *_test.cpp"
        return f'<{path}> is ours: write "{path}"' if path.startswith("ovillo/") else None
    if path.rpartition("/")[2].startswith("test_") and not is_test:
        return f'"{path}" belongs in a *_test.cpp'
    other = owner(path, layers)
    if other is None:
        return f'"{path}" is no path from the root of the tree'
    if other not in layers.modules and other not in layers.doors:
        return f'"{path}" opens {other}, which is no module'
    if other == name:
        return None
    if other not in (layers.modules | layers.doors)[name]:
        return f'"{path}": {name} may not include {other}'
    return f'"{path}" is internal to {other}' if "/internal/" in path else None


def include_faults(root: pathlib.Path, layers: Layers) -> Iterator[str]:
    for name, file in sources(root, layers):
        is_test = file.stem.endswith("_test") or file.stem.startswith("test_")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if match := INCLUDE.match(line):
                fault = include_fault(name, is_test, match[1] == '"', match[2], layers)
                if fault:
                    yield f"{file.relative_to(root)}:{number}: {fault}"


def faults(root: pathlib.Path) -> list[str]:
    layers = load(root)
    return [*table_faults(root, layers), *cmake_faults(root, layers), *include_faults(root, layers)]


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    found = faults(root)
    for fault in found:
        print(fault)
    layers = load(root)
    n_files = sum(1 for _ in sources(root, layers))
    print(f"{n_files} files of {len(layers.modules)} modules and {len(layers.doors)} doors: "
          f"{len(found)} faults")
    return 1 if found or n_files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
