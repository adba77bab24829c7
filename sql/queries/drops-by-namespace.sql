-- Packets refused by host and network namespace, most first; NULL is the first namespace, or lines that name none, and holds what windows of several share. Optional: :host, :since, :until, :limit
select
  host,
  netns,
  sum(drop_lines) as drop_lines,
  sum(suppressed) as suppressed,
  sum(drop_lines + suppressed) as drops_reported,
  count(*) as minutes
from minutes
where drop_lines + suppressed > 0
  and (:host is null or host = :host)
  and (:since is null or minute_us >= strftime('%s', :since) * 1000000)
  and (:until is null or minute_us < strftime('%s', :until) * 1000000)
group by host, netns
order by drops_reported desc, host, netns
limit coalesce(:limit, -1);
