// Logs, runs and rows for the tests of the nightly run.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { openReportFolder } from "../../src/commands/nightly-files.ts";
import { type NightlyOptions, type NightlyResult, nightly } from "../../src/pipeline/nightly/nightly.ts";
import { closeWhole, openForWriting } from "../../src/store/open.ts";
import { cleanEnvironment, type Program } from "../cli/program.ts";
import { NOW_US } from "../support/database.ts";
import { checkHours } from "../support/hours.ts";

/** Long forms of the tests, by the hour rather than by the minute. */
export const HEAVY = process.env.CONNTRAIL_HEAVY !== undefined && process.env.CONNTRAIL_HEAVY !== "";

export const DROP = "nf_conntrack: table full, dropping packet";

/** A line of `host` at an instant (milliseconds), UTC as written. */
export function line(host: string, atMs: number, text = DROP): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}+00:00 ${host} kernel: ${text}\n`;
}

/** Drops a second apart. */
export function drops(host: string, from: string, count: number): string {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, i) => line(host, start + i * 1000)).join("");
}

export interface Place {
  readonly folder: string;
  readonly db: string;
  readonly out: string;
  remove(): void;
}

export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), "conntrail-nightly-"));
  return {
    folder,
    db: join(folder, "conntrail.db"),
    out: join(folder, "reports"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

type Given = Partial<Omit<NightlyOptions, "ingest">> & { readonly nowUs?: number; readonly tz?: string };

/** One run in this process. */
export async function runNightly(
  { db: path, out }: Pick<Place, "db" | "out">,
  paths: readonly string[],
  { nowUs = NOW_US, tz, ...given }: Given = {},
): Promise<NightlyResult> {
  const db = openForWriting(path);
  try {
    const result = await nightly(db, paths, openReportFolder(out, path), {
      displayTz: "UTC",
      lang: "en",
      keepUs: null,
      vacuum: false,
      ...given,
      ingest: {
        gapUs: 60_000_000,
        hash: true,
        host: null,
        tz: tz ?? null,
        year: null,
        referenceUs: null,
        processTz: process.env.TZ ?? "UTC",
        now: () => nowUs,
        outFolder: out,
      },
    });
    checkHours(db);
    return result;
  } finally {
    closeWhole(db);
  }
}

export function rowsOf<Row = Record<string, unknown>>(path: string, sql: string): Row[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

export function onlyValue(path: string, sql: string): unknown {
  return Object.values(rowsOf(path, sql)[0] ?? {})[0];
}

/** Everything that a user sees but ids and the times of runs. */
export function factsOf(path: string): Record<string, unknown> {
  const ask = (sql: string) => rowsOf(path, sql);
  return {
    events: ask(
      `select e.time, e.basis, e.host, e.channel, e.kind, e.amount, e.speaks, s.path, e.byte_offset, e.byte_length,
       e.text from events e join sources s using (source_id) order by s.path, s.member, e.byte_offset, e.line`,
    ),
    sources: ask(
      `select path, member, host, channel, format, sha256, bytes, complete, first_time, last_time, events,
       observations, problems, lines, zone, zone_basis, first_year, year_basis from sources order by path, member`,
    ),
    bursts: ask(
      `select host, netns, start_us, end_us, drop_lines, suppressed, suppressed_shared, drops_min, drops_reported,
       drops_max, drops_estimate, bound, bound_reasons, limit_value, limit_origin, count_before, count_peak,
       count_after, witness, witnesses, verdict, basis from bursts order by host, start_us, netns, drop_lines`,
    ),
    minutes: ask("select * from minutes order by host, minute_us, netns"),
    counts: ask("select host, time, entries, limit_value from counts order by host, at_us, entries"),
    limits: ask(
      "select host, key, value, since_us, until_us, text from limits order by host, key, since_us, value",
    ),
    coverage: ask("select * from coverage order by host, channel, kind, from_us, to_us"),
    problems: ask("select path, kind, count, message from problems order by path, kind, message"),
  };
}

export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The program as a process of its own, running beside the test. */
export function start(program: Program, args: readonly string[], cwd: string): Started {
  const child = spawn(process.execPath, [program.script, ...args], {
    cwd,
    env: cleanEnvironment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  // Who is killed reads no more.
  child.stdin.on("error", () => {});
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status, signal) => resolve({ status, signal, out, err }));
  });
  return { child, ended };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Numbers that look like chance and are the same for the same seed (xorshift32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
