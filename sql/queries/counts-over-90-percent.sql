-- Measured counts of at least 90 % of the limit then in force, in time order: how long before the drops it could be seen coming. Entries, UTC. Optional: :host, :since, :until, :limit
select host, netns, time, entries, limit_value, utilisation, origin, source_id, byte_offset
from counts
where entries * 10 >= limit_value * 9
  -- no limit is looked up for counts that no limit of these hosts makes large
  and entries * 10 >= (select min(value) from limits where key = 'nf_conntrack_max' and origin = 'effective') * 9
  and (:host is null or host = :host)
  and (:since is null or at_us >= strftime('%s', :since) * 1000000)
  and (:until is null or at_us < strftime('%s', :until) * 1000000)
order by at_us nulls last, host, netns, source_id, byte_offset, entries
limit coalesce(:limit, -1);
