// The search in WebAssembly. The module's memory is the window itself, so nothing is copied to be looked through.

import { BUCKETS, type Placed, place } from "./fingerprints.ts";
import { FOUND_LINES, FOUND_NUMBERS, type Run, type Search } from "./search.ts";
import { type Engine, engine } from "./wasm/engine.ts";
import { FOUND, KIND, NEEDLE, PRINT, SET, TOLD, WINDOW } from "./wasm/layout.ts";
import { PROGRAMS } from "./wasm/program.ts";

const PAGE = 64 * 1024;
const SETS = { needles: 64, both: 64 + SET.bytes };
const LINES = 64 + 2 * SET.bytes;
const NEEDLES = LINES + FOUND_LINES * FOUND.bytes;
/** A run reads in steps of 16 bytes, and so a little over the end. */
const OVERRUN = 64;

interface Exports {
  search(from: number, to: number, set: number, found: number, foundTo: number): number;
  lineStart(at: number, low: number): number;
  lineEnd(at: number): number;
  copy(to: number, from: number, length: number): void;
}

/** Made once for the process; null where it cannot be. */
let machine: Machine | null | undefined;
interface Machine {
  readonly engine: Engine;
  readonly module: object;
}

/**
 * Null where SIMD is missing, or the needles do not fit in front of the window. `form`: of `PROGRAMS`, else the first
 * that the engine takes.
 */
export function simdSearch(
  needles: readonly string[],
  clockNeedles: readonly string[],
  windowBytes: number,
  form?: keyof typeof PROGRAMS,
): Search | null {
  if (form === undefined && machine === undefined) machine = compile("relaxed") ?? compile("strict");
  const made = form === undefined ? machine : compile(form);
  if (made === null || made === undefined) return null;
  const joinedAt = WINDOW + windowBytes + OVERRUN;
  const memory = new made.engine.Memory({ initial: Math.ceil((joinedAt + windowBytes) / PAGE) });
  const bytes = Buffer.from(memory.buffer);
  if (!writeNeedles(bytes, NEEDLES, needles, clockNeedles)) return null;
  const instance = new made.engine.Instance(made.module, { env: { memory } });
  return bind(instance.exports as unknown as Exports, bytes, windowBytes, joinedAt);
}

function compile(form: keyof typeof PROGRAMS): Machine | null {
  const code = PROGRAMS[form]();
  return engine?.validate(code) ? { engine, module: new engine.Module(code) } : null;
}

function bind(wasm: Exports, bytes: Buffer, windowBytes: number, joinedAt: number): Search {
  const window = bytes.subarray(WINDOW, WINDOW + windowBytes);
  const lines = new Int32Array(bytes.buffer, LINES, FOUND_LINES * FOUND_NUMBERS);
  const tellings = new Int32Array(bytes.buffer, 0, 4);
  const told: Run = { stopped: 0, found: 0, newlines: 0, atClock: false, sawNul: false };
  let joinedTo = joinedAt;
  return {
    window,
    lines,
    run(from, to, clocks) {
      const set = clocks ? SETS.both : SETS.needles;
      told.stopped = wasm.search(WINDOW + from, WINDOW + to, set, LINES, NEEDLES) - WINDOW;
      told.found = ((tellings[TOLD.foundEnd / 4] ?? 0) - LINES) / FOUND.bytes;
      told.newlines = tellings[TOLD.newlines / 4] ?? 0;
      told.atClock = tellings[TOLD.kind / 4] === KIND.clock;
      told.sawNul = tellings[TOLD.nul / 4] !== 0;
      return told;
    },
    lineBefore: (begin, low) => wasm.lineStart(WINDOW + begin - 1, WINDOW + low) - WINDOW,
    newlineFrom: (at) => wasm.lineEnd(WINDOW + at) - WINDOW,
    join(from, to) {
      wasm.copy(joinedTo, WINDOW + from, to - from);
      joinedTo += to - from;
    },
    joined() {
      const text = bytes.toString("latin1", joinedAt, joinedTo);
      joinedTo = joinedAt;
      return text;
    },
  };
}

/** Lays down tables, lists and texts of both sets from `at` on; false where they do not fit in front of the window. */
function writeNeedles(
  bytes: Buffer,
  at: number,
  needles: readonly string[],
  clocks: readonly string[],
): boolean {
  const all = [...needles, ...clocks];
  const texts = all.reduce((sum, needle) => sum + needle.length, 0);
  // In each set a list per bucket, each with an end.
  if (at + texts + 2 * (all.length + BUCKETS) * NEEDLE.bytes > WINDOW) return false;
  let free = at;
  const placed = place(all).map((one) => {
    const address = free;
    free += bytes.write(one.needle, free, "latin1");
    return { ...one, address, kind: needles.includes(one.needle) ? KIND.needle : KIND.clock };
  });
  const searched = placed.filter(({ kind }) => kind === KIND.needle);
  free = writeSet(bytes, SETS.needles, searched, free);
  writeSet(bytes, SETS.both, placed, free);
  return true;
}

type Laid = Placed & { readonly address: number; readonly kind: number };

/** Gives the address behind the lists. */
function writeSet(bytes: Buffer, set: number, needles: readonly Laid[], at: number): number {
  let free = at;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    bytes.writeInt32LE(free, set + SET.buckets + 4 * bucket);
    for (const one of needles.filter((laid) => laid.bucket === bucket)) {
      writeTables(bytes, set + SET.tables, one);
      bytes.writeInt32LE(one.needle.length, free + NEEDLE.length);
      bytes.writeInt32LE(one.address, free + NEEDLE.address);
      bytes.write(one.needle.slice(0, 4), free + NEEDLE.first, "latin1");
      bytes.fill(0xff, free + NEEDLE.mask, free + NEEDLE.mask + Math.min(4, one.needle.length));
      bytes.writeInt32LE(one.at, free + NEEDLE.printAt);
      bytes.writeInt32LE(one.kind, free + NEEDLE.kind);
      free += NEEDLE.bytes;
    }
    // A length of 0 ends the list: memory is zero here.
    free += NEEDLE.bytes;
  }
  return free;
}

/** Sets the bucket's bit for the low nibble of each fingerprint byte; for any, where that stands before the needle. */
function writeTables(bytes: Buffer, tables: number, { needle, at, bucket }: Placed): void {
  for (let index = 0; index < PRINT; index++) {
    const byte = needle.charCodeAt(at + index);
    for (let low = 0; low < 16; low++) {
      const place = tables + index * 16 + low;
      if (at + index < 0 || (byte & 15) === low) bytes[place] = (bytes[place] ?? 0) | (1 << bucket);
    }
  }
}
