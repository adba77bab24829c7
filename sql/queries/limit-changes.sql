-- Values of nf_conntrack_max and nf_conntrack_buckets as the kernel had them, with the value before, in time order per host. Entries, buckets, UTC; since NULL: nobody knows since when. Optional: :host, :since, :until, :limit
with history as (
  select
    *,
    lag(value) over (partition by host, netns, key order by since_us, value, source_id, byte_offset) as value_before
  from limits
  where origin = 'effective' and key in ('nf_conntrack_max', 'nf_conntrack_buckets')
)
select host, netns, key, value_before, value, since_time, until_time, read_from, source_id, byte_offset
from history
where (:host is null or host = :host)
  and (:since is null or until_us is null or until_us >= strftime('%s', :since) * 1000000)
  and (:until is null or since_us is null or since_us < strftime('%s', :until) * 1000000)
order by host, key, netns, since_us, value, source_id, byte_offset
limit coalesce(:limit, -1);
