// Peak memory and time of `export` over a database of made-up events:
//   npm run build && node test/bench/export.mjs [events] [format]
// One host, thirty days, one source; /usr/bin/time says the peak.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";

const events = Number(process.argv[2] ?? 10_000_000);
const format = process.argv[3] ?? "parquet";
const script = fileURLToPath(new URL("../../dist/bundle/conntrail.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "conntrail-bench-"));
const path = join(folder, "bench.db");
const log = join(folder, "kern.log");

writeFileSync(
  log,
  "2026-03-01T00:00:00.000000+00:00 gw1 kernel: [    1.000000] nf_conntrack: table full, dropping packet\n",
);
spawnSync(process.execPath, [script, "ingest", log, "--db", path]);
const db = new Database(path);
db.exec(`
  pragma journal_mode = off;
  insert into event (form_id, line, byte_offset, byte_length, amount, stamp_us, uptime_us, at_us, text)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${events - 1})
  select form_id, i + 1, i * 98, 97, 1, 1772323200000000 + i * (2592000000000 / ${events}), i * 1000,
    1772323200000000 + i * (2592000000000 / ${events}),
    'gw1 kernel: [' || i || '.' || (i * 7919 % 1000000) || '] nf_conntrack: table full, dropping packet'
  from n, event_form;
  update source_part set event_to = ${events};
  update source set events = ${events};
`);
db.close();

const out = join(folder, "out");
const args = ["-v", process.execPath, script, "export", "--db", path, "--format", format, "--out", out];
const ran = spawnSync("/usr/bin/time", args, { encoding: "utf8" });
const figure = (name) => new RegExp(`${name}[^:]*(?:\\(h:mm:ss or m:ss\\))?: (.*)`).exec(ran.stderr)?.[1];
console.log(ran.stderr.split("\n").find((line) => line.startsWith("conntrail:")));
console.log(`peak ${Math.round(Number(figure("Maximum resident set size")) / 1024)} MiB`);
console.log(`user ${figure("User time")} s, system ${figure("System time")} s`);
console.log(spawnSync("du", ["-sh", out, path], { encoding: "utf8" }).stdout.trim());
if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
else console.log(folder);
