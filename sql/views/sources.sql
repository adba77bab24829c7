-- One row: a source that was read.
create view sources as
select
  s.source_id,
  s.path,
  s.member,
  coalesce(h.name, 'unknown') as host,
  s.channel,
  s.format,
  s.sha256,
  s.bytes,
  s.complete,
  strftime('%Y-%m-%dT%H:%M:%S', (s.first_us - ((s.first_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((s.first_us % 1000000) + 1000000) % 1000000) as first_time,
  strftime('%Y-%m-%dT%H:%M:%S', (s.last_us - ((s.last_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((s.last_us % 1000000) + 1000000) % 1000000) as last_time,
  s.events,
  s.observations,
  coalesce((select sum(p.count) from problem p where p.source_id = s.source_id), 0) as problems,
  strftime('%Y-%m-%dT%H:%M:%S', (s.ingested_us - ((s.ingested_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((s.ingested_us % 1000000) + 1000000) % 1000000) as ingested_time,
  s.lines,
  s.zone,
  s.zone_basis,
  s.first_year,
  s.year_basis
from source s
left join host h on h.host_id = s.host_id;
