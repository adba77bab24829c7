-- Bursts, most packets reported first: the least, the reported and the most that can have been refused (NULL: no ceiling). Packets, seconds, UTC. Optional: :host, :since, :until, :limit
select
  burst_id,
  host,
  netns,
  start_time,
  duration_s,
  drops_min,
  drops_reported,
  drops_max,
  bound,
  limit_value,
  count_peak,
  verdict
from bursts
where (:host is null or host = :host)
  and (:since is null or end_us >= strftime('%s', :since) * 1000000)
  and (:until is null or start_us < strftime('%s', :until) * 1000000)
order by drops_reported desc, drops_min desc, start_us nulls last, burst_id
limit coalesce(:limit, -1);
