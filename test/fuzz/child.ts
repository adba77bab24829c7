// The process of one target: figures as a line of JSON at the end. The input at work stands in a file, so that the
// parent can say what a hung process hung on.

import { writeFileSync } from "node:fs";
import { fuzz } from "./fuzz.ts";

const [name = "", seed = "0", seconds = "1", notes = ""] = process.argv.slice(2);

let executions = 0;
const figures = await fuzz(
  name,
  Number(seed),
  { seconds: Number(seconds), executions: Number.POSITIVE_INFINITY, mostMs: 1000, mostMib: 256 },
  (bytes) => {
    executions += 1;
    writeFileSync(notes, Buffer.concat([Buffer.from(`${executions}\n`), bytes]));
  },
);
process.stdout.write(`${JSON.stringify(figures)}\n`);
