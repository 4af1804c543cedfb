#!/usr/bin/env bash
# How well text and phone numbers are read from invented pictures of adverts, by condition.
#
#   bench/ocr/run.sh PROGRAM [PICTURES_PER_CONDITION]   PROGRAM: bench_ocr; 20 by default
set -euo pipefail
program=$1
n=${2:-20}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
here=$(dirname "$0")
python=$("$here/../rival_python.sh" build/ocr pillow numpy)
"$python" "$here/pictures.py" "$folder/pictures" "$n"
"$program" "$folder/pictures" > "$folder/read.jsonl"
python3 "$here/measure.py" "$folder/pictures/truth.tsv" "$folder/read.jsonl"
