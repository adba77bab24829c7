// How full the table was: in views, queries, records and reports alike, and never full where an entry was free.

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { utilisation } from "../../src/analysis/utilisation.ts";
import { recordLine } from "../../src/pipeline/fleet/parse-records.ts";
import { sqlFiles } from "../../src/store/files.ts";
import type { EvidenceRecord } from "../../src/store/records.ts";
import { freshDatabase } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const BEGIN_S = Date.UTC(2026, 2, 14, 10, 0, 0) / 1000;
/** Entries of 65536, and what they come to. */
const COUNTS = [
  [65_534, 0.9999],
  [65_535, 0.9999],
  [65_536, 1],
  [65_600, 1.0009],
] as const;

const made = freshDatabase();

const file = (name: string) => join(dirname(made.path), name);

it("a table with one entry left is not full", async () => {
  const rows = COUNTS.map(([count], i) => `${(BEGIN_S + 60 * i) * 1000},${count},65536,fw1`);
  writeFileSync(file("samples.csv"), `epoch_ms,count,max,host\n${rows.join("\n")}\n`);
  await made.ingest([file("samples.csv")]);
  const told = COUNTS.map(([, share]) => ({ utilisation: share }));
  expect(made.all("select utilisation from counts order by at_us")).toEqual(told);
  const query = sqlFiles("queries").find(({ name }) => name === "minutes-above-95-percent")?.text ?? "";
  const asked = query.replace(/:(host|since|until|limit)\b/g, "null");
  expect(made.all(asked)).toMatchObject(told);
  for (const [count, share] of COUNTS) expect(utilisation(count, 65_536)).toBe(share);
  expect([utilisation(0, 65_536), utilisation(1, 0), utilisation(1, null)]).toEqual([0, null, null]);
});

it("nor is it in a burst, its report and records", async () => {
  writeFileSync(file("samples.csv"), `epoch_ms,count,max,host\n${BEGIN_S * 1000},65535,65536,fw1\n`);
  const line = "2026-03-14T10:00:00Z fw1 kernel: nf_conntrack: table full, dropping packet\n";
  writeFileSync(file("messages"), line);
  await made.ingest([file("samples.csv"), file("messages")]);
  expect(made.all("select count_peak, utilisation from bursts")).toEqual([
    { count_peak: 65_535, utilisation: 0.9999 },
  ]);
  expect(reportOf(made.path, { host: "fw1" }).hosts[0]?.bursts[0]?.utilisation).toBe(0.9999);
  const record = { record: "observation", kind: "entries", value: 65_535, limit_value: 65_536 };
  expect(JSON.parse(recordLine(record as unknown as EvidenceRecord, "s"))).toMatchObject({
    utilisation: 0.9999,
  });
});
