// Two dumps of one kernel's lines that no clock relates: each burst has bounds that hold, and their sum has none.

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const DROP = "nf_conntrack: nf_conntrack: table full, dropping packet";

const made = freshDatabase();

async function totals(files: Readonly<Record<string, string>>) {
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(dirname(made.path), name);
    writeFileSync(path, text);
    return path;
  });
  await made.ingest(paths, { host: "fw1" });
  const [kept, anew] = [null, 50e6].map((gapUs) => reportOf(made.path, { host: "fw1", gapUs }).totals);
  expect(anew).toEqual(kept);
  return kept;
}

const printed = (uptimeS: number) => `[${uptimeS.toFixed(6).padStart(12)}] ${DROP}\n`;
const logged = (second: string) => `2026-03-14T10:${second}Z fw1 kernel: ${DROP}\n`;

it("a dmesg that nothing dates, beside a log without uptimes: the seven lines are seven", async () => {
  const told = await totals({
    dmesg: Array.from({ length: 7 }, (_, i) => printed(4711 + i / 10)).join(""),
    messages: logged("03:20").repeat(7),
  });
  expect(told).toMatchObject({ bursts: 2, undatedBursts: 1, dropsMin: 7, dropsReported: 7 });
});

it("the one that tells more says the least", async () => {
  const told = await totals({ dmesg: printed(4711).repeat(9), messages: logged("03:20").repeat(7) });
  expect(told).toMatchObject({ dropsMin: 9, dropsReported: 9 });
});

it("dmesg -T after three hours of suspend, beside a log: the seven lines are seven", async () => {
  const told = await totals({
    "dmesg-T.txt": `[Sat Mar 14 13:03:20 2026] ${DROP}\n`.repeat(7),
    messages: logged("03:20").repeat(7),
  });
  expect(told).toMatchObject({ bursts: 2, undatedBursts: 0, dropsMin: 7 });
});

it("bursts of one log are added", async () => {
  const told = await totals({ messages: logged("03:20").repeat(7) + logged("33:20").repeat(2) });
  expect(told).toMatchObject({ bursts: 2, dropsMin: 9, dropsReported: 9 });
});
