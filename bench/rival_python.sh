#!/bin/sh
# Prints the path of a python3 in which rivals from PyPI can be imported; makes it once.
#
#   bench/rival_python.sh FOLDER PACKAGE...
#
# FOLDER/venv is made where it is not there, and what is missing of PACKAGE is installed into it. What cannot be
# installed is said on standard error: its rows are left out by whoever imports it. Each PACKAGE is imported by
# the name it is installed by.
set -eu
venv=$1/venv
shift
if [ ! -x "$venv/bin/python3" ]; then
  python3 -m venv "$venv" >&2
fi
for package in "$@"; do
  "$venv/bin/python3" -c "import $package" 2> /dev/null ||
    "$venv/bin/pip" install --quiet "$package" >&2 ||
    echo "$package could not be installed: its rows are left out" >&2
done
echo "$venv/bin/python3"
