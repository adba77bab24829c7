-- Drop lines that nothing dates, by their place in the source: none of them is in minutes or in a range of time. Uptime in microseconds. Optional: :host, :limit
select event_id, host, channel, boot_id, uptime_us, amount, speaks, netns, source_id, byte_offset, byte_length, text
from events
where kind = 'drop' and at_us is null
  and (:host is null or host = :host)
order by host, source_id, byte_offset, event_id
limit coalesce(:limit, -1);
