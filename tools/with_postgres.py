#!/usr/bin/env python3
"""Runs a command beside a PostgreSQL server of its own, on the loopback, that goes when it ends.

usage: with_postgres.py COMMAND [ARGUMENT ...]

The command finds the database in $OVILLO_STORE, as a role without special rights. Where this runs
as root the server runs as the user postgres, because it refuses to run as root. Exit status: the
command's; 77 where no PostgreSQL is installed.
"""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 60


def programs():
    """The folder of initdb and postgres, the newest version first; None: not installed."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return pathlib.Path(on_path).parent if on_path else None


def as_server_user():
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start(bin_folder, folder, port):
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([*as_server_user(), bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8",
                    "--locale=C.UTF-8", "--no-sync"], check=True, **quiet)
    log = open(folder / "log", "w")
    return subprocess.Popen([*as_server_user(), bin_folder / "postgres", "-D", data, "-k", folder, "-p", str(port),
                             "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"],
                            stdout=log, stderr=log, cwd=folder)


def make_database(bin_folder, folder, port):
    ask = [bin_folder / "psql", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]
    late = time.monotonic() + PATIENCE_S
    while subprocess.run([bin_folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode != 0:
        if time.monotonic() > late:
            sys.exit("the server did not start: " + (folder / "log").read_text()[-2000:])
        time.sleep(0.1)
    subprocess.run([*ask, "-d", "postgres", "-c", "CREATE ROLE ovillo LOGIN", "-c", "CREATE DATABASE ovillo OWNER ovillo"], check=True)


def main():
    bin_folder = programs()
    if bin_folder is None:
        print("skipped: no PostgreSQL is installed", file=sys.stderr)
        return 77
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ovillo-postgres-"))
    folder.chmod(0o755)
    port = free_port()
    server = None
    try:
        server = start(bin_folder, folder, port)
        make_database(bin_folder, folder, port)
        store = f"postgresql://ovillo@127.0.0.1:{port}/ovillo"
        return subprocess.run(sys.argv[1:], env={**os.environ, "OVILLO_STORE": store}).returncode
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
