"""Runs the programs of bench/adverts and lays figures beside their bars."""
import dataclasses
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

MOST_SECONDS = 900  # of CPU, for one run


@dataclasses.dataclass
class Ran:
    said: dict  # the JSON on its last line
    cpu_s: float  # user and system, of the process and what it waited for
    peak_mb: float
    code: int


def run(*command, environment: dict | None = None) -> Ran:
    """One process of its own, so that CPU and memory are its own. Stopped after MOST_SECONDS."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=err, preexec_fn=limit,
                                   env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        last = out.read().decode().strip().rpartition("\n")[2]
        if code > 0:
            print(err.read().decode().strip()[-400:], file=sys.stderr)
    said = json.loads(last) if code == 0 and last.startswith("{") else {}
    return Ran(said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, code)


@dataclasses.dataclass
class Bar:
    name: str
    value: float
    least: float | None = None
    most: float | None = None
    form: str = ".4f"

    def reached(self) -> bool | None:
        if self.least is None and self.most is None:
            return None
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        mark = "" if self.reached() is not False else "!"
        bars = [f" ({sign} {bar:,g})" for sign, bar in ((">=", self.least), ("<=", self.most)) if bar is not None]
        return f"{self.name} {mark}{self.value:{self.form}}{''.join(bars)}"


class Table:
    """Rows as they are measured, and the closing count."""

    def __init__(self):
        self.verdicts: list[tuple[str, str]] = []
        self.n_skipped = 0

    def title(self, text: str) -> None:
        print(f"\n== {text}", flush=True)

    def row(self, name: str, *figures) -> None:
        """@param figures  Bar or text. A row with no bar gets no verdict; "!" marks what misses its bar."""
        held = [f.reached() for f in figures if isinstance(f, Bar) and f.reached() is not None]
        verdict = "" if not held else "reached" if all(held) else "missed"
        if verdict:
            self.verdicts.append((name, verdict))
        print(f"{name:<34} {'  '.join(map(str, figures))}  {verdict}".rstrip(), flush=True)

    def note(self, text: str) -> None:
        print(f"  {text}", flush=True)

    def skip(self, name: str, fault: Exception) -> None:
        self.n_skipped += 1
        self.note(f"{name} skipped: {fault}")

    def close(self) -> None:
        missed = [name for name, verdict in self.verdicts if verdict == "missed"]
        print(f"\nadverts: {len(self.verdicts) - len(missed)} rows reached, {len(missed)} missed, "
              f"{self.n_skipped} skipped" + (": " + "; ".join(missed) if missed else ""))


def text_of(path: pathlib.Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
