-- Packets refused by host and UTC day, in time order, undated last: at least drop_lines, reported with what the limiter hid. Optional: :host, :since, :until, :limit
select
  host,
  strftime('%Y-%m-%d', minute_us / 86400000000 * 86400, 'unixepoch') as day,
  sum(drop_lines) as drop_lines,
  sum(suppressed) as suppressed,
  sum(drop_lines + suppressed) as drops_reported,
  count(distinct minute_us) as minutes
from minutes
where drop_lines + suppressed > 0
  and (:host is null or host = :host)
  and (:since is null or minute_us >= strftime('%s', :since) * 1000000)
  and (:until is null or minute_us < strftime('%s', :until) * 1000000)
group by host, minute_us / 86400000000
union all
-- Minutes need an instant: bursts that nothing dates have a row of their own, its day NULL.
select host, null, sum(drop_lines), sum(suppressed), sum(drop_lines + suppressed), null
from bursts
where start_us is null
  and (:host is null or host = :host)
  and :since is null and :until is null
group by host
order by day nulls last, host
limit coalesce(:limit, -1);
