// Options say how a source is read, and one that is known is not read again: what was asked for and not done is told.

import type { Db } from "../../store/open.ts";
import type { ReadOptions } from "../../store/sink.ts";
import { statement } from "../../store/statements.ts";

/** Known sources that were read with other options than were given now. */
export interface Unapplied {
  readonly sources: number;
  /** `--year`, `--tz`, ... */
  readonly options: readonly string[];
}

export interface KnownSources {
  /** Notes a source that was met again. */
  met(sourceId: number): void;
  /** Null where none was read with other options. */
  told(): Unapplied | null;
}

interface OptionsRow {
  readonly option_host: string | null;
  readonly option_tz: string | null;
  readonly option_year: number | null;
  readonly reference_us: number | null;
}

/** Null where no option is given: then none can be left out. */
export function createKnownSources(db: Db, options: ReadOptions): KnownSources | null {
  const { host, tz, year, referenceUs } = options;
  const given = (
    [
      ["--host", "option_host", host],
      ["--tz", "option_tz", tz],
      ["--year", "option_year", year],
      ["--reference", "reference_us", referenceUs],
    ] as const
  ).filter(([, , value]) => value !== null);
  if (given.length === 0) return null;
  const sources = new Set<number>();
  const left = new Set<string>();
  return {
    met(sourceId) {
      const row = statement(db, "source_options").get({ source_id: sourceId }) as OptionsRow | undefined;
      if (row === undefined) return;
      for (const [name, column, value] of given) {
        if (row[column] === value) continue;
        sources.add(sourceId);
        left.add(name);
      }
    },
    told: () =>
      sources.size === 0
        ? null
        : { sources: sources.size, options: given.map(([name]) => name).filter((name) => left.has(name)) },
  };
}
