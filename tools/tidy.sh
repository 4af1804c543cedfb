#!/usr/bin/env bash
# clang-tidy 19 as the preset `tidy` calls it: tools/tidy.sh [OPTION...] SOURCE -- COMPILER...
#
# In a *_test.cpp three checks are off: an empty optional there is a failed test, which is what it
# is for; a fixture shows its members to the tests derived from it; and the path analysis spends
# minutes on GoogleTest's macros.
set -euo pipefail

options=()
for argument in "$@"; do
  if [[ $argument == -- ]]; then break; fi
  if [[ $argument == *_test.cpp ]]; then
    options+=("--checks=-bugprone-unchecked-optional-access,-misc-non-private-member-variables-in-classes,-clang-analyzer-*")
  fi
done
exec clang-tidy-19 "${options[@]}" "$@"
