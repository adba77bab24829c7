// A dump of the table itself: /proc/net/nf_conntrack, /proc/net/ip_conntrack or `conntrack -L`. Millions of lines
// are summarised while they pass; none is kept.

import type { Observation } from "../model/observation.ts";
import type { Problem } from "../model/problem.ts";
import { createByteLines, decode } from "./byte-lines.ts";
import { type Command, readCommand } from "./commands.ts";
import type { CreateReader, DocumentReader, DumpSummary } from "./document.ts";
import { write } from "./draft.ts";
import { createHeavyHitters } from "./heavy-hitters.ts";
import { createTally } from "./tally.ts";

/** net/netfilter/nf_conntrack_standalone.c ct_seq_show; the two columns of the family are missing in the old file. */
const ENTRY =
  /^\s*(?:ipv[46]\s+\d+\s+)?([a-z][\w-]*)\s+\d+\s+(?:\d+\s+)?(?:([A-Z][A-Z_\d]*)\s+)?src=(\S+)\s+dst=\S+(?:\s+sport=\d+\s+dport=(\d+))?/;
const TRAILER = /^conntrack v[\d.]+ (?:.*: (\d+) flow entries)?/;

/** Labels counted at a time; a host has far fewer states and, mostly, fewer sources and ports than this. */
const CAPACITY = 4096;
const TOP = 20;

class DumpReader implements DocumentReader {
  readonly #origin: string;
  readonly #netns: string | null;
  readonly #lines = createByteLines();
  readonly #tally = createTally();
  readonly #states = createHeavyHitters(CAPACITY);
  readonly #sources = createHeavyHitters(CAPACITY);
  readonly #ports = createHeavyHitters(CAPACITY);
  #total = 0;
  #assured = 0;
  #unreplied = 0;
  #firstText = "";
  /** The command above the entries, where one is shown. */
  #command: Command | null = null;
  /** The number of entries by the tool's own last line. */
  #told: number | null = null;
  #ended = false;

  constructor(origin: string, netns: string | null) {
    this.#origin = origin;
    this.#netns = netns;
  }

  push(chunk: Uint8Array): Observation[] {
    for (const { bytes, offset } of this.#lines.push(chunk)) this.#count(bytes, offset);
    return [];
  }

  end(): Observation[] {
    for (const { bytes, offset } of this.#lines.end()) this.#count(bytes, offset);
    for (const offset of this.#lines.tooLong()) this.#tally.add("line-too-long", offset);
    this.#ended = true;
    const value = this.#entries();
    if (value === null) return [];
    const draft = { kind: "entries", key: "nf_conntrack_count", value } as const;
    const place = {
      offset: 0,
      length: this.#lines.size(),
      text: this.#firstText,
      stamp: null,
      uptimeUs: null,
      host: null,
      netns: this.#netns,
    };
    return write([draft], this.#origin, place, this.#tally);
  }

  problems(): Problem[] {
    return this.#tally.problems();
  }

  occupancy(): DumpSummary | null {
    if (!this.#ended) return null;
    const missedMost = Math.max(
      this.#states.missedMost(),
      this.#sources.missedMost(),
      this.#ports.missedMost(),
    );
    return {
      total: this.#total,
      byProtoState: this.#states.top(TOP),
      bySource: this.#sources.top(TOP),
      byDestPort: this.#ports.top(TOP),
      assured: this.#assured,
      unreplied: this.#unreplied,
      exact: missedMost === 0,
      missedMost,
    };
  }

  /** Entries of the whole table; null where a part of it is shown and the tool does not say of how many. */
  #entries(): number | null {
    if (this.#command?.wholeTable === false) return null;
    return this.#command?.cut === true ? this.#told : this.#total;
  }

  #note(bytes: string, offset: number): void {
    if (offset === 0) this.#command = readCommand(decode(bytes).trim());
    const trailer = TRAILER.exec(bytes);
    if (trailer?.[1] !== undefined) this.#told = Number(trailer[1]);
    if (bytes.trim() !== "" && offset > 0 && trailer === null) this.#tally.add("bad-row", offset);
  }

  #count(bytes: string, offset: number): void {
    const match = ENTRY.exec(bytes);
    if (match === null) {
      this.#note(bytes, offset);
      return;
    }
    const [, protocol = "", state, source = "", port] = match;
    const quiet = bytes.includes("[UNREPLIED]");
    if (this.#total === 0) this.#firstText = decode(bytes);
    this.#total += 1;
    if (bytes.includes("[ASSURED]")) this.#assured += 1;
    if (quiet) this.#unreplied += 1;
    const condition = state ?? (quiet ? "UNREPLIED" : null);
    this.#states.add(condition === null ? protocol : `${protocol} ${condition}`);
    this.#sources.add(source);
    if (port !== undefined) this.#ports.add(`${protocol}/${port}`);
  }
}

export const createDumpReader: CreateReader = (origin, facts) => new DumpReader(origin, facts.netns ?? null);
