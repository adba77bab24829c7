-- Merging: what a source that comes is compared with, and what of pruned evidence is taken over.

-- name: merge_due
-- Sources that are not dated: what came, and what took another's place.
select exists (select 1 from source where dated_by is null) as due;

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

-- name: merge_adopt_lines
-- The same bytes, told anew: lines of them that pruned bursts cite stay theirs.
update kept_line set source_id = @source_id where source_id = @of;

-- name: merge_alike
-- Sources that begin with the same bytes and are longer or shorter: one may be a beginning of the other.
select o.source_id, o.bytes > s.bytes as longer
from source s
join source o on o.head = s.head and o.bytes <> s.bytes
where s.source_id = @source_id and s.head <> ''
order by o.bytes desc;

-- name: merge_is_beginning
-- All that is kept of the shorter source stands in the longer one, byte for byte and stamp for stamp. Its last line
-- is let be, which is kept for being the last, and so are the last lines of its parts. Nothing to compare is no proof.
-- The last event is looked for first: logs of like machines begin alike, and mostly differ in it.
select
  exists (
    select 1 from source_part p join event x on x.event_id between p.event_from and p.event_to
    where p.source_id = @shorter
    union all
    select 1 from source_part p join observation x on x.observation_id between p.observation_from and p.observation_to
    where p.source_id = @shorter
    union all
    select 1 from source_part p join anchor x on x.anchor_id between p.anchor_from and p.anchor_to - 1
    where p.source_id = @shorter)
  and not exists (
    select 1
    from source_part p
    join event x on x.event_id = p.event_to
    join event_form f on f.form_id = x.form_id
    where p.source_id = @shorter and not exists (
      select 1
      from source_part q
      join event y on y.event_id between q.event_from and q.event_to
      join event_form g on g.form_id = y.form_id
      where q.source_id = @longer and y.byte_offset = x.byte_offset and y.sha256 is x.sha256
        and y.text || g.tail = x.text || f.tail))
  and not exists (
    select x.byte_offset, x.byte_length, x.line, f.kind, x.amount, x.sha256, x.text || f.tail
    from source_part p
    join event x on x.event_id between p.event_from and p.event_to
    join event_form f on f.form_id = x.form_id
    where p.source_id = @shorter
    except
    select x.byte_offset, x.byte_length, x.line, f.kind, x.amount, x.sha256, x.text || f.tail
    from source_part p
    join event x on x.event_id between p.event_from and p.event_to
    join event_form f on f.form_id = x.form_id
    where p.source_id = @longer)
  and not exists (
    select x.byte_offset, x.byte_length, x.key, x.value, x.origin, x.netns, x.stamp_us
    from source_part p join observation x on x.observation_id between p.observation_from and p.observation_to
    where p.source_id = @shorter
    except
    select x.byte_offset, x.byte_length, x.key, x.value, x.origin, x.netns, x.stamp_us
    from source_part p join observation x on x.observation_id between p.observation_from and p.observation_to
    where p.source_id = @longer)
  and not exists (
    select x.byte_offset, x.byte_length, x.line, x.kind, x.stamp_kind, x.stamp_us, x.told_us
    from source_part p join anchor x on x.anchor_id between p.anchor_from and p.anchor_to - 1
    where p.source_id = @shorter
    except
    select x.byte_offset, x.byte_length, x.line, x.kind, x.stamp_kind, x.stamp_us, x.told_us
    from source_part p join anchor x on x.anchor_id between p.anchor_from and p.anchor_to
    where p.source_id = @longer) as beginning;

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
insert into minute (
  host_id, netns, minute_us, drop_lines, suppressed, entries_min, entries_max, limit_value, above_90_us, above_95_us,
  pruned)
values (
  @host_id, @netns, @minute_us, @drop_lines, @suppressed, @entries_min, @entries_max, @limit_value, @above_90_us,
  @above_95_us, 1);

-- name: merge_keep_line
-- Under an id below zero, which no row here is ever given. Returns it.
insert into kept_line (kind, id, source_id, path, member, byte_offset, byte_length, sha256, text)
select
  @kind, min(0, coalesce((select min(id) from kept_line where kind = @kind), 0)) - 1,
  (select source_id from source where identity = @identity), @path, @member, @byte_offset, @byte_length, @sha256, @text
returning id;
