#!/bin/sh
#SBATCH --job-name=conntrail-shard
#SBATCH --ntasks=1
#SBATCH --mem=256M
#SBATCH --requeue
#SBATCH --open-mode=append
# One share of the files to NDJSON. Exit code 2 of conntrail is "done, with problems told in the output".
set -u
task=$SLURM_ARRAY_TASK_ID
part="$OUT/shards/$task.ndjson"
${CONNTRAIL:-conntrail} parse --quiet --files-from "$OUT/files.list" --shard "$task/$SHARDS" >"$part.partial"
status=$?
if [ "$status" -eq 0 ] || [ "$status" -eq 2 ]; then
  mv "$part.partial" "$part"
  exit 0
fi
echo "shard $task failed with $status, try $((${SLURM_RESTART_COUNT:-0} + 1))" >&2
if [ "${SLURM_RESTART_COUNT:-0}" -lt 2 ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$task"
  sleep 60 # it ends this try
fi
exit "$status"
