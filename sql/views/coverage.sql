-- One row: a span that a channel's logs cover (seen), or a hole in it (gap). No log is not no drops.
create view coverage as
select
  h.name as host,
  c.channel,
  c.kind,
  strftime('%Y-%m-%dT%H:%M:%S', (c.from_us - ((c.from_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((c.from_us % 1000000) + 1000000) % 1000000) as from_time,
  strftime('%Y-%m-%dT%H:%M:%S', (c.to_us - ((c.to_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((c.to_us % 1000000) + 1000000) % 1000000) as to_time,
  c.reason,
  c.from_us,
  c.to_us
from coverage_span c
join host h on h.host_id = c.host_id;
