// Spoiled copies of the corpus through the whole pipeline: no exception, a sound database, and wherever a drop's line
// and its neighbours came through untouched, its event is found at its new place. 10000 copies with CONNTRAIL_HEAVY
// (`npm run test:mutated`), some here.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { detectRecords } from "../../src/formats/records.ts";
import { ALL_TOKENS } from "../fuzz/mutations.ts";
import { chance, HEAVY } from "../nightly/support.ts";
import { corpus } from "../support/corpus.ts";
import { makeDatabase } from "../support/database.ts";

const COPIES = Number(process.env.CONNTRAIL_COPIES ?? (HEAVY ? 10_000 : 100));
const SEED = Number(process.env.CONNTRAIL_SEED ?? Date.now() % 1_000_000_000);
/** Lines around an event that must be untouched as well: a message can be wrapped over its neighbours. */
const NEAR = 4;
const MOST_BYTES = 200_000;

interface Sound {
  readonly name: string;
  readonly bytes: Buffer;
  /** Records can only be found again where the one before ended. */
  readonly ofLines: boolean;
  /** Drops as told by their own line alone. */
  readonly drops: readonly { readonly offset: number; readonly length: number }[];
}

/** What is left of the original: bytes from `from` to `to` now begin at `now`. */
interface Kept {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-mutated-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function corpusFiles(): string[] {
  const names = readdirSync(`${corpus}`, { recursive: true }) as string[];
  return names.filter((name) => /\.(?:log|txt|csv)$/.test(name) && !name.includes("README")).sort();
}

interface Row {
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly text: string;
}

async function ingest(path: string): Promise<{ sound: unknown; drops: Row[] }> {
  const made = makeDatabase();
  try {
    await made.ingest([path]);
    const drops = made.all<Row>("select byte_offset, byte_length, text from events where kind = 'drop'");
    return { sound: made.one("pragma integrity_check"), drops };
  } finally {
    made.remove();
  }
}

async function readSound(name: string): Promise<Sound> {
  const whole = readFileSync(join(`${corpus}`, name));
  const bytes = whole.subarray(0, whole.lastIndexOf("\n", MOST_BYTES) + 1);
  const path = join(folder, name.replaceAll("/", "-"));
  writeFileSync(path, bytes);
  const { drops } = await ingest(path);
  const own = drops.filter(({ text }) => !text.includes("repeated"));
  return {
    name,
    bytes,
    ofLines: detectRecords(bytes.subarray(0, 65_536)) === null,
    drops: own.map(({ byte_offset, byte_length }) => ({ offset: byte_offset, length: byte_length })),
  };
}

/** A few edits behind the first line (which tells what the file is), in file order. */
function spoil(
  bytes: Buffer,
  others: readonly Sound[],
  random: () => number,
): { copy: Buffer; kept: Kept[] } {
  const below = (limit: number) => Math.floor(random() * limit);
  const least = bytes.indexOf("\n") + 1;
  const places = Array.from({ length: 1 + below(10) }, () => least + below(bytes.length - least + 1));
  const parts: Buffer[] = [];
  const kept: Kept[] = [];
  let done = 0;
  let size = 0;
  for (const at of places.sort((a, b) => a - b)) {
    if (at < done) continue;
    parts.push(bytes.subarray(done, at));
    kept.push({ from: done, to: at, now: size });
    const { put, skip } = edit(bytes, at, others, below);
    parts.push(put);
    size += at - done + put.length;
    done = Math.min(bytes.length, at + skip);
  }
  parts.push(bytes.subarray(done));
  kept.push({ from: done, to: bytes.length, now: size });
  return { copy: Buffer.concat(parts), kept };
}

function edit(bytes: Buffer, at: number, others: readonly Sound[], below: (limit: number) => number) {
  const nothing = Buffer.alloc(0);
  const some = 1 + below(below(4) === 0 ? 2000 : 60);
  switch (below(7)) {
    case 0:
      return { put: Buffer.from([(bytes[at] ?? 0) ^ (1 << below(8))]), skip: 1 };
    case 1:
      return { put: nothing, skip: some };
    case 2:
      return { put: ALL_TOKENS[below(ALL_TOKENS.length)] ?? nothing, skip: 0 };
    case 3:
      return { put: ALL_TOKENS[below(ALL_TOKENS.length)] ?? nothing, skip: some };
    case 4:
      return { put: bytes.subarray(at, at + some), skip: 0 };
    case 5: {
      const other = others[below(others.length)]?.bytes ?? nothing;
      const from = below(other.length + 1);
      return { put: other.subarray(from, from + some), skip: 0 };
    }
    default:
      // Cut off, now and then; else damaged in place.
      return below(8) === 0 ? { put: nothing, skip: bytes.length } : { put: Buffer.alloc(some), skip: some };
  }
}

/** Offset at which an untouched drop stands now, or null. */
function placeNow({ bytes }: Sound, drop: Sound["drops"][number], kept: readonly Kept[]): number | null {
  let from = drop.offset;
  let to = drop.offset + drop.length;
  for (let i = 0; i <= NEAR && from > 0; i += 1) from = bytes.lastIndexOf("\n", from - 2) + 1;
  for (let i = 0; i <= NEAR; i += 1)
    to = bytes.indexOf("\n", to) < 0 ? bytes.length : bytes.indexOf("\n", to) + 1;
  const piece = kept.find((one) => one.from <= from && to <= one.to);
  return piece === undefined ? null : drop.offset - piece.from + piece.now;
}

describe.skipIf(corpus === null)(`${COPIES} spoiled copies of the corpus (CONNTRAIL_SEED=${SEED})`, () => {
  it("leave a sound database and every drop that was not touched", async () => {
    const sound: Sound[] = [];
    for (const name of corpusFiles()) sound.push(await readSound(name));
    const random = chance(SEED);
    const wrong: string[] = [];
    let untouched = 0;
    for (let copy = 0; copy < COPIES; copy += 1) {
      const original = sound[Math.floor(random() * sound.length)];
      if (original === undefined || original.bytes.length === 0) continue;
      const { copy: bytes, kept } = spoil(original.bytes, sound, random);
      const path = join(folder, `copy.${original.name.replaceAll("/", "-")}`);
      writeFileSync(path, bytes);
      const found = await ingest(path).catch((error: unknown) => ({ sound: String(error), drops: [] }));
      rmSync(path);
      if (found.sound !== "ok") wrong.push(`copy ${copy} of ${original.name}: ${found.sound}`);
      if (!original.ofLines) continue;
      const at = new Set(found.drops.map(({ byte_offset }) => byte_offset));
      for (const drop of original.drops) {
        const now = placeNow(original, drop, kept);
        if (now === null) continue;
        untouched += 1;
        if (!at.has(now))
          wrong.push(`copy ${copy} of ${original.name}: no drop at ${now}, once ${drop.offset}`);
      }
    }
    console.log(`mutated.test.ts: ${COPIES} copies of ${sound.length} files, ${untouched} untouched drops`);
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(untouched).toBeGreaterThan(COPIES);
  }, 36_000_000);
});
