// Options that several commands share, defined once.

import { readlinkSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseISO } from "date-fns/parseISO";
import type { Argv } from "yargs";
import { isZone } from "../config/zone-names.ts";
import { EXIT, UserError } from "../errors.ts";
import { LEAP_YEAR_US } from "../model/stamp.ts";

/** Stands for `-` (standard input or output) while yargs has the arguments. */
export const STANDARD = "\u0001-";

/** Paths as the user gave them. */
export function pathsOf(given: readonly string[]): string[] {
  return given.map((path) => (path === STANDARD ? "-" : path));
}

/** --db, --quiet, --json-log. */
export function commonOptions<T>(yargs: Argv<T>) {
  return yargs
    .option("db", {
      type: "string",
      requiresArg: true,
      describe: "database file",
      default: process.env.CONNTRAIL_DB || "conntrail.db",
      defaultDescription: "conntrail.db, or CONNTRAIL_DB",
    })
    .option("quiet", { type: "boolean", describe: "say only what went wrong", default: false })
    .option("json-log", { type: "boolean", describe: "talk in JSON, one object a line", default: false });
}

/** --format of what lists rows. */
export const ROW_FORMAT = {
  choices: ["table", "json", "csv"],
  default: "table",
  describe: "how rows are written",
} as const;

/** --gap of what finds bursts and keeps them. */
export const GAP = {
  type: "string",
  requiresArg: true,
  default: "60",
  describe: "longest pause within a burst, seconds",
} as const;

/** Seconds on the command line as microseconds. Throws a usage error. */
export function readGap(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds > 0 && Number.isFinite(seconds))) {
    throw usage(`--gap ${text} is not a number of seconds above 0`);
  }
  const us = Math.round(seconds * 1e6);
  if (us < 1 || us > LEAP_YEAR_US) throw usage(`--gap ${text} must be from a microsecond to a year`);
  return us;
}

/**
 * An option whose value is a number. The parser has it as text: it adds a second value that is 1 to the first, and takes
 * an empty one for 0.
 */
export const NUMBER = {
  type: "string",
  number: true,
  requiresArg: true,
  coerce: (given: string | string[]): number => (isNumber(given) ? Number(given) : (given as never)),
} as const;

function isNumber(given: unknown): boolean {
  return typeof given === "string" && given.trim() !== "" && !Number.isNaN(Number(given));
}

/** Each thread takes its own memory: two are what 128 MiB have room for. */
const MOST_JOBS = 2;

/** Files that are read at a time where nobody says how many. */
export function defaultJobs(): number {
  return Math.min(availableParallelism(), MOST_JOBS);
}

export interface EvidenceOptions {
  readonly host: string | null;
  readonly tz: string | null;
  readonly year: number | null;
  readonly referenceUs: number | null;
}

/** --host, --tz, --year, --reference: what to go by where the logs are silent. */
export function evidenceOptions<T>(yargs: Argv<T>) {
  return yargs
    .option("host", { type: "string", requiresArg: true, describe: "host of logs that name none" })
    .option("tz", {
      type: "string",
      requiresArg: true,
      describe: "zone of stamps without one (Europe/Madrid, +02:00)",
    })
    .option("year", {
      type: "string",
      requiresArg: true,
      describe: "year of a source's first line, where stamps have none",
    })
    .option("reference", {
      type: "string",
      requiresArg: true,
      describe: "the latest a source's last line can be (ISO 8601)",
    });
}

/** The evidence options as the pipeline takes them. Throws a usage error for values that cannot be. */
export function readEvidenceOptions(argv: {
  host?: string | undefined;
  tz?: string | undefined;
  year?: string | undefined;
  reference?: string | undefined;
}): EvidenceOptions {
  if (argv.tz !== undefined && !isZone(argv.tz)) {
    throw usage(
      `unknown time zone ${argv.tz}`,
      "a name such as Europe/Madrid, UTC, or an offset such as +02:00",
    );
  }
  const year = argv.year === undefined ? null : /^\d{4}$/.test(argv.year) ? Number(argv.year) : Number.NaN;
  if (year !== null && !(year >= 1970 && year <= 2200)) {
    throw usage(`--year ${argv.year} is not a year between 1970 and 2200`);
  }
  return {
    host: argv.host ?? null,
    tz: argv.tz ?? null,
    year,
    referenceUs: argv.reference === undefined ? null : readInstant(argv.reference, "--reference"),
  };
}

const LOCAL_TIME = "/etc/localtime";

/** The zone of this process by name, as Node has it. */
export function processZone(): string {
  const { TZ } = process.env;
  if (TZ) return TZ;
  // Most servers: without what it costs to begin `Intl`.
  if (/\/zoneinfo\/(?:Etc\/)?UTC$/.test(linkAt(LOCAL_TIME))) return "UTC";
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Where a link leads; nowhere where it is none. */
function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** Seconds and what stands behind their point, before a zone or the end. */
const FRACTION = /(:\d\d|[T ]\d{6})[.,](\d+)(?=Z$|[+-]\d{2}:?\d{2}$|$)/;

/** An ISO 8601 date or instant (UTC where no zone is given) as microseconds. Throws a usage error. */
export function readInstant(text: string, option: string): number {
  const clock = text.includes("T") || text.includes(" ");
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && clock ? text : `${text}${clock ? "" : "T00:00:00"}Z`;
  // date-fns keeps milliseconds: a range that ends a microsecond early leaves out a drop.
  const [, , fraction = ""] = FRACTION.exec(zoned) ?? [];
  const ms = parseISO(zoned.replace(FRACTION, "$1")).getTime();
  if (Number.isNaN(ms)) throw usage(`${option} ${text} is not a date`, "for example 2026-04-27T19:50:00Z");
  return ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

/** --since and --until as microseconds; null where not given. Throws a usage error for what is no range. */
export function readRange(argv: { since?: string | undefined; until?: string | undefined }): {
  readonly sinceUs: number | null;
  readonly untilUs: number | null;
} {
  const sinceUs = argv.since === undefined ? null : readInstant(argv.since, "--since");
  const untilUs = argv.until === undefined ? null : readInstant(argv.until, "--until");
  if (sinceUs !== null && untilUs !== null && untilUs < sinceUs) throw usage("--until lies before --since");
  return { sinceUs, untilUs };
}

/** Columns of the terminal on standard output; undefined where that is none. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY === true ? process.stdout.columns : undefined;
}

/** A usage error: exit code 64. */
export function usage(message: string, hint?: string): UserError {
  return new UserError(message, { exitCode: EXIT.usage, ...(hint === undefined ? {} : { hint }) });
}
