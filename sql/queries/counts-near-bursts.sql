-- Bursts in time order with the nearest counts, their ages and the limit then known. Entries; seconds between count and burst; UTC. Optional: :host, :since, :until, :limit
select
  burst_id,
  host,
  netns,
  start_time,
  limit_value,
  limit_origin,
  count_before,
  count_before_age_s,
  count_peak,
  count_after,
  count_after_age_s,
  utilisation,
  headroom
from bursts
where (:host is null or host = :host)
  and (:since is null or end_us >= strftime('%s', :since) * 1000000)
  and (:until is null or start_us < strftime('%s', :until) * 1000000)
order by start_us nulls last, host, netns, burst_id
limit coalesce(:limit, -1);
