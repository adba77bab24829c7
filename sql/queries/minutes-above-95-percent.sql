-- Minutes in which a measured count reached 95 % of the limit, in time order, and what was refused in them. Entries, packets, UTC. Optional: :host, :since, :until, :limit
select
  host,
  netns,
  minute_time,
  entries_max,
  limit_value,
  entries_max * 10000 / limit_value / 10000.0 as utilisation,
  drop_lines,
  suppressed
from minutes
where limit_value > 0
  and entries_max * 100 >= limit_value * 95
  and (:host is null or host = :host)
  and (:since is null or minute_us >= strftime('%s', :since) * 1000000)
  and (:until is null or minute_us < strftime('%s', :until) * 1000000)
order by minute_us, host, netns, entries_max, limit_value, drop_lines, suppressed
limit coalesce(:limit, -1);
