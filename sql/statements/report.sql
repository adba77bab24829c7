-- What reports are made of. All of it is read through the public views, but for rows that no view shows whole.

-- name: report_hosts
select h.host_id, h.name
from host h
where (@host is null or h.name = @host)
  and exists (select 1 from stream st where st.host_id = h.host_id)
order by h.name, h.host_id;

-- name: report_host_names
select distinct n.name
from stream st
join host_name n on n.name_id = st.name_id
where st.host_id = @host_id
order by n.name;

-- name: report_bursts
select *
from burst
where host_id = @host_id
  and (@since_us is null or coalesce(end_us, @since_us) >= @since_us)
  and (@until_us is null or coalesce(start_us, @until_us) <= @until_us)
order by start_us is null, start_us, coalesce(netns, ''), burst_id;

-- name: report_witnesses
select channel, drop_lines, suppressed, relation
from witness
where burst_id = @burst_id
order by relation <> 'speaks', channel;

-- name: report_windows
select w.begin_us, w.drop_lines, w.suppressed, w.suppressed_shared
from limiter_window w
where w.burst_id = @burst_id
order by w.begin_us;

-- name: citation_of_event
select s.path, s.member, e.byte_offset, e.byte_length, lower(hex(e.sha256)) as sha256, e.text
from event e
join stream st on st.stream_id = e.stream_id
join source s on s.source_id = st.source_id
where e.event_id = @id;

-- name: citation_of_observation
select s.path, s.member, o.byte_offset, o.byte_length, null as sha256, o.text
from observation o
join stream st on st.stream_id = o.stream_id
join source s on s.source_id = st.source_id
where o.observation_id = @id;

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
select (o.at_us - @from_us) / @bucket_us as bucket, min(o.value) as entries_min, max(o.value) as entries_max
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind = 'entries' and o.at_us between @from_us and @to_us and o.netns is null
group by bucket
order by bucket;

-- name: report_boot_marks
select e.at_us, e.text
from event e
join stream st on st.stream_id = e.stream_id
where st.host_id = @host_id and e.kind = 'boot' and e.at_us is not null
order by e.at_us, e.event_id;

-- name: report_findings
select at_us, kind, message
from finding
where host_id = @host_id
order by at_us, message;

-- name: report_undated
select coalesce(sum(b.drop_lines), 0) as drop_lines
from burst b
where b.host_id = @host_id and b.start_us is null;

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
select path, kind, count, first_byte_offset, message
from problems
order by path, kind, first_byte_offset, message;

-- name: report_sources
select source_id, path, member, host, channel, format, sha256, bytes, complete, events, problems
from sources
order by path, member, source_id;

-- name: report_source_extents
select source_id, first_us, last_us from source order by source_id;

-- name: report_counts
select o.at_us, o.value
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind = 'entries' and o.at_us is not null and o.netns is null
order by o.at_us, o.observation_id;

-- name: advice_facts
select
  (select coalesce(b.kernel, st.kernel) from stream st left join boot b on b.boot_id = st.boot_id
    where st.host_id = @host_id and coalesce(b.kernel, st.kernel) is not null
    order by st.last_us desc limit 1) as kernel,
  exists (select 1 from stream st join event e on e.stream_id = st.stream_id
    where st.host_id = @host_id and e.message = 'table-full-ip') as old,
  (select sum(sh.entries) from stream st join occupancy o on o.stream_id = st.stream_id
    join occupancy_share sh on sh.source_id = o.source_id
    where st.host_id = @host_id and sh.facet = 'state' and sh.label like '%ESTABLISHED%') as established;

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
