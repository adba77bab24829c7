-- Drop lines that may not be the kernel's own, and what speaks against them, in time order. They are counted all the same. UTC. Optional: :host, :since, :until, :limit
select event_id, time, host, channel, doubts, amount, speaks, netns, source_id, byte_offset, byte_length, text
from events
where kind = 'drop' and doubts is not null
  and (:host is null or host = :host)
  and (:since is null or at_us >= strftime('%s', :since) * 1000000)
  and (:until is null or at_us < strftime('%s', :until) * 1000000)
order by at_us nulls last, event_id
limit coalesce(:limit, -1);
