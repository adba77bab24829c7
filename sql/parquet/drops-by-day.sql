-- Drops by UTC day and host, ANSI SQL: at least (printed) and reported (with what the kernel kept back).
-- One row: a day of a host. Order: day, host. Drops without a time have no minute and are not here.
select minute_us - mod(minute_us, 86400000000) as day_us, host, sum(drop_lines) as drops_at_least,
  sum(drop_lines + suppressed) as drops_reported
from minutes
where drop_lines + suppressed > 0
group by minute_us - mod(minute_us, 86400000000), host
order by day_us, host;
