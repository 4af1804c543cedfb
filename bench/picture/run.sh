#!/usr/bin/env bash
# Estimates of how many people nobody counted: equal to the reference, and how fast?
#
#   bench/picture/run.sh [OVILLO] [STATISTICS] [TABLES]
#
# OVILLO: the program (default: build/release/cli/ovillo). STATISTICS: the folder with overlap_tables,
# replicates and reference.json (default: that of the reference data). TABLES: simulated ones for the
# coverage (default: 500). Answers are compared first; then CPU seconds of whole commands on one
# thread, beside those of the packages in R as the reference states them and of the same rule in
# plain Python, which runs here. Then private releases: their errors beside those of the known tool's
# method, means of five releases (the noise is never the same).
set -euo pipefail

here=$(dirname "$0")
exec python3 "$here/measure.py" "${1:-build/release/cli/ovillo}" \
  "${2:-${OVILLO_REFERENCE_DATA:-../shared/data}/statistics}" "${3:-500}"
