-- Keys that a file configures beside the last value read from the kernel, differing ones first: agrees is 0 where they differ, NULL where one is unknown. Optional: :host, :limit
with last as (
  select
    host, netns, key, origin, value, since_time, read_from,
    row_number() over (
      partition by host, netns, key, origin order by since_us desc nulls last, value desc, source_id, byte_offset
    ) as n
  from limits
),
named as (
  select distinct host, netns, key from last where origin = 'configured'
)
select
  k.host,
  k.netns,
  k.key,
  c.value as configured,
  e.value as effective,
  c.value = e.value as agrees,
  e.since_time as effective_since_time,
  c.read_from as configured_in,
  e.read_from as effective_from
from named k
join last c on c.host = k.host and c.netns is k.netns and c.key = k.key and c.origin = 'configured' and c.n = 1
left join last e on e.host = k.host and e.netns is k.netns and e.key = k.key and e.origin = 'effective' and e.n = 1
where :host is null or k.host = :host
order by agrees is null, agrees, k.host, k.key, k.netns
limit coalesce(:limit, -1);
