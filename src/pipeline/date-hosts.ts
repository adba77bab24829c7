// Boots and hosts given to streams, and kept from run to run where they were given before.

import { joinByInstant, joinOfHost, joinProven, type StreamFact } from "../analysis/boots.ts";
import { findHosts } from "../analysis/hosts.ts";
import type { Union } from "../analysis/union.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";
import type { SourceRow, StreamRow } from "./dating-rows.ts";

export interface FactRow {
  readonly source_id: number;
  readonly key: string;
  readonly value: string;
  readonly bundle: string | null;
}

/** Streams as facts for boots and hosts. Times are null where nothing is dated yet. */
export function streamFacts(
  streams: readonly StreamRow[],
  sources: ReadonlyMap<number, SourceRow>,
  facts: readonly FactRow[],
): StreamFact[] {
  const hostOfBundle = new Map(
    facts.flatMap((fact) =>
      fact.key === "hostname" && fact.bundle !== null ? [[fact.bundle, fact.value]] : [],
    ),
  );
  return streams.map((stream) => {
    const source = sources.get(stream.source_id);
    if (source === undefined) throw new Error(`stream ${stream.stream_id} has no source`);
    return {
      streamId: stream.stream_id,
      sourceId: stream.source_id,
      name: stream.name,
      family: source.family,
      folder: folderOf(source.path),
      bundle: source.bundle,
      optionHost: source.option_host,
      bundleHost: source.bundle === null ? null : (hostOfBundle.get(source.bundle) ?? null),
      uuid: stream.boot_uuid,
      hasUptime: stream.last_uptime_us !== null,
      firstUs: null,
      lastUs: null,
      bootUs: null,
      lastUptimeUs: stream.last_uptime_us === null ? null : stream.last_uptime_us - stream.uptime_base_us,
    };
  });
}

/** Folder of a path as given; `-` for standard input, which lies beside nothing. */
function folderOf(path: string): string {
  if (path === "-") return "-";
  const cut = path.lastIndexOf("/");
  return cut < 0 ? "." : path.slice(0, cut);
}

/** Boots as far as the logs prove them, before anything is dated. */
export function provenBoots(db: Db, facts: readonly StreamFact[]): Union {
  const index = new Map(facts.map((fact, i) => [fact.streamId, i]));
  const rows = statement(db, "shared_proofs").all() as { a: number; b: number; count: number }[];
  const shared = rows.flatMap(({ a, b, count }) => {
    const [x, y] = [index.get(a), index.get(b)];
    return x === undefined || y === undefined ? [] : [{ a: x, b: y, count }];
  });
  return joinProven(facts, shared);
}

interface Extent {
  readonly stream_id: number;
  readonly first_us: number;
  readonly last_us: number;
}

/** Gives streams their boots and hosts, once their lines are dated. */
export function settleHosts(
  db: Db,
  streams: readonly StreamRow[],
  undated: readonly StreamFact[],
  union: Union,
): void {
  const extents = new Map(
    (statement(db, "stream_extents").all() as Extent[]).map((row) => [row.stream_id, row]),
  );
  const bootRows = statement(db, "stream_boot_instants").all() as { stream_id: number; boot_us: number }[];
  const instants = new Map(bootRows.map((row) => [row.stream_id, row.boot_us]));
  const facts = undated.map((fact) => ({
    ...fact,
    firstUs: extents.get(fact.streamId)?.first_us ?? null,
    lastUs: extents.get(fact.streamId)?.last_us ?? null,
    bootUs: instants.get(fact.streamId) ?? null,
  }));
  joinByInstant(facts, union);
  const hosts = findHosts(facts, union.root);
  joinOfHost(facts, union, (i) => hosts.of[i]?.key ?? -1);
  const hostIds = keepHosts(
    db,
    streams,
    hosts.of.map((of) => of.key),
    hosts.names,
  );
  const bootIds = keepBoots(db, streams, facts, union, (i) => hostIds.get(hosts.of[i]?.key ?? -1) ?? null);
  facts.forEach((fact, i) => {
    const of = hosts.of[i];
    statement(db, "set_stream").run({
      stream_id: fact.streamId,
      host_id: hostIds.get(of?.key ?? -1) ?? null,
      host_basis: of?.basis ?? "none",
      boot_id: bootIds.get(union.root(i)) ?? null,
      first_us: fact.firstUs,
      last_us: fact.lastUs,
    });
  });
  statement(db, "set_source_extent").run();
  statement(db, "delete_unused_boots").run();
}

/** A machine keeps the id it had: the smallest that any of its streams was given before. */
function keepHosts(
  db: Db,
  streams: readonly StreamRow[],
  keys: readonly number[],
  names: ReadonlyMap<number, string>,
): Map<number, number> {
  const had = new Map<number, number>();
  streams.forEach((stream, i) => {
    const key = keys[i];
    if (key === undefined || stream.host_id === null) return;
    had.set(key, Math.min(had.get(key) ?? stream.host_id, stream.host_id));
  });
  const ids = new Map<number, number>();
  const taken = new Set<number>();
  for (const key of new Set(keys)) {
    const name = names.get(key) ?? "unknown";
    const before = had.get(key);
    if (before !== undefined && !taken.has(before)) {
      statement(db, "rename_host").run({ host_id: before, name });
      ids.set(key, before);
      taken.add(before);
    } else ids.set(key, Number(statement(db, "insert_host").run({ name }).lastInsertRowid));
  }
  return ids;
}

function keepBoots(
  db: Db,
  streams: readonly StreamRow[],
  facts: readonly StreamFact[],
  union: Union,
  hostOf: (i: number) => number | null,
): Map<number, number> {
  const ids = new Map<number, number>();
  const groups = new Map<number, number[]>();
  facts.forEach((fact, i) => {
    const root = union.root(i);
    // A stream with no uptime and no boot id says nothing of boots, unless another of its boot does.
    if (!fact.hasUptime && fact.uuid === null && streams[i]?.kernel == null && root === i) return;
    const group = groups.get(root);
    if (group) group.push(i);
    else groups.set(root, [i]);
  });
  const taken = new Set<number>();
  for (const [root, group] of groups) {
    const host_id = hostOf(root);
    if (host_id === null) continue;
    const first = <T>(pick: (i: number) => T | null | undefined): T | null =>
      group.map(pick).find((value) => value !== null && value !== undefined) ?? null;
    const values = { host_id, uuid: first((i) => facts[i]?.uuid), kernel: first((i) => streams[i]?.kernel) };
    const before = first((i) => streams[i]?.boot_id);
    if (before !== null && !taken.has(before)) {
      statement(db, "set_boot").run({ ...values, boot_id: before });
      ids.set(root, before);
      taken.add(before);
    } else ids.set(root, Number(statement(db, "insert_boot").run(values).lastInsertRowid));
  }
  return ids;
}
