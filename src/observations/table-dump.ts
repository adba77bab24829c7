// A dump of the table itself: /proc/net/nf_conntrack, /proc/net/ip_conntrack or `conntrack -L`. Millions of lines
// are summarised while they pass; none is kept.

import { createByteLines, decode } from "./byte-lines.ts";
import type { CreateReader, DumpSummary } from "./document.ts";
import { write } from "./draft.ts";
import { createHeavyHitters } from "./heavy-hitters.ts";
import { createTally } from "./tally.ts";

/** net/netfilter/nf_conntrack_standalone.c ct_seq_show; the two columns of the family are missing in the old file. */
const ENTRY =
  /^\s*(?:ipv[46]\s+\d+\s+)?([a-z][\w-]*)\s+\d+\s+(?:\d+\s+)?(?:([A-Z][A-Z_\d]*)\s+)?src=(\S+)\s+dst=\S+(?:\s+sport=\d+\s+dport=(\d+))?/;
const TRAILER = /^conntrack v[\d.]+ /;

/** Labels counted at a time; a host has far fewer states and, mostly, fewer sources and ports than this. */
const CAPACITY = 4096;
const TOP = 20;

export const createDumpReader: CreateReader = (origin, facts) => {
  const lines = createByteLines();
  const tally = createTally();
  const states = createHeavyHitters(CAPACITY);
  const sources = createHeavyHitters(CAPACITY);
  const ports = createHeavyHitters(CAPACITY);
  let total = 0;
  let assured = 0;
  let unreplied = 0;
  let firstText = "";
  let ended = false;

  function count(bytes: string, offset: number): void {
    const match = ENTRY.exec(bytes);
    if (match === null) {
      if (bytes.trim() !== "" && offset > 0 && !TRAILER.test(bytes)) tally.add("bad-row", offset);
      return;
    }
    const [, protocol = "", state, source = "", port] = match;
    const quiet = bytes.includes("[UNREPLIED]");
    if (total === 0) firstText = decode(bytes);
    total += 1;
    if (bytes.includes("[ASSURED]")) assured += 1;
    if (quiet) unreplied += 1;
    states.add(state === undefined ? (quiet ? `${protocol} UNREPLIED` : protocol) : `${protocol} ${state}`);
    sources.add(source);
    if (port !== undefined) ports.add(`${protocol}/${port}`);
  }

  function summary(): DumpSummary {
    const missedMost = Math.max(states.missedMost(), sources.missedMost(), ports.missedMost());
    return {
      total,
      byProtoState: states.top(TOP),
      bySource: sources.top(TOP),
      byDestPort: ports.top(TOP),
      assured,
      unreplied,
      exact: missedMost === 0,
      missedMost,
    };
  }

  return {
    push(chunk) {
      for (const { bytes, offset } of lines.push(chunk)) count(bytes, offset);
      return [];
    },
    end() {
      for (const { bytes, offset } of lines.end()) count(bytes, offset);
      for (const offset of lines.tooLong()) tally.add("line-too-long", offset);
      ended = true;
      const place = {
        offset: 0,
        length: lines.size(),
        text: firstText,
        stamp: null,
        uptimeUs: null,
        host: null,
        netns: facts.netns ?? null,
      };
      return write([{ kind: "entries", key: "nf_conntrack_count", value: total }], origin, place, tally);
    },
    problems: () => tally.problems(),
    occupancy: () => (ended ? summary() : null),
  };
};
