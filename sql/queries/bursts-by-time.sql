-- Bursts in time order, undated last, with the pause before each on its host and namespace. Packets, seconds, UTC. Optional: :host, :since, :until, :limit
with paused as (
  select
    *,
    round((start_us - lag(end_us) over (partition by host, netns order by start_us, burst_id)) / 1e6, 1) as quiet_before_s
  from bursts
)
select
  burst_id,
  host,
  netns,
  start_time,
  end_time,
  duration_s,
  case when start_us is null then null else quiet_before_s end as quiet_before_s,
  drops_min,
  drops_reported,
  drops_max,
  bound,
  basis
from paused
where (:host is null or host = :host)
  and (:since is null or end_us >= strftime('%s', :since) * 1000000)
  and (:until is null or start_us < strftime('%s', :until) * 1000000)
order by start_us nulls last, host, netns, burst_id
limit coalesce(:limit, -1);
