-- Analysis: bursts, minutes, limits and coverage made from dated rows. It never reads a log.

-- name: analysed_hosts
select host_id, name from host where exists (select 1 from stream st where st.host_id = host.host_id)
order by host_id;

-- name: hosts_otherwise_made
select distinct host_id from burst where not pruned and (gap_us <> @gap_us or rules <> @rules) order by host_id;

-- name: host_streams
select
  st.stream_id, st.source_id, st.boot_id, st.ordinal, st.first_us, st.last_us, s.channel, s.family, s.rank, s.identity,
  s.bundle, s.is_log, s.lines,
  exists (select 1 from problem p where p.source_id = s.source_id and p.kind = 'unknown-repeat') as begins_with_repeat,
  st.first_uptime_us - st.uptime_base_us as first_uptime_us, coalesce(b.kernel, st.kernel) as kernel
from stream st
join source s on s.source_id = st.source_id
left join boot b on b.boot_id = st.boot_id
where st.host_id = @host_id
order by st.source_id, st.first_line, st.stream_id;

-- name: last_limited_line
-- The last line of a source's last event, where this spends the limiter's budget: equal drop lines are one event.
select e.line + iif(f.kind = 'drop' and e.copies = 1, coalesce(e.amount, 1), 1) - 1 as line
from event e
join event_form f on f.form_id = e.form_id
where e.event_id = (select max(event_to) from source_part where source_id = @source_id)
  and f.kind in ('drop', 'limiter_other', 'limit_exceeded', 'expectation_full');

-- name: stretch_forms
-- Of one host in one source: what has events within a stretch of time.
select f.form_id, f.kind, f.message, f.netns, f.stamp_kind, f.resolution_us
from stream st
join event_form f on f.stream_id = st.stream_id
where st.source_id = @source_id and st.host_id = @host_id and f.first_us <= @to_us and f.last_us >= @from_us
order by f.form_id;

-- name: stretch_events_asc
select amount, copies, at_us, uptime_us, uptimes from event
where form_id = @form_id and at_us is not null
order by event_id;

-- name: stretch_events_desc
select amount, copies, at_us, uptime_us, uptimes from event
where form_id = @form_id and at_us is not null
order by event_id desc;

-- name: limiter_forms
-- Texts cost more than the rest of a row: a drop's form is told by its kind, a basis matters in one case only.
select
  form_id, case kind when 'drop' then 0 when 'suppression' then 1 when 'loss' then 2 else 3 end as kind,
  case kind when 'drop' then null else message end as message, netns, resolution_us, stamp_kind, basis
from event_form
where stream_id = @stream_id
  and kind in ('drop', 'suppression', 'limiter_other', 'limit_exceeded', 'expectation_full', 'loss')
order by form_id;

-- name: limiter_events_dated
-- A batch of one form's rows as columns of JSON: rows by themselves cost three times as much to hand over. What few of
-- them have comes beside.
select
  json_group_array(event_id), json_group_array(amount), json_group_array(at_us), json_group_array(span_us),
  json_group_array(uptime_us),
  json_group_object(event_id, json_array(copies, uptimes, doubts, basis)) filter (
    where copies <> 1 or uptimes is not null or doubts is not null or basis is not null)
from (
  select event_id, amount, at_us, span_us, uptime_us, copies, uptimes, doubts, basis
  from event
  where form_id = @form_id and event_id > @after and at_us is not null
  order by event_id
  limit @limit);

-- name: limiter_events_undated
-- A batch of one form's rows as columns of JSON: rows by themselves cost three times as much to hand over. What few of
-- them have comes beside.
select
  json_group_array(event_id), json_group_array(amount), json_group_array(at_us), json_group_array(span_us),
  json_group_array(uptime_us),
  json_group_object(event_id, json_array(copies, uptimes, doubts, basis)) filter (
    where copies <> 1 or uptimes is not null or doubts is not null or basis is not null)
from (
  select event_id, amount, at_us, span_us, uptime_us, copies, uptimes, doubts, basis
  from event
  where form_id = @form_id and event_id > @after and at_us is null
  order by event_id
  limit @limit);

-- name: stream_messages
select distinct message from event_form where stream_id = @stream_id order by message;

-- name: trusted_messages
select distinct f.message from event_form f
where f.stream_id = @stream_id
  and exists (select 1 from event e where e.form_id = f.form_id and e.doubts is null)
order by f.message;

-- name: host_readings
select o.observation_id as id, o.key, o.value, o.netns, o.force, o.origin, o.at_us
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind in ('limit', 'buckets', 'setting', 'entry_bytes')
order by o.key, o.force, coalesce(o.netns, ''), o.at_us is null, o.at_us, o.observation_id;

-- name: host_boot_starts
select st.boot_id, min(e.at_us) as at_us
from stream st
join event_form f on f.stream_id = st.stream_id and f.kind = 'boot'
join event e on e.form_id = f.form_id
where st.host_id = @host_id and e.at_us is not null
group by st.boot_id
order by at_us;

-- name: host_has
-- What there is to ask for at each burst. Most hosts have neither.
select
  exists (
    select 1 from stream st join observation o on o.stream_id = st.stream_id and o.kind = 'entries' and o.at_us is not null
    where st.host_id = @host_id
  ) as counts,
  exists (
    select 1 from stream st join observation o on o.stream_id = st.stream_id and o.key in ('drop', 'early_drop')
    where st.host_id = @host_id
  ) as counters;

-- name: count_before
select o.observation_id as id, o.value, o.at_us
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind = 'entries' and o.netns is @netns and o.at_us <= @at_us
order by o.at_us desc, o.observation_id desc
limit 1;

-- name: count_after
select o.observation_id as id, o.value, o.at_us
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind = 'entries' and o.netns is @netns and o.at_us >= @at_us
order by o.at_us, o.observation_id
limit 1;

-- name: count_peak
select o.observation_id as id, o.value, o.at_us
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind = 'entries' and o.netns is @netns
  and o.at_us between @from_us and @to_us
order by o.value desc, o.at_us, o.observation_id
limit 1;

-- name: counters_that_moved
-- Namespaces whose drop counter had more than one value.
select o.netns
from stream st
join observation o on o.stream_id = st.stream_id and o.key = 'drop' and o.kind = 'counter'
where st.host_id = @host_id
group by o.netns
having max(o.value) > min(o.value);

-- name: counter_samples
select o.value, o.at_us, o.uptime_us
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind = 'counter' and o.key = @key and o.netns is @netns
  and o.at_us between @from_us and @to_us
order by o.at_us, o.observation_id;

-- name: next_count
select min(first_us) / 60000000 as minute
from (
  select (
    select o.at_us from observation o
    where o.stream_id = st.stream_id and o.kind = 'entries' and o.netns is @netns and o.at_us >= @from_us
    order by o.at_us
    limit 1
  ) as first_us
  from stream st
  where st.host_id = @host_id
);

-- name: minute_counts
select o.at_us / 60000000 as minute, min(o.value) as entries_min, max(o.value) as entries_max
from observation o
join stream st on st.stream_id = o.stream_id
where st.host_id = @host_id and o.kind = 'entries' and o.netns is @netns and o.at_us >= @from_us and o.at_us < @to_us
group by minute
order by minute;

-- name: kernel_fact
select f.value from fact f join source s on s.source_id = f.source_id
where f.key = 'kernel' and s.bundle is @bundle order by f.source_id limit 1;

-- name: old_bursts
select burst_id, netns, start_us, end_us from burst where host_id = @host_id and not pruned
order by start_us is null, start_us, burst_id;

-- name: delete_bursts
delete from burst where host_id = @host_id and not pruned;

-- name: clear_shelf
delete from shelf_part;

-- name: put_on_shelf
insert into shelf_part (netns, burst, seq, part) values (?, ?, ?, ?);

-- name: take_from_shelf
select burst, seq, part from shelf_part
where netns = @netns and (burst, seq) > (@burst, @seq)
order by burst, seq
limit @limit;

-- name: insert_burst
insert into burst (
  burst_id, host_id, netns, start_us, end_us, drop_lines, suppressed, suppressed_shared, drops_min,
  drops_reported, drops_max, drops_estimate, bound, bound_reasons, tail_cap, doubted_lines, doubted_suppressed, doubts,
  limit_value, limit_origin, limit_observation_id, count_before, count_before_us, count_before_observation_id, count_peak,
  count_peak_observation_id, count_after, count_after_us, count_after_observation_id, witness, witnesses,
  verdict, basis, first_event_id, last_event_id, gap_us, rules)
values (
  @burst_id, @host_id, @netns, @start_us, @end_us, @drop_lines, @suppressed, @suppressed_shared, @drops_min,
  @drops_reported, @drops_max, @drops_estimate, @bound, @bound_reasons, @tail_cap, @doubted_lines, @doubted_suppressed, @doubts,
  @limit_value, @limit_origin, @limit_observation_id, @count_before, @count_before_us, @count_before_observation_id, @count_peak,
  @count_peak_observation_id, @count_after, @count_after_us, @count_after_observation_id, @witness, @witnesses,
  @verdict, @basis, @first_event_id, @last_event_id, @gap_us, @rules);

-- name: insert_witness
insert into witness (burst_id, channel, drop_lines, suppressed, relation)
values (@burst_id, @channel, @drop_lines, @suppressed, @relation);

-- name: insert_window_block
insert into window_block (burst_id, first_us, last_us, windows) values (@burst_id, @first_us, @last_us, @windows);

-- name: give_window_blocks
update window_block set burst_id = @burst_id where burst_id = @key;

-- name: drop_window_blocks
delete from window_block where burst_id = @key;

-- name: delete_minutes
delete from minute where host_id = @host_id and not pruned;

-- name: insert_minute
insert into minute (host_id, netns, minute_us, drop_lines, suppressed, entries_min, entries_max, limit_value)
values (@host_id, @netns, @minute_us, @drop_lines, @suppressed, @entries_min, @entries_max, @limit_value);

-- name: add_to_minute
update minute set drop_lines = drop_lines + @drop_lines, suppressed = suppressed + @suppressed
where host_id = @host_id and minute_us = @minute_us and netns is @netns and not pruned;

-- name: minutes_between
select minute_us from minute
where host_id = @host_id and minute_us >= @from_us and minute_us < @to_us and netns is @netns and not pruned;

-- name: count_minute
update minute set entries_min = @entries_min, entries_max = @entries_max
where host_id = @host_id and minute_us = @minute_us and netns is @netns and not pruned;

-- name: keep_pressure
-- A count stands until the next one, for five minutes at most. Its limit is the one then in force: the last value
-- read by then, else the first read later, else one of no known time.
with counted as (
  select o.at_us, o.value,
    min(lead(o.at_us, 1, o.at_us) over (order by o.at_us, o.observation_id) - o.at_us, 300000000) as stands_us
  from stream st
  join observation o on o.stream_id = st.stream_id
  where st.host_id = @host_id and o.kind = 'entries' and o.at_us is not null and o.netns is null
),
full as (
  select c.at_us / 60000000 * 60000000 as minute_us, c.stands_us, c.value, (
    select l.value from limit_span l
    where l.host_id = @host_id and l.key = 'nf_conntrack_max' and l.force = 'effective' and l.netns is null
    order by l.since_us is null, l.since_us > c.at_us, iif(l.since_us > c.at_us, l.since_us, -l.since_us)
    limit 1) as limit_value
  from counted c
),
kept as (
  select minute_us, sum(stands_us) as above_90_us,
    sum(iif(value * 100 >= limit_value * 95, stands_us, 0)) as above_95_us
  from full
  where limit_value > 0 and value * 100 >= limit_value * 90
  group by minute_us
)
update minute set above_90_us = kept.above_90_us, above_95_us = kept.above_95_us
from kept
where minute.host_id = @host_id and minute.netns is null and not minute.pruned
  and minute.minute_us = kept.minute_us;

-- name: delete_hours
delete from hour where host_id = @host_id;

-- name: insert_hours
insert into hour (host_id, hour_us, drop_lines, suppressed, entries_min, entries_max)
select host_id, minute_us - ((minute_us % 3600000000) + 3600000000) % 3600000000, sum(drop_lines), sum(suppressed),
  min(iif(netns is null, entries_min, null)), max(iif(netns is null, entries_max, null))
from minute
where host_id = @host_id
group by 1, 2;

-- name: delete_limit_spans
delete from limit_span where host_id = @host_id;

-- name: insert_limit_span
insert into limit_span (host_id, netns, key, value, since_us, until_us, force, origin, observation_id)
values (@host_id, @netns, @key, @value, @since_us, @until_us, @force, @origin, @observation_id);

-- name: delete_rises
delete from counter_rise where host_id = @host_id;

-- name: insert_rise
insert into counter_rise (host_id, stream_id, from_us, to_us, gained)
values (@host_id, @stream_id, @from_us, @to_us, @gained);

-- name: burst_times
select start_us as "startUs", end_us as "endUs" from burst where host_id = @host_id and start_us is not null
order by start_us, burst_id;

-- name: series_rises
-- Neighbouring samples of one series, in the range, between which the drop counter rose. In order of time.
select "fromUs", "toUs", "by"
from (
  select
    lag(at_us) over samples as "fromUs",
    at_us as "toUs",
    value - lag(value) over samples as "by"
  from observation
  where stream_id = @stream_id and key = 'drop' and kind = 'counter' and at_us >= @from_us and at_us <= @to_us
  window samples as (partition by netns order by at_us, observation_id)
)
where "by" > 0
order by "fromUs", "toUs";

-- name: host_counter_series
select distinct st.stream_id
from stream st
join observation o on o.stream_id = st.stream_id
where st.host_id = @host_id and o.key = 'drop' and o.kind = 'counter' and o.at_us is not null
order by st.stream_id;

-- name: delete_coverage
delete from coverage_span where host_id = @host_id;

-- name: insert_coverage
insert into coverage_span (host_id, channel, kind, from_us, to_us, reason)
values (@host_id, @channel, @kind, @from_us, @to_us, @reason);

-- name: loss_events
select f.message, e.amount, e.at_us, s.channel
from stream st
join source s on s.source_id = st.source_id
join event_form f on f.stream_id = st.stream_id and f.kind in ('loss', 'logger_stop', 'logger_start')
join event e on e.form_id = f.form_id
where st.host_id = @host_id and e.at_us is not null
order by s.channel, e.at_us, e.event_id;

-- name: speaking_forms
-- Forms of drops and suppressions of a stream.
select form_id, kind, netns from event_form
where stream_id = @stream_id and kind in ('drop', 'suppression')
order by form_id;

-- name: silence_drops
-- Writes only what changes, as all of these.
update event set speaks = 0
where speaks = 1 and form_id = @form_id and event_id between @first_id and @last_id
  and iif(@dated, at_us between @first_us and @last_us, at_us is null);

-- name: has_silent
select 1 from event where form_id = @form_id and speaks = 0 limit 1;

-- name: voice_drops
update event set speaks = 1
where speaks = 0 and form_id = @form_id and event_id between @first_id and @last_id
  and iif(@dated, at_us between @first_us and @last_us, at_us is null);

-- name: silence_notices
update event set speaks = 0
where speaks = 1 and form_id = @form_id and event_id between @first_id and @last_id;

-- name: voice_notices
update event set speaks = 1
where speaks = 0 and form_id = @form_id and event_id between @first_id and @last_id;

-- name: silence_form
update event set speaks = 0
where speaks = 1 and form_id = @form_id and iif(@dated, at_us is not null, at_us is null);

-- name: silence_events
update event set speaks = 0 where speaks = 1 and event_id in (select value from json_each(@ids));

-- name: forget_bursts_of_no_host
delete from burst where not pruned and host_id not in (select host_id from stream where host_id is not null);

-- name: forget_minutes_of_no_host
delete from minute where not pruned and host_id not in (select host_id from stream where host_id is not null);

-- name: forget_hours_of_no_minute
delete from hour where host_id not in (select host_id from minute);

-- name: forget_limits_of_no_host
delete from limit_span where host_id not in (select host_id from stream where host_id is not null);

-- name: forget_rises_of_no_host
delete from counter_rise where host_id not in (select host_id from stream where host_id is not null);

-- name: forget_coverage_of_no_host
delete from coverage_span where host_id not in (select host_id from stream where host_id is not null);

-- name: largest_burst_id
select coalesce(max(burst_id), 0) as id from burst;

-- name: delete_orphan_rows
delete from host where host_id not in (select host_id from stream where host_id is not null)
  and host_id not in (select host_id from burst) and host_id not in (select host_id from minute)
  and host_id not in (select host_id from limit_span) and host_id not in (select host_id from coverage_span)
  and host_id not in (select host_id from counter_rise)
  and host_id not in (select host_id from finding) and host_id not in (select host_id from boot);

-- name: event_basis
select coalesce(e.basis, f.basis) as basis from event e join event_form f on f.form_id = e.form_id
where e.event_id = @id;
