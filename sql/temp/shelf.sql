-- Parts of a host's bursts while its logs are read, where they are too many to be held. Gone with the connection.
create temp table if not exists shelf_part (
  netns integer not null, -- number of the namespace among those of the host; below zero for what nothing dates
  burst integer not null, -- in the order of time
  seq integer not null,
  part text not null, -- JSON
  primary key (netns, burst, seq)
) without rowid;
