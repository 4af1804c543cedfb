#!/usr/bin/env bash
# Formats the C++ of the tree with clang-format 19, or checks that it is formatted.
#
# usage: tools/format.sh [--check] [FOLDER]
set -euo pipefail

mode=(-i)
if [[ ${1:-} == --check ]]; then
  mode=(--dry-run -Werror)
  shift
fi
root=${1:-$(dirname "$0")/..}
cd "$root"

# Only folders that hold our own sources; build/ and the demo's workspace do not.
folders=()
for folder in ovillo cli server desk tests fuzz bench; do
  if [[ -d $folder ]]; then folders+=("$folder"); fi
done
if [[ ${#folders[@]} -eq 0 ]]; then
  echo "no folder with sources in $PWD" >&2
  exit 1
fi
find "${folders[@]}" -name '*.?pp' -print0 | xargs -0 -r -n 40 -P "$(nproc)" clang-format-19 "${mode[@]}"
