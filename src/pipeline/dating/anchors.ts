// What a source tells of its boots' clocks: lines with both an uptime and an instant, and steps it mentions.

import type { AnchorQuality } from "../../clock/anchor.ts";
import { type BootClock, createBootClock } from "../../clock/boot-clock.ts";
import { findDerivedBase } from "../../clock/derived.ts";
import type { Pair } from "../../clock/lend.ts";
import { STAMP } from "../../model/stored.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { anchoringEvents, type SourceRow, tellingAnchorsOf } from "./dating-rows.ts";

/** Events of one source that serve as anchors: more would only be thinned out again. */
const MOST_EVENTS = 8192;

export interface BootClocks {
  of(streamId: number): BootClock | null;
  /** Takes what `source` tells; `explicit`: only stamps that need no zone, `dated`: those dated since. */
  collect(source: SourceRow, phase: "explicit" | "dated"): void;
  /** Boot time that a source's computed stamps were made with, or null. */
  derivedBase(streamId: number, source: SourceRow): number | null;
  /** An anchor from another boot's evidence, for a boot that has none. */
  lend(streamId: number, pair: Pair, resolutionUs: number, quality: AnchorQuality): void;
  all(): readonly { readonly root: number; readonly clock: BootClock }[];
}

/** Makes the clocks of all boots. `bootOf`: number of the boot of a stream, equal for streams of one boot. */
export function createBootClocks(db: Db, bootOf: (streamId: number) => number): BootClocks {
  const clocks = new Map<number, BootClock>();
  /** Instants told by texts of a boot, with the uptime at which they were told. */
  const toldAt = new Map<string, number>();
  const derived = new Map<number, number | null>();

  const clockOf = (streamId: number): BootClock => {
    const root = bootOf(streamId);
    const known = clocks.get(root);
    if (known) return known;
    const made = createBootClock();
    clocks.set(root, made);
    return made;
  };

  const collectMarks = (source: SourceRow, phase: "explicit" | "dated") => {
    if (source.has_uptime === 0) return;
    for (const row of tellingAnchorsOf(db, source)) {
      if (row.uptime_us === null) continue;
      if (phase === "explicit" && row.kind === "step") clockOf(row.stream_id).set(row.uptime_us);
      if (phase === "explicit" && row.told_us !== null) {
        toldAt.set(`${bootOf(row.stream_id)} ${row.told_us}`, row.uptime_us);
        // The kernel sets its clock and says so at once, in whole seconds; an audit record may be printed late.
        const quality = row.told_us % 1_000_000 === 0 ? "both-clocks" : "logged";
        anchor(row.stream_id, row.uptime_us, row.told_us, 1_000_000, quality, row.id);
      }
      const atUs = usable(row, phase);
      const quality = row.kind === "sample" ? "both-clocks" : "logged";
      if (atUs !== null)
        anchor(row.stream_id, row.uptime_us, atUs, row.resolution_us ?? 1_000_000, quality, row.id);
    }
  };

  const anchor = (
    streamId: number,
    uptimeUs: number,
    atUs: number,
    resolutionUs: number,
    quality: AnchorQuality,
    id: number,
  ) => clockOf(streamId).anchor({ uptimeUs, atUs, resolutionUs, quality, id });

  const collectEvents = (source: SourceRow, phase: "explicit" | "dated") => {
    for (const row of anchoringEvents(db, source, MOST_EVENTS)) {
      const atUs = usable(row, phase);
      // Event ids and anchor ids are told apart by their sign.
      if (atUs !== null && row.uptime_us !== null)
        anchor(row.stream_id, row.uptime_us, atUs, row.resolution_us ?? 1_000_000, "logged", -row.id);
    }
  };

  return {
    of: (streamId) => clocks.get(bootOf(streamId)) ?? null,
    collect(source, phase) {
      collectMarks(source, phase);
      collectEvents(source, phase);
    },
    derivedBase(streamId, source) {
      const known = derived.get(streamId);
      if (known !== undefined) return known;
      const base = findBase(
        db,
        streamId,
        source,
        (toldUs) => toldAt.get(`${bootOf(streamId)} ${toldUs}`) ?? null,
      );
      derived.set(streamId, base);
      return base;
    },
    lend: (streamId, { uptimeUs, atUs, id }, resolutionUs, quality) =>
      anchor(streamId, uptimeUs, atUs, resolutionUs, quality, id),
    all: () => [...clocks].map(([root, clock]) => ({ root, clock })),
  };
}

interface Stamped {
  readonly stamp_kind: number;
  readonly stamp_us: number | null;
  readonly at_us?: number | null;
}

function usable(row: Stamped, phase: "explicit" | "dated"): number | null {
  if (phase === "explicit") return row.stamp_kind === STAMP.instant ? row.stamp_us : null;
  return row.stamp_kind === STAMP.wall || row.stamp_kind === STAMP.yearless ? (row.at_us ?? null) : null;
}

/** Computed stamps and uptimes of the same lines, by the instants their texts tell and by the first line. */
function findBase(
  db: Db,
  streamId: number,
  source: SourceRow,
  uptimeOfTold: (toldUs: number) => number | null,
): number | null {
  const pairs: { derivedUs: number; uptimeUs: number; resolutionUs: number }[] = [];
  for (const row of tellingAnchorsOf(db, source)) {
    if (row.stream_id !== streamId || row.stamp_us === null || row.told_us === null || row.uptime_us !== null)
      continue;
    const uptimeUs = uptimeOfTold(row.told_us);
    if (uptimeUs !== null)
      pairs.push({ derivedUs: row.stamp_us, uptimeUs, resolutionUs: row.resolution_us ?? 1_000_000 });
  }
  if (pairs.length === 0) return null;
  const boots = statement(db, "boot_lines").all({ source_id: source.source_id }) as {
    stream_id: number;
    stamp_us: number | null;
    resolution_us: number | null;
    uptime_us: number | null;
  }[];
  for (const row of boots) {
    if (row.stream_id !== streamId || row.stamp_us === null || row.uptime_us !== null) continue;
    pairs.push({ derivedUs: row.stamp_us, uptimeUs: 0, resolutionUs: row.resolution_us ?? 1_000_000 });
  }
  return findDerivedBase(pairs);
}
