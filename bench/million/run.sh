#!/usr/bin/env bash
# One million invented adverts of 600 bytes, from CSV to ranked networks: time, peak memory, CPU
# microseconds per advert by stage against the budget, then a second view of the same records.
#
#   bench/million/run.sh [OVILLO] [FOLDER]
#
# OVILLO: the program (default: build/release/cli/ovillo). FOLDER: where (default: a new one, which
# is removed afterwards). Needs some 3 GB of disk.
set -euo pipefail

ovillo=${1:-build/release/cli/ovillo}
folder=${2:-$(mktemp -d)}
if [[ $# -lt 2 ]]; then trap 'rm -rf "$folder"' EXIT; fi
case_folder=$folder/case
export OVILLO_WORKSPACE=$folder/workspace

timed() { # LABEL COMMAND...
  local label=$1
  shift
  /usr/bin/time -f "$label: %e s, %U s user, %S s system, peak %M kB" "$@"
}

if [[ ! -d $case_folder ]]; then timed "synth" "$ovillo" synth "$case_folder" --shape million; fi
rm -rf "$OVILLO_WORKSPACE"
"$ovillo" init > /dev/null
"$ovillo" compartment add second
add() { # NAME KIND COMPARTMENT
  "$ovillo" source add "$1" --authorisation "$2" --authority invented --reference 1 \
    --valid-from 2025-01-01 --region BE --zone Europe/Brussels --compartment "$3"
}
add adverts platform_report main
add transfers judicial_order main
add calls judicial_order main
add reports public_tip second
"$ovillo" payers "$case_folder/ghent-thb/employers.csv" > /dev/null
"$ovillo" grant analyst main

echo "== files in"
for name in adverts transfers calls reports; do
  timed "import $name" "$ovillo" import "$case_folder/ghent-thb/$name.csv" --source "$name" > /dev/null
done
echo "== networks out"
timed "run" "$ovillo" run --json > "$folder/run.json"
echo "== a second view: without the reports"
timed "run as analyst" "$ovillo" run --user analyst --json > "$folder/second.json"
python3 - "$folder/run.json" "$folder/second.json" << 'EOPY'
import json
import sys

BUDGET = {"extract": 35, "cluster": 25, "network": 20}
for path in sys.argv[1:]:
    run = json.load(open(path))
    print(f"{path.rsplit('/', 1)[-1]}: {run['n_records']} records, {run['n_networks']} networks, "
          f"{run['n_components']} components")
    for stage in run["stages"]:
        each = 1e6 * stage["cpu_s"] / run["n_records"]
        budget = BUDGET.get(stage["stage"])
        print(f"  {stage['stage']:<8} {stage['wall_s']:8.1f} s {each:8.1f} us of CPU per record"
              + (f" (budget {budget})" if budget else ""))
EOPY
timed "score" "$ovillo" score "$case_folder"
