// Where the corpus of real logs is, if it is anywhere.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../../shared/corpus", import.meta.url));
const folder = process.env.CONNTRAIL_CORPUS ?? beside;

/** Folder with `real` and `ground-truth`, or null: then the tests that need it are skipped. */
export const CORPUS: string | null = existsSync(join(folder, "real", "manifest.json")) ? folder : null;
