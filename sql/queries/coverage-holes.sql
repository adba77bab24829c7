-- Stretches of which a channel's logs know nothing, longest first, and why; no drops in one of them means nothing. Seconds, UTC. Optional: :host, :since, :until, :limit
select
  host,
  channel,
  from_time,
  to_time,
  (to_us - from_us) / 1e6 as hole_s,
  reason
from coverage
where kind = 'gap'
  and (:host is null or host = :host)
  and (:since is null or to_us >= strftime('%s', :since) * 1000000)
  and (:until is null or from_us < strftime('%s', :until) * 1000000)
order by to_us - from_us desc, host, channel, from_us, reason
limit coalesce(:limit, -1);
