#!/usr/bin/env bash
# The graph core beside plain code and igraph (bench_graph), networkit and networkx (rivals.py), and the disruption
# curves of real networks beside networkx (disruption.py). Answers are compared before times.
#
#   bench/graph/run.sh BENCH_PROGRAM [--small]
#
# networkit and networkx come from PyPI; what cannot be installed is left out and said. OVILLO_REFERENCE_DATA names the
# reference data, OVILLO_BENCH_WORK the work folder. Ends with 1 when any answers differ.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
program=$(readlink -f "$1")
shift
work=${OVILLO_BENCH_WORK:-${TMPDIR:-/tmp}/ovillo_bench}
data=${OVILLO_REFERENCE_DATA:-$here/../../../shared/data}
ovillo=$(readlink -f "$here/../../build/release/cli/ovillo" || true)
status=0
mkdir -p "$work/graph"

"$program" "$@" || status=1

python=$("$here/../rival_python.sh" "$work" networkit networkx scipy)
for size in "10000 50000" "100000 500000"; do
  read -r nodes edges <<< "$size"
  "$program" --answers "$nodes" "$edges" "$work/graph"
  "$python" "$here/rivals.py" "$work/graph" || status=1
  if [[ ${1:-} == --small ]]; then break; fi
done
if [[ -d $data/networks/montagna && -x ${OVILLO_BIN:-$ovillo} ]]; then
  "$python" "$here/disruption.py" "${OVILLO_BIN:-$ovillo}" "$data/networks/montagna" || status=1
fi
exit "$status"
