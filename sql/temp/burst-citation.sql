-- Lines that bursts cite, a row each: the first and the last drop line, and the readings that bear the limit in force and
-- the counts. What `verify` reads again, and what outlives pruning. Gone with the connection.
create temp view if not exists burst_citation as
select burst_id, host_id, pruned, 'event' as kind, first_event_id as id from burst where first_event_id is not null
union all
select burst_id, host_id, pruned, 'event', last_event_id from burst where last_event_id is not null
union all
select burst_id, host_id, pruned, 'observation', limit_observation_id from burst
where limit_observation_id is not null
union all
select burst_id, host_id, pruned, 'observation', count_before_observation_id from burst
where count_before_observation_id is not null
union all
select burst_id, host_id, pruned, 'observation', count_peak_observation_id from burst
where count_peak_observation_id is not null
union all
select burst_id, host_id, pruned, 'observation', count_after_observation_id from burst
where count_after_observation_id is not null;
