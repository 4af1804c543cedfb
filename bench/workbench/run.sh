#!/usr/bin/env bash
# The workbench: what an expand costs in the graph in memory (bench_workbench), and what its page takes in a browser
# without a graphics card (web/e2e/bench.mjs), on made-up networks.
#
#   bench/workbench/run.sh BENCH_PROGRAM
#
# OVILLO_REFERENCE_DATA names the reference data with the police graph; without it a made-up graph stands alone.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
program=$(readlink -f "$1")
data=${OVILLO_REFERENCE_DATA:-$here/../../../shared/data}

if [[ -d $data/platforms/pole ]]; then
  echo "the police graph"
  "$program" "$data/platforms/pole"
fi
echo "a made-up graph"
"$program" --invented 100000 1800000

cd "$here/../../web"
if [[ ! -f dist/index.html ]]; then npm run --silent build -- --logLevel warn; fi
npm run --silent bench
