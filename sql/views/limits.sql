-- One row: a value of a conntrack key while it held.
create view limits as
select
  h.name as host,
  l.netns,
  l.key,
  l.value,
  strftime('%Y-%m-%dT%H:%M:%S', (l.since_us - ((l.since_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((l.since_us % 1000000) + 1000000) % 1000000) as since_time,
  strftime('%Y-%m-%dT%H:%M:%S', (l.until_us - ((l.until_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((l.until_us % 1000000) + 1000000) % 1000000) as until_time,
  l.force as origin,
  st.source_id,
  o.byte_offset,
  o.text,
  l.origin as read_from,
  l.since_us,
  l.until_us
from limit_span l
join host h on h.host_id = l.host_id
join observation o on o.observation_id = l.observation_id
join stream st on st.stream_id = o.stream_id;
