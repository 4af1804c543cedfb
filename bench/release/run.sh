#!/usr/bin/env bash
# Released tables: do they withstand an attack, does the attack find what is not protected, and what
# does it cost?
#
#   bench/release/run.sh [OVILLO]
#
# OVILLO: the program (default: build/release/cli/ovillo). The tables are the golden one of the
# literature's tools and random ones, made here by seed.
set -euo pipefail
exec python3 "$(dirname "$0")/measure.py" "${1:-build/release/cli/ovillo}"
