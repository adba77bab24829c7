// Reading a file itself, and what is left behind when a reader stops early.

import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { frame } from "../../src/lines/frame.ts";
import type { LineOptions, LineReading } from "../../src/lines/options.ts";
import { scan } from "../../src/lines/scan.ts";
import { scanFile } from "../../src/lines/scan-file.ts";
import type { Line } from "../../src/model/line.ts";

const OPTIONS: LineOptions = {
  needles: ["table full"],
  clockNeedles: ["rtc_cmos"],
  everyLine: false,
  waymarkBytes: 300_000,
  maxLineBytes: 4096,
  startOffset: 0,
  startLine: 1,
};
const folder = mkdtempSync(join(tmpdir(), "lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

const lines = Array.from({ length: 40_000 }, (_, index) =>
  index % 97 === 0 ? `${index} table full` : `${index} nothing of interest, and some more of it`,
);
const text = `${lines.join("\n")}\nlast`;
const path = join(folder, "messages");
writeFileSync(path, text);

async function read(reading: LineReading): Promise<{ lines: Line[]; summary: unknown }> {
  const read: Line[] = [];
  for await (const batch of reading.batches) read.push(...batch);
  return { lines: read, summary: reading.summary() };
}

async function* chunks(from = 0, onEnd: () => void = () => undefined): AsyncGenerator<Uint8Array> {
  try {
    for (let at = from; at < text.length; at += 10_007)
      yield Buffer.from(text.slice(at, at + 10_007), "latin1");
  } finally {
    onEnd();
  }
}

test.each([false, true])("a file gives what its bytes give (every line: %s)", async (everyLine) => {
  const fd = openSync(path, "r");
  const options = { ...OPTIONS, everyLine };
  const told = await read(scanFile(fd, options));
  expect(told).toEqual(await read(frame(chunks(), options)));
  expect(told.summary).toMatchObject({ bytes: text.length, lines: 40_001, unterminatedAt: text.length - 4 });
  closeSync(fd);
});

test("reading on from a line start gives the rest", async () => {
  const fd = openSync(path, "r");
  const startLine = 20_000;
  const startOffset = lines.slice(0, startLine - 1).join("\n").length + 1;
  const rest = await read(scanFile(fd, { ...OPTIONS, startOffset, startLine }));
  const whole = await read(scan(chunks(), OPTIONS));
  const candidates = (all: readonly Line[]) => all.filter(({ role }) => role === "candidate");
  expect(candidates(rest.lines)).toEqual(
    candidates(whole.lines).filter(({ offset }) => offset >= startOffset),
  );
  expect(rest.summary).toEqual(whole.summary);
  expect(rest.lines[0]).toMatchObject({ offset: startOffset, number: startLine });
  closeSync(fd);
});

test.each([frame, scan])("a reader that stops early closes its source", async (way) => {
  let closed = false;
  const reading = way(
    chunks(0, () => {
      closed = true;
    }),
    OPTIONS,
  );
  for await (const _ of reading.batches) break;
  expect(closed).toBe(true);
  expect(() => reading.summary()).toThrow();
});

test.each([frame, scan])("what a source throws reaches its reader", async (way) => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("a\nb\n");
    throw new Error("broken");
  }
  await expect(read(way(broken(), OPTIONS))).rejects.toThrow("broken");
});

test.each([frame, scan])("a needle that can be in no line is a defect", (way) => {
  for (const needle of ["", "a\nb", "\u00e4", "a\0"]) {
    expect(() => way(chunks(), { ...OPTIONS, needles: [needle] })).toThrow("not a needle");
  }
});

test("two scans at a time do not share a buffer", async () => {
  const [one, other] = [scan(chunks(), OPTIONS), scan(chunks(), OPTIONS)];
  const [left, right] = await Promise.all([read(one), read(other)]);
  expect(left).toEqual(right);
  expect(left).toEqual(await read(frame(chunks(), OPTIONS)));
});
