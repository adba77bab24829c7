// Coverage of a host's channels, from the extents of its sources and the losses they tell.

import { type Covered, coverage } from "../../analysis/coverage.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { StreamRow } from "./segments.ts";

interface LossRow {
  readonly message: string;
  readonly amount: number | null;
  readonly at_us: number;
  readonly channel: string;
}

interface Loss {
  readonly fromUs: number;
  readonly toUs: number;
  readonly reason: string;
}

/** Remakes the coverage of a host. */
export function keepCoverage(db: Db, hostId: number): void {
  statement(db, "delete_coverage").run({ host_id: hostId });
  const streams = statement(db, "host_streams").all({ host_id: hostId }) as StreamRow[];
  const losses = statement(db, "loss_events").all({ host_id: hostId }) as LossRow[];
  for (const channel of [...new Set(streams.map((stream) => stream.channel))].sort()) {
    const bySource = new Map<number, Covered>();
    for (const stream of streams) {
      if (
        stream.channel !== channel ||
        stream.is_log === 0 ||
        stream.first_us === null ||
        stream.last_us === null
      )
        continue;
      const known = bySource.get(stream.source_id);
      bySource.set(stream.source_id, {
        family: stream.family,
        rank: stream.rank,
        firstUs: Math.min(known?.firstUs ?? stream.first_us, stream.first_us),
        lastUs: Math.max(known?.lastUs ?? stream.last_us, stream.last_us),
      });
    }
    const lost = lossSpans(losses.filter((loss) => loss.channel === channel));
    for (const row of coverage([...bySource.values()], lost)) {
      statement(db, "insert_coverage").run({
        host_id: hostId,
        channel,
        kind: row.kind,
        from_us: row.fromUs,
        to_us: row.toUs,
        reason: row.reason,
      });
    }
  }
}

/** A daemon that ended logs nothing until it starts; rsyslog tells when it begins to leave out lines and when it has ended; journald only that it missed some. */
function lossSpans(rows: readonly LossRow[]): Loss[] {
  const out: Loss[] = [];
  let began: number | null = null;
  let stopped: number | null = null;
  for (const row of rows) {
    if (row.message === "rsyslog-begin") began ??= row.at_us;
    else if (row.message === "rsyslog-lost") {
      out.push({ fromUs: began ?? row.at_us, toUs: row.at_us, reason: "lines-lost" });
      began = null;
    } else if (row.message === "logger-stop") stopped = row.at_us;
    else if (row.message === "logger-start") {
      if (stopped !== null) out.push({ fromUs: stopped, toUs: row.at_us, reason: "daemon-down" });
      stopped = null;
    } else if (row.message === "journald-missed" || row.message === "imkmsg-overwritten") {
      out.push({ fromUs: row.at_us, toUs: row.at_us, reason: "lines-lost" });
    }
  }
  if (began !== null) out.push({ fromUs: began, toUs: began, reason: "lines-lost" });
  return out;
}
