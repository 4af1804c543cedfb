#!/bin/sh
# Measures who is the same: every labelled set, one default setting, no labels.
#
#   bench/resolve/run.sh OVILLO [--no-rival] [SET...]
#
# SET: febrl1 febrl2 febrl3 febrl4 historical million abt_buy dblp_acm (default: all whose data are there).
# Splink on DuckDB (PyPI) is run on the same files, and its answers are scored by the same code; --no-rival leaves
# it out. OVILLO_REFERENCE_DATA names the reference data, OVILLO_BENCH_WORK the work folder.
set -eu
here=$(dirname "$(readlink -f "$0")")
program=$(readlink -f "$1")
shift
work=${OVILLO_BENCH_WORK:-${TMPDIR:-/tmp}/ovillo_bench}
data=${OVILLO_REFERENCE_DATA:-$here/../../../shared/data}
mkdir -p "$work/resolve"
rival=
if [ "${1:-}" = --no-rival ]; then
  shift
else
  python=$("$here/../rival_python.sh" "$work" duckdb splink)
  if "$python" -c 'import splink, duckdb' 2> /dev/null; then
    rival="--rival $python"
  fi
fi
# shellcheck disable=SC2086  # two words or none
exec python3 "$here/sets.py" "$program" "$data" "$work/resolve" $rival "$@"
