// What is known to be true of the samples, asked of a database that the real pipeline made of them.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Made, makeDatabase } from "./support/database.ts";

const SAMPLES = fileURLToPath(new URL("../samples", import.meta.url));

interface BurstRow {
  readonly host: string;
  readonly start_time: string;
  readonly drop_lines: number;
  readonly drops_min: number;
  readonly drops_reported: number;
  readonly drops_max: number | null;
  readonly limit_value: number | null;
  readonly count_peak: number | null;
  readonly witnesses: number;
}

describe("mailsswl", () => {
  let made: Made;
  beforeAll(async () => {
    made = makeDatabase();
    await made.ingest([`${SAMPLES}/mailsswl`], { year: 2007, tz: "UTC" });
  });
  afterAll(() => made.remove());

  it("one burst: three lines, at least 3 drops, 144 by the kernel's own account", () => {
    const bursts = made.all<BurstRow>("select * from bursts");
    expect(bursts).toHaveLength(1);
    expect(bursts[0]).toMatchObject({
      host: "mailsswl",
      start_time: "2007-08-30T13:25:46.000000Z",
      end_time: "2007-08-30T13:25:56.000000Z",
      drop_lines: 3,
      suppressed: 141,
      drops_min: 3,
      drops_reported: 144,
      drops_max: null,
      bound: "at-least",
      limit_value: 65_536,
      witness: "messages",
    });
  });

  it("the module's line gives limit, buckets and the size of an entry", () => {
    const values = made.all(
      "select key, value, origin from limits where since_time < '2007-08-01' order by key",
    );
    expect(values).toEqual([
      { key: "entry_bytes", value: 228, origin: "effective" },
      { key: "nf_conntrack_buckets", value: 8_192, origin: "effective" },
      { key: "nf_conntrack_max", value: 65_536, origin: "effective" },
    ]);
  });

  it("the dump of settings is a count and a limit, and no problem", () => {
    expect(made.all("select entries, limit_value from counts")).toEqual([
      { entries: 36_752, limit_value: 65_536 },
    ]);
    expect(made.all("select * from problems")).toEqual([]);
  });
});

/** What the recording's own counters say: drop counted by the kernel, burst by burst. */
const TRUE_DROPS = [14_799, 41_696, 314];

describe("router-2026", () => {
  let made: Made;
  beforeAll(async () => {
    made = makeDatabase();
    await made.ingest([`${SAMPLES}/router-2026`], { gapUs: 15_000_000 });
  });
  afterAll(() => made.remove());
  const sum = (column: string) => made.one(`select sum(${column}) from bursts`);

  it("121 lines, although four logs tell each of them", () => {
    expect(made.one("select count(distinct channel) from events where kind = 'drop'")).toBe(4);
    expect(made.one("select sum(amount) from events where kind = 'drop'")).toBe(4 * 121);
    expect(made.one("select sum(amount) from events where kind = 'drop' and speaks")).toBe(121);
    expect(made.one("select sum(drop_lines) from minutes")).toBe(121);
    expect(sum("drop_lines")).toBe(121);
  });

  it("56,797 by the kernel's notices, and 56,809 truly dropped lie within the bounds", () => {
    expect(sum("drops_min")).toBe(121);
    expect(sum("drops_reported")).toBe(56_797);
    expect(sum("drops_max")).toBeGreaterThanOrEqual(56_809);
  });

  it("three bursts, the truth of each within its bounds", () => {
    const bursts = made.all<BurstRow>("select * from bursts order by start_us");
    expect(bursts.map((burst) => burst.start_time.slice(11, 19))).toEqual([
      "19:49:49",
      "19:50:35",
      "19:51:20",
    ]);
    for (const [i, burst] of bursts.entries()) {
      expect(burst.drops_min).toBeLessThanOrEqual(TRUE_DROPS[i] ?? 0);
      expect(burst.drops_max ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(TRUE_DROPS[i] ?? 0);
      expect(burst).toMatchObject({ limit_value: 2_048, count_peak: 2_048, witnesses: 4 });
    }
  });

  it("logs without a zone get it from those beside them that write one", () => {
    const zones = made.all(
      "select distinct s.channel from events e join sources s using (source_id) " +
        "where e.kind = 'drop' and e.time not between '2026-04-27T19:49' and '2026-04-27T19:52'",
    );
    expect(zones).toEqual([]);
  });

  it("is one host, whatever its lines call it", () => {
    expect(made.all("select distinct host from events")).toHaveLength(1);
    expect(made.all("select * from problems")).toEqual([]);
  });

  it("read again adds nothing", async () => {
    const before = made.all("select * from bursts");
    const again = await made.ingest([`${SAMPLES}/router-2026`], { gapUs: 15_000_000 });
    expect(again).toMatchObject({ sourcesRead: 0, eventsAdded: 0, problems: 0, bytesRead: 0 });
    expect(made.all("select * from bursts")).toEqual(before);
  });
});

it("every sample has its paragraph in the samples' README", async () => {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(`${SAMPLES}/README.md`, "utf8");
  const folders = readdirSync(SAMPLES, { withFileTypes: true }).filter((one) => one.isDirectory());
  for (const { name } of folders) {
    expect(text).toContain(`## ${name}`);
    for (const file of readdirSync(`${SAMPLES}/${name}`)) expect(text).toContain(file);
  }
});
