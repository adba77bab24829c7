// Reading a file itself, and what is left behind when a reader stops early.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { frame } from "../../src/lines/frame.ts";
import type { LineOptions, LineReading } from "../../src/lines/options.ts";
import { scan } from "../../src/lines/scan.ts";
import type { ByteStream } from "../../src/model/bytes.ts";
import type { Line } from "../../src/model/line.ts";
import { fromChunks } from "../../src/sources/byte-stream.ts";
import { Ledger } from "../../src/sources/ledger.ts";
import { readChunks } from "../../src/sources/read.ts";

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

/** The file itself, from where the options say. */
async function readFile(options: LineOptions): Promise<{ lines: Line[]; summary: unknown }> {
  const handle = await open(path);
  try {
    return await read(scan(readChunks(handle, options.startOffset, text.length, new Ledger()), options));
  } finally {
    await handle.close();
  }
}

const chunks = (onEnd?: () => void): ByteStream => fromChunks(pieces(onEnd));

async function* pieces(onEnd: () => void = () => undefined): AsyncGenerator<Uint8Array> {
  try {
    for (let at = 0; at < text.length; at += 10_007) yield Buffer.from(text.slice(at, at + 10_007), "latin1");
  } finally {
    onEnd();
  }
}

test.each([false, true])("a file gives what its bytes give (every line: %s)", async (everyLine) => {
  const options = { ...OPTIONS, everyLine };
  const told = await readFile(options);
  expect(told).toEqual(await read(frame(chunks(), options)));
  expect(told.summary).toMatchObject({ bytes: text.length, lines: 40_001, unterminatedAt: text.length - 4 });
});

test("reading on from a line start gives the rest", async () => {
  const startLine = 20_000;
  const startOffset = lines.slice(0, startLine - 1).join("\n").length + 1;
  const rest = await readFile({ ...OPTIONS, startOffset, startLine });
  const whole = await read(scan(chunks(), OPTIONS));
  const candidates = (all: readonly Line[]) => all.filter(({ role }) => role === "candidate");
  expect(candidates(rest.lines)).toEqual(
    candidates(whole.lines).filter(({ offset }) => offset >= startOffset),
  );
  expect(rest.summary).toEqual(whole.summary);
  expect(rest.lines[0]).toMatchObject({ offset: startOffset, number: startLine });
});

test.each([frame, scan])("a reader that stops early closes its source", async (way) => {
  let closed = false;
  const reading = way(
    chunks(() => {
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
  await expect(read(way(fromChunks(broken()), OPTIONS))).rejects.toThrow("broken");
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
