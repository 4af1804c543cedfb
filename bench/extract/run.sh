#!/bin/sh
# Measures the extraction, and with --rival others on the same texts.
#
#   bench/extract/run.sh BENCH_PROGRAM [--rival]
#
# The rivals are Python packages: pip install phonenumbers text2num presidio-analyzer, in a virtual
# environment whose python3 comes first in PATH.
set -eu
here=$(dirname "$(readlink -f "$0")")
"$1"
[ "${2:-}" != --rival ] || python3 "$here/rivals.py" "$here/../../tests/extract"
