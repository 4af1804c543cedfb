#!/usr/bin/env bash
# How fast each form is read, beside the tool that people use for it.
#
#   bench/readers/run.sh PROGRAM [SIZE]   PROGRAM: bench_readers; SIZE 1 by default
#
# Answers are compared first: as many records, and texts as long within one in a hundred (blanks and line ends are each
# tool's own). Both read a form in a process of their own; the second of two readings counts.
set -euo pipefail
program=$1
size=${2:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
here=$(dirname "$0")
python=$("$here/../rival_python.sh" build/readers warcio pdfplumber openpyxl bs4)
"$python" "$here/files.py" "$folder" "$size"
failed=0
printf '%-14s %8s %9s %7s %5s %8s  %-15s %9s %7s %6s\n' file MB records MB/s MB s/1000 tool MB/s MB ratio
for file in "$folder"/*; do
  "$program" "$file" > /dev/null
  ours=$("$program" "$file")
  theirs=$("$python" "$here/rivals.py" "$file" > /dev/null && "$python" "$here/rivals.py" "$file" || true)
  python3 "$here/compare.py" "$(basename "$file")" "$ours" "$theirs" || failed=1
done
exit "$failed"
