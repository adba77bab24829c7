-- Sources that were not read to their end, or in which something was wrong, most problems first. Bytes are decompressed ones. UTC. Optional: :host, :limit
select source_id, path, member, host, channel, format, complete, problems, bytes, events, last_time
from sources
where (complete = 0 or problems > 0)
  and (:host is null or host = :host)
order by complete, problems desc, path, member, source_id
limit coalesce(:limit, -1);
