// Zones known of other logs of the same machine or bundle: what the bundle's files say comes first.

import type { SourceRow } from "./dating-rows.ts";

export interface SiblingZones {
  of(source: SourceRow): string[];
  found(source: SourceRow, zone: string): void;
}

/**
 * Begins with what bundles tell; `found` adds the zones of sources as they are dated. `machineOf`: number of the
 * machine that a source's last lines are of.
 */
export function siblingZones(
  sources: readonly SourceRow[],
  machineOf: (source: SourceRow) => number | undefined,
): SiblingZones {
  const told = new Map(
    sources.flatMap(({ bundle, zone }) => (zone !== null && bundle !== null ? [[bundle, zone]] : [])),
  );
  const byMachine = new Map<number, Set<string>>();
  const add = (source: SourceRow, zone: string) => {
    const machine = machineOf(source);
    if (machine === undefined) return;
    const known = byMachine.get(machine);
    if (known) known.add(zone);
    else byMachine.set(machine, new Set([zone]));
  };
  const bundled = (source: SourceRow) => (source.bundle === null ? undefined : told.get(source.bundle));
  for (const source of sources) {
    const zone = bundled(source);
    if (zone !== undefined) add(source, zone);
  }
  return {
    of(source) {
      const own = bundled(source);
      const machine = machineOf(source);
      const others = machine === undefined ? [] : (byMachine.get(machine) ?? []);
      return [...new Set([...(own === undefined ? [] : [own]), ...others])];
    },
    found: add,
  };
}
