-- The schema as the migrations and views make it. Dumped, never edited: `npm run accept` writes it anew.
pragma application_id = 1668575852;
pragma user_version = 1;

CREATE TABLE anchor (
  anchor_id integer primary key,
  stream_id integer not null references stream on delete cascade,
  line integer not null,
  byte_offset integer not null,
  byte_length integer not null,
  kind text not null check (kind in ('waymark', 'told', 'step', 'sample')),
  stamp_kind integer not null,
  stamp_us integer,
  resolution_us integer,
  zone_name text,
  uptime_us integer, -- normalised: seconds of this boot
  told_us integer, -- an instant that the message itself tells
  at_us integer
) strict;

CREATE TABLE boot (
  boot_id integer primary key,
  host_id integer not null references host,
  uuid text,
  kernel text
) strict;

CREATE TABLE burst (
  burst_id integer primary key,
  host_id integer not null references host,
  netns text,
  start_us integer, -- null: nothing dates it
  end_us integer,
  drop_lines integer not null,
  suppressed integer not null,
  suppressed_shared integer not null,
  drops_min integer not null,
  drops_reported integer not null,
  drops_max integer,
  drops_estimate integer,
  bound text not null check (bound in ('exact', 'range', 'at-least')),
  bound_reasons text not null,
  tail_cap integer,
  doubted_lines integer not null default 0, -- of drop_lines
  doubted_suppressed integer not null default 0, -- of suppressed and suppressed_shared: told by doubted notices
  doubts text, -- why, as in event; null: nothing is doubted
  limit_value integer,
  limit_origin text,
  limit_observation_id integer,
  count_before integer,
  count_before_us integer,
  count_before_observation_id integer,
  count_peak integer,
  count_peak_observation_id integer,
  count_after integer,
  count_after_us integer,
  count_after_observation_id integer,
  witness text not null,
  witnesses integer not null,
  verdict text,
  basis text not null,
  first_event_id integer,
  last_event_id integer,
  pruned integer not null default 0 check (pruned in (0, 1)),
  gap_us integer not null,
  rules integer not null -- version of the rules it was made under
) strict;

CREATE TABLE counter_rise (
  host_id integer not null references host,
  stream_id integer not null references stream on delete cascade,
  from_us integer not null, -- of the sample before, and of the one that says so
  to_us integer not null,
  gained integer not null
) strict;

CREATE TABLE coverage_span (
  host_id integer not null references host,
  channel text not null,
  kind text not null check (kind in ('seen', 'gap')),
  from_us integer not null,
  to_us integer not null,
  reason text not null
) strict;

CREATE TABLE event (
  event_id integer primary key,
  -- deferred: SQLite keeps a second journal of many-rowed inserts whose keys are checked at once
  form_id integer not null references event_form on delete cascade deferrable initially deferred,
  line integer not null,
  byte_offset integer not null,
  byte_length integer not null,
  amount integer,
  copies integer not null default 1, -- printed lines it stands for, whatever the kind
  doubts text, -- why the line may not be the kernel's own: names joined by commas
  stamp_us integer,
  uptime_us integer, -- normalised
  -- equal drop lines within a second, one right behind the other, are one row: from the first to the last
  span_us integer not null default 0,
  uptimes text, -- of each, less that of the first, joined by commas
  at_us integer,
  basis text, -- null: as its form says
  speaks integer not null default 1 check (speaks in (0, 1)), -- of drops and suppressions, once they are dated
  text text not null, -- the line as logged, up to its form's tail
  sha256 blob -- of the cited bytes; null: they are the text, as often as amount says
) strict;

CREATE TABLE event_form (
  form_id integer primary key,
  stream_id integer not null references stream on delete cascade,
  kind text not null,
  message text not null, -- row of the message catalogue
  netns text,
  stamp_kind integer not null,
  resolution_us integer,
  zone_name text, -- as written: CEST
  tail text not null default '', -- what the text of each goes on with
  basis text not null default 'undated', -- of those that do not say their own
  first_stamp_us integer,
  last_stamp_us integer,
  first_us integer, -- instants: of the first, and to the end of the last
  last_us integer
) strict;

CREATE TABLE fact (
  source_id integer not null references source on delete cascade,
  key text not null check (key in ('hostname', 'zone', 'boot_uuid', 'kernel', 'now')),
  value text not null,
  primary key (source_id, key)
) strict, without rowid;

CREATE TABLE finding (
  host_id integer not null references host,
  at_us integer,
  kind text not null,
  message text not null
) strict;

CREATE TABLE host (
  host_id integer primary key,
  name text not null
) strict;

CREATE TABLE host_name (
  name_id integer primary key,
  name text not null unique
) strict;

CREATE TABLE hour (
  host_id integer not null references host,
  hour_us integer not null,
  drop_lines integer not null,
  suppressed integer not null,
  entries_min integer,
  entries_max integer,
  primary key (host_id, hour_us)
) strict, without rowid;

CREATE TABLE id_mark (
  name text primary key,
  id integer not null
) strict, without rowid;

CREATE TABLE kept_line (
  kind text not null check (kind in ('event', 'observation')),
  id integer not null, -- that the row had
  source_id integer references source on delete set null, -- null: the source was read again as part of a longer one
  path text not null,
  member text,
  byte_offset integer not null,
  byte_length integer not null,
  sha256 blob, -- of the line's bytes; observations have none
  text text not null,
  primary key (kind, id)
) strict, without rowid;

CREATE TABLE limit_span (
  host_id integer not null references host,
  netns text,
  key text not null,
  value integer not null,
  since_us integer,
  until_us integer,
  force text not null,
  origin text not null,
  observation_id integer not null
) strict;

CREATE TABLE migration (name text primary key, sha256 text not null) strict, without rowid;

CREATE TABLE minute (
  host_id integer not null references host,
  netns text,
  minute_us integer not null,
  drop_lines integer not null,
  suppressed integer not null,
  entries_min integer,
  entries_max integer,
  limit_value integer,
  -- microseconds with a count of at least 90 % and 95 % of the limit, where the count that says so was taken
  above_90_us integer not null default 0,
  above_95_us integer not null default 0,
  pruned integer not null default 0
) strict;

CREATE TABLE observation (
  observation_id integer primary key,
  stream_id integer not null references stream on delete cascade,
  byte_offset integer not null,
  byte_length integer not null,
  kind text not null,
  key text not null,
  value integer not null,
  force text not null check (force in ('effective', 'configured')),
  origin text not null,
  netns text,
  stamp_kind integer not null,
  stamp_us integer,
  resolution_us integer,
  zone_name text,
  uptime_us integer,
  at_us integer,
  basis text not null,
  text text not null
) strict;

CREATE TABLE occupancy (
  source_id integer primary key references source on delete cascade,
  stream_id integer not null references stream on delete cascade,
  total integer not null,
  exact integer not null check (exact in (0, 1)),
  at_us integer
) strict;

CREATE TABLE occupancy_share (
  source_id integer not null references occupancy on delete cascade,
  facet text not null check (facet in ('state', 'source', 'port')),
  label text not null,
  entries integer not null,
  primary key (source_id, facet, label)
) strict, without rowid;

CREATE TABLE problem (
  problem_id integer primary key,
  source_id integer references source on delete cascade,
  run_id integer references run,
  path text,
  kind text not null,
  count integer not null check (count >= 1),
  first_byte_offset integer,
  message text not null,
  stage text not null check (stage in ('read', 'date')) -- who found it; 'date' is found anew when evidence changes
) strict;

CREATE TABLE proof (
  key blob not null,
  stream_id integer not null references stream on delete cascade,
  primary key (key, stream_id)
) strict, without rowid;

CREATE TABLE run (
  run_id integer primary key,
  command text not null,
  started_us integer not null,
  finished_us integer,
  status text not null check (status in ('running', 'done', 'problems', 'failed', 'interrupted')),
  message text,
  sources_read integer not null default 0,
  sources_skipped integer not null default 0,
  bytes_read integer not null default 0,
  events_added integer not null default 0
) strict;

CREATE TABLE seen_file (
  path text primary key,
  dev integer not null,
  ino integer not null,
  size_bytes integer not null,
  mtime_us integer not null,
  run_id integer not null references run
) strict, without rowid;

CREATE TABLE seen_source (
  path text not null references seen_file on delete cascade,
  source_id integer not null references source on delete cascade,
  member text, -- where in the file, as in source
  primary key (path, source_id)
) strict, without rowid;

CREATE TABLE source (
  source_id integer primary key,
  run_id integer not null references run,
  identity text not null unique, -- what the content is known by, whatever the name or compression
  head text not null default '', -- hash of its first bytes: sources that begin alike
  path text not null,
  member text, -- members inside archives, outermost first, joined by '!'
  bundle text,
  family text not null, -- names of one rotated log share it
  rank integer, -- place in the family, oldest first
  role text,
  channel text not null,
  format text not null,
  netns text, -- namespace that a bundle's folder names
  name_date text, -- YYYYMMDD of a rotated name
  mtime_us integer,
  gzip_time_us integer,
  sha256 text, -- of the stored bytes; null until known
  bytes integer not null, -- decompressed
  lines integer not null,
  complete integer not null check (complete in (0, 1)),
  is_log integer not null default 0 check (is_log in (0, 1)), -- has lines with a header: what coverage is made of
  option_host text, -- options the source was read under: they decide where evidence is silent
  option_tz text,
  option_year integer,
  reference_us integer,
  process_tz text not null,
  ingested_us integer not null,
  line_years text, -- what its lines with full dates say of its first year (JSON); null: nothing
  zone text, -- resolved by dating
  zone_basis text,
  first_year integer,
  year_basis text,
  dated_by text, -- what its rows were dated by, so that it need not be done again; null: not dated yet
  events_dated text, -- zone and year that the instants of all its events follow; null: they do not, or not of these alone
  first_us integer,
  last_us integer,
  host_id integer references host, -- of its last lines
  events integer not null default 0,
  observations integer not null default 0,
  resume text -- where reading can go on when the log has grown, and what was known there (JSON)
) strict;

CREATE TABLE source_part (
  source_id integer not null references source on delete cascade,
  part integer not null, -- from 0
  event_from integer,
  event_to integer,
  anchor_from integer,
  anchor_to integer,
  observation_from integer,
  observation_to integer,
  primary key (source_id, part)
) strict, without rowid;

CREATE TABLE stream (
  stream_id integer primary key,
  source_id integer not null references source on delete cascade,
  name_id integer references host_name, -- null: the lines name no host
  ordinal integer not null, -- boots of this name in this source, from 0
  first_line integer not null,
  last_line integer not null,
  first_uptime_us integer, -- as written
  last_uptime_us integer,
  uptime_base_us integer not null default 0, -- subtracted: kernels that started their clock at the jiffies wrap
  boot_uuid text,
  kernel text,
  host_id integer references host, -- resolved
  host_basis text,
  boot_id integer references boot,
  first_us integer,
  last_us integer,
  boot_us integer, -- the instant of booting, by its own lines
  bare_line integer, -- first line of the kernel's without an uptime behind one that has it; null: none
  last_uptime_line integer -- where there is one, the last line with an uptime
) strict;

CREATE TABLE view_set (sha256 text not null) strict;

CREATE TABLE window_block (
  burst_id integer not null references burst on delete cascade deferrable initially deferred,
  first_us integer not null, -- earliest and latest begin of its windows
  last_us integer not null,
  -- JSON: [[begin_us, drop_lines, suppressed, suppressed_shared, line_seconds], ...]: N of windows with this namespace
  -- alone, N of those with several; when its lines were printed: [[seconds after the second of begin_us, lines], ...]
  windows text not null
) strict;

CREATE TABLE witness (
  burst_id integer not null references burst on delete cascade,
  channel text not null,
  drop_lines integer not null,
  suppressed integer not null,
  relation text not null check (relation in ('speaks', 'agrees', 'fewer', 'contradicts', 'silent')),
  primary key (burst_id, channel)
) strict, without rowid;

CREATE INDEX anchor_by_stream on anchor (stream_id);

CREATE INDEX burst_by_host on burst (host_id, start_us);

CREATE INDEX counter_rise_by_host on counter_rise (host_id, stream_id, from_us, to_us, gained);

CREATE INDEX counter_rise_by_stream on counter_rise (stream_id);

CREATE INDEX coverage_by_host on coverage_span (host_id, channel, from_us);

CREATE INDEX event_by_form on event (form_id);

CREATE INDEX event_doubted on event (form_id) where doubts is not null;

CREATE INDEX event_form_by_stream on event_form (stream_id, kind);

CREATE INDEX event_silent on event (form_id) where speaks = 0;

CREATE INDEX event_undated on event (form_id) where at_us is null;

CREATE INDEX kept_line_by_source on kept_line (source_id);

CREATE INDEX limit_span_by_host on limit_span (host_id, key, force, since_us);

CREATE INDEX minute_by_host on minute (host_id, minute_us);

CREATE INDEX minute_counts on minute (host_id, minute_us, entries_min, entries_max)
  where entries_max is not null and netns is null;

CREATE INDEX minute_drops on minute (host_id, minute_us, drop_lines, suppressed) where drop_lines + suppressed > 0;

CREATE INDEX minute_full on minute (host_id, minute_us, above_90_us, above_95_us) where above_90_us > 0;

CREATE INDEX observation_by_stream on observation (stream_id, key, at_us);

CREATE INDEX observation_count on observation (stream_id, at_us, value) where kind = 'entries';

CREATE INDEX occupancy_by_stream on occupancy (stream_id);

CREATE INDEX problem_by_source on problem (source_id);

CREATE INDEX proof_by_stream on proof (stream_id);

CREATE INDEX seen_source_by_source on seen_source (source_id);

CREATE INDEX source_by_head on source (head, bytes);

CREATE INDEX stream_by_host on stream (host_id);

CREATE INDEX stream_by_source on stream (source_id);

CREATE INDEX window_block_by_burst on window_block (burst_id, first_us);

CREATE VIEW bursts as
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

CREATE VIEW counts as
select
  coalesce(h.name, 'unknown') as host,
  o.netns,
  strftime('%Y-%m-%dT%H:%M:%S', (o.at_us - ((o.at_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((o.at_us % 1000000) + 1000000) % 1000000) as time,
  o.at_us,
  o.value as entries,
  coalesce(r.value, a.value, l.value) as limit_value,
  -- cut, not rounded: only a full table reads 1
  o.value * 10000 / nullif(coalesce(r.value, a.value, l.value), 0) / 10000.0 as utilisation,
  o.origin,
  st.source_id,
  o.byte_offset
from observation o
join stream st on st.stream_id = o.stream_id
left join host h on h.host_id = st.host_id
-- a limit read at the same moment in the same source says best: the last before the count, else the next
left join observation r on r.observation_id = (
  select x.observation_id from observation x
  where x.stream_id = o.stream_id and x.key = 'nf_conntrack_max' and x.at_us is o.at_us
    and x.force = 'effective' and x.byte_offset <= o.byte_offset
  order by x.byte_offset desc limit 1)
left join observation a on a.observation_id = (
  select x.observation_id from observation x
  where x.stream_id = o.stream_id and x.key = 'nf_conntrack_max' and x.at_us is o.at_us
    and x.force = 'effective' and x.byte_offset > o.byte_offset
  order by x.byte_offset limit 1)
left join limit_span l on l.rowid = (
  select x.rowid from limit_span x
  where x.host_id = st.host_id and x.key = 'nf_conntrack_max' and x.force = 'effective'
    and (x.since_us is null or x.since_us <= o.at_us) and (x.until_us is null or x.until_us > o.at_us)
  order by x.since_us desc limit 1)
where o.kind = 'entries';

CREATE VIEW coverage as
select
  h.name as host,
  c.channel,
  c.kind,
  strftime('%Y-%m-%dT%H:%M:%S', (c.from_us - ((c.from_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((c.from_us % 1000000) + 1000000) % 1000000) as from_time,
  strftime('%Y-%m-%dT%H:%M:%S', (c.to_us - ((c.to_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((c.to_us % 1000000) + 1000000) % 1000000) as to_time,
  c.reason,
  c.from_us,
  c.to_us
from coverage_span c
join host h on h.host_id = c.host_id;

CREATE VIEW events as
select
  e.event_id,
  strftime('%Y-%m-%dT%H:%M:%S', (e.at_us - ((e.at_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((e.at_us % 1000000) + 1000000) % 1000000) as time,
  e.at_us,
  coalesce(e.basis, f.basis) as basis,
  e.uptime_us,
  st.boot_id,
  coalesce(h.name, 'unknown') as host,
  s.channel,
  f.kind,
  e.amount,
  iif(s.dated_by is null, 0, e.speaks) as speaks,
  f.netns,
  st.source_id,
  e.byte_offset,
  e.byte_length,
  e.text || f.tail as text,
  f.message,
  e.doubts,
  e.line
from event e
join event_form f on f.form_id = e.form_id
join stream st on st.stream_id = f.stream_id
join source s on s.source_id = st.source_id
left join host h on h.host_id = st.host_id;

CREATE VIEW limits as
select
  h.name as host,
  l.netns,
  l.key,
  l.value,
  strftime('%Y-%m-%dT%H:%M:%S', (l.since_us - ((l.since_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((l.since_us % 1000000) + 1000000) % 1000000) as since_time,
  strftime('%Y-%m-%dT%H:%M:%S', (l.until_us - ((l.until_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((l.until_us % 1000000) + 1000000) % 1000000) as until_time,
  l.force as origin,
  st.source_id,
  o.byte_offset,
  o.text,
  l.origin as read_from,
  l.since_us,
  l.until_us
from limit_span l
join host h on h.host_id = l.host_id
join observation o on o.observation_id = l.observation_id
join stream st on st.stream_id = o.stream_id;

CREATE VIEW minutes as
select
  h.name as host,
  m.netns,
  strftime('%Y-%m-%dT%H:%M:%S', (m.minute_us - ((m.minute_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((m.minute_us % 1000000) + 1000000) % 1000000) as minute_time,
  m.minute_us,
  m.drop_lines,
  m.suppressed,
  m.entries_max,
  m.limit_value
from minute m
join host h on h.host_id = m.host_id;

CREATE VIEW problems as
select
  p.source_id,
  coalesce(s.path, p.path) as path,
  p.kind,
  p.count,
  p.first_byte_offset,
  p.message,
  p.run_id
from problem p
left join source s on s.source_id = p.source_id;

CREATE VIEW runs as
select
  run_id,
  command,
  strftime('%Y-%m-%dT%H:%M:%S', (started_us - ((started_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((started_us % 1000000) + 1000000) % 1000000) as started_time,
  strftime('%Y-%m-%dT%H:%M:%S', (finished_us - ((finished_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((finished_us % 1000000) + 1000000) % 1000000) as finished_time,
  status,
  sources_read,
  sources_skipped,
  bytes_read,
  events_added,
  message
from run;

CREATE VIEW sources as
select
  s.source_id,
  s.path,
  s.member,
  coalesce(h.name, 'unknown') as host,
  s.channel,
  s.format,
  s.sha256,
  s.bytes,
  s.complete,
  strftime('%Y-%m-%dT%H:%M:%S', (s.first_us - ((s.first_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((s.first_us % 1000000) + 1000000) % 1000000) as first_time,
  strftime('%Y-%m-%dT%H:%M:%S', (s.last_us - ((s.last_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((s.last_us % 1000000) + 1000000) % 1000000) as last_time,
  s.events,
  s.observations,
  coalesce((select sum(p.count) from problem p where p.source_id = s.source_id), 0) as problems,
  strftime('%Y-%m-%dT%H:%M:%S', (s.ingested_us - ((s.ingested_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((s.ingested_us % 1000000) + 1000000) % 1000000) as ingested_time,
  s.lines,
  s.zone,
  s.zone_basis,
  s.first_year,
  s.year_basis
from source s
left join host h on h.host_id = s.host_id;
