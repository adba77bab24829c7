-- Tables for `conntrail export --format ndjson`. Loading the same file again adds its rows again, so a retry first
-- drops the day's partition (an integer, 20260427) that it fills: see load.sh. Instants are whole microseconds; what
-- JSON tells as text beside them is left out (load.sh says so to the server).
create table if not exists minutes (
  host String,
  netns Nullable(String),
  minute_us Int64,
  drop_lines Int64,
  suppressed Int64,
  entries_max Nullable(Int64),
  limit_value Nullable(Int64)
) engine = MergeTree
partition by toYYYYMMDD(toDateTime(intDiv(minute_us, 1000000), 'UTC'))
order by (host, minute_us);

create table if not exists bursts (
  burst_id Int64,
  host String,
  netns Nullable(String),
  start_us Nullable(Int64),
  end_us Nullable(Int64),
  drop_lines Int64,
  suppressed Int64,
  suppressed_shared Int64,
  drops_min Int64,
  drops_reported Int64,
  drops_max Nullable(Int64),
  bound String,
  bound_reasons String,
  limit_value Nullable(Int64),
  verdict Nullable(String)
) engine = MergeTree
partition by toYYYYMMDD(toDateTime(intDiv(ifNull(start_us, 0), 1000000), 'UTC'))
order by (host, burst_id);

create table if not exists events (
  event_id Int64,
  at_us Nullable(Int64),
  basis String,
  host String,
  channel String,
  kind String,
  amount Nullable(Int64),
  speaks Int64,
  netns Nullable(String),
  source_id Int64,
  byte_offset Int64,
  byte_length Int64,
  text String
) engine = MergeTree
partition by toYYYYMMDD(toDateTime(intDiv(ifNull(at_us, 0), 1000000), 'UTC'))
order by (host, event_id);
