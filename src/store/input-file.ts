// Files to be merged: which are databases, and the lines of those that are not.

import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

const SQLITE_MAGIC = "SQLite format 3\0";
const NEWLINE = 10;

/** Whether a file begins as an SQLite database does. Throws where it cannot be opened. */
export async function isDatabase(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const head = Buffer.alloc(SQLITE_MAGIC.length);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return bytesRead === head.length && head.toString("latin1") === SQLITE_MAGIC;
  } finally {
    await handle.close();
  }
}

/** Lines of a file. Only LF ends one: JSON may hold every other kind of line end as it is. */
export async function* linesOfFile(path: string): AsyncGenerator<string> {
  let held: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      held.push(chunk.subarray(from, at));
      yield (held.length === 1 ? held[0] : Buffer.concat(held))?.toString("utf8") ?? "";
      held = [];
      from = at + 1;
    }
    if (from < chunk.length) held.push(chunk.subarray(from));
  }
  if (held.length > 0) yield Buffer.concat(held).toString("utf8");
}
