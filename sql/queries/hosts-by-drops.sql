-- Hosts, most packets refused first: printed, hidden by the limiter, both, and those that nothing dates. Packets; UTC. Optional: :host, :since, :until, :limit
with dated as (
  select host, sum(drop_lines) as drop_lines, sum(suppressed) as suppressed, min(minute_us) as first_us, max(minute_us) as last_us,
    count(distinct minute_us) as minutes
  from minutes
  where drop_lines + suppressed > 0
    and (:since is null or minute_us >= strftime('%s', :since) * 1000000)
    and (:until is null or minute_us < strftime('%s', :until) * 1000000)
  group by host
),
undated as (
  select host, sum(drop_lines) as drop_lines
  from bursts
  where start_us is null
  group by host
),
hosts as (
  select host from dated
  union
  select host from undated
)
select
  h.host,
  coalesce(d.drop_lines, 0) as drop_lines,
  coalesce(d.suppressed, 0) as suppressed,
  coalesce(d.drop_lines + d.suppressed, 0) as drops_reported,
  coalesce(u.drop_lines, 0) as undated_drop_lines,
  coalesce(d.minutes, 0) as minutes,
  strftime('%Y-%m-%dT%H:%MZ', d.first_us / 1000000, 'unixepoch') as first_minute,
  strftime('%Y-%m-%dT%H:%MZ', d.last_us / 1000000, 'unixepoch') as last_minute
from hosts h
left join dated d on d.host = h.host
left join undated u on u.host = h.host
where :host is null or h.host = :host
order by drops_reported desc, undated_drop_lines desc, h.host
limit coalesce(:limit, -1);
