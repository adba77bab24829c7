-- What a run that reads logs writes. One transaction holds everything of one source.

-- name: insert_run
insert into run (command, started_us, status) values (@command, @started_us, 'running');

-- name: finish_run
update run set
  finished_us = @finished_us, status = @status, message = @message, sources_read = @sources_read,
  sources_skipped = @sources_skipped, bytes_read = @bytes_read, events_added = @events_added
where run_id = @run_id;

-- name: close_abandoned_runs
update run set status = 'interrupted', message = 'ended without saying so'
where status = 'running' and run_id < @run_id;

-- name: insert_source
insert into source (
  run_id, identity, path, member, bundle, family, rank, role, channel, format, netns, name_date, mtime_us,
  gzip_time_us, sha256, bytes, lines, complete, option_host, option_tz, option_year, reference_us, process_tz,
  ingested_us)
values (
  @run_id, 'reading', @path, @member, @bundle, @family, @rank, @role, @channel, '', @netns, @name_date, @mtime_us,
  @gzip_time_us, null, 0, 0, 1, @option_host, @option_tz, @option_year, @reference_us, @process_tz,
  @ingested_us);

-- name: source_options
select option_host, option_tz, option_year, reference_us from source where source_id = @source_id;

-- name: finish_source
update source set
  identity = @identity, head = @head, format = @format, channel = @channel, bytes = @bytes, lines = @lines,
  complete = @complete, is_log = @is_log, resume = @resume, line_years = @line_years,
  events_dated = iif(@kept_events = 0 or events_dated = @events_dated, @events_dated, null),
  events = @events, observations = @observations
where source_id = @source_id;

-- name: insert_part
insert into source_part (
  source_id, part, event_from, event_to, anchor_from, anchor_to, observation_from, observation_to)
select
  @source_id, count(*), @event_from, @event_to, @anchor_from, @anchor_to, @observation_from, @observation_to
from source_part where source_id = @source_id;

-- name: source_parts
select event_from, event_to, anchor_from, anchor_to, observation_from, observation_to from source_part
where source_id = @source_id
order by part;

-- name: resumable_source
select source_id, head, format, bytes, identity, resume, events_dated from source
where source_id = @source_id and resume is not null and option_host is @host and option_tz is @tz
  and option_year is @year and reference_us is @reference_us and process_tz = @process_tz;

-- name: problems_told
select kind, count from problem where source_id = @source_id and stage = 'read' order by kind;

-- name: unhashed_sources
select s.source_id from seen_source f join source s on s.source_id = f.source_id
where f.path = @path and s.sha256 is null and s.resume is not null
order by s.source_id;

-- name: take_up_source
update source set
  run_id = @run_id, path = @path, family = @family, rank = @rank, name_date = @name_date, mtime_us = @mtime_us,
  sha256 = null, dated_by = null, ingested_us = @ingested_us
where source_id = @source_id;

-- name: cut_events
-- What is read once more: lines behind the point at which reading goes on.
delete from event where byte_offset >= @offset
  and form_id in (
    select f.form_id from stream st join event_form f on f.stream_id = st.stream_id where st.source_id = @source_id);

-- name: cut_anchors
delete from anchor where byte_offset >= @offset
  and stream_id in (select stream_id from stream where source_id = @source_id);

-- name: cut_observations
delete from observation where byte_offset >= @offset
  and stream_id in (select stream_id from stream where source_id = @source_id);

-- name: trim_parts
-- Ids of rows that were cut may be given to another source: they are no longer of this one.
update source_part set
  event_to = (select max(event_id) from event where event_id between event_from and event_to
    and form_id in (
      select f.form_id from stream st join event_form f on f.stream_id = st.stream_id where st.source_id = @source_id)),
  anchor_to = (select max(anchor_id) from anchor where anchor_id between anchor_from and anchor_to
    and stream_id in (select stream_id from stream where source_id = @source_id)),
  observation_to = (select max(observation_id) from observation
    where observation_id between observation_from and observation_to
    and stream_id in (select stream_id from stream where source_id = @source_id))
where source_id = @source_id;

-- name: cut_streams
delete from stream where source_id = @source_id and first_line >= @line;

-- name: cut_proofs
delete from proof where stream_id = @stream_id;

-- name: cut_problems
delete from problem where source_id = @source_id and stage = 'read';

-- name: rows_kept
select
  (select count(*) from stream st join event_form f on f.stream_id = st.stream_id
    join event e on e.form_id = f.form_id where st.source_id = @source_id) as events,
  (select count(*) from observation o join stream st on st.stream_id = o.stream_id
    where st.source_id = @source_id) as observations;

-- name: was_pruned
-- Whether lines of a source may have been pruned: its machines have bursts or minutes that were.
select exists (
  select 1 from stream st
  where st.source_id = @source_id
    and (exists (select 1 from minute m where m.pruned and m.host_id = st.host_id)
      or exists (select 1 from burst b where b.pruned and b.host_id = st.host_id))) as was_pruned;

-- name: prune_events_again
-- A log that is read anew since it has grown: what its beginning told in whole lines and has no row of, was pruned.
delete from event where event_id in (
  select e.event_id
  from stream st
  join event_form f on f.stream_id = st.stream_id
  join event e on e.form_id = f.form_id
  where st.source_id = @source_id
    and e.byte_offset + e.byte_length < (select bytes from source where source_id = @beginning)
    and e.byte_offset not in (
      select be.byte_offset
      from stream bs
      join event_form bf on bf.stream_id = bs.stream_id
      join event be on be.form_id = bf.form_id
      where bs.source_id = @beginning));

-- name: prune_observations_again
delete from observation where observation_id in (
  select o.observation_id
  from stream st
  join observation o on o.stream_id = st.stream_id
  where st.source_id = @source_id
    and o.byte_offset + o.byte_length < (select bytes from source where source_id = @beginning)
    and (o.byte_offset, o.kind, coalesce(o.key, '')) not in (
      select bo.byte_offset, bo.kind, coalesce(bo.key, '')
      from stream bs
      join observation bo on bo.stream_id = bs.stream_id
      where bs.source_id = @beginning));

-- name: last_rows
-- The largest ids a source has. Those above were given and taken back: another source gets them.
select
  (select max(e.event_id) from stream st join event_form f on f.stream_id = st.stream_id
    join event e on e.form_id = f.form_id where st.source_id = @source_id) as event_id,
  (select max(o.observation_id) from observation o join stream st on st.stream_id = o.stream_id
    where st.source_id = @source_id) as observation_id;

-- name: insert_fact
insert or ignore into fact (source_id, key, value) values (@source_id, @key, @value);

-- name: source_by_identity
select source_id from source where identity = @identity;

-- name: sources_by_head
select source_id as sourceId, bytes, identity from source
where head = @head and head <> '' order by bytes desc limit 256;

-- name: delete_source
delete from source where source_id = @source_id;

-- name: set_sha256
update source set sha256 = @sha256 where source_id = @source_id and sha256 is null;

-- name: name_id
select name_id from host_name where name = @name;

-- name: insert_name
insert into host_name (name) values (@name);

-- name: insert_stream
insert into stream (source_id, name_id, ordinal, first_line, last_line)
values (@source_id, @name_id, @ordinal, @line, @line);

-- name: finish_stream
update stream set
  last_line = @last_line, first_uptime_us = @first_uptime_us, last_uptime_us = @last_uptime_us,
  uptime_base_us = @uptime_base_us, boot_uuid = @boot_uuid, kernel = @kernel, bare_line = @bare_line,
  last_uptime_line = @last_uptime_line
where stream_id = @stream_id;

-- name: doubt_bare_lines
-- Of the kernel's lines, those without an uptime between lines of the stream that have one. A log daemon writes its
-- "repeated" without.
update event set doubts = ltrim(coalesce(doubts, '') || ',no-uptime', ',')
from stream st
join event_form f on f.stream_id = st.stream_id
where st.source_id = @source_id and st.bare_line < st.last_uptime_line and event.form_id = f.form_id
  and event.line >= st.bare_line and event.line < st.last_uptime_line and event.uptime_us is null
  and f.kind in ('drop', 'suppression', 'suppression_other', 'limiter_other', 'limit_exceeded', 'expectation_full')
  and f.stamp_kind in (1, 2, 3) and event.copies = 1 and event.text not like '% repeated % time%'
  and coalesce(event.doubts, '') not like '%no-uptime';

-- name: trust_bare_lines
-- What speaks for the doubt may stand behind the point where the reading goes on: it is found anew.
update event set doubts = nullif(rtrim(replace(doubts, 'no-uptime', ''), ','), '')
where form_id in (
    select f.form_id from stream st join event_form f on f.stream_id = st.stream_id where st.source_id = @source_id)
  and doubts like '%no-uptime';

-- name: insert_proof
insert or ignore into proof (key, stream_id) values (@key, @stream_id);

-- name: insert_anchor
insert into anchor (
  stream_id, line, byte_offset, byte_length, kind, stamp_kind, stamp_us, resolution_us, zone_name, uptime_us,
  told_us)
values (
  @stream_id, @line, @byte_offset, @byte_length, @kind, @stamp_kind, @stamp_us, @resolution_us, @zone_name,
  @uptime_us, @told_us);

-- name: insert_anchors
insert into anchor (
  anchor_id, stream_id, line, byte_offset, byte_length, kind, stamp_kind, stamp_us, resolution_us, zone_name,
  uptime_us, told_us)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: largest_anchor_id
select coalesce(max(anchor_id), 0) as id from anchor;

-- name: insert_event_form
insert into event_form (stream_id, kind, message, netns, stamp_kind, resolution_us, zone_name, tail)
values (@stream_id, @kind, @message, @netns, @stamp_kind, @resolution_us, @zone_name, @tail);

-- name: event_forms
-- Of one stream: what is known already.
select form_id, stream_id, kind, message, netns, stamp_kind, resolution_us, zone_name, tail
from event_form where stream_id = @stream_id
order by form_id
limit @limit;

-- name: finish_event_form
-- Of what an earlier reading wrote, the extents grow.
update event_form set
  first_stamp_us = coalesce(min(first_stamp_us, @first_stamp_us), first_stamp_us, @first_stamp_us),
  last_stamp_us = coalesce(max(last_stamp_us, @last_stamp_us), last_stamp_us, @last_stamp_us),
  first_us = coalesce(min(first_us, @first_us), first_us, @first_us),
  last_us = coalesce(max(last_us, @last_us), last_us, @last_us)
where form_id = @form_id;

-- name: insert_event
insert or fail into event (
  event_id, form_id, line, byte_offset, byte_length, amount, stamp_us, span_us, at_us, text, copies, doubts,
  uptime_us, uptimes, speaks, sha256)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: insert_plain_event
-- What most are: drops and suppressions without an uptime, whose text tells their bytes.
insert or fail into event (
  event_id, form_id, line, byte_offset, byte_length, amount, stamp_us, span_us, at_us, text)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: largest_event_id
select max(
  (select coalesce(max(event_id), 0) from event),
  (select coalesce(max(id), 0) from id_mark where name = 'event')) as id;

-- name: mark_event_ids
insert into id_mark (name, id) select 'event', coalesce(max(event_id), 0) from event where true
on conflict (name) do update set id = max(id, excluded.id);

-- name: insert_observation
insert into observation (
  stream_id, byte_offset, byte_length, kind, key, value, force, origin, netns, stamp_kind, stamp_us,
  resolution_us, zone_name, uptime_us, basis, text)
values (
  @stream_id, @byte_offset, @byte_length, @kind, @key, @value, @force, @origin, @netns, @stamp_kind, @stamp_us,
  @resolution_us, @zone_name, @uptime_us, 'undated', @text);

-- name: insert_problem
insert into problem (source_id, run_id, path, kind, count, first_byte_offset, message, stage)
values (@source_id, @run_id, @path, @kind, @count, @first_byte_offset, @message, @stage);

-- name: insert_occupancy
insert into occupancy (source_id, stream_id, total, exact) values (@source_id, @stream_id, @total, @exact);

-- name: insert_occupancy_share
insert or replace into occupancy_share (source_id, facet, label, entries)
values (@source_id, @facet, @label, @entries);

-- name: save_seen_file
insert into seen_file (path, dev, ino, size_bytes, mtime_us, run_id)
values (@path, @dev, @ino, @size_bytes, @mtime_us, @run_id)
on conflict (path) do update set
  dev = excluded.dev, ino = excluded.ino, size_bytes = excluded.size_bytes, mtime_us = excluded.mtime_us,
  run_id = excluded.run_id;

-- name: forget_seen_sources
delete from seen_source where path = @path;

-- name: save_seen_source
insert or ignore into seen_source (path, source_id, member) values (@path, @source_id, @member);
