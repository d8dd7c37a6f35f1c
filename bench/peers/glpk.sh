#!/bin/sh
# GLPK on one problem: `glpk.sh FILE.mps` prints the milliseconds of CPU time its process took, reading
# the file included, and the objective it proved.
set -e
report=$(mktemp)
trap 'rm -f "$report" "$report.times"' EXIT
glpsol --freemps "$1" --output "$report" > /dev/null
grep -q '^Status: *INTEGER OPTIMAL' "$report" || { echo "glpk.sh: no optimum proved" >&2; exit 1; }
# The times of processes that have ended are on the second line: 0m0.125s 0m0.004s.
times > "$report.times"
awk 'NR == 2 { split($1, u, /[ms]/); split($2, s, /[ms]/); print 1000 * (60 * (u[1] + s[1]) + u[2] + s[2]) }' "$report.times"
awk '/^Objective:/ { print $4 }' "$report"
