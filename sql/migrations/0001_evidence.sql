-- Evidence as the logs told it, and the rows that analysis makes of it. Times are microseconds since the Unix
-- epoch, UTC, unless a column says otherwise. Never edited after release: later changes get a file of their own.

create table run (
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

-- A machine. Its shown name is the last one it logged under in its latest boot.
create table host (
  host_id integer primary key,
  name text not null
) strict;

-- A host name as lines carry it.
create table host_name (
  name_id integer primary key,
  name text not null unique
) strict;

create table source (
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

create index source_by_head on source (head, bytes);

-- Ids of the rows that one reading of a source wrote: a log that grows is read on, and has several parts.
create table source_part (
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

-- The largest id that a table ever gave: none is given twice, also where its row is gone.
create table id_mark (
  name text primary key,
  id integer not null
) strict, without rowid;

-- What a bundle's own files say of the machine: its name, zone, kernel.
create table fact (
  source_id integer not null references source on delete cascade,
  key text not null check (key in ('hostname', 'zone', 'boot_uuid', 'kernel', 'now')),
  value text not null,
  primary key (source_id, key)
) strict, without rowid;

-- A file as it lay on disk when it was read, so that an unchanged one need not be read again.
create table seen_file (
  path text primary key,
  dev integer not null,
  ino integer not null,
  size_bytes integer not null,
  mtime_us integer not null,
  run_id integer not null references run
) strict, without rowid;

create table seen_source (
  path text not null references seen_file on delete cascade,
  source_id integer not null references source on delete cascade,
  member text, -- where in the file, as in source
  primary key (path, source_id)
) strict, without rowid;
create index seen_source_by_source on seen_source (source_id);

-- One boot of one kernel.
create table boot (
  boot_id integer primary key,
  host_id integer not null references host,
  uuid text,
  kernel text
) strict;

-- The lines of one source that carry one host name and belong to one boot: the unit that is dated and given a host.
create table stream (
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
create index stream_by_source on stream (source_id);
create index stream_by_host on stream (host_id);

-- Texts that can occur in one boot only (an epoch told by the kernel, a message with its uptime): streams that
-- share one are of the same boot.
create table proof (
  key blob not null,
  stream_id integer not null references stream on delete cascade,
  primary key (key, stream_id)
) strict, without rowid;
create index proof_by_stream on proof (stream_id);

-- Stamps as written: 0 none, 1 instant, 2 wall clock with year, 3 wall clock without year (counted in leap
-- years of 366 days from the first line's year), 4 and 5 as 2 and 1 but computed by the writer from an uptime.

-- Lines kept for their stamp: the clock's evidence, and what coverage is made of.
create table anchor (
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
create index anchor_by_stream on anchor (stream_id);

-- What events of one stream have in common, and the extent of those that do.
create table event_form (
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
create index event_form_by_stream on event_form (stream_id, kind);

-- A flood makes many of these: what they share stands in their form.
create table event (
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
create index event_by_form on event (form_id);
create index event_doubted on event (form_id) where doubts is not null;
create index event_undated on event (form_id) where at_us is null;
create index event_silent on event (form_id) where speaks = 0;

create table observation (
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
create index observation_by_stream on observation (stream_id, key, at_us);
create index observation_count on observation (stream_id, at_us, value) where kind = 'entries';

create table problem (
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
create index problem_by_source on problem (source_id);

-- A dump of the table, summed up.
create table occupancy (
  source_id integer primary key references source on delete cascade,
  stream_id integer not null references stream on delete cascade,
  total integer not null,
  exact integer not null check (exact in (0, 1)),
  at_us integer
) strict;
create index occupancy_by_stream on occupancy (stream_id);
create table occupancy_share (
  source_id integer not null references occupancy on delete cascade,
  facet text not null check (facet in ('state', 'source', 'port')),
  label text not null,
  entries integer not null,
  primary key (source_id, facet, label)
) strict, without rowid;

-- Rows made by analysis.

create table burst (
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
create index burst_by_host on burst (host_id, start_us);

create table witness (
  burst_id integer not null references burst on delete cascade,
  channel text not null,
  drop_lines integer not null,
  suppressed integer not null,
  relation text not null check (relation in ('speaks', 'agrees', 'fewer', 'contradicts', 'silent')),
  primary key (burst_id, channel)
) strict, without rowid;

-- Limiter windows of a burst, by the witness that speaks, many to a row: what minutes and timelines are made of.
create table window_block (
  burst_id integer not null references burst on delete cascade deferrable initially deferred,
  first_us integer not null, -- earliest and latest begin of its windows
  last_us integer not null,
  -- JSON: [[begin_us, drop_lines, suppressed, suppressed_shared, line_seconds], ...]: N of windows with this namespace
  -- alone, N of those with several; when its lines were printed: [[seconds after the second of begin_us, lines], ...]
  windows text not null
) strict;
create index window_block_by_burst on window_block (burst_id, first_us);

create table minute (
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
create index minute_by_host on minute (host_id, minute_us);
-- What charts are made of stands in the index as a whole.
create index minute_drops on minute (host_id, minute_us, drop_lines, suppressed) where drop_lines + suppressed > 0;
create index minute_counts on minute (host_id, minute_us, entries_min, entries_max)
  where entries_max is not null and netns is null;
create index minute_full on minute (host_id, minute_us, above_90_us, above_95_us) where above_90_us > 0;

-- Minutes summed up, namespaces together, counts of the host's own: what timelines of months are drawn from.
create table hour (
  host_id integer not null references host,
  hour_us integer not null,
  drop_lines integer not null,
  suppressed integer not null,
  entries_min integer,
  entries_max integer,
  primary key (host_id, hour_us)
) strict, without rowid;

create table limit_span (
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
create index limit_span_by_host on limit_span (host_id, key, force, since_us);

-- What the evidence shows beside drops: a clock that was moved.
create table finding (
  host_id integer not null references host,
  at_us integer,
  kind text not null,
  message text not null
) strict;

-- What the kernel's drop counter gained while no burst was near, by one series of samples: rises that touch within an hour
-- of the clock are one.
create table counter_rise (
  host_id integer not null references host,
  stream_id integer not null references stream on delete cascade,
  from_us integer not null, -- of the sample before, and of the one that says so
  to_us integer not null,
  gained integer not null
) strict;
create index counter_rise_by_host on counter_rise (host_id, stream_id, from_us, to_us, gained);
create index counter_rise_by_stream on counter_rise (stream_id);

create table coverage_span (
  host_id integer not null references host,
  channel text not null,
  kind text not null check (kind in ('seen', 'gap')),
  from_us integer not null,
  to_us integer not null,
  reason text not null
) strict;
create index coverage_by_host on coverage_span (host_id, channel, from_us);

-- Lines that pruned bursts cite: what is left of events and observations that are gone.
create table kept_line (
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
create index kept_line_by_source on kept_line (source_id);
