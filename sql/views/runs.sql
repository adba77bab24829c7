-- One row: a run of the pipeline.
create view runs as
select
  run_id,
  command,
  strftime('%Y-%m-%dT%H:%M:%S', (started_us - ((started_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((started_us % 1000000) + 1000000) % 1000000) as started_time,
  strftime('%Y-%m-%dT%H:%M:%S', (finished_us - ((finished_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((finished_us % 1000000) + 1000000) % 1000000) as finished_time,
  status,
  sources_read,
  sources_skipped,
  bytes_read,
  events_added,
  message
from run;
