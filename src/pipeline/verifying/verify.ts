// Cited bytes read again. A source is looked for where it was read, then where it was seen later, among its rotated
// siblings, and in what the user names. The database is only read.

import { UserError } from "../../errors.ts";
import type { Cited } from "../../evidence/recheck.ts";
import type { Problem } from "../../model/problem.ts";
import { sourceName } from "../../model/source-name.ts";
import type { Finding, Outcome, Verification } from "../../model/verification.ts";
import { discover, type FoundFile } from "../../sources/discover.ts";
import { siblings } from "../../sources/siblings.ts";
import { hostNamed } from "../../store/host-named.ts";
import type { Db } from "../../store/open.ts";
import { makeTemporary, statement } from "../../store/statements.ts";
import {
  type CitedSource,
  citationsOf,
  findFile,
  readPlace,
  type Trial,
  type VerifyScope,
} from "./verify-place.ts";

export interface VerifyOptions extends VerifyScope {
  /** Files and folders to look in for sources that no longer lie where they were read. */
  readonly paths: readonly string[];
  /** Told of those that lead nowhere. */
  readonly onProblem?: (path: string, problem: Problem) => void;
  /** Stored bytes of the files that are read, before the first is; then of each, when it was. */
  readonly onTotal?: (bytes: number) => void;
  readonly onProgress?: (progress: { readonly bytes: number }) => void;
}

/** What is known of one source so far. */
interface Standing {
  readonly source: CitedSource;
  best: Trial | null;
  /** Why nothing could be compared. */
  reason: string;
}

/**
 * Reads cited bytes again and says what became of them. Memory does not grow with events, only with sources.
 * @param tell gets each citation that no longer holds, a source's in order of offset.
 * @throws UserError for a burst or host that is not in the database.
 */
export async function verify(
  db: Db,
  asked: VerifyOptions,
  tell: (finding: Finding) => void,
): Promise<Verification> {
  const options = { ...asked, host: hostNamed(db, asked.host) };
  makeTemporary(db);
  const standings = citedSources(db, options);
  const given = await discover(options.paths);
  for (const problem of given.problems) options.onProblem?.(problem.path, problem);
  await tryOwnPlaces(db, options, standings);
  await tryOtherPlaces(db, options, standings.filter(isUnsettled), given.files);
  const total = { same: 0, changed: 0, missing: 0 };
  for (const { best } of standings.filter((one) => !isUnsettled(one))) total.same += best?.counts.same ?? 0;
  const count = (outcome: Outcome, finding: Finding | null) => {
    total[outcome]++;
    if (finding !== null) tell(finding);
  };
  for (const standing of standings.filter(isUnsettled)) await tellSource(db, options, standing, count);
  const moved = standings.flatMap(({ source: { path, member }, best }) =>
    best === null || best.path === path ? [] : [{ path, member, foundIn: sourceName(best) }],
  );
  return { ...total, sources: standings.length, moved };
}

function citedSources(db: Db, { all, host, burstId }: VerifyOptions): Standing[] {
  if (burstId !== null && statement(db, "verify_burst").get({ burst_id: burstId }) === undefined) {
    throw new UserError(`no burst ${burstId} in ${db.name}`, {
      hint: "conntrail query bursts-by-time lists them",
    });
  }
  if (!all) noteCited(db, { host, burst_id: burstId });
  const rows = statement(db, all ? "verify_sources_all" : "verify_sources_cited").all({
    host,
  }) as CitedSource[];
  return rows.map((source) => ({ source, best: null, reason: "no such member in the archive" }));
}

function noteCited(db: Db, asked: { readonly host: string | null; readonly burst_id: number | null }): void {
  statement(db, "verify_forget_noted").run();
  for (const what of ["events", "observations", "kept"]) statement(db, `verify_note_${what}`).run(asked);
}

/** Not every citation was found as it was. */
function isUnsettled({ best }: Standing): boolean {
  return best === null || best.counts.changed + best.counts.missing > 0;
}

async function tryOwnPlaces(db: Db, options: VerifyOptions, standings: readonly Standing[]): Promise<void> {
  const files: { file: FoundFile; here: Standing[] }[] = [];
  for (const [path, here] of groupBy(standings, ({ source }) => source.path)) {
    const file = await findFile(path);
    if (typeof file !== "string") files.push({ file, here });
    else for (const one of here) one.reason = file;
  }
  options.onTotal?.(files.reduce((sum, { file }) => sum + (file.sizeBytes ?? 0), 0));
  for (const { file, here } of files) {
    await tryFile(db, options, file, here, (source, member) => source.member === member);
    options.onProgress?.({ bytes: file.sizeBytes ?? 0 });
  }
}

async function tryOtherPlaces(
  db: Db,
  options: VerifyOptions,
  standings: readonly Standing[],
  files: readonly FoundFile[],
): Promise<void> {
  if (standings.length === 0) return;
  const given = files.map(({ path }) => path);
  const places = new Map<string, Standing[]>();
  for (const standing of standings) {
    const { source } = standing;
    const seen = statement(db, "verify_seen_paths").all({ source_id: source.source_id }) as {
      path: string;
    }[];
    const paths = [...seen.map(({ path }) => path), ...(await siblings(source.path)), ...given];
    for (const path of new Set(paths)) {
      if (path !== source.path) places.set(path, [...(places.get(path) ?? []), standing]);
    }
  }
  for (const [path, candidates] of places) {
    const here = candidates.filter(isUnsettled);
    const file = here.length === 0 ? "nobody looks for it" : await findFile(path);
    if (typeof file === "string") continue;
    await tryFile(db, options, file, here, (source, _, head) => source.head === head);
  }
}

/** Keeps what a file says of sources that may lie in it, where that is better than what is known. */
async function tryFile(
  db: Db,
  scope: VerifyScope,
  file: FoundFile,
  here: readonly Standing[],
  mayBe: (source: CitedSource, member: string | null, head: string) => boolean,
): Promise<void> {
  const standingOf = new Map(here.map((standing) => [standing.source.source_id, standing]));
  const sources = here.map(({ source }) => source);
  const trouble = await readPlace(db, scope, file, sources, {
    mayBe: (source, stream, head) => mayBe(source, stream.facts.member, head),
    onTrial(source, trial) {
      const standing = standingOf.get(source.source_id);
      if (standing === undefined) return;
      const known = standing.best;
      if (known === null ? trial.path === source.path || trial.counts.same > 0 : isBetter(trial, known)) {
        standing.best = trial;
      }
    },
  });
  if (trouble !== null) for (const one of here) if (one.best === null) one.reason = trouble;
}

function isBetter(trial: Trial, known: Trial): boolean {
  return trial.counts.same > known.counts.same;
}

type Count = (outcome: Outcome, finding: Finding | null) => void;

/** Each citation of a source that is not as it was. */
async function tellSource(db: Db, scope: VerifyScope, standing: Standing, count: Count): Promise<void> {
  const { source, best } = standing;
  const file = best === null || isAnotherLog(source, best) ? null : await findFile(best.path);
  if (file === null || typeof file === "string" || best === null) {
    const reason = file ?? (best === null ? standing.reason : "another log lies there now");
    const rows = citationsOf(db, source, scope);
    for (let row = rows.next(); row.done !== true; row = rows.next()) {
      count("missing", finding(source, row.value, "missing", null, String(reason)));
    }
    return;
  }
  await readPlace(db, scope, file, [source], {
    mayBe: (_, _stream, _head, ordinal) => ordinal === best.ordinal,
    onTrial: () => {},
    onCited(_, one, outcome, name) {
      if (outcome === "same") count("same", null);
      else {
        const foundIn = best.path === source.path ? null : name;
        const reason = outcome === "changed" ? "other bytes stand there now" : "it ends before them now";
        count(outcome, finding(source, one, outcome, foundIn, reason));
      }
    },
  });
}

/** It begins otherwise, is not as long, and holds nothing that was cited: rotated away, not edited. */
function isAnotherLog(source: CitedSource, trial: Trial): boolean {
  return !trial.alike && trial.counts.same === 0 && trial.bytes !== source.bytes;
}

function finding(
  { source_id, path, member }: CitedSource,
  one: Cited,
  outcome: Finding["outcome"],
  foundIn: string | null,
  reason: string,
): Finding {
  const { kind, id, offset, length, text } = one;
  const where = { sourceId: source_id, path, member, byteOffset: offset, byteLength: length };
  return { outcome, kind, id, ...where, text, foundIn, reason };
}

function groupBy<One>(all: readonly One[], keyOf: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
