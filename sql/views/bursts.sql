-- One row: a burst, once, whatever the number of channels that saw it.
create view bursts as
select
  b.burst_id,
  h.name as host,
  b.netns,
  strftime('%Y-%m-%dT%H:%M:%S', (b.start_us - ((b.start_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((b.start_us % 1000000) + 1000000) % 1000000) as start_time,
  strftime('%Y-%m-%dT%H:%M:%S', (b.end_us - ((b.end_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((b.end_us % 1000000) + 1000000) % 1000000) as end_time,
  b.start_us,
  b.end_us,
  (b.end_us - b.start_us) / 1e6 as duration_s,
  b.drop_lines,
  b.suppressed,
  b.suppressed_shared,
  b.drops_min,
  b.drops_reported,
  b.drops_max,
  b.drops_estimate,
  b.bound,
  b.bound_reasons,
  b.limit_value,
  b.limit_origin,
  b.count_before,
  b.count_peak,
  b.count_after,
  -- cut, not rounded: only a full table reads 1
  coalesce(b.count_peak, case when b.start_us - b.count_before_us <= 60000000 then b.count_before end) * 10000
    / nullif(b.limit_value, 0) / 10000.0 as utilisation,
  b.witness,
  b.witnesses,
  b.verdict,
  b.basis,
  b.tail_cap,
  (b.start_us - b.count_before_us) / 1e6 as count_before_age_s,
  (b.count_after_us - b.end_us) / 1e6 as count_after_age_s,
  b.limit_value - coalesce(b.count_peak, case when b.start_us - b.count_before_us <= 60000000 then b.count_before end)
    as headroom,
  iif(b.gap_us % 1000000 = 0, b.gap_us / 1000000, b.gap_us / 1e6) as gap_s,
  b.rules,
  b.pruned,
  b.doubted_lines,
  b.doubted_suppressed,
  b.doubts
from burst b
join host h on h.host_id = b.host_id;
