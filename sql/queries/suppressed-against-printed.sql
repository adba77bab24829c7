-- How much of the reported drops the rate limiter hid, by host and UTC day: hidden_share of 0.9 is nine of ten never printed. In time order. Optional: :host, :since, :until, :limit
select
  host,
  strftime('%Y-%m-%d', minute_us / 86400000000 * 86400, 'unixepoch') as day,
  sum(drop_lines) as printed,
  sum(suppressed) as suppressed,
  round(sum(suppressed) * 1.0 / sum(drop_lines + suppressed), 4) as hidden_share
from minutes
where drop_lines + suppressed > 0
  and (:host is null or host = :host)
  and (:since is null or minute_us >= strftime('%s', :since) * 1000000)
  and (:until is null or minute_us < strftime('%s', :until) * 1000000)
group by host, minute_us / 86400000000
order by day, host
limit coalesce(:limit, -1);
