-- Merging: what a source that comes is compared with, and what of pruned evidence is taken over.

-- name: merge_twin
select source_id from source where identity = @identity;

-- name: merge_adopt_places
-- A machine stays the machine it was: bursts that were pruned know it by its id.
update stream set
  host_id = (select o.host_id from stream o
    where o.source_id = @of and o.name_id is stream.name_id and o.host_id is not null
    order by o.ordinal = stream.ordinal desc, o.ordinal desc, o.stream_id desc limit 1),
  boot_id = (select o.boot_id from stream o
    where o.source_id = @of and o.name_id is stream.name_id and o.ordinal = stream.ordinal
    order by o.stream_id limit 1)
where source_id = @source_id and host_id is null;

-- name: merge_alike
-- Sources that begin with the same bytes and are longer or shorter: one may be a beginning of the other.
select o.source_id, o.bytes > s.bytes as longer
from source s
join source o on o.head = s.head and o.bytes <> s.bytes
where s.source_id = @source_id and s.head <> ''
order by o.bytes desc;

-- name: merge_is_beginning
-- All that is kept of the shorter source stands in the longer one, byte for byte and stamp for stamp. Its last line
-- is let be, which is kept for being the last. Nothing to compare is no proof.
select
  (select count(*) from event where event_id between s.event_from and s.event_to)
    + (select count(*) from observation where observation_id between s.observation_from and s.observation_to)
    + (select count(*) from anchor where anchor_id between s.anchor_from and s.anchor_to - 1) > 0
  and not exists (
    select byte_offset, byte_length, line, kind, sha256 from event
    where event_id between s.event_from and s.event_to
    except
    select byte_offset, byte_length, line, kind, sha256 from event
    where event_id between l.event_from and l.event_to)
  and not exists (
    select byte_offset, byte_length, key, value, origin, netns, stamp_us from observation
    where observation_id between s.observation_from and s.observation_to
    except
    select byte_offset, byte_length, key, value, origin, netns, stamp_us from observation
    where observation_id between l.observation_from and l.observation_to)
  and not exists (
    select byte_offset, byte_length, line, kind, stamp_kind, stamp_us, told_us from anchor
    where anchor_id between s.anchor_from and s.anchor_to - 1
    except
    select byte_offset, byte_length, line, kind, stamp_kind, stamp_us, told_us from anchor
    where anchor_id between l.anchor_from and l.anchor_to) as beginning
from source s, source l
where s.source_id = @shorter and l.source_id = @longer;

-- name: merge_stream_host
select st.host_id
from source s
join stream st on st.source_id = s.source_id
left join host_name n on n.name_id = st.name_id
where s.identity = @identity and st.ordinal = @ordinal and n.name is @name
order by st.first_line = @first_line desc, st.stream_id
limit 1;

-- name: merge_fuller_burst
select exists (
  select 1 from burst
  where pruned and host_id = @host_id and netns is @netns
    and ((start_us <= @end_us and end_us >= @start_us) or (start_us is @start_us and end_us is @end_us))
    and drop_lines + suppressed >= @drop_lines + @suppressed) as known;

-- name: merge_forget_lesser_bursts
delete from burst
where pruned and host_id = @host_id and netns is @netns and start_us <= @end_us and end_us >= @start_us;

-- name: merge_mark_pruned
update burst set pruned = 1 where burst_id = @burst_id;

-- name: merge_fuller_minute
select exists (
  select 1 from minute
  where pruned and host_id = @host_id and netns is @netns and minute_us = @minute_us
    and drop_lines + suppressed >= @drop_lines + @suppressed) as known;

-- name: merge_forget_lesser_minutes
delete from minute where pruned and host_id = @host_id and netns is @netns and minute_us = @minute_us;

-- name: merge_insert_minute
insert into minute (host_id, netns, minute_us, drop_lines, suppressed, entries_max, limit_value, pruned)
values (@host_id, @netns, @minute_us, @drop_lines, @suppressed, @entries_max, @limit_value, 1);
