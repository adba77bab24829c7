// What new evidence can change: the sources of the machines and bundles it belongs to. All others stay as dated.

import type { StreamFact } from "../analysis/boots.ts";
import type { SourceRow, StreamRow } from "./dating-rows.ts";

/**
 * Ids of the sources that have to be looked at again: those never dated, and every source that shares a machine or
 * a bundle with one. `machineOf`: number of the machine of a stream, as far as it is known before dating.
 */
export function findScope(
  sources: readonly SourceRow[],
  streams: readonly StreamRow[],
  facts: readonly StreamFact[],
  machineOf: (i: number) => number,
): ReadonlySet<number> {
  const links = new Map<number, string[]>(
    sources.map(({ source_id, bundle }) => [source_id, bundle === null ? [] : [`bundle ${bundle}`]]),
  );
  facts.forEach(({ sourceId }, i) => {
    const own = links.get(sourceId);
    own?.push(`machine ${machineOf(i)}`);
    const host = streams[i]?.host_id ?? null;
    if (host !== null) own?.push(`host ${host}`);
  });
  const scope = new Set<number>();
  const reached = new Set<string>();
  const take = (sourceId: number) => {
    scope.add(sourceId);
    for (const link of links.get(sourceId) ?? []) reached.add(link);
  };
  for (const { source_id, dated_by } of sources) if (dated_by === null) take(source_id);
  for (let before = -1; before < scope.size; ) {
    before = scope.size;
    for (const [sourceId, own] of links) {
      if (!scope.has(sourceId) && own.some((link) => reached.has(link))) take(sourceId);
    }
  }
  return scope;
}
