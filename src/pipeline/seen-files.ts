// Files as they lay on disk when they were read. One that lies there unchanged is not opened again, also under
// another name: logrotate renames a thousand files at midnight and changes none of them.

import type { FoundFile } from "../sources/discover.ts";
import type { Db } from "../store/open.ts";
import { statement } from "../store/statements.ts";

export interface SeenFiles {
  /** True where the file lies as it did when it was read. Standard input never does. */
  isUnchanged(file: FoundFile, runId: number): boolean;
  /** The one source that the file was when it was shorter; null where that is not so. */
  grownFrom(file: FoundFile): number | null;
  /** Keeps how the file lay before it was read, and what was in it, in one transaction. */
  remember(file: FoundFile, runId: number, sourceIds: readonly number[]): void;
}

interface SeenRow {
  readonly path: string;
  readonly dev: number;
  readonly ino: number;
  readonly size_bytes: number;
  readonly mtime_us: number;
}

/** Reads what is known of files at the start of a run. */
export function createSeenFiles(db: Db): SeenFiles {
  const rows = statement(db, "seen_files").all() as SeenRow[];
  const lying = new Map(rows.map((row) => [row.path, keyOf(row)]));
  const pathOf = new Map(rows.map((row) => [keyOf(row), row.path]));
  const byNode = new Map(rows.map((row) => [nodeOf(row), row]));

  const remember = (file: FoundFile, runId: number, sourceIds: readonly number[]) => {
    const row = rowOf(file);
    if (row === null) return;
    db.transaction(() => {
      statement(db, "save_seen_file").run({ ...row, run_id: runId });
      statement(db, "forget_seen_sources").run({ path: row.path });
      for (const source_id of sourceIds) statement(db, "save_seen_source").run({ path: row.path, source_id });
    })();
  };

  return {
    isUnchanged(file, runId) {
      const row = rowOf(file);
      if (row === null) return false;
      const key = keyOf(row);
      if (lying.get(file.path) === key) return true;
      const before = pathOf.get(key);
      if (before === undefined) return false;
      const sources = statement(db, "seen_sources").all({ path: before }) as { source_id: number }[];
      remember(
        file,
        runId,
        sources.map((one) => one.source_id),
      );
      return true;
    },
    grownFrom(file) {
      const row = rowOf(file);
      const before = row === null ? undefined : byNode.get(nodeOf(row));
      if (row === null || before === undefined || row.size_bytes < before.size_bytes) return null;
      const sources = statement(db, "seen_sources").all({ path: before.path }) as { source_id: number }[];
      return sources.length === 1 ? (sources[0]?.source_id ?? null) : null;
    },
    remember,
  };
}

function rowOf({ path, dev, ino, sizeBytes, mtimeUs }: FoundFile): SeenRow | null {
  if (mtimeUs === null || ino === null || dev === null || sizeBytes === null) return null;
  return { path, dev, ino, size_bytes: sizeBytes, mtime_us: mtimeUs };
}

function keyOf(row: SeenRow): string {
  return `${row.dev}:${row.ino}:${row.size_bytes}:${row.mtime_us}`;
}

/** What a file keeps while it grows and is renamed. */
function nodeOf(row: SeenRow): string {
  return `${row.dev}:${row.ino}`;
}
