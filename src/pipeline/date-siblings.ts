// Zones known of other logs of the same machine or bundle: what the bundle's files say comes first.

import type { StreamFact } from "../analysis/boots.ts";
import type { FactRow } from "./date-hosts.ts";
import type { SourceRow } from "./dating-rows.ts";

export interface SiblingZones {
  of(source: SourceRow): string[];
  found(source: SourceRow, zone: string): void;
}

/** Begins with what bundles tell; `found` adds the zones of sources as they are dated. `hostKeyOf`: by a stream's place. */
export function siblingZones(
  streams: readonly StreamFact[],
  hostKeyOf: (stream: number) => number,
  sources: readonly SourceRow[],
  facts: readonly FactRow[],
): SiblingZones {
  const hostOf = new Map(streams.map((stream, i) => [stream.sourceId, hostKeyOf(i)]));
  const told = new Map(
    facts.flatMap((fact) => (fact.key === "zone" && fact.bundle !== null ? [[fact.bundle, fact.value]] : [])),
  );
  const byHost = new Map<number, string[]>();
  for (const source of sources) {
    const zone = source.bundle === null ? undefined : told.get(source.bundle);
    const host = hostOf.get(source.source_id);
    if (zone !== undefined && host !== undefined) byHost.set(host, [...(byHost.get(host) ?? []), zone]);
  }
  return {
    of(source) {
      const bundled = source.bundle === null ? undefined : told.get(source.bundle);
      const host = hostOf.get(source.source_id);
      const others = host === undefined ? [] : (byHost.get(host) ?? []);
      return [...new Set([...(bundled === undefined ? [] : [bundled]), ...others])];
    },
    found(source, zone) {
      const host = hostOf.get(source.source_id);
      if (host !== undefined) byHost.set(host, [...new Set([...(byHost.get(host) ?? []), zone])]);
    },
  };
}
