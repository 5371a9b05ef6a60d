#!/bin/sh
# repeat.sh [TIMES] [PYTEST OPTIONS]: all races again and again, by default 20 times.
# Stops at the first violation and says in which round it was.
set -eu
cd "$(dirname "$0")/../.."
times=20
case ${1:-} in '' | *[!0-9]*) ;; *) times=$1; shift ;; esac
round=1
while [ "$round" -le "$times" ]; do
    echo "Round $round of $times"
    ./b2b test tests/concurrency -q "$@" || { echo "Round $round failed."; exit 1; }
    round=$((round + 1))
done
echo "$times rounds without a violation."
