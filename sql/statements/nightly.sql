-- The nightly run: what became of earlier runs, what is new, what is told of a day, and pruning.

-- name: analysis_due
-- A run that did not end left sources, or bursts were found with another gap: they all have one, so the latest do.
select exists (
  select 1 from source
  where run_id > coalesce((select max(run_id) from run where status in ('done', 'problems')), 0)
    and run_id < @run_id)
  or exists (
    select 1 from (select gap_us, pruned from burst order by burst_id desc limit 100)
    where not pruned and gap_us <> @gap_us) as due;

-- name: settle_run
-- What was read is in the row already: reports and pruning came after.
update run set status = @status, message = @message, finished_us = @finished_us where run_id = @run_id;

-- name: run_before
select run_id, command, started_time, status, message from runs
where run_id < @run_id
order by run_id desc
limit 1;

-- name: runs_in_trouble
select started_time, command, status, message from runs
where status in ('failed', 'interrupted')
order by run_id desc
limit 10;

-- name: seen_files
select path, dev, ino, size_bytes, mtime_us from seen_file order by path;

-- name: seen_by_node
select path, size_bytes, mtime_us from seen_file where dev = @dev and ino = @ino order by path;

-- name: seen_sources
select path, source_id, member from seen_source order by path, source_id;

-- name: seen_elsewhere
-- Sources that a run met under another name than the one they go by, and how the file of that one lay while it was
-- theirs. A run that was killed did not come to it.
select
  s.source_id, s.path, s.member, s.family, s.rank, s.name_date, x.path as new_path, x.member as new_member,
  o.dev, o.ino, o.size_bytes
from seen_file f
join seen_source x on x.path = f.path
join source s on s.source_id = x.source_id
left join seen_source os on os.path = s.path and os.source_id = s.source_id
left join seen_file o on o.path = os.path
where f.run_id > coalesce((select max(run_id) from run where status in ('done', 'problems') and run_id < @run_id), 0)
  and f.run_id <= @run_id and x.path <> s.path
order by s.source_id, f.run_id desc, x.path;

-- name: source_places
select source_id, path, member, family, rank, name_date from source
where family in (select value from json_each(@families))
order by source_id;

-- name: move_source
update source set path = @path, member = @member, family = @family, rank = @rank, name_date = @name_date
where source_id = @source_id;

-- name: forget_path_problems
delete from problem where source_id is null and path = @path and run_id < @run_id
  and (@kind is null or kind = @kind);

-- name: adopt_places
-- A grown log keeps the host and boot that its beginning was given.
update stream set
  host_id = (select o.host_id from stream o
    where o.source_id = @source_id and o.name_id is stream.name_id and o.host_id is not null
    order by o.ordinal desc, o.stream_id desc limit 1),
  boot_id = (select o.boot_id from stream o
    where o.source_id = @source_id and o.name_id is stream.name_id and o.ordinal = stream.ordinal
    order by o.stream_id limit 1)
where source_id = (select source_id from source where identity = 'reading') and host_id is null;

-- name: burst_marks
select
  b.burst_id, h.name as host, b.netns, b.start_us, b.end_us, b.drop_lines, b.suppressed, b.suppressed_shared,
  b.drops_min, b.drops_reported, b.drops_max, b.bound, b.bound_reasons, b.limit_value, b.count_peak, b.verdict,
  b.doubted_lines, b.doubts
from burst b
join host h on h.host_id = b.host_id
order by h.name, b.start_us is null, b.start_us, b.burst_id;

-- name: suppressed_shared_of
-- As suppressed_shared_once, of these bursts.
select coalesce(sum(n), 0) as suppressed
from (
  select max(json_extract(w.value, '$[3]')) as n
  from json_each(@burst_ids) i
  join burst b on b.burst_id = i.value
  join window_block k on k.burst_id = b.burst_id
  join json_each(k.windows) w
  where b.suppressed_shared > 0
  group by json_extract(w.value, '$[0]')
);

-- name: coverage_marks
select h.name as host, c.channel, c.kind, c.reason, c.from_us, c.to_us
from coverage_span c
join host h on h.host_id = c.host_id
order by h.name, c.channel, c.kind, c.from_us, c.to_us;

-- name: new_instants
-- Quarters of an hour in which a run's sources tell something worth a report.
select distinct h.name as host, e.at_us / 900000000 as quarter
from source s
join stream st on st.source_id = s.source_id
join host h on h.host_id = st.host_id
join event_form f on f.stream_id = st.stream_id
join event e on e.form_id = f.form_id
where s.run_id >= @run_id and e.at_us is not null
  and f.kind in ('drop', 'suppression', 'limit_exceeded', 'expectation_full', 'limit_change')
union
select distinct h.name as host, o.at_us / 900000000 as quarter
from source s
join stream st on st.source_id = s.source_id
join host h on h.host_id = st.host_id
join observation o on o.stream_id = st.stream_id
where s.run_id >= @run_id and o.at_us is not null and o.kind = 'entries'
order by host, quarter;

-- name: first_run_to_tell
select coalesce(max(run_id), 0) + 1 as run_id from run
where run_id < @run_id and status in ('done', 'problems') and command = 'nightly';

-- name: pruned_within
select exists (select 1 from minute m join host h on h.host_id = m.host_id
    where m.pruned and h.name = @host and m.minute_us between @since_us and @until_us)
  or exists (select 1 from burst b join host h on h.host_id = b.host_id
    where b.pruned and h.name = @host and b.start_us <= @until_us and b.end_us >= @since_us) as pruned;

-- name: drop_minutes
select h.name as host, m.minute_us, m.drop_lines, m.suppressed
from minute m
join host h on h.host_id = m.host_id
where m.drop_lines + m.suppressed > 0
order by h.name, m.minute_us, m.netns;

-- name: prunable_hosts
select distinct host_id from stream where host_id is not null order by host_id;

-- name: burst_across
-- The first burst that would lose some of its lines, and not all. A minute beside it is kept for its windows.
select min(start_us) as start_us from burst
where host_id = @host_id and not pruned and start_us - 60000000 < @cut_us and end_us >= @cut_us;

-- name: prune_bursts
update burst set pruned = 1 where host_id = @host_id and not pruned and end_us < @cut_us;

-- name: prune_minutes
update minute set pruned = 1 where host_id = @host_id and not pruned and minute_us < @cut_us;

-- name: prune_events
-- Boots stay, for they date what is kept, and so does the last row, for no id is ever given twice.
delete from event
where at_us < @cut_us and event_id < (select max(event_id) from event)
  and form_id in (
    select f.form_id from stream st join event_form f on f.stream_id = st.stream_id
    where st.host_id = @host_id and f.kind <> 'boot');

-- name: prune_observations
-- Readings that spans of limits and kept bursts cite stay.
delete from observation
where at_us < @cut_us and observation_id < (select max(observation_id) from observation)
  and stream_id in (select stream_id from stream where host_id = @host_id)
  and observation_id not in (
    select observation_id from limit_span
    union
    select id from burst_citation where not pruned and kind = 'observation');

-- name: keep_cited_events
-- A burst can be followed to its bytes when the events are gone.
insert or ignore into kept_line (kind, id, source_id, path, member, byte_offset, byte_length, sha256, text)
select
  'event', e.event_id, s.source_id, s.path, s.member, e.byte_offset, e.byte_length, e.sha256, e.text || f.tail
from (select distinct id from burst_citation where pruned and host_id = @host_id and kind = 'event') cited
join event e on e.event_id = cited.id
join event_form f on f.form_id = e.form_id
join stream st on st.stream_id = f.stream_id
join source s on s.source_id = st.source_id
where true;

-- name: keep_cited_observations
insert or ignore into kept_line (kind, id, source_id, path, member, byte_offset, byte_length, sha256, text)
select 'observation', o.observation_id, s.source_id, s.path, s.member, o.byte_offset, o.byte_length, null, o.text
from (select distinct id from burst_citation where pruned and host_id = @host_id and kind = 'observation') cited
join observation o on o.observation_id = cited.id
join stream st on st.stream_id = o.stream_id
join source s on s.source_id = st.source_id
where true;

-- name: forget_uncited_lines
-- Of bursts that evidence told more of later.
delete from kept_line
where (kind, id) in (select kind, id from kept_line except select kind, id from burst_citation);

-- name: count_rows_left
update source set
  events = (select count(*) from stream st join event_form f on f.stream_id = st.stream_id
    join event e on e.form_id = f.form_id where st.source_id = source.source_id),
  observations = (select count(*) from stream st join observation o on o.stream_id = st.stream_id
    where st.source_id = source.source_id)
where source_id in (select source_id from stream where host_id = @host_id);

-- name: any_pruned
select exists (select 1 from burst where pruned) or exists (select 1 from minute where pruned) as any_pruned;

-- name: outgrown_bursts
-- Evidence that came late tells more of a burst than what was pruned: it takes its place.
delete from burst where pruned and exists (
  select 1 from burst n
  where not n.pruned and n.host_id = burst.host_id and n.netns is burst.netns
    and n.start_us <= burst.end_us and n.end_us >= burst.start_us
    and n.drop_lines + n.suppressed > burst.drop_lines + burst.suppressed);

-- name: found_again_bursts
delete from burst where not pruned and exists (
  select 1 from burst p
  where p.pruned and p.host_id = burst.host_id and p.netns is burst.netns
    and p.start_us <= burst.end_us and p.end_us >= burst.start_us);

-- name: outgrown_minutes
delete from minute where pruned and exists (
  select 1 from minute n
  where not n.pruned and n.host_id = minute.host_id and n.minute_us = minute.minute_us and n.netns is minute.netns
    and n.drop_lines + n.suppressed > minute.drop_lines + minute.suppressed);

-- name: found_again_minutes
delete from minute where not pruned and exists (
  select 1 from minute p
  where p.pruned and p.host_id = minute.host_id and p.minute_us = minute.minute_us and p.netns is minute.netns);
