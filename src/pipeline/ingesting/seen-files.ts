// Files as they lay on disk when they were read. One that lies there unchanged is not opened again, also under
// another name: logrotate renames a thousand files at midnight and changes none of them.

import type { FoundFile } from "../../sources/discover.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

/** What was in a file: a source, and where in it. */
export interface SeenSource {
  readonly source_id: number;
  readonly member: string | null;
}

export interface SeenFiles {
  /** True where nothing that was read lay in this file, under any name. */
  isNew(file: FoundFile): boolean;
  /** True where the file lies as it did when it was read. Standard input never does. */
  isUnchanged(file: FoundFile, runId: number): boolean;
  /** What is in a file that lies unchanged. */
  sourcesIn(file: FoundFile): readonly SeenSource[];
  /** The one source that the file was when it was shorter; null where that is not so. */
  grownFrom(file: FoundFile): number | null;
  /** Keeps how the file lay before it was read, and what was in it, in one transaction. */
  remember(file: FoundFile, runId: number, sources: readonly SeenSource[]): void;
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
  // Names change hands within a run: what was where is read before the first does.
  let contents: ReadonlyMap<string, readonly SeenSource[]> | null = null;

  const contentsOf = (path: string) => {
    contents ??= contentsBefore(db);
    return contents.get(path) ?? [];
  };

  const remember = (file: FoundFile, runId: number, sources: readonly SeenSource[]) => {
    const row = rowOf(file);
    if (row === null) return;
    contents ??= contentsBefore(db);
    save(db, row, runId, sources);
  };

  return {
    isNew(file) {
      const row = rowOf(file);
      return row !== null && !lying.has(row.path) && !byNode.has(nodeOf(row));
    },
    isUnchanged(file, runId) {
      const row = rowOf(file);
      if (row === null) return false;
      const key = keyOf(row);
      if (lying.get(file.path) === key) return true;
      const before = pathOf.get(key);
      if (before === undefined) return false;
      remember(file, runId, contentsOf(before));
      return true;
    },
    sourcesIn(file) {
      const row = rowOf(file);
      const before = row === null ? undefined : pathOf.get(keyOf(row));
      return contentsOf(before ?? file.path);
    },
    grownFrom(file) {
      const row = rowOf(file);
      const before = row === null ? undefined : byNode.get(nodeOf(row));
      if (row === null || before === undefined || row.size_bytes < before.size_bytes) return null;
      const [source, ...others] = contentsOf(before.path);
      return others.length === 0 ? (source?.source_id ?? null) : null;
    },
    remember,
  };
}

function save(db: Db, row: SeenRow, run_id: number, sources: readonly SeenSource[]): void {
  db.transaction(() => {
    statement(db, "save_seen_file").run({ ...row, run_id });
    statement(db, "forget_seen_sources").run({ path: row.path });
    for (const one of sources) statement(db, "save_seen_source").run({ path: row.path, ...one });
  })();
}

function contentsBefore(db: Db): Map<string, SeenSource[]> {
  const out = new Map<string, SeenSource[]>();
  for (const { path, ...one } of statement(db, "seen_sources").all() as (SeenSource & { path: string })[]) {
    const known = out.get(path);
    if (known === undefined) out.set(path, [one]);
    else known.push(one);
  }
  return out;
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
