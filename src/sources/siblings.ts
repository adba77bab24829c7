// Where a log went that no longer lies under its name: its rotated siblings in the same folder.

import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readRotation } from "./rotation.ts";

/** Files beside `path` that are of the same rotated log, in order of name, `path` itself left out. */
export async function siblings(path: string): Promise<string[]> {
  const folder = dirname(path);
  const { family } = readRotation(path);
  const names = await readdir(folder).catch(() => []);
  return names
    .map((name) => (path.includes("/") ? join(folder, name) : name))
    .filter((other) => other !== path && readRotation(other).family === family)
    .sort();
}
