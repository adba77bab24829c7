#!/bin/sh
#SBATCH --job-name=conntrail-merge
#SBATCH --ntasks=1
# All shards into one database, then the report. Run again it adds nothing: each source is taken once.
set -u
find "$OUT/shards" -name '*.ndjson' -print0 | ${CONNTRAIL:-conntrail} merge --files-from - --db "$OUT/fleet.db"
status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || exit "$status"
${CONNTRAIL:-conntrail} report --db "$OUT/fleet.db" --out "$OUT/fleet.txt"
