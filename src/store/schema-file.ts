// What the columns of an exported view are, beside its files: for people, and for engines that want to be told.

import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { ExportView } from "./exported.ts";
import { makeFolder } from "./folders.ts";

/** Engines pass over names that begin so. */
export const SCHEMA_FILE = "_schema.json";

/**
 * Makes the folder of a view below `out`, and its schema in it: column, type and unit of each. Returns the folder.
 * @throws UserError where nothing can be written there.
 */
export function writeSchema(out: string, view: ExportView): string {
  const folder = join(out, view.name);
  const path = join(folder, SCHEMA_FILE);
  const columns = view.columns.map(({ name, type, unit }) => ({ column: name, type, unit }));
  const text = JSON.stringify({ view: view.name, partitions: ["host", "day"], columns }, null, 2);
  try {
    makeFolder(folder);
    writeFileSync(`${path}.partial`, `${text}\n`, { mode: 0o640 });
    renameSync(`${path}.partial`, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "failed";
    throw new UserError(`cannot write to ${folder}: ${code}`, { cause: error });
  }
  return folder;
}
