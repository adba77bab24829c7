// What may be added up and what may not, over logs small enough to count by hand.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const INNER = "nf_conntrack: nf_conntrack: table full in netns 4026532281, dropping packet";
const OTHER = "nf_conntrack: nf_conntrack: expectation table full";
const BOOT_MS = Date.UTC(2026, 2, 14, 9, 0, 0);

/** Lines of seconds after ten o'clock and texts, as rsyslog writes them. */
function log(name: string, lines: readonly (readonly [second: number, text: string])[]): string {
  const path = join(folder, name);
  const text = lines.map(([second, said]) => {
    const atMs = Date.UTC(2026, 2, 14, 10, 0, 0) + second * 1000;
    const stamp = `${new Date(atMs).toISOString().slice(0, 23)}000+00:00`;
    const uptime = ((atMs - BOOT_MS) / 1000).toFixed(6).padStart(12);
    return `${stamp} fw1 kernel: [${uptime}] ${said}\n`;
  });
  writeFileSync(path, text.join(""));
  return path;
}

const suppressed = (n: number): string => `net_ratelimit: ${n} callbacks suppressed`;
const times = (count: number, from: number, text: string) =>
  Array.from({ length: count }, (_, i) => [from + i / 10, text] as const);

describe("two channels that tell of the same drops", () => {
  const lines = [...times(10, 0, FULL), [6, suppressed(50)] as const, ...times(2, 6, FULL)];

  beforeEach(async () => {
    const more = [[-60, "usb 1-1: new device"] as const, ...lines];
    await made.ingest([log("kern.log", lines), log("syslog", more)]);
  });

  it("have twice the events, and once the drops", () => {
    expect(made.one("select sum(amount) from events where kind = 'drop'")).toBe(24);
    expect(made.one("select sum(amount) from events where kind = 'drop' and speaks = 1")).toBe(12);
    expect(made.one("select sum(drop_lines) from minutes")).toBe(12);
    expect(made.one("select sum(drop_lines + suppressed) from minutes")).toBe(62);
    expect(made.one("select sum(drops_reported) from bursts")).toBe(62);
    expect(made.one("select witnesses from bursts")).toBe(2);
  });
});

describe("two namespaces in the windows of one limiter", () => {
  it("a mixed window's N stands in each burst, and once in minutes", async () => {
    const lines = [
      ...times(5, 0, FULL),
      ...times(5, 0.5, INNER),
      [6, suppressed(40)] as const,
      ...times(2, 6, FULL),
      [600, "usb 1-1: USB disconnect"] as const,
    ];
    await made.ingest([log("kern.log", lines)]);
    expect(
      made.all("select netns, drop_lines, suppressed, suppressed_shared from bursts order by netns"),
    ).toEqual([
      { netns: null, drop_lines: 7, suppressed: 0, suppressed_shared: 40 },
      { netns: "4026532281", drop_lines: 5, suppressed: 0, suppressed_shared: 40 },
    ]);
    expect(made.all("select netns, sum(suppressed) as n from minutes group by netns order by netns")).toEqual(
      [
        { netns: null, n: 40 },
        { netns: "4026532281", n: 0 },
      ],
    );
    expect(made.one("select sum(drop_lines + suppressed) from minutes")).toBe(52);
    expect(made.one("select sum(drops_reported) from bursts")).toBe(92);
  });

  // Known to be wrong: it stands once for each burst.
  it("the N of a window with neither's lines, inside both bursts, stands once in minutes", async () => {
    const lines = [
      [0, FULL] as const,
      [0.1, INNER] as const,
      ...times(10, 10, OTHER),
      [16, suppressed(30)] as const,
      [16, FULL] as const,
      [16.1, INNER] as const,
      [600, "usb 1-1: USB disconnect"] as const,
    ];
    await made.ingest([log("kern.log", lines)]);
    expect(made.one("select sum(suppressed) from minutes")).toBe(30);
  });
});

describe("a namespace alone", () => {
  it("minutes and bursts say the same, however the burst lies over minutes and midnight", async () => {
    const night = 13 * 3600 + 59 * 60;
    const lines = [
      ...times(10, night + 55, FULL),
      [night + 61, suppressed(12)] as const,
      ...times(10, night + 61, FULL),
      [night + 130, suppressed(8)] as const,
      [night + 130, FULL] as const,
      [night + 4000, "usb 1-1: USB disconnect"] as const,
    ];
    await made.ingest([log("kern.log", lines)]);
    const [minutes] = made.all("select sum(drop_lines) as lines, sum(suppressed) as n from minutes");
    const [bursts] = made.all(
      "select sum(drop_lines) as lines, sum(suppressed + suppressed_shared) as n from bursts",
    );
    expect(minutes).toEqual({ lines: 21, n: 20 });
    expect(bursts).toEqual(minutes);
    const days =
      "select substr(minute_time, 1, 10) as day, sum(drop_lines + suppressed) as n from minutes group by 1 order by 1";
    // 10 lines and the 12 of their window before midnight; 10, the 8 of theirs, and one more after it.
    expect(made.all(days)).toEqual([
      { day: "2026-03-14", n: 22 },
      { day: "2026-03-15", n: 19 },
    ]);
  });
});
