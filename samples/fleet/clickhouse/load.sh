#!/bin/sh
# An NDJSON export into ClickHouse with its own client, a day's partition at a time.
#   LAKE=out sh load.sh        (CLICKHOUSE: the client and its options)
# A load that failed is run again: each day's partition is dropped before it is filled, so nothing is there twice.
# Rows without a time stand in the partition 19700101.
set -eu
: "${LAKE:?folder that conntrail export wrote}"
client=${CLICKHOUSE:-clickhouse-client}
here=$(cd "$(dirname "$0")" && pwd)
$client --multiquery <"$here/tables.sql"
for view in minutes bursts events; do
  for day in $(find "$LAKE/$view" -type d -name 'day=*' | sed 's/.*day=//' | sort -u); do
    partition=$(echo "$day" | tr -d -)
    [ "$day" != unknown ] || partition=19700101
    $client --query "alter table $view drop partition $partition"
    find "$LAKE/$view" -type f -path "*/day=$day/*.ndjson" -exec cat {} + |
      $client --input_format_skip_unknown_fields=1 --query "insert into $view format JSONEachRow"
  done
done
