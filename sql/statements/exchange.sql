-- Evidence of one source as records, for `parse` to tell and `merge` to take up again: nothing in them depends on
-- ids of the database they are from. Rows go back in by the statements that `ingest` uses.

-- name: exchange_sources
select source_id from source order by source_id;

-- name: exchange_source
select
  s.identity as source_id, s.path, s.member, coalesce(h.name, 'unknown') as host, s.channel, s.format, s.sha256,
  s.bytes, s.lines, s.complete, s.events, s.observations, s.head, s.bundle, s.family, s.rank, s.role, s.netns,
  s.name_date, s.mtime_us, s.gzip_time_us, s.is_log, s.option_host, s.option_tz, s.option_year, s.reference_us,
  s.process_tz, s.ingested_us, s.line_years,
  (select count(*) from stream x join event_form f on f.stream_id = x.stream_id
      join event e on e.form_id = f.form_id where x.source_id = s.source_id)
    + (select count(*) from stream x join observation o on o.stream_id = x.stream_id
      where x.source_id = s.source_id) as kept
from source s
left join host h on h.host_id = s.host_id
where s.source_id = @source_id;

-- name: exchange_facts
select key, value from fact where source_id = @source_id order by key;

-- name: exchange_streams
select
  st.stream_id, n.name, st.ordinal, st.first_line, st.last_line, st.first_uptime_us, st.last_uptime_us,
  st.uptime_base_us, st.boot_uuid, st.kernel, st.bare_line, st.last_uptime_line
from stream st
left join host_name n on n.name_id = st.name_id
where st.source_id = @source_id
order by st.stream_id;

-- name: exchange_proofs
select p.stream_id, p.key
from stream st
join proof p on p.stream_id = st.stream_id
where st.source_id = @source_id
order by p.stream_id, p.key;

-- name: exchange_anchors
select
  a.stream_id, a.line, a.byte_offset, a.byte_length, a.kind, a.stamp_kind, a.stamp_us, a.resolution_us, a.zone_name,
  a.uptime_us, a.told_us
from anchor a
cross join stream st on st.stream_id = a.stream_id
where a.anchor_id between @from_id and @to_id and st.source_id = @source_id
order by a.anchor_id;

-- name: exchange_occupancies
select stream_id, total, exact from occupancy where source_id = @source_id order by stream_id;

-- name: exchange_shares
select facet, label, entries from occupancy_share where source_id = @source_id order by facet, label;

-- name: exchange_problems
select kind, count, first_byte_offset, message, stage
from problem
where source_id = @source_id
order by problem_id;

-- name: exchange_events
select
  e.at_us, coalesce(e.basis, f.basis) as basis, e.uptime_us, coalesce(h.name, 'unknown') as host, s.channel, f.kind,
  e.amount, null as speaks, f.netns, e.byte_offset, e.byte_length, e.text || f.tail as text, f.message, e.doubts,
  e.line, f.stream_id, e.copies, f.stamp_kind, e.stamp_us, f.resolution_us, f.zone_name, e.span_us, e.uptimes, e.sha256
from event e
cross join event_form f on f.form_id = e.form_id
cross join stream st on st.stream_id = f.stream_id
join source s on s.source_id = st.source_id
left join host h on h.host_id = st.host_id
where e.event_id between @from_id and @to_id and st.source_id = @source_id
order by e.event_id;

-- name: exchange_observations
-- Counts with the limit that the view `counts` shows beside them, other readings without.
select
  coalesce(h.name, 'unknown') as host, o.netns, o.at_us, o.value, o.origin, o.byte_offset, o.byte_length, o.kind,
  o.key, o.force, o.basis, o.text, o.stream_id, o.uptime_us, o.stamp_kind, o.stamp_us, o.resolution_us, o.zone_name,
  case when o.kind = 'entries' then coalesce(
    (select x.value from observation x
      where x.stream_id = o.stream_id and x.key = 'nf_conntrack_max' and x.at_us is o.at_us
        and x.force = 'effective' and x.byte_offset <= o.byte_offset
      order by x.byte_offset desc limit 1),
    (select x.value from observation x
      where x.stream_id = o.stream_id and x.key = 'nf_conntrack_max' and x.at_us is o.at_us
        and x.force = 'effective' and x.byte_offset > o.byte_offset
      order by x.byte_offset limit 1),
    (select x.value from limit_span x
      where x.host_id = st.host_id and x.key = 'nf_conntrack_max' and x.force = 'effective'
        and (x.since_us is null or x.since_us <= o.at_us) and (x.until_us is null or x.until_us > o.at_us)
      order by x.since_us desc limit 1)) end as limit_value
from observation o
cross join stream st on st.stream_id = o.stream_id
left join host h on h.host_id = st.host_id
where o.observation_id between @from_id and @to_id and st.source_id = @source_id
order by o.observation_id;

-- name: exchange_limits
select
  h.name as host, l.netns, l.key, l.value, l.since_us, l.until_us, l.force as origin, o.byte_offset, o.text,
  l.origin as read_from
from stream st
join limit_span l on l.host_id = st.host_id
join observation o on o.observation_id = l.observation_id and o.stream_id = st.stream_id
join host h on h.host_id = l.host_id
where st.source_id = @source_id
order by l.key, l.netns, l.force, l.since_us, o.observation_id;

-- name: exchange_path_problems
select path, kind, count, first_byte_offset, message, stage
from problem
where source_id is null
order by problem_id;

-- name: exchange_pruned_hosts
-- Hosts with what was found before its events were pruned, each with a stream that says which machine it is.
select b.host_id, s.identity, st.first_line, n.name, st.ordinal
from (select host_id from burst where pruned union select host_id from minute where pruned) b
join stream st on st.stream_id = (
  select x.stream_id from stream x where x.host_id = b.host_id order by x.last_us desc, x.stream_id limit 1)
join source s on s.source_id = st.source_id
left join host_name n on n.name_id = st.name_id
order by b.host_id;

-- name: exchange_pruned_bursts
select * from burst where host_id = @host_id and pruned order by burst_id;

-- name: exchange_witnesses
select channel, drop_lines, suppressed, relation from witness where burst_id = @burst_id order by channel;

-- name: exchange_windows
select
  json_extract(w.value, '$[0]') as begin_us, json_extract(w.value, '$[1]') as drop_lines,
  json_extract(w.value, '$[2]') as suppressed, json_extract(w.value, '$[3]') as suppressed_shared,
  json_extract(w.value, '$[4]') as line_seconds
from window_block k
join json_each(k.windows) w
where k.burst_id = @burst_id
order by begin_us;

-- name: exchange_window_blocks
select first_us, last_us, windows from window_block where burst_id = @burst_id order by first_us;

-- name: exchange_pruned_minutes
select
  netns, minute_us, drop_lines, suppressed, entries_min, entries_max, limit_value, above_90_us, above_95_us
from minute
where host_id = @host_id and pruned
order by minute_us, netns;

-- name: exchange_kept_line
-- A line that a pruned burst cites, and its source by content.
select k.kind, s.identity, coalesce(s.path, k.path) as path, coalesce(s.member, k.member) as member, k.byte_offset,
  k.byte_length, k.sha256, k.text
from kept_line k
left join source s on s.source_id = k.source_id
where k.kind = @kind and k.id = @id;
