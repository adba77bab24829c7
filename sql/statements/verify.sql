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

-- name: verify_sources_cited
with cited (kind, id) as (
  select c.kind, c.id from burst_citation c
  where @burst_id is null or c.burst_id = @burst_id
  union
  select 'observation', l.observation_id from limit_span l where @burst_id is null
), cited_stream (id) as (
  select f.stream_id from event e join event_form f on f.form_id = e.form_id
  where e.event_id in (select id from cited where kind = 'event')
  union
  select stream_id from observation where observation_id in (select id from cited where kind = 'observation')
), places (source_id) as (
  select st.source_id
  from cited_stream c
  join stream st on st.stream_id = c.id
  left join host h on h.host_id = st.host_id
  where @host is null or h.name = @host
  union
  select k.source_id from kept_line k
  where (k.kind, k.id) in (
    select c.kind, c.id from burst_citation c join host h on h.host_id = c.host_id
    where c.pruned and (@burst_id is null or c.burst_id = @burst_id) and (@host is null or h.name = @host))
)
select s.source_id, s.path, s.member, s.head, s.bytes
from places p
join source s on s.source_id = p.source_id
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
-- Citations first, each found by its id: a source may have as many streams as there are hosts, and bursts of all.
with chosen as (
  select c.* from burst_citation c
  where (@burst_id is null or c.burst_id = @burst_id)
    and c.host_id in (select st.host_id from stream st where st.source_id = @source_id)
), cited (kind, id) as (
  select kind, id from chosen
  union
  select 'observation', l.observation_id from limit_span l
  where @burst_id is null and l.host_id in (select st.host_id from stream st where st.source_id = @source_id)
)
select 'event' as kind, e.event_id as id, e.byte_offset, e.byte_length, e.sha256, e.text || f.tail as text,
  iif(f.kind = 'drop' and e.copies = 1, e.amount, 1) as times
from cited c
cross join event e on e.event_id = c.id
join event_form f on f.form_id = e.form_id
join stream st on st.stream_id = f.stream_id
left join host h on h.host_id = st.host_id
where c.kind = 'event' and st.source_id = @source_id and (@host is null or h.name = @host)
union all
select 'observation', o.observation_id, o.byte_offset, o.byte_length, null, o.text, 1
from cited c
cross join observation o on o.observation_id = c.id
join stream st on st.stream_id = o.stream_id
left join host h on h.host_id = st.host_id
where c.kind = 'observation' and st.source_id = @source_id and (@host is null or h.name = @host)
union
select k.kind, k.id, k.byte_offset, k.byte_length, k.sha256, k.text, 1
from kept_line k
where k.source_id = @source_id and (k.kind, k.id) in (
  select c.kind, c.id from chosen c join host h on h.host_id = c.host_id
  where c.pruned and (@host is null or h.name = @host))
order by byte_offset, byte_length, kind, id;

-- name: verify_seen_paths
select f.path
from seen_source x
join seen_file f on f.path = x.path
where x.source_id = @source_id
order by f.run_id desc, f.path;
