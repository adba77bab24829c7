-- Bursts that hold lines which may not be the kernel's own, in time order: trusted_lines are the others. Packets, messages, UTC. Optional: :host, :since, :until, :limit
select
  burst_id,
  host,
  netns,
  start_time,
  drop_lines,
  drop_lines - doubted_lines as trusted_lines,
  doubted_lines,
  doubted_suppressed,
  doubts
from bursts
where doubts is not null
  and (:host is null or host = :host)
  and (:since is null or end_us >= strftime('%s', :since) * 1000000)
  and (:until is null or start_us < strftime('%s', :until) * 1000000)
order by start_us nulls last, burst_id
limit coalesce(:limit, -1);
