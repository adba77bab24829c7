// What a report says of its sources: which were read, what they lacked, what dumps of the table held.

import type { Occupancy, ReportProblem } from "../../model/report.ts";
import type { ReportSource } from "../../model/report-source.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { NO_CITATION } from "./citations.ts";
import type { ReportOptions } from "./rows.ts";

/** Who filled the table, by every dump of it. */
export function readOccupancies(db: Db, hostId: number): Occupancy[] {
  const rows = statement(db, "report_occupancies").all({ host_id: hostId }) as {
    source_id: number;
    total: number;
    at_us: number | null;
    path: string;
    member: string | null;
  }[];
  return rows.map((row) => {
    const shares = statement(db, "report_occupancy_shares").all({ source_id: row.source_id }) as {
      facet: string;
      label: string;
      entries: number;
    }[];
    const of = (facet: string) =>
      shares.filter((share) => share.facet === facet).map(({ label, entries }) => ({ label, entries }));
    return {
      atUs: row.at_us,
      total: row.total,
      byState: of("state"),
      bySource: of("source"),
      byPort: of("port"),
      citation: { ...NO_CITATION, path: row.path, member: row.member },
    };
  });
}

/** Everything that could not be read, dated or trusted. */
export function readProblems(db: Db): ReportProblem[] {
  const rows = statement(db, "report_problems").all() as {
    path: string | null;
    kind: string;
    count: number;
    first_byte_offset: number | null;
    message: string;
  }[];
  return rows.map(({ first_byte_offset, ...rest }) => ({ ...rest, firstByteOffset: first_byte_offset }));
}

/** Sources of the host that reach into the range; what nothing dates is in every range. */
export function readSources(db: Db, { host, sinceUs, untilUs }: ReportOptions): ReportSource[] {
  const rows = statement(db, "report_sources").all({ host, since_us: sinceUs, until_us: untilUs }) as (Omit<
    ReportSource,
    "sourceId" | "complete" | "firstUs" | "lastUs" | "isLog"
  > & {
    source_id: number;
    complete: number;
    first_us: number | null;
    last_us: number | null;
    is_log: number;
  })[];
  return rows.map(({ source_id, complete, first_us, last_us, is_log, ...rest }) => ({
    sourceId: source_id,
    ...rest,
    complete: complete === 1,
    firstUs: first_us,
    lastUs: last_us,
    isLog: is_log === 1,
  }));
}
