-- What each channel's logs cover, by host: first and last line, seconds seen, holes. An hour outside is an hour nobody looked at. Seconds, UTC. Optional: :host, :since, :until, :limit
select
  host,
  channel,
  min(case when kind = 'seen' then from_time end) as first_time,
  max(case when kind = 'seen' then to_time end) as last_time,
  sum(case when kind = 'seen' then to_us - from_us else 0 end) / 1e6 as seen_s,
  sum(kind = 'gap') as holes,
  sum(case when kind = 'gap' then to_us - from_us else 0 end) / 1e6 as hole_s
from coverage
where (:host is null or host = :host)
  and (:since is null or to_us >= strftime('%s', :since) * 1000000)
  and (:until is null or from_us < strftime('%s', :until) * 1000000)
group by host, channel
order by host, channel
limit coalesce(:limit, -1);
