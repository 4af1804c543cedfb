#!/usr/bin/env bash
# Proves that tools/format.sh fails on a badly formatted file and repairs it.
set -euo pipefail

tools=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cp "$tools/../.clang-format" "$tree"
mkdir -p "$tree/ovillo/base"

printf 'int   main( ){return 0;}\n' > "$tree/ovillo/base/bad.cpp"
if "$tools/format.sh" --check "$tree" 2> /dev/null; then
  echo "a badly formatted file passes" >&2
  exit 1
fi
"$tools/format.sh" "$tree"
"$tools/format.sh" --check "$tree"
if "$tools/format.sh" --check "$tree/ovillo" 2> /dev/null; then
  echo "a tree without sources passes" >&2
  exit 1
fi
