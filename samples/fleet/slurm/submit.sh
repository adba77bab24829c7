#!/bin/sh
# Logs of a fleet on Slurm: an array of shards, and a merge that waits for all of them.
#   LOGS=/srv/logs OUT=/srv/conntrail SHARDS=16 sh submit.sh
# A shard that fails is put back into the queue by itself (shard.sh), at most twice more. Trying again is harmless:
# `parse` keeps no state and gives the same bytes, and its file gets its name only when it is whole.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${LOGS:?folder of the logs}" "${OUT:?folder for the results}" "${SHARDS:=16}"
mkdir -p "$OUT/shards"
# One list for all shards: each takes its share of the sorted names, so every file is in exactly one.
find "$LOGS" -type f -print0 >"$OUT/files.list"
export OUT SHARDS
shards=$(sbatch --parsable --array="1-$SHARDS" --output="$OUT/shards/%a.log" "$here/shard.sh")
merge=$(sbatch --parsable --dependency="afterok:$shards" --output="$OUT/merge.log" "$here/merge.sh")
echo "shards $shards, merge $merge"
