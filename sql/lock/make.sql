-- Who holds the lock: one row. The lock itself is a write transaction on this file, so it dies with its process.
create table if not exists holder (
  one integer primary key check (one = 1),
  token text not null, -- told apart even where process ids are used again
  pid integer not null,
  since text not null, -- ISO 8601, UTC
  command text not null
) strict
