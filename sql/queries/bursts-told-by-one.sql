-- Bursts that one channel alone tells of, so that nothing corroborates them, in time order. Packets, UTC. Optional: :host, :since, :until, :limit
select burst_id, host, netns, start_time, witness, drops_min, drops_reported, basis
from bursts
where witnesses = 1
  and (:host is null or host = :host)
  and (:since is null or end_us >= strftime('%s', :since) * 1000000)
  and (:until is null or start_us < strftime('%s', :until) * 1000000)
order by start_us nulls last, host, netns, burst_id
limit coalesce(:limit, -1);
