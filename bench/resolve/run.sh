#!/bin/sh
# Measures who is the same: every labelled set, one default setting, no labels.
#
#   bench/resolve/run.sh OVILLO [--rival] [SET...]
#
# SET: febrl1 febrl2 febrl3 febrl4 historical million abt_buy dblp_acm (default: all whose data are there).
# --rival runs Splink on DuckDB on the same files, in a virtual environment made for it (pip).
# OVILLO_REFERENCE_DATA names the reference data, OVILLO_BENCH_WORK the work folder.
set -eu
here=$(dirname "$(readlink -f "$0")")
program=$(readlink -f "$1")
shift
work=${OVILLO_BENCH_WORK:-${TMPDIR:-/tmp}/ovillo_bench_resolve}
data=${OVILLO_REFERENCE_DATA:-$here/../../../shared/data}
mkdir -p "$work"
rival=
if [ "${1:-}" = --rival ]; then
  shift
  if [ ! -x "$work/venv/bin/python3" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet splink duckdb
  fi
  rival="--rival $work/venv/bin/python3"
fi
# shellcheck disable=SC2086  # two words or none
exec python3 "$here/sets.py" "$program" "$data" "$work" $rival "$@"
