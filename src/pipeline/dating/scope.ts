// What new evidence can change: the sources of the machines and bundles it belongs to. All others stay as dated.

import { createUnion } from "../../analysis/union.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { KnownStream } from "./dating-streams.ts";

interface Row {
  readonly source_id: number;
  readonly bundle: string | null;
  readonly due: number;
}

/**
 * Ids of the sources that have to be looked at again, in groups: those never dated, each with every source that
 * shares a machine or a bundle with it, or with one that does. Dating one group, nothing of another matters.
 * `machineOf`: number of the machine of a stream, as far as it is known before dating.
 */
export function findScope(
  db: Db,
  streams: readonly KnownStream[],
  machineOf: (i: number) => number,
): number[][] {
  const ids: number[] = [];
  const due: boolean[] = [];
  const placeOf = new Map<number, number>();
  const byBundle: [string, number][] = [];
  for (const { source_id, bundle, due: isDue } of statement(db, "scope_sources").iterate() as Iterable<Row>) {
    placeOf.set(source_id, ids.length);
    if (bundle !== null) byBundle.push([bundle, ids.length]);
    ids.push(source_id);
    due.push(isDue === 1);
  }
  const union = createUnion(ids.length);
  const linkBy = <Key>() => {
    const firsts = new Map<Key, number>();
    return (key: Key, at: number) => {
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, at);
      else union.join(first, at);
    };
  };
  const [bundles, machines, hosts] = [linkBy<string>(), linkBy<number>(), linkBy<number>()];
  for (const [bundle, at] of byBundle) bundles(bundle, at);
  streams.forEach(({ sourceId, hostId }, i) => {
    const at = placeOf.get(sourceId) ?? 0;
    machines(machineOf(i), at);
    if (hostId !== null) hosts(hostId, at);
  });
  const groups = new Map<number, number[]>();
  due.forEach((isDue, at) => {
    if (isDue) groups.set(union.root(at), []);
  });
  ids.forEach((id, at) => {
    groups.get(union.root(at))?.push(id);
  });
  return [...groups.values()];
}
