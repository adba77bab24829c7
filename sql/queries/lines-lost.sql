-- Lines that say that other lines are missing, in time order; amount: how many, NULL where the line does not say. UTC. Optional: :host, :since, :until, :limit
select event_id, time, host, channel, message, amount, source_id, byte_offset, byte_length, text
from events
where kind = 'loss'
  and (:host is null or host = :host)
  and (:since is null or at_us >= strftime('%s', :since) * 1000000)
  and (:until is null or at_us < strftime('%s', :until) * 1000000)
order by at_us nulls last, event_id
limit coalesce(:limit, -1);
