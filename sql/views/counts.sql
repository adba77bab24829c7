-- One row: a connection count at an instant, with the limit then in force.
create view counts as
select
  coalesce(h.name, 'unknown') as host,
  o.netns,
  strftime('%Y-%m-%dT%H:%M:%S', (o.at_us - ((o.at_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((o.at_us % 1000000) + 1000000) % 1000000) as time,
  o.at_us,
  o.value as entries,
  coalesce(r.value, a.value, l.value) as limit_value,
  -- cut, not rounded: only a full table reads 1
  o.value * 10000 / nullif(coalesce(r.value, a.value, l.value), 0) / 10000.0 as utilisation,
  o.origin,
  st.source_id,
  o.byte_offset
from observation o
join stream st on st.stream_id = o.stream_id
left join host h on h.host_id = st.host_id
-- a limit read at the same moment in the same source says best: the last before the count, else the next
left join observation r on r.observation_id = (
  select x.observation_id from observation x
  where x.stream_id = o.stream_id and x.key = 'nf_conntrack_max' and x.at_us is o.at_us
    and x.force = 'effective' and x.byte_offset <= o.byte_offset
  order by x.byte_offset desc limit 1)
left join observation a on a.observation_id = (
  select x.observation_id from observation x
  where x.stream_id = o.stream_id and x.key = 'nf_conntrack_max' and x.at_us is o.at_us
    and x.force = 'effective' and x.byte_offset > o.byte_offset
  order by x.byte_offset limit 1)
left join limit_span l on l.rowid = (
  select x.rowid from limit_span x
  where x.host_id = st.host_id and x.key = 'nf_conntrack_max' and x.force = 'effective'
    and (x.since_us is null or x.since_us <= o.at_us) and (x.until_us is null or x.until_us > o.at_us)
  order by x.since_us desc limit 1)
where o.kind = 'entries';
