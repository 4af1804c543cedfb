#!/bin/sh
# Measures the comparison of names: F1 against the truth of a file of pairs, rivals on the same
# pairs at the mark that suits them best, and comparisons per CPU second.
#
#   bench/names/run.sh BENCH_PROGRAM [PAIRS.csv]
#
# The rivals are Python packages: pip install rapidfuzz jellyfish, in a virtual environment whose
# python3 comes first in PATH. PAIRS.csv (default: the reference data): name1, name2, schema, category, case_group, is_match.
set -eu
here=$(dirname "$(readlink -f "$0")")
answers=$(mktemp)
trap 'rm -f "$answers"' EXIT
pairs=${2:-${OVILLO_REFERENCE_DATA:-$here/../../../shared/data}/people/name_bench/cases_dev.csv}
"$1" "$pairs" 100 > "$answers"
python3 "$here/answers.py" "$pairs" "$answers"
