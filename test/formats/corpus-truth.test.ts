// One outage of a machine whose log was kept in every rendering: all of them tell the same lines.

import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/model/line.ts";
import { HAS_CORPUS, isDrop, lines, parseAll } from "./corpus.ts";

const S5 = ["ground-truth", "6.1-S5"] as const;

function drops(...path: readonly string[]): Entry[] {
  return parseAll(lines(...path)).filter(isDrop);
}

/** Uptimes of the drop lines of the kernel's own log, worked out without the parser. */
function trueUptimes(): number[] {
  return lines(...S5, "kernel.log").flatMap((line) => {
    const match = /^\[ *(\d+)\.(\d{6})\] nf_conntrack: nf_conntrack: table full/.exec(line);
    return match === null ? [] : [Number(match[1]) * 1_000_000 + Number(match[2])];
  });
}

describe.skipIf(!HAS_CORPUS)(
  "one outage in every rendering (the corpus is not part of the repository)",
  () => {
    it("has 121 drop lines, from 58.899907 to 162.685053 s of uptime", () => {
      const uptimes = trueUptimes();
      expect([uptimes.length, uptimes[0], uptimes.at(-1)]).toEqual([121, 58_899_907, 162_685_053]);
    });

    it.each(["kernel.log", "dmesg-raw-level.txt", "journal-k-short-monotonic.txt"])(
      "%s has all uptimes",
      (file) => {
        expect(drops(...S5, file).map((entry) => entry.uptimeUs)).toEqual(trueUptimes());
      },
    );

    it.each([
      "journal-k-short.txt",
      "journal-k-short-full.txt",
      "journal-k-short-iso.txt",
      "journal-k-short-precise.txt",
      "journal-k-short-monotonic.txt",
      "journal-all-short-tail.txt",
    ])("%s has 121 kernel drop lines of the host router", (file) => {
      const found = drops(...S5, file);
      expect(found.length).toBe(121);
      expect(new Set(found.map((entry) => `${entry.host} ${entry.tag}`))).toEqual(new Set(["router kernel"]));
    });

    it("has the same wall times in every rendering", () => {
      const iso = drops(...S5, "journal-k-short-iso.txt").map((entry) => entry.stamp);
      const precise = drops(...S5, "journal-k-short-precise.txt").map((entry) => entry.stamp);
      const full = drops(...S5, "journal-k-short-full.txt").map((entry) => entry.stamp);
      // 2026-04-27T21:49:49+02:00, by date(1)
      expect(iso[0]).toEqual({ kind: "instant", atUs: 1_777_319_389_000_000, resolutionUs: 1_000_000 });
      const localOffset = 2 * 3_600_000_000;
      iso.forEach((stamp, at) => {
        if (stamp?.kind !== "instant") throw new Error("no instant");
        const wall = full[at];
        const yearless = precise[at];
        expect(wall).toEqual({
          kind: "wall",
          localUs: stamp.atUs + localOffset,
          resolutionUs: 1_000_000,
          zoneName: "CEST",
          derived: false,
        });
        if (yearless?.kind !== "yearless") throw new Error("not yearless");
        expect(yearless.resolutionUs).toBe(1);
        // April 27 of 2000, a leap year, is the same day of the leap calendar.
        const inYear = stamp.atUs + localOffset - Date.UTC(2026, 0, 1) * 1000 + 86_400_000_000;
        expect(Math.floor(yearless.ofYearUs / 1_000_000) * 1_000_000).toBe(inYear);
      });
    });

    it("has exact times, boot and host in the journal's JSON", () => {
      const entries = parseAll(lines(...S5, "journal-k-head40.jsonl"));
      expect(entries.length).toBe(40);
      expect(entries.filter(isDrop).length).toBe(37);
      expect(entries.filter(isDrop).map((entry) => entry.uptimeUs)).toEqual(trueUptimes().slice(0, 37));
      expect(entries[0]).toEqual({
        format: "journal-json",
        stamp: { kind: "instant", atUs: 1_777_319_389_570_350, resolutionUs: 1 },
        uptimeUs: 58_899_907,
        host: "router",
        tag: "kernel",
        fromKernel: true,
        priority: 4,
        bootId: "eae3987d4b3a438d9d0bf5edc8bdbf97",
        doubts: [],
        text: "nf_conntrack: nf_conntrack: table full, dropping packet",
      });
    });

    it("has every line once in the rotated files, with uptime, and the host's change of name", () => {
      for (const name of ["messages", "syslog", "kern.log"]) {
        const old = drops(...S5, "var-log", `${name}.2.gz`);
        const young = drops(...S5, "var-log", `${name}.1`);
        expect(
          [...old, ...young].map((entry) => entry.uptimeUs),
          name,
        ).toEqual(trueUptimes());
        expect(new Set(old.map((entry) => entry.host))).toEqual(new Set(["router"]));
        expect(new Set(young.map((entry) => entry.host))).toEqual(new Set(["localhost"]));
      }
    });

    it.each([
      ["6.1-S1", 200],
      ["6.1-S2", 150],
      ["6.1-S5", 121],
    ] as const)("%s: dmesg's forms agree on %i drop lines", (folder, count) => {
      const plain = drops("ground-truth", folder, "kernel.log");
      expect(plain.length).toBe(count);
      const raw = drops("ground-truth", folder, "dmesg-raw-level.txt");
      expect(raw.map((entry) => entry.uptimeUs)).toEqual(plain.map((entry) => entry.uptimeUs));
      expect(new Set(raw.map((entry) => entry.priority))).toEqual(new Set([4]));
      const iso = drops("ground-truth", folder, "dmesg-iso.txt");
      const ctime = drops("ground-truth", folder, "dmesg-T.txt");
      expect([iso.length, ctime.length]).toEqual([count, count]);
      // Both are worked out from the uptime: the difference is the time of boot, the same for all lines.
      const boots = iso.map(
        ({ stamp }, at) => (stamp?.kind === "instant" ? stamp.atUs : 0) - (plain[at]?.uptimeUs ?? 0),
      );
      expect(new Set(boots).size).toBe(1);
      const zones = ctime.map(({ stamp }, at) => {
        const instant = iso[at]?.stamp;
        if (stamp?.kind !== "wall" || instant?.kind !== "instant") throw new Error("not dated");
        expect(stamp.derived).toBe(true);
        return Math.round((stamp.localUs - instant.atUs) / 60_000_000);
      });
      expect(new Set(zones)).toEqual(new Set([{ "6.1-S1": 0, "6.1-S2": 60, "6.1-S5": 120 }[folder]]));
    });
  },
);
