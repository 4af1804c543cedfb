"""By how much encryption slows a bulk import: CPU seconds of `ovillo import`, with the cipher and without, in turn.

usage: import_cost.py OVILLO NULL_CIPHER WORK [--small]
"""
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys

ROUNDS = 7
MOST_PERCENT = 10


def cpu_of(words, env):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(w) for w in words], env=env, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    ovillo, null_cipher, work = (pathlib.Path(word) for word in sys.argv[1:4])
    n = 20_000 if "--small" in sys.argv else 100_000
    plain = dict(os.environ)
    without = {**plain, "LD_PRELOAD": str(null_cipher)}
    subprocess.run([ovillo, "synth", work / "case", "--adverts", str(n), "--seed", "1"], check=True, stdout=subprocess.DEVNULL)
    adverts = next((work / "case").rglob("adverts.csv"))
    figures = {"with": [], "without": []}
    for _ in range(ROUNDS):
        for name, env in (("with", plain), ("without", without)):
            folder = work / "import"
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([ovillo, "init", folder], env=env, check=True, stdout=subprocess.DEVNULL)
            subprocess.run([ovillo, "source", "add", "notice", "--authorisation", "platform_report", "--authority", "X", "--reference", "1",
                            "--valid-from", "2020-01-01", "--region", "BE", "--workspace", folder], env=env, check=True, stdout=subprocess.DEVNULL)
            figures[name].append(cpu_of([ovillo, "import", adverts, "--source", "notice", "--workspace", folder], env))
            in_clear = subprocess.run(["grep", "-c", "-a", "\x28\xb5\x2f\xfd".encode("latin1"), folder / "ovillo.db"], capture_output=True).stdout
            if (int(in_clear or 0) == 0) != (name == "with"):
                sys.exit("the null cipher was not what was measured")
    # The least of each: what others do on the machine only ever adds.
    sealed, clear = min(figures["with"]), min(figures["without"])
    percent = 100 * (sealed - clear) / clear
    spread = 100 * (statistics.median(figures["with"]) - sealed) / sealed
    print(f"import of {n} adverts: {sealed:.2f} CPU s, {clear:.2f} with a null cipher: {percent:.1f} % slower "
          f"(asked: less than {MOST_PERCENT}; median {spread:.0f} % above the least)")
    sys.exit(percent >= MOST_PERCENT)


main()
