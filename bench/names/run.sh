#!/bin/sh
# Measures the comparison of names: F1 against the truth of a file of pairs, rivals on the same
# pairs at the mark that suits them best, and comparisons per CPU second.
#
#   bench/names/run.sh BENCH_PROGRAM [PAIRS.csv]
#
# The rivals are rapidfuzz and jellyfish (PyPI). PAIRS.csv (default: the reference data): name1, name2, schema,
# category, case_group, is_match. OVILLO_BENCH_WORK names the work folder.
set -eu
here=$(dirname "$(readlink -f "$0")")
answers=$(mktemp)
trap 'rm -f "$answers"' EXIT
pairs=${2:-${OVILLO_REFERENCE_DATA:-$here/../../../shared/data}/people/name_bench/cases_dev.csv}
work=${OVILLO_BENCH_WORK:-${TMPDIR:-/tmp}/ovillo_bench}
if [ ! -e "$pairs" ]; then
  echo "no pairs at $pairs: left out"
  exit 0
fi
mkdir -p "$work"
python=$("$here/../rival_python.sh" "$work" rapidfuzz jellyfish)
"$1" "$pairs" 100 > "$answers"
"$python" "$here/answers.py" "$pairs" "$answers"
