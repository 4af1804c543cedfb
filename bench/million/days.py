"""Called by days.sh: splits the case, plays the days, prints what they cost, compares the networks."""
import csv
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

OVILLO, FOLDER, N_DAYS, N_A_DAY = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
CASE = FOLDER / "case" / "ghent-thb"
OTHERS = {"transfers": "judicial_order", "calls": "judicial_order", "reports": "public_tip"}
KEY = "5a" * 32  # of both workspaces, so that their ids compare


def ovillo(workspace, *words):
    done = subprocess.run([OVILLO, *words], env={**os.environ, "OVILLO_WORKSPACE": str(workspace)}, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def split():
    """The case's adverts as base.csv and day-0.csv, day-1.csv ..."""
    with open(CASE / "adverts.csv", newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    n_base = len(rows) - N_DAYS * N_A_DAY
    if n_base <= 0:
        sys.exit("the case holds fewer adverts than the days bring")
    parts = {"base": rows[:n_base]}
    for day in range(N_DAYS):
        parts[f"day-{day}"] = rows[n_base + day * N_A_DAY:n_base + (day + 1) * N_A_DAY]
    for name, some in parts.items():
        with open(FOLDER / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *some])
    return n_base


def workspace_of(name):
    """A workspace with the base and all that is not adverts, run once."""
    workspace = FOLDER / name
    shutil.rmtree(workspace, ignore_errors=True)
    (FOLDER / "id_key").write_text(KEY, encoding="ascii")
    ovillo(workspace, "init", "--id-key", str(FOLDER / "id_key"))
    for source, kind in {"adverts": "platform_report", **OTHERS}.items():
        ovillo(workspace, "source", "add", source, "--authorisation", kind, "--authority", "invented", "--reference", "1",
               "--valid-from", "2025-01-01", "--region", "BE", "--zone", "Europe/Brussels")
    ovillo(workspace, "import", str(FOLDER / "base.csv"), "--source", "adverts")
    for source in OTHERS:
        ovillo(workspace, "import", str(CASE / f"{source}.csv"), "--source", source)
    return workspace


def cpu_s(pid):
    ticks = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def networks(workspace):
    """All networks but for the ids people cite, which tell when a network was first seen."""
    found = json.loads(ovillo(workspace, "networks", "--json", "--limit", "0"))
    for network in found["networks"]:
        network.pop("id", None)
    return json.dumps(found, sort_keys=True)


def main():
    n_base = split()
    live = workspace_of("live")
    ovillo(live, "run")
    server = subprocess.Popen([OVILLO, "serve", "--port", "0"], env={**os.environ, "OVILLO_WORKSPACE": str(live)},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took, cpu, stages = [], [], {}
    try:
        while not (live / "ovillo.sock").exists():
            time.sleep(0.1)
        start = cpu_s(server.pid)
        ovillo(live, "run")
        print(f"{n_base} adverts held; taken into memory once: {cpu_s(server.pid) - start:.1f} CPU s")
        for day in range(N_DAYS):
            start, start_cpu = time.monotonic(), cpu_s(server.pid)
            ovillo(live, "import", str(FOLDER / f"day-{day}.csv"), "--source", "adverts")
            took_import = time.monotonic() - start
            report = json.loads(ovillo(live, "run", "--json"))
            took.append(time.monotonic() - start)
            cpu.append(cpu_s(server.pid) - start_cpu)
            for stage in [{"stage": "import", "cpu_s": took_import}, *report["stages"]]:
                stages.setdefault(stage["stage"], []).append(stage["cpu_s"])
    finally:
        server.terminate()
        server.wait()
    print(f"a day of {N_A_DAY}: median {statistics.median(took):.2f} s, worst {max(took):.2f} s; "
          f"median {statistics.median(cpu):.2f} CPU s, worst {max(cpu):.2f}")
    for stage, costs in stages.items():
        print(f"  {stage:<8} median {statistics.median(costs):7.2f} CPU s" + (" (wall)" if stage == "import" else ""))
    once = workspace_of("once")
    ovillo(once, "run")
    for day in range(N_DAYS):
        ovillo(once, "import", str(FOLDER / f"day-{day}.csv"), "--source", "adverts")
    ovillo(once, "run")
    same = networks(live) == networks(once)
    print("networks day by day and at once: " + ("equal" if same else "NOT EQUAL"))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
