-- Lines that `verify` reads again where not all are asked for, by the source that they stand in. `kept`: of a burst whose
-- events were pruned, and so in `kept_line`. Gone with the connection.
create temp table if not exists cited_line (
  source_id integer not null,
  kept integer not null,
  kind text not null,
  id integer not null,
  primary key (source_id, kept, kind, id)
) without rowid;
