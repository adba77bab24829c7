// The SQL that lives beside the program: migrations, views, statements and shipped queries.

import { readdirSync, readFileSync } from "node:fs";

/** `sql/` lies beside `src/` and `dist/` alike. */
const ROOT = new URL("../../sql/", import.meta.url);

export interface SqlFile {
  readonly name: string;
  readonly text: string;
}

/** Files of one folder of `sql/`, by name. */
export function sqlFiles(folder: string): SqlFile[] {
  const url = new URL(`${folder}/`, ROOT);
  return readdirSync(url)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), text: readFileSync(new URL(file, url), "utf8") }));
}
