#!/usr/bin/env bash
# Days into a large workspace: what a day costs a process that stays, by stage, and whether the
# networks are those of one run over all of it.
#
#   bench/million/days.sh [OVILLO] [FOLDER] [N_DAYS] [N_A_DAY] [N_ADVERTS]
#
# The last N_DAYS * N_A_DAY (20 * 10000) adverts of the case that run.sh makes, or of one of
# N_ADVERTS, come day by day while `serve` runs; a second workspace of the same key gets them all
# after its first run and runs once more, with nothing held.
set -euo pipefail

ovillo=$(readlink -f "${1:-build/release/cli/ovillo}")
folder=${2:-$(mktemp -d)}
n_days=${3:-20}
n_a_day=${4:-10000}
n_adverts=${5:-}
if [[ $# -lt 2 ]]; then trap 'rm -rf "$folder"' EXIT; fi
mkdir -p "$folder"
if [[ ! -d $folder/case ]]; then
  if [[ -n $n_adverts ]]; then
    "$ovillo" synth "$folder/case" --adverts "$n_adverts" > /dev/null
  else
    "$ovillo" synth "$folder/case" --shape million > /dev/null
  fi
fi
exec python3 "$(dirname "$(readlink -f "$0")")/days.py" "$ovillo" "$folder" "$n_days" "$n_a_day"
