// What a window of two namespaces kept back is a possible part of each one's burst, and stands once in what a host's
// bursts come to: in the report, under another gap, and in the mail of a nightly run.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mostOf } from "../../src/pipeline/reporting/totals.ts";
import { reportOf } from "../support/report.ts";
import { makePlace, type Place, rowsOf, runNightly } from "./support.ts";

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

const INIT = "nf_conntrack: nf_conntrack: table full, dropping packet";
const OTHER = "nf_conntrack: nf_conntrack: table full in netns 4026532281, dropping packet";
const MARTIAN = "IPv4: martian source (src=192.0.2.1, dst=192.0.2.2, dev=eth0)";
const BEGIN_MS = Date.UTC(2026, 2, 1, 10);

const line = (second: number, text: string) =>
  `${new Date(BEGIN_MS + second * 1000).toISOString().replace("Z", "+00:00")} gw1 kernel: [${(100 + second).toFixed(6)}] ${text}\n`;

/** A kernel that counts every refused call: ten lines fill a window, its notice comes 20 minutes later. */
function log(first: string, notice = 50): string {
  const window = [first, ...Array(8).fill(OTHER), MARTIAN];
  return [
    line(-10, "Linux version 6.18.0 (gcc) #1 SMP"),
    ...window.map((text, i) => line(i / 10, text)),
    ...[line(1200, `net_ratelimit: ${notice} callbacks suppressed`), line(1200, OTHER)],
    ...[line(1230, OTHER), line(1240, MARTIAN)],
  ].join("");
}

describe("a window of two namespaces", () => {
  it("is counted once in a host's totals, and in the mail", async () => {
    writeFileSync(join(place.folder, "messages"), log(INIT));
    const { summary } = await runNightly(place, [join(place.folder, "messages")]);
    expect(rowsOf(place.db, "select netns, drops_reported, drops_max from bursts order by start_us")).toEqual(
      [
        { netns: null, drops_reported: 51, drops_max: 51 },
        { netns: "4026532281", drops_reported: 58, drops_max: 58 },
        { netns: "4026532281", drops_reported: 2, drops_max: 2 },
      ],
    );
    // 11 lines and 50 held back: 61, however many bursts the 50 may be part of.
    expect(summary[1]).toContain("at least 11 packets, 61 reported, at most 61; 3 bursts");
    for (const gapUs of [null, 40_000_000]) {
      const { totals } = reportOf(place.db, { gapUs });
      expect([totals.dropsMin, totals.dropsReported, totals.dropsMax]).toEqual([11, 61, 61]);
    }
  });

  it("of one namespace adds up as before", async () => {
    writeFileSync(join(place.folder, "messages"), log(OTHER));
    const { summary } = await runNightly(place, [join(place.folder, "messages")]);
    expect(summary[1]).toContain("at least 11 packets, 61 reported, at most 61; 2 bursts");
    expect(reportOf(place.db).totals.dropsMax).toBe(61);
  });

  it("whose notice comes a night later is news", async () => {
    const path = join(place.folder, "messages");
    const all = log(INIT);
    writeFileSync(path, all.slice(0, all.indexOf("\n", all.indexOf("martian")) + 1));
    await runNightly(place, [path]);
    writeFileSync(path, all);
    const { summary } = await runNightly(place, [path]);
    expect(summary[1]).toContain("at least 11 packets, 61 reported, at most 61; 3 bursts");
  });
});

describe("mostOf", () => {
  const told = { drops_reported: 58, drops_max: 58, suppressed_shared: 50 };

  it("takes what bursts share once", () => {
    expect(mostOf([told, { drops_reported: 51, drops_max: 51, suppressed_shared: 50 }], 50)).toBe(59);
  });

  it("leaves a counter's ceiling as it is: it is not made of the window's count", () => {
    expect(mostOf([told, { drops_reported: 51, drops_max: 20, suppressed_shared: 50 }], 50)).toBe(78);
  });

  it("knows none where a burst has none", () => {
    expect(mostOf([told, { drops_reported: 1, drops_max: null, suppressed_shared: 0 }], 50)).toBeNull();
  });
});
