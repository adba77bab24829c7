// Reports as tests ask for them: everything that a database tells, unless a test narrows it.

import type { Report } from "../../src/model/report.ts";
import { buildReport } from "../../src/pipeline/reporting/report.ts";
import type { ReportOptions } from "../../src/pipeline/reporting/rows.ts";
import { openForReading } from "../../src/store/open.ts";

export const EVERYTHING: ReportOptions = {
  host: null,
  sinceUs: null,
  untilUs: null,
  gapUs: null,
  mostBursts: 1000,
  evidence: true,
  undated: true,
  trustedOnly: false,
  displayTz: "UTC",
  lang: "en",
};

/** The report of the database at `path`. */
export function reportOf(path: string, options: Partial<ReportOptions> = {}): Report {
  const db = openForReading(path);
  try {
    return buildReport(db, { ...EVERYTHING, ...options });
  } finally {
    db.close();
  }
}
