-- What `export` reads. Rows come in the order of the files they go to, so that few are open at a time; what has to
-- be sorted for that is narrow, and goes through a temporary file where it is long. Columns are the views', but for
-- those that tell an instant as text: writing them out takes longer than all the rest, and few formats want them.

-- name: export_key
-- Tells this database from others that are exported into the same folder.
select started_us || ' ' || command as birth from run order by run_id limit 1;

-- name: export_hosts
-- Sources of each host by name: what its bursts and minutes are made of.
select h.name as host, s.identity
from stream st
join source s on s.source_id = st.source_id
join host h on h.host_id = st.host_id
where @host is null or h.name = @host
group by h.name, s.identity
order by h.name, s.identity;

-- name: export_event_streams
select coalesce(h.name, 'unknown') as host, s.identity as file, st.stream_id
from source s
join stream st on st.source_id = s.source_id
left join host h on h.host_id = st.host_id
where exists (select 1 from source_part p where p.source_id = s.source_id and p.event_from is not null)
  and (@host is null or coalesce(h.name, 'unknown') = @host)
order by coalesce(h.name, 'unknown'), s.identity, st.first_line, st.stream_id;

-- name: export_events
select
  v.event_id, v.at_us, v.basis, v.uptime_us, v.boot_id, v.host, v.channel, v.kind, v.amount, v.speaks, v.netns,
  v.source_id, v.byte_offset, v.byte_length, v.text, v.message, v.doubts, v.line
from (
  select x.event_id from event_form f join event x on x.form_id = f.form_id
  where f.stream_id = @stream_id
    and (x.at_us is null or ((@from_us is null or x.at_us >= @from_us) and (@to_us is null or x.at_us < @to_us)))
  order by x.event_id limit -1 -- which keeps the order
) x
cross join events v on v.event_id = x.event_id;

-- name: export_bursts
select
  burst_id, host, netns, start_us, end_us, duration_s, drop_lines, suppressed, suppressed_shared, drops_min,
  drops_reported, drops_max, drops_estimate, bound, bound_reasons, limit_value, limit_origin, count_before,
  count_peak, count_after, utilisation, witness, witnesses, verdict, basis, tail_cap, count_before_age_s,
  count_after_age_s, headroom, gap_s, rules, pruned, doubted_lines, doubted_suppressed, doubts
from bursts
where (@host is null or host = @host)
  and (start_us is null or ((@from_us is null or start_us >= @from_us) and (@to_us is null or start_us < @to_us)))
order by host, start_us is null, start_us, netns, burst_id;

-- name: export_minutes
select host, netns, minute_us, drop_lines, suppressed, entries_max, limit_value
from minutes
where (@host is null or host = @host)
  and (@from_us is null or minute_us >= @from_us) and (@to_us is null or minute_us < @to_us)
order by host, minute_us, netns;

-- name: export_counts
select
  v.host, v.netns, v.at_us, v.entries, v.limit_value, v.utilisation, v.origin, v.source_id, v.byte_offset,
  s.identity as file
from counts v
join source s on s.source_id = v.source_id
where (@host is null or v.host = @host)
  and (v.at_us is null or ((@from_us is null or v.at_us >= @from_us) and (@to_us is null or v.at_us < @to_us)))
order by v.host, s.identity, v.at_us is null, v.at_us, v.byte_offset, v.netns, v.entries;

-- name: export_limits
select
  v.host, v.netns, v.key, v.value, v.origin, v.source_id, v.byte_offset, v.text, v.read_from, v.since_us, v.until_us,
  s.identity as file
from limits v
join source s on s.source_id = v.source_id
where (@host is null or v.host = @host)
  and (v.since_us is null or ((@from_us is null or v.since_us >= @from_us) and (@to_us is null or v.since_us < @to_us)))
order by v.host, s.identity, v.since_us is null, v.since_us, v.key, v.netns, v.origin, v.byte_offset, v.value;
