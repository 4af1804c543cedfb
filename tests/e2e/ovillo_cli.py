"""Runs the `ovillo` program as a person would; shared by the end-to-end tests.

The program under test is $OVILLO_BIN. Every workspace is made with the same id key unless a test
names another, so that ids and keys can be compared between workspaces.
"""
import csv
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

BINARY = os.environ.get("OVILLO_BIN", "build/dev/cli/ovillo")
SOURCE = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = pathlib.Path(os.environ.get("OVILLO_REFERENCE_DATA", SOURCE.parent / "shared" / "data"))
ID_KEY = "00112233445566778899aabbccddeeff" * 2


class Failed(Exception):
    def __init__(self, process):
        super().__init__(f"{process.args} ended with {process.returncode}\n{process.stdout}\n{process.stderr}")
        self.process = process


def ovillo(*words, check=True, stdin=None, env=None, timeout=900):
    """Runs one command; gives the finished process with text streams."""
    process = subprocess.run([BINARY, *map(str, words)], input=stdin, capture_output=True, text=True,
                             timeout=timeout, env={**os.environ, **(env or {})})
    if check and process.returncode != 0:
        raise Failed(process)
    return process


class Workspace:
    """A workspace in a temporary folder."""

    def __init__(self, folder, id_key=ID_KEY):
        self.folder = pathlib.Path(folder)
        key = self.folder.parent / f"{self.folder.name}.key"
        key.write_text(id_key)
        ovillo("init", self.folder, "--id-key", key)

    def run(self, *words, **options):
        return ovillo(*words, "--workspace", self.folder, **options)

    def json(self, *words, **options):
        return json.loads(self.run(*words, "--json", **options).stdout)

    def source(self, name, *options, kind="platform_report", region="BE"):
        self.run("source", "add", name, "--authorisation", kind, "--authority", "Platform X",
                 "--reference", "2026-114", "--valid-from", "2025-01-01", "--region", region, *options)

    def importing(self, source, *files, **options):
        words = [w for key, value in options.items() for w in (f"--{key}", value)]
        return self.json("import", *files, "--source", source, *words)

    def networks(self, *options):
        return self.run("networks", "--json", *options).stdout

    def kill_after(self, delay_s, *words):
        """Starts a command, ends it with kill -9 after a while. @return whether it was still running."""
        process = subprocess.Popen([BINARY, *map(str, words), "--workspace", str(self.folder)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(delay_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return process.returncode == -signal.SIGKILL

    def shape(self):
        """Keys and members of the networks: what must not depend on how the records came in."""
        return sorted((n["key"], tuple(n["members"])) for n in json.loads(self.networks())["networks"])


class Server:
    """`ovillo serve` on a free port of the loopback, ended when the block ends."""

    def __init__(self, workspace, *words, patience_s=60):
        self.process = subprocess.Popen([BINARY, "serve", "--port", "0", "--workspace", str(workspace.folder), *words],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        late = threading.Timer(patience_s, self.process.kill)
        late.start()
        self.port = None
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found.group(1))
                break
        late.cancel()
        if self.port is None:
            raise AssertionError(f"serve did not start: {self.process.stderr.read()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.status = self.process.wait(20)
        finally:
            self.process.kill()
            self.process.stdout.close()
            self.process.stderr.close()

    def ask(self, method, path, body=None, headers=None):
        """-> (status, headers without the date, body)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else json.dumps(body),
                               headers if headers is not None else {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, sorted((k, v) for k, v in answer.getheaders() if k.lower() != "date"), answer.read()
        finally:
            connection.close()

    def get(self, path):
        status, _, body = self.ask("GET", path)
        return status, json.loads(body)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ovillo-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def workspace(self, name="case", **options):
        return Workspace(self.folder / name, **options)

    def synth(self, name="invented", **options):
        words = [w for key, value in options.items() for w in (f"--{key}", str(value))]
        ovillo("synth", self.folder / name, *words)
        return self.folder / name

    def write_csv(self, name, header, rows):
        path = self.folder / name
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(header)
            writer.writerows(rows)
        return path

    def assert_adds_up(self, report):
        for file in report["files"]:
            self.assertEqual(file["rows"], file["records"] + file["repeats"] + file["rejects"] + file["held"],
                             file)


def rows_of(path):
    """The rows of a CSV file as dictionaries."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def on_day(days):
    """What a command needs in its environment to take today for another day. @param days  from today, also less than 0."""
    return {"LD_PRELOAD": os.environ["OVILLO_MOVED_CLOCK"], "OVILLO_MOVED_CLOCK_S": str(days * 86400)}


def needs_moved_clock(test):
    return unittest.skipUnless(os.environ.get("OVILLO_MOVED_CLOCK"), "no moved clock in this build")(test)


def needs_reference_data(test):
    return unittest.skipUnless(REFERENCE.is_dir(), f"no reference data at {REFERENCE}")(test)


def files_only(test):
    """Of tests that look into the file of the tables, which is elsewhere on a server."""
    return unittest.skipIf(os.environ.get("OVILLO_STORE"), "looks into the file of the tables")(test)
