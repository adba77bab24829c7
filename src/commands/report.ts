// conntrail report: what happened, as text, HTML, Markdown, JSON or CSV.

import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Argv } from "yargs";
import { isNamedZone } from "../config/zone-names.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import type { Db } from "../store/open.ts";
import { commonOptions, pathsOf, readGap, readRange, usage } from "./options.ts";
import { print } from "./print.ts";
import { createTalk } from "./talk.ts";

const NAMES = ["text", "html", "markdown", "json", "csv"] as const;
const TEXT_COLUMNS = 80;

export const command = "report";
export const describe = "say what happened: when, how many packets, how full, what to set";

export function builder(yargs: Argv) {
  const format = { choices: NAMES, default: "text" as const, describe: "how it is written" };
  return choosing(commonOptions(yargs).option("format", format))
    .option("display-tz", {
      type: "string",
      requiresArg: true,
      default: "UTC",
      describe: "zone that times are shown in",
    })
    .option("lang", {
      choices: ["en", "es"] as const,
      default: "en" as const,
      describe: "language of the report",
    })
    .option("ascii", { type: "boolean", default: false, describe: "plain ASCII in the text report" })
    .option("out", {
      type: "string",
      requiresArg: true,
      describe: "file or folder to write to, whole or not at all; - for stdout",
    })
    .option("check", {
      type: "boolean",
      default: false,
      describe: "exit with 3 when there were drops in the range",
    })
    .option("schema", {
      type: "boolean",
      default: false,
      describe: "print the JSON Schema of --format json instead",
    })
    .example("$0 report", "the text report")
    .example("$0 report --format html --out incident.html", "one self-contained page")
    .example("$0 report --since 2026-04-27T19:00:00Z --check", "for scripts: 3 when packets were dropped");
}

/** What of the database is told. */
function choosing<T>(yargs: Argv<T>) {
  return yargs
    .option("since", {
      type: "string",
      requiresArg: true,
      describe: "only what ended at or after this instant (ISO 8601)",
    })
    .option("until", {
      type: "string",
      requiresArg: true,
      describe: "only what began at or before this instant",
    })
    .option("host", { type: "string", requiresArg: true, describe: "only this host" })
    .option("gap", {
      type: "string",
      requiresArg: true,
      describe: "longest pause within a burst, seconds (default: as ingested)",
    })
    .option("trusted-only", {
      type: "boolean",
      default: false,
      describe: "leave out lines that may not be the kernel's own, and say how many",
    });
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  if (argv.schema) return void process.stdout.write(await shippedSchema());
  if (!isNamedZone(argv.displayTz)) {
    throw usage(`times cannot be shown in ${argv.displayTz}`, "a named zone such as Europe/Madrid or UTC");
  }
  const range = readRange(argv);
  const [given = "-"] = argv.out === undefined ? [] : pathsOf([argv.out]);
  const [{ openForReading }, { buildReport }, { FORMATS: renderers }] = await Promise.all([
    import("../store/open.ts"),
    import("../pipeline/reporting/report.ts"),
    import("../render/formats.ts"),
  ]);
  const { render, extension, mostBursts } = renderers[argv.format];
  const out = given === "-" ? null : fileOf(given, `conntrail-report.${extension}`);
  const db = openForReading(argv.db);
  try {
    if (out !== null) await spare(db, argv.db, out);
    const report = buildReport(db, {
      host: argv.host ?? null,
      ...range,
      gapUs: argv.gap === undefined ? null : readGap(argv.gap),
      mostBursts,
      evidence: argv.format !== "csv",
      undated: true,
      trustedOnly: argv.trustedOnly,
      displayTz: argv.displayTz,
      lang: argv.lang,
    });
    tellLeftOut(report, argv);
    const pieces = render(report, lookOf(argv, process.stdout.isTTY === true && out === null));
    if (out === null) {
      print(pieces);
    } else {
      await writeWhole(out, pieces, given.endsWith("/"));
      createTalk(argv).note(`wrote ${out}`);
    }
    if (argv.check && report.totals.dropLines > 0) process.exitCode = EXIT.drops;
  } finally {
    db.close();
  }
}

function lookOf({ format, ascii }: Arguments, terminal: boolean) {
  return {
    width: terminal ? (process.stdout.columns ?? TEXT_COLUMNS) : TEXT_COLUMNS,
    colour: terminal && !process.env.NO_COLOR && format === "text",
    ascii,
  };
}

async function shippedSchema(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return await readFile(new URL("../../schemas/report.schema.json", import.meta.url), "utf8");
}

/** Says that hosts are left out; and bursts, where a table of rows has no place to say so. */
function tellLeftOut({ hosts, fleet, totals, trustedOnly }: Report, argv: Arguments): void {
  if (fleet !== undefined) {
    const { note } = createTalk(argv);
    note(`the worst ${fleet.shown} of ${fleet.hosts} hosts are shown; --host gives any one of them`);
  }
  if (argv.format !== "csv") return;
  const { doubtedLines, doubtedSuppressed } = totals;
  if (trustedOnly && doubtedLines + doubtedSuppressed > 0) {
    createTalk(argv).note(
      `left out, since they may not be the kernel's own: drop lines: ${doubtedLines}, told as held back: ${doubtedSuppressed}`,
    );
  }
  const left = hosts.reduce((sum, host) => sum + host.burstsLeftOut, 0);
  if (left === 0) return;
  createTalk(argv).note(`${left} smaller bursts are left out: conntrail query bursts-by-time lists them all`);
}

/** Throws a usage error where a report would be written over the database or over a log it was made of. */
async function spare(db: Db, name: string, out: string): Promise<void> {
  const { isLogOf, ownsFile } = await import("../store/own-files.ts");
  if (ownsFile(name)(out)) throw usage(`--out ${out} is the database itself`, "say another file");
  if (isLogOf(db, out)) throw usage(`--out ${out} is a log that was read: logs are left as they are`);
}

/** The file that `--out` stands for: in a folder one called `name`. */
function fileOf(out: string, name: string): string {
  return out.endsWith("/") || isDirectory(out) ? join(out, name) : out;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Writes a file whole or not at all. `inFolder`: into a folder that may have to be made. A device or a FIFO is written
 * into: a file that is whole, put in its place, would be the end of it, and of /dev/null for the machine.
 */
async function writeWhole(path: string, pieces: Iterable<string>, inFolder: boolean): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  try {
    // Not with those above it: Node tries that for ever where a file system takes none (/proc).
    if (inFolder && !isDirectory(dirname(path))) mkdirSync(dirname(path), { mode: 0o750 });
    const text = [...pieces].join("");
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(path, text);
    else await writeFileAtomic(path, text, { mode: 0o640 & ~process.umask() });
  } catch (error) {
    throw new UserError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code ?? "failed"}`, {
      cause: error,
    });
  }
}
