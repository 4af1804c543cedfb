#!/bin/sh
# Measures the clustering: what it finds, what it costs, and with --rival others on the same files.
#
#   bench/adverts/run.sh BENCH_PROGRAM [--rival] [PART...]
#
# PART: grey small slots real coworking keeps cost rivals (default: all). OVILLO_BENCH_WORK is the
# work folder: sets are written there once, and so are the e-mails (npm pack), cost.svg, and with
# --rival a virtual environment with datasketch, rensa and text-dedup (pip). The whole takes about
# an hour; "small slots keeps" a few minutes.
set -eu
here=$(dirname "$(readlink -f "$0")")
program=$(readlink -f "$1")
shift
work=${OVILLO_BENCH_WORK:-${TMPDIR:-/tmp}/ovillo_bench_adverts}
mkdir -p "$work"
rival=
if [ "${1:-}" = --rival ]; then
  shift
  if [ ! -x "$work/venv/bin/python3" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet datasketch rensa text-dedup
  fi
  rival="--rival $work/venv/bin/python3"
fi
# shellcheck disable=SC2086  # two words or none
exec python3 "$here/rows.py" "$program" "$(dirname "$program")/../cli/ovillo" "$work" $rival "$@"
