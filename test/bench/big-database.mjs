// Makes a database of millions of events without reading a log, for measuring what reports and queries cost.
// Run after a build: node test/bench/big-database.mjs FILE [hosts] [bursts a host] [windows a burst] [counts a host]

import { existsSync, readFileSync } from "node:fs";
import { closeWhole, openForWriting } from "../../dist/store/open.js";

const [path, hosts = "10", bursts = "1000", windows = "46", counts = "100000"] = process.argv.slice(2);
if (path === undefined || existsSync(path)) {
  process.stderr.write("wants the name of a file that is not there yet\n");
  process.exit(64);
}
const db = openForWriting(path);
db.pragma("synchronous = off");
db.exec("create temp table size (hosts integer, bursts integer, windows integer, counts integer)");
db.prepare("insert into size values (?, ?, ?, ?)").run(...[hosts, bursts, windows, counts].map(Number));
const sql = readFileSync(new URL("big-database.sql", import.meta.url), "utf8");
db.transaction(() => db.exec(sql))();
for (const table of ["event", "observation", "burst", "window_block", "minute", "source"]) {
  const { n } = db.prepare(`select count(*) as n from ${table}`).get();
  process.stdout.write(`${table.padEnd(15)} ${String(n).padStart(10)}\n`);
}
closeWhole(db);
