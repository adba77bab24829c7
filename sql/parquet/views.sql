-- The exported views for DuckDB, under the names that they have in SQLite. Say first where the export lies:
--   set variable lake = 'lake';
-- Other engines: a table over each folder, partitioned by host and day; the columns stand in its _schema.json.
-- The path repeats `host`, so partitions are not read as columns.

create or replace view events as
select * from read_parquet(getvariable('lake') || '/events/*/*/*.parquet', hive_partitioning = false);

create or replace view bursts as
select * from read_parquet(getvariable('lake') || '/bursts/*/*/*.parquet', hive_partitioning = false);

create or replace view minutes as
select * from read_parquet(getvariable('lake') || '/minutes/*/*/*.parquet', hive_partitioning = false);

create or replace view counts as
select * from read_parquet(getvariable('lake') || '/counts/*/*/*.parquet', hive_partitioning = false);

create or replace view limits as
select * from read_parquet(getvariable('lake') || '/limits/*/*/*.parquet', hive_partitioning = false);
