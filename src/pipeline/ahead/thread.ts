// A thread that reads files ahead.

import { parentPort } from "node:worker_threads";
import { readFor } from "./reader.ts";

if (parentPort !== null) {
  readFor(parentPort, false);
}
