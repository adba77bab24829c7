-- Packets refused by hour of the day (0 to 23, UTC), over all days of the range: is it the same hour every day? In order of the hour. Optional: :host, :since, :until, :limit
select
  minute_us / 3600000000 % 24 as hour,
  sum(drop_lines) as drop_lines,
  sum(suppressed) as suppressed,
  sum(drop_lines + suppressed) as drops_reported,
  count(distinct minute_us / 86400000000) as days,
  count(distinct host) as hosts
from minutes
where drop_lines + suppressed > 0
  and (:host is null or host = :host)
  and (:since is null or minute_us >= strftime('%s', :since) * 1000000)
  and (:until is null or minute_us < strftime('%s', :until) * 1000000)
group by hour
order by hour
limit coalesce(:limit, -1);
