-- The drop lines that counts are made of (each burst by the channel that speaks for it), in time order, with their doubts and the bytes they are cited from. UTC. Optional: :host, :since, :until, :limit
select event_id, time, basis, host, netns, channel, amount, doubts, source_id, byte_offset, byte_length, text
from events
where kind = 'drop' and speaks = 1
  and (:host is null or host = :host)
  and (:since is null or at_us >= strftime('%s', :since) * 1000000)
  and (:until is null or at_us < strftime('%s', :until) * 1000000)
order by at_us nulls last, event_id
limit coalesce(:limit, -1);
