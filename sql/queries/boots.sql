-- Boot banners as the logs tell them, in time order: a limit set by hand is lost with each. A boot stands once for each log that tells of it. UTC. Optional: :host, :since, :until, :limit
select event_id, time, basis, host, channel, boot_id, source_id, byte_offset, byte_length, text
from events
where kind = 'boot'
  and (:host is null or host = :host)
  and (:since is null or at_us >= strftime('%s', :since) * 1000000)
  and (:until is null or at_us < strftime('%s', :until) * 1000000)
order by at_us nulls last, event_id
limit coalesce(:limit, -1);
