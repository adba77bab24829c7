-- Bursts of which only the least is known, and why, most packets reported first; tail_cap: a practical cap on what an open end hid. Packets, UTC. Optional: :host, :since, :until, :limit
select
  burst_id,
  host,
  netns,
  start_time,
  drops_min,
  drops_reported,
  drops_estimate,
  tail_cap,
  bound_reasons
from bursts
where bound = 'at-least'
  and (:host is null or host = :host)
  and (:since is null or end_us >= strftime('%s', :since) * 1000000)
  and (:until is null or start_us < strftime('%s', :until) * 1000000)
order by drops_reported desc, start_us nulls last, burst_id
limit coalesce(:limit, -1);
