// The history of a host's settings, and where what is configured is not what the kernel has.

import type { Force } from "../../model/observation.ts";
import type { HostReport, LimitSpan } from "../../model/report.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import { NO_CITATION, readReadingLines } from "./citations.ts";

export function readLimits(db: Db, hostId: number): LimitSpan[] {
  const rows = statement(db, "report_limit_spans").all({ host_id: hostId }) as {
    netns: string | null;
    key: string;
    value: number;
    since_us: number | null;
    until_us: number | null;
    force: Force;
    origin: string;
    observation_id: number;
  }[];
  const cited = readReadingLines(
    db,
    rows.map((row) => row.observation_id),
  );
  return rows.map((row) => ({
    netns: row.netns,
    key: row.key,
    value: row.value,
    sinceUs: row.since_us,
    untilUs: row.until_us,
    force: row.force,
    origin: row.origin,
    citation: cited.get(row.observation_id) ?? NO_CITATION,
  }));
}

/** The last configured and the last effective value of a key, where they differ. */
export function mismatches(limits: readonly LimitSpan[]): HostReport["mismatches"] {
  const keys = [...new Set(limits.filter((one) => one.force === "configured").map((one) => one.key))].sort();
  return keys.flatMap((key) => {
    const of = (force: string) => limits.filter((one) => one.key === key && one.force === force).at(-1);
    const configured = of("configured");
    const effective = of("effective");
    if (configured === undefined || effective === undefined || configured.value === effective.value)
      return [];
    return [{ key, configured, effective }];
  });
}
