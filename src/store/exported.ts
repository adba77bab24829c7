// TABLE: what is exported, with a type for each column that every engine reads alike: instants as timestamps
// (microseconds, UTC), whole numbers as 64-bit integers, text as UTF-8. Columns and their order are the views'.

export type ColumnType = "text" | "integer" | "real" | "timestamp";

export interface ExportColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** What a number counts; null for text and plain counts. */
  readonly unit: "us" | "s" | "bytes" | null;
  /** Of a timestamp: the column that holds the same instant in microseconds. */
  readonly from: string | null;
}

export interface ExportView {
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  /** Column whose UTC day a row is filed under; rows without it go to `day=unknown`. */
  readonly dayOf: string;
  /** What a file is named for: the content of the source its rows are from, or the evidence they were made of. */
  readonly fileOf: "source" | "run";
}

const text = (name: string): ExportColumn => ({ name, type: "text", unit: null, from: null });
const integer = (name: string): ExportColumn => ({ name, type: "integer", unit: unitOf(name), from: null });
const real = (name: string): ExportColumn => ({ name, type: "real", unit: unitOf(name), from: null });
const timestamp = (name: string, from: string): ExportColumn => ({
  name,
  type: "timestamp",
  unit: "us",
  from,
});

function unitOf(name: string): ExportColumn["unit"] {
  if (name.endsWith("_us")) return "us";
  if (name.endsWith("_s")) return "s";
  return name === "byte_offset" || name === "byte_length" ? "bytes" : null;
}

const EVENTS: readonly ExportColumn[] = [
  integer("event_id"),
  timestamp("time", "at_us"),
  integer("at_us"),
  text("basis"),
  integer("uptime_us"),
  integer("boot_id"),
  text("host"),
  text("channel"),
  text("kind"),
  integer("amount"),
  integer("speaks"),
  text("netns"),
  integer("source_id"),
  integer("byte_offset"),
  integer("byte_length"),
  text("text"),
  text("message"),
  text("doubts"),
  integer("line"),
];

const BURSTS: readonly ExportColumn[] = [
  integer("burst_id"),
  text("host"),
  text("netns"),
  timestamp("start_time", "start_us"),
  timestamp("end_time", "end_us"),
  integer("start_us"),
  integer("end_us"),
  real("duration_s"),
  ...["drop_lines", "suppressed", "suppressed_shared", "drops_min"].map(integer),
  ...["drops_reported", "drops_max", "drops_estimate"].map(integer),
  text("bound"),
  text("bound_reasons"),
  integer("limit_value"),
  text("limit_origin"),
  ...["count_before", "count_peak", "count_after"].map(integer),
  real("utilisation"),
  text("witness"),
  integer("witnesses"),
  text("verdict"),
  text("basis"),
  integer("tail_cap"),
  real("count_before_age_s"),
  real("count_after_age_s"),
  ...["headroom", "gap_s", "rules", "pruned", "doubted_lines", "doubted_suppressed"].map(integer),
  text("doubts"),
];

const COUNTS: readonly ExportColumn[] = [
  text("host"),
  text("netns"),
  timestamp("time", "at_us"),
  integer("at_us"),
  integer("entries"),
  integer("limit_value"),
  real("utilisation"),
  text("origin"),
  integer("source_id"),
  integer("byte_offset"),
];

const LIMITS: readonly ExportColumn[] = [
  text("host"),
  text("netns"),
  text("key"),
  integer("value"),
  timestamp("since_time", "since_us"),
  timestamp("until_time", "until_us"),
  text("origin"),
  integer("source_id"),
  integer("byte_offset"),
  text("text"),
  text("read_from"),
  integer("since_us"),
  integer("until_us"),
];

const MINUTES: readonly ExportColumn[] = [
  text("host"),
  text("netns"),
  timestamp("minute_time", "minute_us"),
  integer("minute_us"),
  ...["drop_lines", "suppressed", "entries_max", "limit_value"].map(integer),
];

/** Views that are exported, each into a folder of its name. */
export const EXPORTED: readonly ExportView[] = [
  { name: "events", columns: EVENTS, dayOf: "at_us", fileOf: "source" },
  { name: "bursts", columns: BURSTS, dayOf: "start_us", fileOf: "run" },
  { name: "minutes", columns: MINUTES, dayOf: "minute_us", fileOf: "run" },
  { name: "counts", columns: COUNTS, dayOf: "at_us", fileOf: "source" },
  { name: "limits", columns: LIMITS, dayOf: "since_us", fileOf: "source" },
];

/** Columns that are read; the others tell an instant that one of these holds. */
export function readColumns({ columns }: ExportView): readonly ExportColumn[] {
  return columns.filter(({ from }) => from === null);
}

/** For each column of a view, the place of its value in a row that was read. */
export function placesOf(view: ExportView): number[] {
  const read = readColumns(view);
  return view.columns.map(({ name, from }) => read.findIndex((one) => one.name === (from ?? name)));
}
