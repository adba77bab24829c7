// A thread that reads files ahead.

import { parentPort } from "node:worker_threads";
import { tuneEngine } from "../engine.ts";
import { readFor } from "./reader.ts";

if (parentPort !== null) {
  tuneEngine();
  readFor(parentPort, false);
}
