-- The lines that speak for a burst, in their order, with the bytes they are cited from. UTC. Parameters: :burst (its burst_id; NULL: all bursts), :host, :since, :until, :limit
select
  b.burst_id,
  e.event_id,
  e.time,
  e.basis,
  e.kind,
  e.amount,
  e.source_id,
  e.byte_offset,
  e.byte_length,
  e.text
from events e
join bursts b on b.host = e.host and b.netns is e.netns and e.at_us between b.start_us and b.end_us
where e.kind = 'drop' and e.speaks = 1
  and (:burst is null or b.burst_id = :burst)
  and (:host is null or b.host = :host)
  and (:since is null or e.at_us >= strftime('%s', :since) * 1000000)
  and (:until is null or e.at_us < strftime('%s', :until) * 1000000)
order by b.start_us, b.burst_id, e.at_us, e.event_id
limit coalesce(:limit, -1);
