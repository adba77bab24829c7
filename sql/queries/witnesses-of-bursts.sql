-- Each dated burst with the sources whose lines reach over it, in time order; says is 1 where the source's channel speaks for the burst. UTC. Optional: :host, :since, :until, :limit
with dated as materialized (
  select burst_id, host, netns, start_time, end_time, start_us, drops_min, witness
  from bursts
  where start_us is not null
    and (:host is null or host = :host)
    and (:since is null or end_us >= strftime('%s', :since) * 1000000)
    and (:until is null or start_us < strftime('%s', :until) * 1000000)
),
read as materialized (
  select source_id, path, member, host, channel, complete, first_time, last_time
  from sources
  where events > 0
)
select
  b.burst_id,
  b.host,
  b.netns,
  b.start_time,
  b.drops_min,
  s.channel,
  s.channel = b.witness as says,
  s.source_id,
  s.path,
  s.member,
  s.complete
from dated b
join read s on s.host = b.host and s.first_time <= b.end_time and s.last_time >= b.start_time
order by b.start_us, b.burst_id, says desc, s.channel, s.source_id
limit coalesce(:limit, -1);
