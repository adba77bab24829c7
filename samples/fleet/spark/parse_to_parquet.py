"""Not run here: there was no Spark to run it on.

Logs of a fleet through `conntrail parse` on every executor, then events, counts and limits as Parquet by host and day.

  spark-submit parse_to_parquet.py files.list hdfs:///conntrail

files.list: paths that every executor can open, one a line. A task that fails is run again by Spark: harmless, for
`parse` keeps no state and gives the same bytes, and Spark keeps the output of one try only.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

SCHEMA = {
    "events": "record string, source_id string, time string, at_us bigint, basis string, uptime_us bigint, "
    "host string, channel string, kind string, amount bigint, netns string, byte_offset bigint, "
    "byte_length bigint, text string, message string, doubts string, line bigint",
    "counts": "record string, source_id string, time string, at_us bigint, host string, netns string, "
    "entries bigint, limit_value bigint, utilisation double, origin string, byte_offset bigint",
    "limits": "record string, source_id string, since_time string, since_us bigint, until_time string, "
    "until_us bigint, host string, netns string, key string, value bigint, origin string, byte_offset bigint, "
    "text string, read_from string",
}


def main(listed: str, out: str) -> None:
    spark = SparkSession.builder.appName("conntrail").getOrCreate()
    spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
    names = spark.sparkContext.textFile(listed, 1000)
    # Exit code 2 is "done, with problems told in the output"; anything else fails the task.
    command = "sh -c 'conntrail parse --quiet --files-from -; s=$?; [ $s -eq 0 ] || [ $s -eq 2 ]'"
    lines = names.pipe(command, checkCode=True).cache()
    for record, schema in SCHEMA.items():
        us = "since_us" if record == "limits" else "at_us"
        rows = (
            lines.filter(lambda line, start='{"record":"%s"' % record: line.startswith(start))
            .map(lambda line: (line,))
            .toDF(["line"])
            .select(F.from_json("line", schema).alias("row"))
            .select("row.*")
        )
        day = F.coalesce(F.date_format(F.timestamp_micros(us), "yyyy-MM-dd"), F.lit("unknown"))
        rows.withColumn("day", day).write.mode("overwrite").partitionBy("host", "day").parquet(f"{out}/{record}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
