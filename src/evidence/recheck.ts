// Cited bytes read again: what stands there now against what was hashed, or kept as text, when they were read.

import { createHash, type Hash } from "node:crypto";
import type { Outcome } from "../model/verification.ts";
import { decode, hashLine } from "./cite.ts";

/** Something that was read from these bytes. */
export interface Cited {
  readonly kind: "event" | "observation";
  readonly id: number;
  readonly offset: number;
  readonly length: number;
  /** Hash of the bytes; null where only their text was kept. */
  readonly sha256: Uint8Array | null;
  /** Decoded, perhaps cut short. Of an event without a hash it tells the bytes of a line. */
  readonly text: string;
  /** Of an event: how many times the line stands there, first and last among them. */
  readonly times: number;
}

export interface Recheck {
  push(chunk: Uint8Array): void;
  /** The stream ended: whatever was not reached is missing. */
  end(): void;
  /** True once nothing more of the stream is wanted. */
  done(): boolean;
}

interface Open {
  readonly one: Cited;
  /** Of a span too long to be kept. */
  readonly hash: Hash | null;
  /** The bytes, where they are few. */
  readonly kept: Uint8Array[];
  left: number;
}

/** More than two of the longest lines. Longer spans are known by their hash alone. */
const KEPT_BYTES = 4 << 20;

/**
 * Compares one stream with what cites it.
 * @param cited in order of offset, pulled as the stream comes to them.
 * @param tell gets each once, with what became of it; `missing`: the stream ends before it.
 */
export function createRecheck(cited: Iterator<Cited>, tell: (one: Cited, outcome: Outcome) => void): Recheck {
  let open: Open[] = [];
  let at = 0;
  let next = pull(cited);

  const settle = (span: Open) => tell(span.one, isSame(span) ? "same" : "changed");

  /** Bytes that follow what the open spans have. */
  const feed = (chunk: Uint8Array) => {
    for (const span of open) {
      const part = chunk.subarray(0, span.left);
      span.hash?.update(part);
      // Only what goes on in the next chunk outlives this one.
      if (span.hash === null) span.kept.push(part.length === span.left ? part : Uint8Array.from(part));
      span.left -= part.length;
      if (span.left === 0) settle(span);
    }
    open = open.filter((span) => span.left > 0);
  };

  return {
    push(chunk) {
      let base = at;
      let rest = chunk;
      at += chunk.length;
      // Spans that begin here are opened a piece of the chunk at a time: a chunk can hold thousands of them.
      while (next !== null && next.offset < at) {
        const from = Math.max(0, next.offset - base);
        if (from > 0) {
          feed(rest.subarray(0, from));
          rest = rest.subarray(from);
          base += from;
        }
        const hash = next.length > KEPT_BYTES ? createHash("sha256") : null;
        open.push({ one: next, hash, kept: [], left: next.length });
        next = pull(cited);
      }
      feed(rest);
    },
    end() {
      for (const { one } of open) tell(one, "missing");
      for (; next !== null; next = pull(cited)) tell(next, "missing");
      open = [];
    },
    done: () => next === null && open.length === 0,
  };
}

function pull(cited: Iterator<Cited>): Cited | null {
  const next = cited.next();
  return next.done === true ? null : next.value;
}

function isSame({ one, hash, kept }: Open): boolean {
  const { sha256, text } = one;
  if (hash !== null) return sha256 !== null && hash.digest().equals(sha256);
  const raw = Buffer.concat(kept).toString("latin1");
  const bare = bareLines(raw);
  if (sha256 === null) return one.kind === "event" ? standsThere(bare, one) : startsAlike(decode(bare), text);
  const wanted = Buffer.from(sha256);
  return wanted.equals(hashLine(raw)) || (bare !== raw && wanted.equals(hashLine(bare)));
}

/** The line begins and ends the span, and stands there as often as it did. */
function standsThere(bare: string, { text, times }: Cited): boolean {
  if (times === 1) return bare === text;
  const lines = bare.split("\n");
  return lines[0] === text && lines.at(-1) === text && lines.filter((line) => line === text).length === times;
}

/** Lines as they are read: what stands before and behind them (NUL, byte order mark, CR) and blank ones left out. */
function bareLines(raw: string): string {
  return raw
    .split("\n")
    .map((line) => line.replace(/^\0*(?:\u00ef\u00bb\u00bf)?/, "").replace(/\r+$/, ""))
    .filter((line) => line !== "")
    .join("\n");
}

/** Fewest characters that any text is cut to. */
const KEPT_TEXT = 1024;

/** Text is kept up to a limit; a sample out of a JSON document has its series' name before it. */
function startsAlike(now: string, kept: string): boolean {
  if (now === kept || (kept.length >= KEPT_TEXT && now.startsWith(kept.slice(0, KEPT_TEXT - 1)))) return true;
  const sample = /^\S+\{.*\} (?=\[[^\]]*\]$)/.exec(kept);
  return sample !== null && now.replace(/\s+/g, "") === kept.slice(sample[0].length).replace(/\s+/g, "");
}
