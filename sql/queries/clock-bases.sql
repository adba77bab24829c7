-- How the instants of sources were obtained, by host and channel: zone and year of their stamps, by what evidence, and how many sources say no time. Optional: :host, :limit
select
  host,
  channel,
  zone,
  zone_basis,
  first_year,
  year_basis,
  count(*) as sources,
  sum(first_time is null) as undated_sources,
  sum(events) as events,
  min(first_time) as first_time,
  max(last_time) as last_time
from sources
where :host is null or host = :host
group by host, channel, zone, zone_basis, first_year, year_basis
order by host, channel, zone, zone_basis, first_year, year_basis
limit coalesce(:limit, -1);
