-- By host and UTC day: minutes with a count, of these at 90 %, 95 % and 100 % of the limit, and the fullest. Only minutes that somebody sampled. In time order. Optional: :host, :since, :until, :limit
select
  host,
  netns,
  strftime('%Y-%m-%d', minute_us / 86400000000 * 86400, 'unixepoch') as day,
  count(*) as minutes_sampled,
  sum(entries_max * 100 >= limit_value * 90) as minutes_at_90,
  sum(entries_max * 100 >= limit_value * 95) as minutes_at_95,
  sum(entries_max >= limit_value) as minutes_at_limit,
  max(entries_max) as entries_peak,
  max(entries_max * 10000 / limit_value) / 10000.0 as utilisation_peak
from minutes
where entries_max is not null
  and limit_value > 0
  and (:host is null or host = :host)
  and (:since is null or minute_us >= strftime('%s', :since) * 1000000)
  and (:until is null or minute_us < strftime('%s', :until) * 1000000)
group by host, netns, minute_us / 86400000000
order by day, host, netns
limit coalesce(:limit, -1);
