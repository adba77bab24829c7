-- Dating: stamps as written become instants, streams become boots and hosts.

-- name: scope_sources
-- Never dated is what is new, and what took another's place.
select source_id, bundle, dated_by is null as due from source order by source_id;

-- name: dating_source
select
  s.source_id, s.path, s.member, s.bundle, s.family, s.channel, s.name_date, s.mtime_us, s.gzip_time_us,
  s.option_host, s.option_tz, s.option_year, s.reference_us, s.process_tz, s.line_years, s.dated_by,
  s.events_dated,
  exists (select 1 from stream st where st.source_id = s.source_id and st.last_uptime_us is not null) as has_uptime,
  (select f.value from fact f where f.source_id = s.source_id and f.key = 'zone') as zone
from source s
where s.source_id = @source_id;

-- name: dating_streams
select
  st.stream_id, st.source_id, n.name, st.boot_uuid, st.kernel, st.boot_id, st.host_id, st.host_basis,
  st.last_uptime_us, st.uptime_base_us, st.first_us, st.last_us, st.boot_us, s.path, s.family, s.bundle,
  s.option_host
from stream st
join source s on s.source_id = st.source_id
left join host_name n on n.name_id = st.name_id
order by st.stream_id;

-- name: dating_streams_of_source
select
  st.stream_id, st.first_uptime_us, st.last_uptime_us, st.uptime_base_us, st.first_us, st.last_us, st.boot_us,
  exists (select 1 from anchor a where a.stream_id = st.stream_id and a.kind = 'sample') as is_sample
from stream st
where st.source_id = @source_id
order by st.stream_id;

-- name: bundle_hosts
select s.bundle, f.value from fact f join source s on s.source_id = f.source_id
where f.key = 'hostname' and s.bundle is not null
order by f.source_id;

-- name: stamp_kinds
select distinct stamp_kind from (
  select a.stamp_kind from source_part p join anchor a on a.anchor_id between p.anchor_from and p.anchor_to where p.source_id = @source_id
  union all
  select o.stamp_kind
  from source_part p join observation o on o.observation_id between p.observation_from and p.observation_to
  where p.source_id = @source_id
)
order by stamp_kind;

-- name: told_date_problems
select kind from problem where stage = 'date' and source_id = @source_id;

-- name: boot_lines
select e.event_id as id, f.stream_id, f.stamp_kind, e.stamp_us, f.resolution_us, e.uptime_us
from stream st
join event_form f on f.stream_id = st.stream_id and f.kind = 'boot'
join event e on e.form_id = f.form_id
where st.source_id = @source_id
order by e.event_id;

-- name: shared_proofs
-- Streams of each proof that several have. Pairs of them would be as many as the square.
select
  p.stream_id,
  not exists (select 1 from proof q where q.key = p.key and q.stream_id < p.stream_id) as is_first
from proof p
where exists (select 1 from proof q where q.key = p.key and q.stream_id < p.stream_id)
  or exists (select 1 from proof q where q.key = p.key and q.stream_id > p.stream_id)
order by p.key, p.stream_id;

-- name: anchors_of_source
select
  anchor_id as id, stream_id, byte_offset, kind, stamp_kind, stamp_us, resolution_us, zone_name, uptime_us, told_us,
  at_us
from anchor
where anchor_id > @after and anchor_id <= @to
order by anchor_id
limit 2000;

-- name: telling_anchors_of_source
-- Those that say something of another clock than the one they are stamped by.
select
  anchor_id as id, stream_id, byte_offset, kind, stamp_kind, stamp_us, resolution_us, zone_name, uptime_us, told_us,
  at_us
from anchor
where anchor_id > @after and anchor_id <= @to
  and (uptime_us is not null or told_us is not null or zone_name is not null)
order by anchor_id
limit 2000;

-- name: events_of_source
select
  e.event_id as id, f.stream_id, e.byte_offset, f.kind, f.stamp_kind, e.stamp_us, f.resolution_us, f.zone_name,
  e.uptime_us, e.at_us, coalesce(e.basis, f.basis) as basis
from event e
join event_form f on f.form_id = e.form_id
where e.event_id > @after and e.event_id <= @to
order by e.event_id
limit 2000;

-- name: anchoring_events
select
  e.event_id as id, f.stream_id, e.byte_offset, f.kind, f.stamp_kind, e.stamp_us, f.resolution_us, f.zone_name,
  e.uptime_us, e.at_us, coalesce(e.basis, f.basis) as basis
from event e
join event_form f on f.form_id = e.form_id
where e.event_id between @from and @to and e.event_id % @stride = 0 and e.uptime_us is not null
order by e.event_id;

-- name: observations_of_source
select observation_id as id, stream_id, byte_offset, origin as kind, stamp_kind, stamp_us, resolution_us, zone_name,
  uptime_us, at_us, basis
from observation
where observation_id > @after and observation_id <= @to
order by observation_id
limit 2000;

-- name: yearless_extent
select min(stamp_us) as first_us, max(stamp_us) as last_us
from (
  select a.stamp_us from source_part p join anchor a on a.anchor_id between p.anchor_from and p.anchor_to
  where p.source_id = @source_id and a.stamp_kind = 3
  union all
  select o.stamp_us
  from source_part p join observation o on o.observation_id between p.observation_from and p.observation_to
  where p.source_id = @source_id and o.stamp_kind = 3
  union all
  select f.first_stamp_us from stream st join event_form f on f.stream_id = st.stream_id
  where st.source_id = @source_id and f.stamp_kind = 3
  union all
  select f.last_stamp_us from stream st join event_form f on f.stream_id = st.stream_id
  where st.source_id = @source_id and f.stamp_kind = 3
);

-- name: leap_days
-- 59 is 29 February, counted from 0 in a leap year of 31622400000000 microseconds
select distinct stamp_us
from (
  select a.stamp_us from source_part p join anchor a on a.anchor_id between p.anchor_from and p.anchor_to
  where p.source_id = @source_id and a.stamp_kind = 3
  union all
  select e.stamp_us from stream st join event_form f on f.stream_id = st.stream_id
  join event e on e.form_id = f.form_id
  where st.source_id = @source_id and f.stamp_kind = 3
)
where (((stamp_us % 31622400000000) + 31622400000000) % 31622400000000) / 86400000000 = 59
order by stamp_us
limit 64;

-- name: event_stamp_kinds
select
  f.stamp_kind, f.zone_name is not null as named, min(f.first_stamp_us) as first_us, max(f.last_stamp_us) as last_us
from stream st
join event_form f on f.stream_id = st.stream_id
where st.source_id = @source_id
group by f.stamp_kind, named
order by f.stamp_kind, named;

-- name: any_event_stamped
select exists (
  select 1 from stream st join event_form f on f.stream_id = st.stream_id join event e on e.form_id = f.form_id
  where st.source_id = @source_id and f.stamp_kind = @stamp_kind
    and f.first_stamp_us <= @last_us and f.last_stamp_us >= @first_us
    and e.stamp_us between @first_us and @last_us
) as found;

-- name: set_plain_event_times
update event set at_us = event.stamp_us + @shift_us, basis = null
from stream st
join event_form f on f.stream_id = st.stream_id
where st.source_id = @source_id and event.form_id = f.form_id
  and f.stamp_kind = @stamp_kind and event.stamp_us between @first_us and @last_us
  and (event.at_us is not event.stamp_us + @shift_us or event.basis is not null);

-- name: set_form_basis
update event_form set basis = @basis
where stamp_kind = @stamp_kind and basis <> @basis
  and stream_id in (select stream_id from stream where source_id = @source_id);

-- name: set_form_extents
update event_form set (first_us, last_us) = (
  select min(e.at_us), max(e.at_us + e.span_us) from event e where e.form_id = event_form.form_id)
where stream_id in (select stream_id from stream where source_id = @source_id);

-- name: set_events_dated
update source set events_dated = @events_dated where source_id = @source_id;

-- name: anchor_stamp_kinds
select stamp_kind, zone_name is not null as named, min(stamp_us) as first_us, max(stamp_us) as last_us
from source_part p join anchor a on a.anchor_id between p.anchor_from and p.anchor_to
where p.source_id = @source_id
group by stamp_kind, named
order by stamp_kind, named;

-- name: any_anchor_stamped
select exists (
  select 1 from source_part p join anchor a on a.anchor_id between p.anchor_from and p.anchor_to
  where p.source_id = @source_id and stamp_kind = @stamp_kind and stamp_us between @first_us and @last_us
) as found;

-- name: set_plain_anchor_times
update anchor set at_us = stamp_us + @shift_us
from source_part p
where p.source_id = @source_id and anchor_id between p.anchor_from and p.anchor_to
  and stamp_kind = @stamp_kind and stamp_us between @first_us and @last_us
  and at_us is not stamp_us + @shift_us;

-- name: observation_stamp_kinds
select stamp_kind, zone_name is not null as named, min(stamp_us) as first_us, max(stamp_us) as last_us
from source_part p join observation o on o.observation_id between p.observation_from and p.observation_to
where p.source_id = @source_id
group by stamp_kind, named
order by stamp_kind, named;

-- name: any_observation_stamped
select exists (
  select 1 from source_part p join observation o on o.observation_id between p.observation_from and p.observation_to
  where p.source_id = @source_id and stamp_kind = @stamp_kind and stamp_us between @first_us and @last_us
) as found;

-- name: set_plain_observation_times
update observation set at_us = stamp_us + @shift_us, basis = @basis
from source_part p
where p.source_id = @source_id and observation_id between p.observation_from and p.observation_to
  and stamp_kind = @stamp_kind and stamp_us between @first_us and @last_us
  and (at_us is not stamp_us + @shift_us or basis <> @basis);

-- name: set_event_time
update event set at_us = @at_us, basis = @basis where event_id = @id;

-- name: set_observation_time
update observation set at_us = @at_us, basis = @basis where observation_id = @id;

-- name: set_anchor_time
update anchor set at_us = @at_us where anchor_id = @id;

-- name: undate_source
update source set dated_by = null where source_id = @source_id;

-- name: set_source_dating
update source set
  zone = @zone, zone_basis = @zone_basis, first_year = @first_year, year_basis = @year_basis, dated_by = @dated_by
where source_id = @source_id;

-- name: stream_extents
-- Of one source: first and last instant of each stream.
select stream_id, min(at_us) as first_us, max(at_us + span_us) as last_us
from (
  select a.stream_id, a.at_us, 0 as span_us
  from source_part p join anchor a on a.anchor_id between p.anchor_from and p.anchor_to
  where p.source_id = @source_id and a.at_us is not null
  union all
  select f.stream_id, f.first_us, f.last_us - f.first_us
  from stream st join event_form f on f.stream_id = st.stream_id
  where st.source_id = @source_id and f.first_us is not null
  union all
  select o.stream_id, o.at_us, 0
  from source_part p join observation o on o.observation_id between p.observation_from and p.observation_to
  where p.source_id = @source_id and o.at_us is not null
)
group by stream_id
order by stream_id;

-- name: stream_boot_instants
-- Of one source: the instant of booting, by the line with the highest uptime (a bare column is of max's row).
select stream_id, max(uptime_us) as uptime_us, at_us - uptime_us as boot_us
from (
  select a.stream_id, a.at_us, a.uptime_us
  from source_part p join anchor a on a.anchor_id between p.anchor_from and p.anchor_to
  where p.source_id = @source_id and a.at_us is not null and a.uptime_us is not null
  union all
  select f.stream_id, e.at_us, e.uptime_us
  from stream st join event_form f on f.stream_id = st.stream_id join event e on e.form_id = f.form_id
  where st.source_id = @source_id and st.last_uptime_us is not null and e.at_us is not null
    and e.uptime_us is not null
)
group by stream_id
order by stream_id;

-- name: set_stream_extent
update stream set first_us = @first_us, last_us = @last_us, boot_us = @boot_us where stream_id = @stream_id;

-- name: set_stream
update stream set host_id = @host_id, host_basis = @host_basis, boot_id = @boot_id
where stream_id = @stream_id;

-- name: set_source_extent
update source set
  first_us = (select min(first_us) from stream where stream.source_id = source.source_id),
  last_us = (select max(last_us) from stream where stream.source_id = source.source_id),
  host_id = (select host_id from stream where stream.source_id = source.source_id
    order by last_line desc, stream_id desc limit 1)
where source_id = @source_id;

-- name: insert_host
insert into host (name) values (@name);

-- name: rename_host
update host set name = @name where host_id = @host_id and name <> @name;

-- name: insert_boot
insert into boot (host_id, uuid, kernel) values (@host_id, @uuid, @kernel);

-- name: set_boot
update boot set host_id = @host_id, uuid = @uuid, kernel = @kernel where boot_id = @boot_id;

-- name: delete_unused_boots
delete from boot where boot_id not in (select boot_id from stream where boot_id is not null);

-- name: forget_date_problems
delete from problem where stage = 'date' and source_id = @source_id;

-- name: date_occupancies
update occupancy set at_us = (
  select max(o.at_us) from observation o where o.stream_id = occupancy.stream_id and o.origin = 'conntrack-list');

-- name: forget_findings
delete from finding where host_id = @host_id;

-- name: insert_finding
insert into finding (host_id, at_us, kind, message) values (@host_id, @at_us, @kind, @message);

-- name: notices_of_stream
select e.event_id as id, f.message, e.amount, e.at_us, e.uptime_us
from event_form f
join event e on e.form_id = f.form_id
where f.stream_id = @stream_id and f.kind = 'suppression' and e.amount is not null
order by e.event_id
limit @limit;

-- name: sample_anchors
select anchor_id as id, uptime_us, stamp_us
from anchor
where stream_id = @stream_id and kind = 'sample' and uptime_us is not null and stamp_us is not null
order by anchor_id;
