#!/bin/sh
# As xargs.sh, with the shards run by GNU parallel: it tries each three times, keeps a log of the jobs, and can hand
# them to other machines that see the same folders (PARALLEL='--sshloginfile machines').
#   LOGS=/srv/logs OUT=/srv/conntrail SHARDS=16 JOBS=8 sh parallel.sh
set -u
: "${LOGS:?folder of the logs}" "${OUT:?folder for the results}" "${SHARDS:=16}" "${JOBS:=4}"
export LOGS OUT SHARDS JOBS
steps="$(dirname "$0")/xargs.sh"

mkdir -p "$OUT/shards"
[ -e "$OUT/files.list" ] || find "$LOGS" -type f -print0 >"$OUT/files.list"
seq "$SHARDS" | parallel --will-cite --retries 3 --joblog "$OUT/parallel.log" -j "$JOBS" sh "$steps" shard {} ||
  { echo "a shard failed three times: see $OUT/parallel.log, and run this again" >&2; exit 1; }
# Nothing is missing by now: what is left is the merge and the report.
exec sh "$steps"
