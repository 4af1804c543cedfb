#!/bin/sh
# Writes the labelled sets where they are not there yet and measures them.
#
#   bench/cluster/run.sh BENCH_PROGRAM [WORK_FOLDER] [--rival]
#
# The grey-zone generator and the SMS collection are reference data (OVILLO_REFERENCE_DATA).
# --rival also runs datasketch, which has to be installed (pip install datasketch).
set -eu
program=$1
work=${2:-${TMPDIR:-/tmp}/ovillo_bench_cluster}
here=$(dirname "$(readlink -f "$0")")
adverts=${OVILLO_REFERENCE_DATA:-$here/../../../shared/data}/adverts
mkdir -p "$work"
set_of() {  # name n noise seed [low high]
  name=$1
  shift
  [ -s "$work/$name.csv" ] ||
    python3 "$adverts/generate_grey_zone.py" "$1" "$2" "$3" "$work/$name.csv" ${4:+"$4" "$5"} > "$work/log"
}
set_of grey_5k_3 5000 0.03 101
set_of grey_20k_3 20000 0.03 102
set_of grey_5k_10 5000 0.10 103
set_of short_5k_8 5000 0.08 104 4 8
set_of grey_100k_3 100000 0.03 105
[ -s "$work/sms.csv" ] || python3 - "$adverts/SMSSpamCollection.tsv" "$work/sms.csv" <<'PY'
import csv, sys
out = csv.writer(open(sys.argv[2], "w", newline="", encoding="utf-8"))
out.writerow(["id", "text", "cluster"])
for i, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    label, tab, text = line.rstrip("\n").partition("\t")
    if tab:
        out.writerow([i, text, 0 if label == "spam" else -1])
PY
for name in grey_5k_3 grey_20k_3 grey_5k_10 short_5k_8 grey_100k_3 sms; do
  "$program" "$work/$name.csv" | if [ $name = grey_5k_3 ]; then cat; else tail -n 1; fi
  [ "${3:-}" != --rival ] || [ $name = grey_100k_3 ] ||
    python3 "$here/rival_datasketch.py" "$work/$name.csv"
done
