// Where the corpus of real logs lies: CONNTRAIL_CORPUS, or beside the checkout. Tests that need it say so when
// it is not there.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../../shared/corpus", import.meta.url));
const named = process.env.CONNTRAIL_CORPUS ?? beside;

/** Path of the corpus, or null. */
export const corpus: string | null = existsSync(`${named}/real/manifest.json`) ? named : null;

if (corpus === null) console.warn("skipped: no corpus at CONNTRAIL_CORPUS");
