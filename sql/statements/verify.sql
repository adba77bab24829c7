-- What is cited, for reading it again. @host and @burst_id may be null: all. Bursts' citations are in `temp/`.

-- name: verify_burst
select b.burst_id from burst b where b.burst_id = @burst_id;

-- name: verify_sources_all
select s.source_id, s.path, s.member, s.head, s.bytes
from source s
where (s.events + s.observations > 0 or exists (select 1 from kept_line k where k.source_id = s.source_id))
  and (@host is null or exists (
    select 1 from stream st join host h on h.host_id = st.host_id
    where st.source_id = s.source_id and h.name = @host))
order by s.path, s.member, s.source_id;

-- name: verify_forget_noted
delete from cited_line;

-- name: verify_note_events
-- What is asked for is noted once: a host has many sources, and each would be asked for all of its bursts.
insert or ignore into cited_line (source_id, kept, kind, id)
select st.source_id, 0, 'event', e.event_id
from burst_citation c
cross join event e on e.event_id = c.id
join event_form f on f.form_id = e.form_id
join stream st on st.stream_id = f.stream_id
left join host h on h.host_id = st.host_id
where c.kind = 'event' and (@burst_id is null or c.burst_id = @burst_id) and (@host is null or h.name = @host);

-- name: verify_note_observations
insert or ignore into cited_line (source_id, kept, kind, id)
select st.source_id, 0, 'observation', o.observation_id
from (
  select c.id from burst_citation c
  where c.kind = 'observation' and (@burst_id is null or c.burst_id = @burst_id)
  union all
  select l.observation_id from limit_span l where @burst_id is null) c
cross join observation o on o.observation_id = c.id
join stream st on st.stream_id = o.stream_id
left join host h on h.host_id = st.host_id
where @host is null or h.name = @host;

-- name: verify_note_kept
insert or ignore into cited_line (source_id, kept, kind, id)
select k.source_id, 1, k.kind, k.id
from burst_citation c
join host h on h.host_id = c.host_id
cross join kept_line k on k.kind = c.kind and k.id = c.id
where c.pruned and k.source_id is not null
  and (@burst_id is null or c.burst_id = @burst_id) and (@host is null or h.name = @host);

-- name: verify_sources_cited
select s.source_id, s.path, s.member, s.head, s.bytes
from source s
where s.source_id in (select source_id from cited_line)
order by s.path, s.member, s.source_id;

-- name: verify_citations_all
select 'event' as kind, e.event_id as id, e.byte_offset, e.byte_length, e.sha256, e.text || f.tail as text,
  iif(f.kind = 'drop' and e.copies = 1, e.amount, 1) as times
from stream st
left join host h on h.host_id = st.host_id
join event_form f on f.stream_id = st.stream_id
join event e on e.form_id = f.form_id
where st.source_id = @source_id and (@host is null or h.name = @host)
union all
select 'observation', o.observation_id, o.byte_offset, o.byte_length, null, o.text, 1
from stream st
left join host h on h.host_id = st.host_id
join observation o on o.stream_id = st.stream_id
where st.source_id = @source_id and (@host is null or h.name = @host)
union
select k.kind, k.id, k.byte_offset, k.byte_length, k.sha256, k.text, 1
from kept_line k
where k.source_id = @source_id and (k.kind, k.id) in (
  select c.kind, c.id from burst_citation c join host h on h.host_id = c.host_id
  where c.pruned and (@host is null or h.name = @host))
order by byte_offset, byte_length, kind, id;

-- name: verify_citations_cited
select 'event' as kind, e.event_id as id, e.byte_offset, e.byte_length, e.sha256, e.text || f.tail as text,
  iif(f.kind = 'drop' and e.copies = 1, e.amount, 1) as times
from cited_line c
join event e on e.event_id = c.id
join event_form f on f.form_id = e.form_id
where c.source_id = @source_id and not c.kept and c.kind = 'event'
union all
select 'observation', o.observation_id, o.byte_offset, o.byte_length, null, o.text, 1
from cited_line c
join observation o on o.observation_id = c.id
where c.source_id = @source_id and not c.kept and c.kind = 'observation'
union
select k.kind, k.id, k.byte_offset, k.byte_length, k.sha256, k.text, 1
from cited_line c
join kept_line k on k.source_id = c.source_id and k.kind = c.kind and k.id = c.id
where c.source_id = @source_id and c.kept
order by byte_offset, byte_length, kind, id;

-- name: verify_seen_paths
select f.path
from seen_source x
join seen_file f on f.path = x.path
where x.source_id = @source_id
order by f.run_id desc, f.path;
