-- Runs of the pipeline, latest first: how each ended and what it read. Seconds, stored bytes, UTC. Optional: :since, :until, :limit
select
  run_id,
  command,
  started_time,
  round((julianday(finished_time) - julianday(started_time)) * 86400, 1) as duration_s,
  status,
  sources_read,
  sources_skipped,
  bytes_read,
  events_added,
  message
from runs
where (:since is null or started_time >= strftime('%Y-%m-%dT%H:%M:%S', :since))
  and (:until is null or started_time < strftime('%Y-%m-%dT%H:%M:%S', :until))
order by run_id desc
limit coalesce(:limit, -1);
