// Lines of the kernel's that carry no uptime where its other lines do.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
const at = (second: number, rest: string, host = "gw1") =>
  `Mar  3 09:12:${String(second).padStart(2, "0")} ${host} ${rest}`;
const up = (second: number, text = FULL, host = "gw1") =>
  at(second, `kernel: [  5${second}.000000] ${text}`, host);
const bare = (second: number, text = FULL, host = "gw1") => at(second, `kernel: ${text}`, host);

/** Doubts of all events, in file order. */
async function doubts(...lines: string[]): Promise<unknown[]> {
  writeFileSync(join(folder, "messages"), `${lines.join("\n")}\n`);
  await made.ingest([folder]);
  return made
    .all("select doubts from events order by byte_offset")
    .map((row) => (row as { doubts: unknown }).doubts);
}

describe("a line of the kernel's without its uptime", () => {
  it("is doubted between lines with one", async () => {
    expect(await doubts(up(10), bare(20), up(30))).toEqual([null, "no-uptime", null]);
  });
  it("is doubted between lines with one that are no events", async () => {
    const link = "eth0: link is up";
    expect(await doubts(up(10, link), bare(20), up(30, link))).toEqual(["no-uptime"]);
  });
  it("is doubted beside what else speaks against it", async () => {
    expect(await doubts(up(10), at(20, `kernel[77]: ${FULL}`), up(30))).toEqual([
      null,
      "tag-pid,no-uptime",
      null,
    ]);
  });
  it("is doubted where it tells of suppressed ones", async () => {
    const lines = [up(10), bare(20, "net_ratelimit: 900 callbacks suppressed"), up(30)];
    expect(await doubts(...lines)).toEqual([null, "no-uptime", null]);
  });
  it("is doubted as one of a flood", async () => {
    const flood = Array.from({ length: 40 }, () => bare(20));
    expect(await doubts(up(10), ...flood, up(30))).toEqual([null, ...flood.map(() => "no-uptime"), null]);
  });
});

describe("no doubt where there may be another reason", () => {
  it("printk.time was turned off on the way, or on", async () => {
    expect(await doubts(up(10), up(11), bare(20), bare(30))).toEqual([null, null, null, null]);
  });
  it("printk.time was turned on on the way", async () => {
    expect(await doubts(bare(10), bare(11), up(20), up(30))).toEqual([null, null, null, null]);
  });
  it("no line carries one", async () => {
    expect(await doubts(bare(10), bare(20), bare(30))).toEqual([null, null, null]);
  });
  it("another host's lines carry one", async () => {
    expect(await doubts(up(10), bare(20, FULL, "gw2"), up(30))).toEqual([null, null, null]);
  });
  it("the boot before and the one behind carry one", async () => {
    const banner = "Linux version 6.1.0-18-amd64 (a@b) (gcc-12) #1 SMP";
    const lines = [up(10), bare(20, banner), bare(21), at(40, `kernel: [    0.000000] ${banner}`), up(50)];
    expect(await doubts(...lines)).toEqual([null, null, null, null, null]);
  });
  it("the only others with one are doubted themselves", async () => {
    const odd = (second: number) => at(second, `kernel[77]: [  5${second}.000000] ${FULL}`);
    expect(await doubts(odd(10), bare(20), odd(30))).toEqual(["tag-pid", null, "tag-pid"]);
  });
  it("a log daemon tells of repeats", async () => {
    const lines = [
      up(10),
      at(20, "last message repeated 1 time"),
      at(21, "kernel: last message repeated 3 times"),
      at(22, `kernel: message repeated 2 times: [ [  522.000000] ${FULL}]`),
      up(30),
    ];
    expect(await doubts(...lines)).toEqual([null, null, null, null, null]);
  });
  it("a line was wrapped behind its uptime, or before it", async () => {
    const head = "Mar  3 09:12:20 gw1 kernel:";
    const lines = [
      up(10),
      `${head} [  520.000000] nf_conntrack: nf_conntrack: table full,`,
      "dropping packet",
    ];
    expect(await doubts(...lines, up(30))).toEqual([null, null, null]);
  });
  it("journalctl wrote it, which takes uptimes off", async () => {
    const journal = `Tue 2026-03-03 09:12:20.123456 UTC gw1 kernel: ${FULL}`;
    expect(await doubts(up(10), journal, up(30))).toEqual([null, null, null]);
  });
  it("dmesg -T and dmesg stand one behind the other", async () => {
    const lines = [`[  510.000000] ${FULL}`, `[Tue Mar  3 09:12:20 2026] ${FULL}`, `[  530.000000] ${FULL}`];
    expect(await doubts(...lines)).toEqual([null, null, null]);
  });
});

it("a line is doubted as soon as the log has grown by what tells so", async () => {
  expect(await doubts(up(10), bare(20))).toEqual([null, null]);
  expect(await doubts(up(10), bare(20), up(30))).toEqual([null, "no-uptime", null]);
  expect(made.one("select count(*) from sources")).toBe(1);
});

describe("a burst says what of it is doubted", () => {
  const columns = "select drop_lines, doubted_lines, suppressed, doubted_suppressed, doubts from bursts";

  it("lines and reasons", async () => {
    await doubts(up(10), bare(11), bare(12), at(13, `kernel[77]: ${FULL}`), up(14));
    expect(made.all(columns)).toEqual([
      { drop_lines: 5, doubted_lines: 3, suppressed: 0, doubted_suppressed: 0, doubts: "no-uptime,tag-pid" },
    ]);
  });
  it("what doubted notices told", async () => {
    await doubts(up(10), bare(16, "net_ratelimit: 900 callbacks suppressed"), up(16));
    expect(made.all(columns)).toEqual([
      { drop_lines: 2, doubted_lines: 0, suppressed: 900, doubted_suppressed: 900, doubts: "no-uptime" },
    ]);
  });
  it("of the witness that speaks alone", async () => {
    const kern = Array.from({ length: 4 }, (_, i) => up(10 + i));
    writeFileSync(join(folder, "kern.log"), `${kern.join("\n")}\n`);
    await doubts(up(10), bare(12), up(13));
    expect(made.all(columns)).toEqual([
      { drop_lines: 4, doubted_lines: 0, suppressed: 0, doubted_suppressed: 0, doubts: null },
    ]);
  });
});
