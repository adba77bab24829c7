// Boots and hosts given to streams, and kept from run to run where they were given before.

import { joinByInstant, joinOfHost, joinProven } from "../../analysis/boots.ts";
import { findHosts } from "../../analysis/hosts.ts";
import type { Union } from "../../analysis/union.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { KnownStream } from "./dating-streams.ts";

/** Boots as far as the logs prove them, before anything is dated. `indexOf`: of a stream, by its id. */
export function provenBoots(
  db: Db,
  streams: readonly KnownStream[],
  indexOf: ReadonlyMap<number, number>,
): Union {
  return joinProven(streams, () => sharedProofs(db, indexOf));
}

/** Indexes of the streams of each proof that several have, ascending. */
function* sharedProofs(db: Db, indexOf: ReadonlyMap<number, number>): Generator<readonly number[]> {
  let members: number[] = [];
  const rows = statement(db, "shared_proofs").iterate() as Iterable<{ stream_id: number; is_first: number }>;
  for (const { stream_id, is_first } of rows) {
    if (is_first === 1 && members.length > 0) {
      yield members;
      members = [];
    }
    members.push(indexOf.get(stream_id) ?? -1);
  }
  if (members.length > 0) yield members;
}

export interface Settled {
  /** Hosts of the sources that were dated, and those that lost or gained any stream. */
  readonly touched: ReadonlySet<number>;
  /** By index of a stream. */
  readonly hostOf: (i: number) => number | null;
}

/** Gives streams their boots and hosts, once their lines are dated. `scope`: the sources that were. */
export function settleHosts(
  db: Db,
  streams: readonly KnownStream[],
  union: Union,
  scope: ReadonlySet<number>,
): Settled {
  joinByInstant(streams, union);
  const hosts = findHosts(streams, union.root);
  const keyOf = (i: number) => hosts.of[i]?.key ?? -1;
  joinOfHost(streams, union, keyOf);
  const hostIds = keepHosts(db, streams, keyOf, hosts.names);
  const hostOf = (i: number) => hostIds.get(keyOf(i)) ?? null;
  const bootIds = keepBoots(db, streams, union, hostOf);
  const touched = new Set<number>();
  streams.forEach((stream, i) => {
    const host_id = hostOf(i);
    const host_basis = hosts.of[i]?.basis ?? "none";
    const boot_id = bootIds.get(union.root(i)) ?? null;
    const same = stream.hostId === host_id && stream.bootId === boot_id && stream.hostBasis === host_basis;
    if (same && !scope.has(stream.sourceId)) return;
    for (const id of [stream.hostId, host_id]) if (id !== null) touched.add(id);
    if (!same) statement(db, "set_stream").run({ stream_id: stream.streamId, host_id, host_basis, boot_id });
  });
  const moved = streams.filter(({ hostId }) => hostId !== null && touched.has(hostId));
  for (const source_id of new Set([...scope, ...moved.map(({ sourceId }) => sourceId)]))
    statement(db, "set_source_extent").run({ source_id });
  statement(db, "delete_unused_boots").run();
  return { touched, hostOf };
}

/** A machine keeps the id it had: the smallest that any of its streams was given before. */
function keepHosts(
  db: Db,
  streams: readonly KnownStream[],
  keyOf: (i: number) => number,
  names: ReadonlyMap<number, string>,
): Map<number, number> {
  const had = new Map<number, number>();
  streams.forEach(({ hostId }, i) => {
    const key = keyOf(i);
    if (hostId !== null) had.set(key, Math.min(had.get(key) ?? hostId, hostId));
  });
  const ids = new Map<number, number>();
  const taken = new Set<number>();
  for (const key of new Set(streams.map((_, i) => keyOf(i)))) {
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
  streams: readonly KnownStream[],
  union: Union,
  hostOf: (i: number) => number | null,
): Map<number, number> {
  const ids = new Map<number, number>();
  const groups = new Map<number, number[]>();
  streams.forEach((stream, i) => {
    const root = union.root(i);
    // A stream with no uptime and no boot id says nothing of boots, unless another of its boot does.
    if (!stream.hasUptime && stream.uuid === null && stream.kernel === null && root === i) return;
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
    const values = {
      host_id,
      uuid: first((i) => streams[i]?.uuid),
      kernel: first((i) => streams[i]?.kernel),
    };
    const before = first((i) => streams[i]?.bootId);
    if (before !== null && !taken.has(before)) {
      statement(db, "set_boot").run({ ...values, boot_id: before });
      ids.set(root, before);
      taken.add(before);
    } else ids.set(root, Number(statement(db, "insert_boot").run(values).lastInsertRowid));
  }
  return ids;
}
