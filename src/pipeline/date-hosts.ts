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

/**
 * Gives streams their boots and hosts, once their lines are dated. `scope`: the sources that were.
 * Returns the hosts of these, and those that lost or gained any stream.
 */
export function settleHosts(
  db: Db,
  streams: readonly StreamRow[],
  undated: readonly StreamFact[],
  union: Union,
  scope: ReadonlySet<number>,
): Set<number> {
  const times = streamTimes(db, streams, scope);
  const facts = undated.map((fact, i) => ({ ...fact, ...times(i) }));
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
  const touched = new Set<number>();
  const touch = (hostId: number | null | undefined) => {
    if (hostId !== null && hostId !== undefined) touched.add(hostId);
  };
  streams.forEach((stream, i) => {
    const host_id = hostIds.get(hosts.of[i]?.key ?? -1) ?? null;
    const host_basis = hosts.of[i]?.basis ?? "none";
    const boot_id = bootIds.get(union.root(i)) ?? null;
    const same = stream.host_id === host_id && stream.boot_id === boot_id && stream.host_basis === host_basis;
    if (same && !scope.has(stream.source_id)) return;
    touch(stream.host_id);
    touch(host_id);
    if (!same) statement(db, "set_stream").run({ stream_id: stream.stream_id, host_id, host_basis, boot_id });
  });
  const moved = new Set(
    streams.filter((stream) => touched.has(stream.host_id ?? -1)).map((one) => one.source_id),
  );
  for (const source_id of new Set([...scope, ...moved]))
    statement(db, "set_source_extent").run({ source_id });
  statement(db, "delete_unused_boots").run();
  return touched;
}

type StreamTimes = Pick<StreamFact, "firstUs" | "lastUs" | "bootUs">;

/** Times of streams: read off the rows of sources that were dated now, as they were kept for all others. */
function streamTimes(
  db: Db,
  streams: readonly StreamRow[],
  scope: ReadonlySet<number>,
): (i: number) => StreamTimes {
  const times = new Map<number, StreamTimes>();
  for (const source_id of scope) {
    const boots = new Map(
      (
        statement(db, "stream_boot_instants").all({ source_id }) as { stream_id: number; boot_us: number }[]
      ).map((row) => [row.stream_id, row.boot_us]),
    );
    for (const row of statement(db, "stream_extents").all({ source_id }) as Extent[]) {
      const bootUs = boots.get(row.stream_id) ?? null;
      times.set(row.stream_id, { firstUs: row.first_us, lastUs: row.last_us, bootUs });
    }
  }
  const nothing = { firstUs: null, lastUs: null, bootUs: null };
  for (const { stream_id, source_id, first_us, last_us, boot_us } of streams) {
    if (!scope.has(source_id)) {
      times.set(stream_id, { firstUs: first_us, lastUs: last_us, bootUs: boot_us });
      continue;
    }
    const { firstUs, lastUs, bootUs } = times.get(stream_id) ?? nothing;
    if (firstUs === first_us && lastUs === last_us && bootUs === boot_us) continue;
    statement(db, "set_stream_extent").run({
      stream_id,
      first_us: firstUs,
      last_us: lastUs,
      boot_us: bootUs,
    });
  }
  return (i) => times.get(streams[i]?.stream_id ?? -1) ?? nothing;
}

interface Extent {
  readonly stream_id: number;
  readonly first_us: number;
  readonly last_us: number;
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
