// A thread that reads files ahead.

import { parentPort } from "node:worker_threads";
import { readFor } from "./ahead-reader.ts";
import { tuneEngine } from "./engine.ts";

if (parentPort !== null) {
  tuneEngine();
  readFor(parentPort, false);
}
