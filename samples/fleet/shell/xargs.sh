#!/bin/sh
# Logs of a fleet on one machine with many cores, by xargs: one `parse` a shard, then one merge and the report.
#   LOGS=/srv/logs OUT=/srv/conntrail SHARDS=16 JOBS=8 sh xargs.sh
# With GNU parallel, which tries again by itself: parallel.sh.
# A shard that failed leaves no .ndjson: run the script again, and only what is missing is made. A retry is harmless:
# `parse` keeps no state, the same bytes give the same output, and a file gets its name when it is whole.
set -u
: "${LOGS:?folder of the logs}" "${OUT:?folder for the results}" "${SHARDS:=16}" "${JOBS:=4}"
export LOGS OUT SHARDS JOBS
conntrail=${CONNTRAIL:-conntrail}

if [ "${1:-}" = shard ]; then
  part="$OUT/shards/$2.ndjson"
  [ -e "$part" ] && exit 0
  $conntrail parse --quiet --files-from "$OUT/files.list" --shard "$2/$SHARDS" >"$part.partial"
  status=$?
  # 2: done, with problems that are told in the output.
  [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || exit "$status"
  mv "$part.partial" "$part"
  exit 0
fi

mkdir -p "$OUT/shards"
[ -e "$OUT/files.list" ] || find "$LOGS" -type f -print0 >"$OUT/files.list"
seq "$SHARDS" | xargs -P "$JOBS" -n 1 sh "$0" shard || { echo "a shard failed: run this again" >&2; exit 1; }
find "$OUT/shards" -name '*.ndjson' -print0 | $conntrail merge --files-from - --db "$OUT/fleet.db"
status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || exit "$status"
$conntrail report --db "$OUT/fleet.db" --out "$OUT/fleet.txt"
