#!/usr/bin/env bash
# Best sets with proof: are the answers those of trying every set, and what do they cost?
#
#   bench/sets/run.sh [OVILLO] [NETWORKS] [K]
#
# OVILLO: the program (default: build/release/cli/ovillo). NETWORKS: a folder with *_edges.csv
# (default: the reference data). K: up to which size the plain way is tried (default: 3). Answers are
# compared before anything is timed; CPU seconds, one process each.
set -euo pipefail

here=$(dirname "$0")
ovillo=${1:-build/release/cli/ovillo}
networks=${2:-${OVILLO_REFERENCE_DATA:-../shared/data}/networks}
most=${3:-3}

cpu() { # COMMAND...: user + system seconds on standard output
  local time_file
  time_file=$(mktemp)
  /usr/bin/time -f '%U %S' -o "$time_file" "$@" > /dev/null 2>&1
  awk '{printf "%.2f", $1 + $2}' "$time_file"
  rm -f "$time_file"
}

echo "network,measure,k,value,proof,n_ties"
for file in "$networks"/*_edges.csv; do
  name=$(basename "$file" _edges.csv)
  for k in $(seq 1 "$most"); do
    ours=$("$ovillo" what-if "$file" --k "$k" 2> /dev/null | awk -F, 'NR == 2 {print $2 "," $5}')
    while IFS=, read -r way _ value ties seconds; do
      if [[ $ours != "$value,$ties" ]]; then
        echo "$name k=$k: ours $ours, $way $value,$ties" >&2
        exit 1
      fi
      echo "# $name k=$k: $way agrees, $seconds CPU s"
    done < <("$here/rival_brute.py" "$file" "$k")
  done
  for measure in largest_component kpp_neg kpp_pos; do
    "$ovillo" what-if "$file" --measure "$measure" 2> /dev/null |
      awk -F, -v n="$name" -v m="$measure" 'NR > 1 && $7 == 1 {print n "," m "," $1 "," $2 "," $3 "," $5}'
    echo "# $name $measure k=1..6: $(cpu "$ovillo" what-if "$file" --measure "$measure") CPU s"
  done
done
