-- What was read, by host and channel: sources, decompressed bytes, events, observations, problems and the time they reach over. UTC. Optional: :host, :limit
select
  host,
  channel,
  count(*) as sources,
  sum(bytes) as bytes,
  sum(events) as events,
  sum(observations) as observations,
  sum(problems) as problems,
  min(first_time) as first_time,
  max(last_time) as last_time
from sources
where :host is null or host = :host
group by host, channel
order by host, channel
limit coalesce(:limit, -1);
