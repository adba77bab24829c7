// First and last instant of streams, and the instant of booting, read off the rows of sources that were dated now.

import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { StreamRow } from "./dating-rows.ts";
import type { KnownStream } from "./dating-streams.ts";

type Times = Pick<KnownStream, "firstUs" | "lastUs" | "bootUs">;

interface Extent {
  readonly stream_id: number;
  readonly first_us: number;
  readonly last_us: number;
}

interface Booted {
  readonly stream_id: number;
  readonly boot_us: number;
}

/** Keeps the times of `streams`, which are all of these sources, in their rows and in what `known` gives of them. */
export function keepTimes(
  db: Db,
  sourceIds: readonly number[],
  streams: readonly StreamRow[],
  known: (streamId: number) => Times | undefined,
): void {
  const times = new Map<number, Times>();
  for (const source_id of sourceIds) {
    const booted = statement(db, "stream_boot_instants").all({ source_id }) as Booted[];
    const boots = new Map(booted.map((row) => [row.stream_id, row.boot_us]));
    for (const row of statement(db, "stream_extents").all({ source_id }) as Extent[]) {
      const bootUs = boots.get(row.stream_id) ?? null;
      times.set(row.stream_id, { firstUs: row.first_us, lastUs: row.last_us, bootUs });
    }
  }
  for (const { stream_id, first_us, last_us, boot_us } of streams) {
    const found = times.get(stream_id) ?? { firstUs: null, lastUs: null, bootUs: null };
    Object.assign(known(stream_id) ?? {}, found);
    const { firstUs, lastUs, bootUs } = found;
    if (firstUs === first_us && lastUs === last_us && bootUs === boot_us) continue;
    statement(db, "set_stream_extent").run({
      stream_id,
      first_us: firstUs,
      last_us: lastUs,
      boot_us: bootUs,
    });
  }
}
