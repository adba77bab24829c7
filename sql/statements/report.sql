-- What reports are made of. All of it is read through the public views, but for rows that no view shows whole.

-- name: report_hosts
select h.host_id, h.name
from host h
where (@host is null or h.name = @host)
  and exists (select 1 from stream st where st.host_id = h.host_id)
order by h.name, h.host_id;

-- name: hosts_named
-- The host shown under a name, or where none is, those that logged under it.
select h.name
from host h
where h.name = @host and exists (select 1 from stream st where st.host_id = h.host_id)
union
select h.name
from host_name n
join stream st on st.name_id = n.name_id
join host h on h.host_id = st.host_id
where n.name = @host and not exists (select 1 from host one where one.name = @host)
order by 1;

-- name: report_host_names
select distinct n.name
from stream st
join host_name n on n.name_id = st.name_id
where st.host_id = @host_id
order by n.name;

-- name: host_has_logs
-- Lines of a log that reach into the range, or that nothing dates: what is silent of drops says something.
select 1
from stream st
join source s on s.source_id = st.source_id
where st.host_id = @host_id
  and s.is_log = 1
  and (@since_us is null or st.last_us is null or st.last_us >= @since_us)
  and (@until_us is null or st.first_us is null or st.first_us <= @until_us)
limit 1;

-- name: report_bursts
-- Those of a range, of these only the ones in @ids, where there are more than are told.
select *
from burst
where host_id = @host_id
  and (@since_us is null or coalesce(end_us, @since_us) >= @since_us)
  and (@until_us is null or coalesce(start_us, @until_us) <= @until_us)
  and (@undated or start_us is not null)
  and (@ids is null or burst_id in (select value from json_each(@ids)))
order by start_us is null, start_us, coalesce(netns, ''), burst_id;

-- name: report_pruned_bursts
-- Those whose events are gone, and if trusted, the ones in which nothing is doubted.
select * from burst
where host_id = @host_id and pruned and (not @trusted or (doubted_lines = 0 and doubted_suppressed = 0))
order by start_us, burst_id;

-- name: burst_totals
-- What nothing dates, and what only dmesg's own reckoning does, may tell again what the others do: packets are not added.
select
  count(*) as bursts, count(*) - count(start_us) as undated_bursts, min(start_us) as from_us,
  max(coalesce(end_us, start_us)) as to_us, coalesce(sum(drop_lines), 0) as drop_lines,
  coalesce(sum(suppressed), 0) as suppressed,
  max(
    total(drops_min) filter (where start_us is null),
    total(drops_min) filter (where start_us is not null and basis glob 'derived*' and witnesses = 1),
    total(drops_min) filter (where start_us is not null and (basis not glob 'derived*' or witnesses > 1))
  ) as drops_min,
  max(
    total(drop_lines + suppressed) filter (where start_us is null),
    total(drop_lines + suppressed) filter (where start_us is not null and basis glob 'derived*' and witnesses = 1),
    total(drop_lines + suppressed) filter (where start_us is not null and (basis not glob 'derived*' or witnesses > 1))
  ) as drops_reported,
  iif(count(drops_max) = count(*), coalesce(sum(drops_max), 0), null) as drops_max,
  iif(total(suppressed_shared > 0 and drops_max is not drops_reported) = 0,
    coalesce(sum(suppressed_shared), 0), null) as shared_in_max,
  coalesce(sum(iif(start_us is null, drop_lines, 0)), 0) as undated_drop_lines,
  max(count_peak) as count_peak, max(gap_us) as gap_us, coalesce(sum(doubted_lines), 0) as doubted_lines,
  coalesce(sum(doubted_suppressed), 0) as doubted_suppressed
from burst
where host_id = @host_id
  and (@since_us is null or coalesce(end_us, @since_us) >= @since_us)
  and (@until_us is null or coalesce(start_us, @until_us) <= @until_us)
  and (@undated or start_us is not null);

-- name: suppressed_shared_once
-- A window shared by two namespaces is a possible part of each one's total, and stands once in the host's.
select coalesce(sum(n), 0) as suppressed
from (
  select max(json_extract(w.value, '$[3]')) as n
  from burst b
  join window_block k on k.burst_id = b.burst_id
  join json_each(k.windows) w
  where b.host_id = @host_id and b.suppressed_shared > 0
    and (@since_us is null or coalesce(b.end_us, @since_us) >= @since_us)
    and (@until_us is null or coalesce(b.start_us, @until_us) <= @until_us)
    and (@undated or b.start_us is not null)
  group by json_extract(w.value, '$[0]')
);

-- name: report_fastest_burst
-- Packets refused per second: what was reported, over the burst and its last limiter window.
select
  start_us, limit_value,
  iif(start_us is null or end_us is null, 0.0, drops_reported / ((end_us - start_us) / 1e6 + @window_s)) as rate_per_s
from burst
where host_id = @host_id
  and (@since_us is null or coalesce(end_us, @since_us) >= @since_us)
  and (@until_us is null or coalesce(start_us, @until_us) <= @until_us)
  and (@undated or start_us is not null)
order by rate_per_s desc, start_us is null, start_us, coalesce(netns, ''), burst_id
limit 1;

-- name: report_largest_bursts
select b.burst_id
from burst b
join host h on h.host_id = b.host_id
where (@host is null or h.name = @host)
  and (@host_ids is null or b.host_id in (select value from json_each(@host_ids)))
  and (@since_us is null or coalesce(b.end_us, @since_us) >= @since_us)
  and (@until_us is null or coalesce(b.start_us, @until_us) <= @until_us)
  and (@undated or b.start_us is not null)
order by b.drops_reported desc, b.start_us is null, b.start_us, b.burst_id
limit @most;

-- name: report_fullest_burst
-- The one that says most about how full the table was: measured before inferred, fullest first.
select b.burst_id
from burst b
join bursts v on v.burst_id = b.burst_id
where b.host_id = @host_id
  and (@since_us is null or coalesce(b.end_us, @since_us) >= @since_us)
  and (@until_us is null or coalesce(b.start_us, @until_us) <= @until_us)
  and (@undated or b.start_us is not null)
order by (b.count_peak is not null and b.limit_value is not null) * 8 + (b.limit_value is not null) * 4
    + (b.count_peak is not null) * 2 + min(1, coalesce(v.utilisation, 0)) desc,
  b.start_us is null, b.start_us, b.burst_id
limit 1;

-- name: report_witnesses
select burst_id, channel, drop_lines, suppressed, relation
from witness
where burst_id in (select value from json_each(@ids))
order by burst_id, relation <> 'speaks', channel;

-- name: report_windows
-- Limiter windows in pieces of time: lines when they were printed, suppressions where their window began. One that
-- several namespaces share counts once.
with windows as (
  select
    json_extract(w.value, '$[0]') as begin_us, json_extract(w.value, '$[2]') as suppressed,
    json_extract(w.value, '$[3]') as suppressed_shared, json_extract(w.value, '$[4]') as line_seconds
  from burst b
  join window_block k on k.burst_id = b.burst_id
  join json_each(k.windows) w
  -- A window begun before the first piece may have lines in it, and none is longer than the gap.
  where b.host_id = @host_id and k.last_us >= @from_us - 2 * b.gap_us and k.first_us < @to_us
    and (@since_us is null or coalesce(b.end_us, @since_us) >= @since_us)
    and (@until_us is null or coalesce(b.start_us, @until_us) <= @until_us)
    and (@undated or b.start_us is not null)
)
select cast(floor((at_us - @from_us) * 1.0 / @bucket_us) as integer) as bucket, sum(drop_lines) as drop_lines,
  sum(suppressed) as suppressed
from (
  select (begin_us / 1000000 + json_extract(value, '$[0]')) * 1000000 as at_us,
    json_extract(value, '$[1]') as drop_lines, 0 as suppressed
  from windows, json_each(line_seconds)
  union all
  select begin_us, 0, sum(suppressed) + max(suppressed_shared) from windows group by begin_us
)
where at_us >= @from_us and at_us < @to_us
group by bucket
order by bucket;

-- name: drops_in_minutes
select coalesce(sum(drop_lines), 0) as drop_lines, coalesce(sum(suppressed), 0) as suppressed
from minute
where host_id = @host_id and drop_lines + suppressed > 0 and minute_us >= @from_us and minute_us < @to_us;

-- name: report_hours
select cast((hour_us - @from_us) / @bucket_us as integer) as bucket, sum(drop_lines) as drop_lines,
  sum(suppressed) as suppressed, min(entries_min) as entries_min, max(entries_max) as entries_max
from hour
where host_id = @host_id and hour_us >= @from_us and hour_us < @to_us
group by 1
order by 1;

-- name: citations_of_events
-- What was pruned is asked for first: where a source was taken back, its ids may have been given anew.
select
  k.id, coalesce(s.path, k.path) as path, coalesce(s.member, k.member) as member, k.byte_offset, k.byte_length,
  nullif(lower(hex(k.sha256)), '') as sha256, k.text
from json_each(@ids) j
cross join kept_line k on k.kind = 'event' and k.id = j.value
left join source s on s.source_id = k.source_id
union all
select
  e.event_id, s.path, s.member, e.byte_offset, e.byte_length, nullif(lower(hex(e.sha256)), ''), e.text || f.tail
from json_each(@ids) j
cross join event e on e.event_id = j.value
join event_form f on f.form_id = e.form_id
join stream st on st.stream_id = f.stream_id
join source s on s.source_id = st.source_id
where not exists (select 1 from kept_line k where k.kind = 'event' and k.id = j.value)
order by 1;

-- name: citations_of_observations
-- What was pruned is asked for first: where a source was taken back, its ids may have been given anew.
select
  k.id, coalesce(s.path, k.path) as path, coalesce(s.member, k.member) as member, k.byte_offset, k.byte_length,
  nullif(lower(hex(k.sha256)), '') as sha256, k.text
from json_each(@ids) j
cross join kept_line k on k.kind = 'observation' and k.id = j.value
left join source s on s.source_id = k.source_id
union all
select o.observation_id, s.path, s.member, o.byte_offset, o.byte_length, null, o.text
from json_each(@ids) j
cross join observation o on o.observation_id = j.value
join stream st on st.stream_id = o.stream_id
join source s on s.source_id = st.source_id
where not exists (select 1 from kept_line k where k.kind = 'observation' and k.id = j.value)
order by 1;

-- name: report_limit_spans
select l.netns, l.key, l.value, l.since_us, l.until_us, l.force, l.origin, l.observation_id
from limit_span l
where l.host_id = @host_id
order by l.key, coalesce(l.netns, ''), l.force, l.since_us is null, l.since_us, l.observation_id;

-- name: report_coverage
select channel, kind, from_us, to_us, reason
from coverage_span
where host_id = @host_id
order by channel, from_us, to_us;

-- name: report_count_buckets
select cast((o.at_us - @from_us) / @bucket_us as integer) as bucket, min(o.value) as entries_min, max(o.value) as entries_max
from stream st
cross join observation o on o.stream_id = st.stream_id
where st.host_id = @host_id and o.kind = 'entries' and o.at_us >= @from_us and o.at_us < @to_us and o.netns is null
group by bucket
order by bucket;

-- name: counts_in_minutes
select min(entries_min) as entries_min, max(entries_max) as entries_max
from minute
where host_id = @host_id and netns is null and entries_max is not null
  and minute_us >= @from_us and minute_us < @to_us;

-- name: time_above
-- NULL where nothing was counted.
select
  iif(exists (select 1 from minute c
    where c.host_id = @host_id and c.netns is null and c.entries_max is not null
      and c.minute_us > coalesce(@since_us - 60000000, -9223372036854775807)
      and c.minute_us <= coalesce(@until_us, 9223372036854775807)), 1, null) as counted,
  coalesce(sum(m.above_90_us), 0) as above_90_us,
  coalesce(sum(m.above_95_us), 0) as above_95_us
from minute m
where m.host_id = @host_id and m.above_90_us > 0
  and m.minute_us > coalesce(@since_us - 60000000, -9223372036854775807)
  and m.minute_us <= coalesce(@until_us, 9223372036854775807);

-- name: report_boot_marks
select e.at_us, e.text || f.tail as text
from stream st
join event_form f on f.stream_id = st.stream_id and f.kind = 'boot'
join event e on e.form_id = f.form_id
where st.host_id = @host_id and e.at_us is not null
order by e.at_us, e.event_id;

-- name: report_rises
-- What each series of samples says that the drop counter gained far from bursts, in the range.
select stream_id as series, min(from_us) as "fromUs", max(to_us) as "toUs", sum(gained) as "by"
from counter_rise
where host_id = @host_id and (@since_us is null or from_us >= @since_us) and (@until_us is null or to_us < @until_us)
group by stream_id
order by stream_id;

-- name: report_rises_across
-- Those that reach over an end of the range.
select stream_id as series, from_us as "fromUs", to_us as "toUs", gained as "by"
from counter_rise
where host_id = @host_id and from_us < @until_us and to_us >= @since_us and (from_us < @since_us or to_us >= @until_us)
order by from_us, stream_id;

-- name: counted_times
select min(minute_us) as from_us, max(minute_us) + 60000000 as to_us from minute where host_id = @host_id;

-- name: report_findings
select at_us, kind, message
from finding
where host_id = @host_id
order by at_us, message;

-- name: report_occupancies
select o.source_id, o.total, o.exact, o.at_us, s.path, s.member
from occupancy o
join stream st on st.stream_id = o.stream_id
join source s on s.source_id = o.source_id
where st.host_id = @host_id
order by o.at_us, o.source_id;

-- name: report_occupancy_shares
select facet, label, entries
from occupancy_share
where source_id = @source_id
order by facet, entries desc, label;

-- name: report_problems
-- With runs that came to no good end since the last that did: what they missed is missed here.
select path, kind, count, first_byte_offset, message
from problems
union all
select
  null, 'run-' || status, 1, null,
  'conntrail ' || command || ' of ' || started_time || coalesce(': ' || message, '')
from runs
where status in ('failed', 'interrupted')
  and run_id > coalesce((select max(run_id) from runs where status in ('done', 'problems')), 0)
order by path, kind, first_byte_offset, message;

-- name: report_sources
-- Sources of the host that reach into the range. What nothing dates is in every range.
select
  v.source_id, v.path, v.member, v.host, v.channel, v.format, v.sha256, v.bytes, v.complete, v.events, v.problems,
  s.first_us, s.last_us, s.is_log
from sources v
join source s on s.source_id = v.source_id
where (@host is null or v.host = @host)
  and (@since_us is null or s.last_us is null or s.last_us >= @since_us)
  and (@until_us is null or s.first_us is null or s.first_us <= @until_us)
order by v.path, v.member, v.source_id;

-- name: advice_facts
select
  (select coalesce(b.kernel, st.kernel) from stream st left join boot b on b.boot_id = st.boot_id
    where st.host_id = @host_id and coalesce(b.kernel, st.kernel) is not null
    order by st.last_us desc limit 1) as kernel,
  -- by the latest drop that is still there to read
  coalesce((select f.message = 'table-full-ip' from burst b join event e on e.event_id = b.first_event_id
    join event_form f on f.form_id = e.form_id
    where b.host_id = @host_id order by b.start_us desc limit 1), 0) as old,
  (select sum(sh.entries) from stream st join occupancy o on o.stream_id = st.stream_id
    join occupancy_share sh on sh.source_id = o.source_id
    where st.host_id = @host_id and sh.facet = 'state' and sh.label like '%ESTABLISHED%') as established;

-- name: paths_named
-- Where sources were read whose path holds a name.
select distinct path from source where instr(path, @name) > 0 order by path;

-- name: list_runs
select run_id, command, started_time, finished_time, status, sources_read, sources_skipped, bytes_read,
  events_added, message
from runs
order by run_id desc;

-- name: fleet_hours
-- The hours in which all hosts together dropped most.
select * from (
  select minute_us / 3600000000 * 3600000000 as at_us, count(distinct host_id) as hosts,
    sum(drop_lines) as drop_lines, sum(suppressed) as suppressed
  from minute
  where drop_lines + suppressed > 0
    and (@since_us is null or minute_us + 60000000 > @since_us) and (@until_us is null or minute_us <= @until_us)
  group by minute_us / 3600000000
  order by sum(drop_lines) desc, minute_us / 3600000000
  limit @most)
order by at_us;

-- name: fleet_limits
-- Limits of connections that are in force at last: a fleet that differs shows here.
select l.value, count(distinct l.host_id) as hosts, min(h.name) as example
from limit_span l
join host h on h.host_id = l.host_id
where l.key = 'nf_conntrack_max' and l.force = 'effective' and l.until_us is null
group by l.value
order by count(distinct l.host_id) desc, l.value
limit @most;
