#!/usr/bin/env bash
# Runs shellcheck over every shell script of the tree. Exit 77, which ctest counts as skipped, where
# it is not installed.
set -euo pipefail

cd "$(dirname "$0")/.."
command -v shellcheck > /dev/null || exit 77
mapfile -t scripts < <(find run .ci tools tests packaging -type f \( -name '*.sh' -o -path run -o -path .ci/run \))
shellcheck "${scripts[@]}"
echo "${#scripts[@]} scripts"
