-- One row: an event, as one channel told it. Channels repeat each other: see speaks.
create view events as
select
  e.event_id,
  strftime('%Y-%m-%dT%H:%M:%S', (e.at_us - ((e.at_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((e.at_us % 1000000) + 1000000) % 1000000) as time,
  e.at_us,
  coalesce(e.basis, f.basis) as basis,
  e.uptime_us,
  st.boot_id,
  coalesce(h.name, 'unknown') as host,
  s.channel,
  f.kind,
  e.amount,
  iif(s.dated_by is null, 0, e.speaks) as speaks,
  f.netns,
  st.source_id,
  e.byte_offset,
  e.byte_length,
  e.text || f.tail as text,
  f.message,
  e.doubts,
  e.line
from event e
join event_form f on f.form_id = e.form_id
join stream st on st.stream_id = f.stream_id
join source s on s.source_id = st.source_id
left join host h on h.host_id = st.host_id;
