// Order of keys in the JSON report, for all records in it. A key that is not here comes last, by its name.

import type * as model from "../model/report.ts";
import type { ReportSource } from "../model/report-source.ts";
import type { Fleet, Totals } from "../model/totals.ts";

type Records =
  | model.Report
  | model.HostReport
  | Totals
  | Fleet
  | Fleet["hours"][number]
  | Fleet["limits"][number]
  | model.Burst
  | model.WitnessAccount
  | model.Citation
  | model.Timeline
  | model.Bucket
  | model.CoverageSpan
  | model.LimitSpan
  | model.Occupancy
  | model.Advice
  | model.AdviceItem
  | model.ReportProblem
  | ReportSource
  | model.Statement
  | model.UnseenGain
  | model.Burst["evidence"][number]
  | model.Timeline["marks"][number]
  | model.Timeline["limits"][number]
  | model.Occupancy["byState"][number]
  | model.HostReport["mismatches"][number];

type KeysOf<T> = T extends unknown ? keyof T : never;

export const KEY_ORDER = [
  ...["id", "values", "schemaVersion", "displayTz", "lang", "gapS", "trustedOnly", "sinceUs", "untilUs"],
  ...[
    "burstId",
    "sourceId",
    "host",
    "names",
    "netns",
    "role",
    "key",
    "value",
    "label",
    "labelSaid",
    "entries",
  ],
  ...[
    "path",
    "member",
    "channel",
    "kind",
    "fromUs",
    "toUs",
    "atUs",
    "bucketUs",
    "startUs",
    "endUs",
    "durationS",
  ],
  ...["basis", "reason", "reasonSaid", "unit", "current", "assumption", "assumptionSaid", "total", "totals"],
  ...[
    "dropLines",
    "suppressed",
    "suppressedShared",
    "dropsMin",
    "dropsReported",
    "dropsMax",
    "dropsEstimate",
  ],
  ...[
    "bound",
    "boundReasons",
    "tailCap",
    "doubtedLines",
    "doubtedSuppressed",
    "doubts",
    "limitValue",
    "limitOrigin",
  ],
  ...["countBefore", "countBeforeAgeS", "countPeak", "countAfter", "countAfterAgeS", "utilisation"],
  ...[
    "entriesMin",
    "entriesMax",
    "witness",
    "speaks",
    "relation",
    "verdict",
    "verdictSaid",
    "first",
    "last",
    "witnesses",
  ],
  ...[
    "hasLogs",
    "undatedDropLines",
    "unseenGain",
    "gained",
    "secondsAbove90",
    "secondsAbove95",
    "bursts",
    "undatedBursts",
    "burstsLeftOut",
    "evidence",
    "force",
    "origin",
  ],
  ...["configured", "effective", "byState", "bySource", "byPort", "items", "memoryNowBytes"],
  ...[
    "memoryProposedBytes",
    "entryBytes",
    "entryBytesOrigin",
    "snippet",
    "modprobe",
    "warnings",
    "warningsSaid",
  ],
  ...[
    "count",
    "firstByteOffset",
    "message",
    "format",
    "isLog",
    "byteOffset",
    "byteLength",
    "sha256",
    "bytes",
  ],
  ...["complete", "firstUs", "lastUs", "events", "text", "citation"],
  ...["timeline", "limits", "marks", "coverage", "buckets", "mismatches", "occupancy", "advice"],
  ...["fleet", "shown", "dropping", "rest", "example", "hours", "leftOutProblems", "leftOutSources"],
  ...["hosts", "problems", "sources"],
] as const satisfies readonly KeysOf<Records>[];
