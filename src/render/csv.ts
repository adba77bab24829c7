// One row per burst, columns named as in the view `bursts`, so that a spreadsheet and SQL speak of the same things.

import { stringify } from "csv-stringify/sync";
import type { Burst, Citation, Report } from "../model/report.ts";
import { csvText } from "./escape.ts";
import type { RenderOptions } from "./renderer.ts";
import { verdictText } from "./statement.ts";
import { type Voice, voiceOf } from "./voice.ts";
import { iso, wall } from "./zone.ts";

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

const isoOrNull = (us: number | null): Cell => (us === null ? null : iso(us));

/** Date and time that a spreadsheet takes for one; its zone stands in a column of its own. */
function local(us: number | null, tz: string): Cell {
  if (us === null) return null;
  const { date, time } = wall(us, tz);
  return `${date} ${time}`;
}

function witnesses(burst: Burst): string {
  return burst.witnesses
    .map((one) => `${one.channel} ${one.relation} ${one.dropLines}+${one.suppressed}`)
    .join("; ");
}

function citationCells(role: "first" | "last", citation: Citation): Row {
  return {
    [`${role}_path`]: citation.path,
    [`${role}_member`]: citation.member,
    [`${role}_byte_offset`]: citation.byteOffset,
    [`${role}_byte_length`]: citation.byteLength,
    [`${role}_sha256`]: citation.sha256,
    [`${role}_text`]: citation.text,
  };
}

function rowOf(burst: Burst, { tz, w }: Voice): Row {
  const { first, last } = burst;
  return {
    burst_id: burst.burstId,
    host: burst.host,
    netns: burst.netns,
    start_local: local(burst.startUs, tz),
    end_local: local(burst.endUs, tz),
    time_zone: tz,
    start_time: isoOrNull(burst.startUs),
    end_time: isoOrNull(burst.endUs),
    start_us: burst.startUs,
    end_us: burst.endUs,
    basis: burst.basis,
    duration_s: burst.durationS,
    drop_lines: burst.dropLines,
    suppressed: burst.suppressed,
    suppressed_shared: burst.suppressedShared,
    drops_min: burst.dropsMin,
    drops_reported: burst.dropsReported,
    drops_max: burst.dropsMax,
    drops_estimate: burst.dropsEstimate,
    bound: burst.bound,
    bound_reasons: burst.boundReasons.join("; "),
    limit_value: burst.limitValue,
    limit_origin: burst.limitOrigin,
    count_before: burst.countBefore,
    count_before_age_s: burst.countBeforeAgeS,
    count_peak: burst.countPeak,
    count_after: burst.countAfter,
    count_after_age_s: burst.countAfterAgeS,
    utilisation: burst.utilisation,
    witness: burst.witness,
    witnesses: witnesses(burst),
    verdict: verdictText(burst, w),
    ...citationCells("first", first),
    ...citationCells("last", last),
    doubted_lines: burst.doubtedLines,
    doubted_suppressed: burst.doubtedSuppressed,
    doubts: burst.doubts.join("; "),
  };
}

const HEADER = [
  ...["burst_id", "host", "netns", "start_local", "end_local", "time_zone"],
  ...["start_time", "end_time", "start_us", "end_us", "basis", "duration_s"],
  ...["drop_lines", "suppressed", "suppressed_shared", "drops_min", "drops_reported", "drops_max"],
  ...["drops_estimate", "bound", "bound_reasons", "limit_value", "limit_origin"],
  ...["count_before", "count_before_age_s", "count_peak", "count_after", "count_after_age_s", "utilisation"],
  ...["witness", "witnesses", "verdict"],
  ...["first_path", "first_member", "first_byte_offset", "first_byte_length", "first_sha256", "first_text"],
  ...["last_path", "last_member", "last_byte_offset", "last_text"],
  ...["doubted_lines", "doubted_suppressed", "doubts"],
  ...["last_byte_length", "last_sha256"],
];

export function* renderCsv(report: Report, _options: RenderOptions): Iterable<string> {
  const voice = voiceOf(report);
  yield `${HEADER.join(",")}\n`;
  for (const host of report.hosts) {
    for (const burst of host.bursts) {
      const row = rowOf(burst, voice);
      const cells = HEADER.map((name) => row[name] ?? null);
      yield stringify([cells.map((cell) => (typeof cell === "string" ? csvText(cell) : cell))]);
    }
  }
}
