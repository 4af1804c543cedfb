#!/usr/bin/env bash
# What the audit log, encryption and compartments cost (bench_casework), and by how much encryption slows a
# bulk import: the real `ovillo import` with libsodium's cipher and with one that does nothing, in turn.
#
#   bench/casework/run.sh BENCH_PROGRAM [--small]
#
# OVILLO_BIN: the program (default: build/release/cli/ovillo), OVILLO_BENCH_WORK the work folder. Ends with 1 when a
# figure misses what the project asks for.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
program=$(readlink -f "$1")
shift
work=${OVILLO_BENCH_WORK:-${TMPDIR:-/tmp}/ovillo_bench}/casework
ovillo=$(readlink -f "${OVILLO_BIN:-$here/../../build/release/cli/ovillo}")
status=0
rm -rf "$work"
mkdir -p "$work"

"$program" "$work/workspace" "$@" || status=1
if [[ -x $ovillo ]]; then
  python3 "$here/import_cost.py" "$ovillo" "$(dirname "$program")/bench_null_cipher.so" "$work" "$@" || status=1
else
  echo "no program at $ovillo: the import was not measured"
fi
rm -rf "$work"
exit "$status"
