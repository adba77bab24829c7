-- A year of ten busy machines, as ingest would leave it, made by SQL alone: every host logs the same drops to two
-- channels and samples its counts beside. Wants a table `size` of one row: hosts, bursts (a host), windows (a burst)
-- and counts (a host). A window is ten printed lines and the notice of what it held back.

create temp table made as
select hosts, bursts, windows, counts,
  1735689600000000 as from_us, 31536000000000 as year_us, -- 2025, UTC
  31536000000000 / bursts as burst_every_us, 31536000000000 / counts as count_every_us,
  windows * 11 as lines
from size;

create temp table number as
with recursive n (i) as (select 0 union all select i + 1 from n where i < 99999) select i from n;
create temp table window_line as
select w.i * 11 + l.i as nth, w.i as nth_window, l.i = 0 as is_notice,
  w.i * 5000000 + l.i * 20000 as after_us
from number w, number l
where w.i < (select windows from made) and l.i < 11;
create temp table channel (channel_id integer primary key, name text, speaks integer);
insert into channel values (0, 'messages', 1), (1, 'kern', 0), (2, 's.csv', 0);

insert into run (command, started_us, finished_us, status, sources_read, bytes_read, events_added)
select 'ingest', from_us + year_us, from_us + year_us + 60000000, 'done', hosts * 53 * 3, hosts * 53 * 3 * 16777216,
  hosts * 2 * bursts * lines
from made;

insert into host (host_id, name) select i + 1, printf('gw%02d', i + 1) from number, made where i < hosts;
insert into host_name (name_id, name) select host_id, name from host;
insert into boot (boot_id, host_id, kernel) select host_id, host_id, '5.14.0-362.el9.x86_64' from host;

-- One file a week and channel.
insert into source (
  source_id, run_id, identity, head, path, family, rank, channel, format, bytes, lines, complete, is_log,
  process_tz, ingested_us, zone, zone_basis, first_year, year_basis, first_us, last_us, host_id)
select
  ((h.host_id - 1) * 3 + c.channel_id) * 53 + w.i + 1, 1, printf('%064x', ((h.host_id - 1) * 3 + c.channel_id) * 53 + w.i + 1),
  printf('%064x', h.host_id * 1000 + w.i), printf('/logs/%s/%s-%02d.gz', h.name, c.name, w.i), c.name, w.i, c.name,
  iif(c.channel_id = 2, 'sample-csv', 'rsyslog'), 16777216, 130000, 1, c.channel_id < 2,
  'UTC', from_us + year_us, 'UTC', 'assumed-zone', 2025, 'name-date', from_us + w.i * 604800000000,
  min(from_us + year_us, from_us + (w.i + 1) * 604800000000) - 1, h.host_id
from made, host h, channel c, number w
where w.i < 53;

insert into stream (stream_id, source_id, name_id, ordinal, first_line, last_line, host_id, host_basis, boot_id, first_us, last_us)
select source_id, source_id, host_id, 0, 1, lines, host_id, 'line', host_id, first_us, last_us from source;

create temp table telling as
select h.host_id, c.channel_id, n.i as nth, from_us + n.i * burst_every_us as start_us,
  ((h.host_id - 1) * 3 + c.channel_id) * 53 + n.i * burst_every_us / 604800000000 + 1 as stream_id
from made, host h, channel c, number n
where c.channel_id < 2 and n.i < bursts
order by h.host_id, c.channel_id, n.i;

-- What the lines of a stream share: drops, notices, and those few and far between.
create temp table shared (kind text, told text, message text, line text, doubts text, every integer, stamp_kind integer,
  basis text);
insert into shared values
  ('drop', 'drop', 'table-full', 'nf_conntrack: nf_conntrack: table full, dropping packet', null, null, 3, 'inferred-year'),
  ('suppression', 'suppression', 'net-ratelimit', 'net_ratelimit: 141 callbacks suppressed', null, null, 3, 'inferred-year'),
  ('boot', 'boot', 'boot', 'Linux version 5.14.0-362.el9.x86_64', null, 4, 3, 'inferred-year'),
  ('loss', 'loss', 'loss', 'imuxsock lost 5 messages', null, 1, 3, 'inferred-year'),
  ('drop', 'doubted', 'table-full', 'nf_conntrack: table full, dropping packet', 'other-program', 13, 3, 'inferred-year'),
  ('drop', 'undated', 'table-full', 'nf_conntrack: table full, dropping packet', null, 26, 0, 'none');
insert into event_form (form_id, stream_id, kind, message, stamp_kind, resolution_us, tail, basis)
select s.stream_id * 6 + k.rowid - 1, s.stream_id, k.kind, k.message, k.stamp_kind, 1000000, ' gw kernel: ' || k.line, k.basis
from stream s
join source o on o.source_id = s.source_id and o.is_log, shared k;

insert into event (event_id, form_id, line, byte_offset, byte_length, amount, stamp_us, at_us, speaks, text)
select
  (t.rowid - 1) * m.lines + l.nth + 1, t.stream_id * 6 + l.is_notice, 1000 + l.nth * 3, 100000 + l.nth * 400, 83,
  iif(l.is_notice, 141, 1), t.start_us + l.after_us - m.from_us, t.start_us + l.after_us, t.channel_id = 0,
  'Jan 12 08:30:01'
from made m cross join telling t cross join window_line l;

-- Few and far between: a boot a month, a line that tells of a loss a week, drops that are doubted or nothing dates.
insert into event (form_id, line, byte_offset, byte_length, amount, doubts, stamp_us, at_us, text)
select s.stream_id * 6 + k.rowid - 1, 1, 0, 90, 1, k.doubts, s.first_us, iif(k.told = 'undated', null, s.first_us),
  'Jan 12 08:30:01'
from stream s
join source o on o.source_id = s.source_id and o.is_log
join shared k on o.rank % k.every = 0
where k.told <> 'undated' or o.host_id = 1;

update event_form set (first_stamp_us, last_stamp_us, first_us, last_us) =
  (select min(stamp_us), max(stamp_us), min(at_us), max(at_us) from event e where e.form_id = event_form.form_id);

insert into observation (
  stream_id, byte_offset, byte_length, kind, key, value, force, origin, stamp_kind, stamp_us, resolution_us, at_us, basis, text)
select
  ((h.host_id - 1) * 3 + 2) * 53 + n.i * count_every_us / 604800000000 + 1, n.i % 2000 * 60, 60, k.kind, k.key,
  case k.kind
    when 'entries' then 30000 + n.i * 7919 % 30000 + iif(n.i % 100 < 3, 5536, 0)
    when 'limit' then iif(n.i < counts / 2, 65536, 131072)
    else n.i end,
  'effective', 'sample-csv', 1, from_us + n.i * count_every_us, 1000, from_us + n.i * count_every_us, 'explicit',
  '1735689600000,1000.5,65000,65536,0,0,0'
from made cross join host h cross join number n
cross join (select 'entries' as kind, 'nf_conntrack_count' as key union all
  select 'limit', 'nf_conntrack_max' union all select 'counter', 'drop') k
where n.i < counts;

update source set
  events = (select count(*) from event_form f join event e on e.form_id = f.form_id where f.stream_id = source_id),
  observations = (select count(*) from observation o where o.stream_id = source_id);

insert into problem (source_id, run_id, kind, count, first_byte_offset, message, stage)
select source_id, 1, 'line-too-long', 1 + source_id % 7, 4711, 'a line of more than 64 KiB was cut', 'read'
from source where source_id % 10 = 0;

insert into limit_span (host_id, key, value, since_us, until_us, force, origin, observation_id)
select h.host_id, 'nf_conntrack_max', iif(k.i = 0, 65536, 131072),
  iif(k.i = 0, from_us, from_us + counts / 2 * count_every_us), iif(k.i = 0, from_us + counts / 2 * count_every_us, null),
  'effective', 'sample-csv',
  (h.host_id - 1) * 3 * counts + k.i * (counts / 2) * 3 + 2
from made, host h, number k
where k.i < 2;

insert into burst (
  burst_id, host_id, netns, start_us, end_us, drop_lines, suppressed, suppressed_shared, drops_min, drops_reported,
  drops_max, drops_estimate, bound, bound_reasons, tail_cap, limit_value, limit_origin, limit_observation_id,
  count_before, count_before_us, count_before_observation_id, count_peak, count_peak_observation_id, count_after,
  count_after_us, count_after_observation_id, witness, witnesses, verdict, basis, first_event_id, last_event_id,
  gap_us, rules)
select
  row_number() over (order by t.rowid), t.host_id, null, t.start_us, t.start_us + windows * 5000000 - 4800000,
  windows * 10, windows * 141 - t.nth % 97, 0, windows * 10, windows * 151 - t.nth % 97,
  iif(t.nth % 3 = 0, windows * 151 - t.nth % 97, null), windows * 151 - t.nth % 97, iif(t.nth % 3 = 0, 'range', 'at-least'),
  iif(t.nth % 3 = 0, 'shared-limiter', 'open-end,contention-uncounted'), 141, 65536, 'sample-csv', o.first + 1,
  64000, from_us + o.nth * count_every_us, o.first, 65536, o.first, 61000, from_us + (o.nth + 1) * count_every_us, o.first + 3,
  'messages', 2, 'The table was at its limit of 65536.', 'inferred-year', (t.rowid - 1) * lines + 1, t.rowid * lines,
  60000000, 1
from made, telling t
join (select t.rowid as telling, t.nth * burst_every_us / count_every_us as nth,
  ((t.host_id - 1) * counts + t.nth * burst_every_us / count_every_us) * 3 + 1 as first from telling t, made) o
  on o.telling = t.rowid
where t.channel_id = 0;

-- What nothing dates is a burst of its own.
insert into burst (
  host_id, drop_lines, suppressed, suppressed_shared, drops_min, drops_reported, bound, bound_reasons, limit_value,
  limit_origin, witness, witnesses, verdict, basis, first_event_id, last_event_id, gap_us, rules)
select 1, count(*), 0, 0, count(*), count(*), 'at-least', 'open-end', 65536, 'sample-csv', 'messages', 2,
  'The table was at its limit of 65536.', 'undated', min(event_id), max(event_id), 60000000, 1
from event e join event_form f on f.form_id = e.form_id where f.kind = 'drop' and f.basis = 'none';

insert into witness (burst_id, channel, drop_lines, suppressed, relation)
select b.burst_id, c.name, b.drop_lines, b.suppressed, iif(c.speaks, 'speaks', 'agrees')
from burst b, channel c
where c.channel_id < 2;

insert into window_block (burst_id, first_us, last_us, windows)
select b.burst_id, b.start_us, b.start_us + (windows - 1) * 5000000,
  (select json_group_array(json_array(b.start_us + n.i * 5000000, 10, 141, 0, json('[[0,6],[1,4]]'))) from number n
    where n.i < windows)
from made cross join burst b
where b.start_us is not null;

-- Minutes: one for each count, and those of the bursts.
create temp table minute_told as
select b.host_id, (b.start_us + n.i * 5000000) / 60000000 as minute, count(*) * 10 as drop_lines, count(*) * 141 as suppressed
from made cross join burst b cross join number n
where n.i < windows and b.start_us is not null
group by 1, 2;
create temp table minute_counted as
select st.host_id, o.at_us / 60000000 as minute, min(o.value) as entries_min, max(o.value) as entries_max
from observation o join stream st on st.stream_id = o.stream_id
where o.kind = 'entries'
group by 1, 2;
insert into minute (host_id, netns, minute_us, drop_lines, suppressed, entries_min, entries_max, limit_value)
select host_id, null, minute * 60000000, sum(drop_lines), sum(suppressed), min(entries_min), max(entries_max),
  iif(minute * 60000000 < from_us + counts / 2 * count_every_us, 65536, 131072)
from made, (select host_id, minute, drop_lines, suppressed, null as entries_min, null as entries_max from minute_told
  union all select host_id, minute, 0, 0, entries_min, entries_max from minute_counted)
group by host_id, minute
order by host_id, minute;
update minute set above_90_us = 300000000, above_95_us = iif(entries_max * 100 >= limit_value * 95, 300000000, 0)
where entries_max * 100 >= limit_value * 90;

insert into hour (host_id, hour_us, drop_lines, suppressed, entries_min, entries_max)
select host_id, minute_us / 3600000000 * 3600000000, sum(drop_lines), sum(suppressed), min(entries_min), max(entries_max)
from minute
group by 1, 2;

-- As if no burst had been near any sample of the counter, which rises by one each time.
insert into counter_rise (host_id, stream_id, from_us, to_us, gained)
select st.host_id, o.stream_id, min(o.at_us) - count_every_us, max(o.at_us), count(*)
from made, observation o join stream st on st.stream_id = o.stream_id
where o.key = 'drop'
group by st.host_id, o.stream_id, o.at_us / 3600000000
order by 3;

insert into coverage_span (host_id, channel, kind, from_us, to_us, reason)
select h.host_id, c.name, 'seen', from_us, from_us + year_us - 1, 'lines'
from made, host h, channel c
where c.channel_id < 2;
