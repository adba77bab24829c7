// A log kept as records of several lines (journal exports, journalctl -o verbose): every record is taken.

import { createRecordReader } from "../../formats/records.ts";
import type { ProblemLog } from "./read-line.ts";
import type { LineTaker } from "./take-lines.ts";

/** Reads all records. Returns how many there were. */
export async function readRecords(
  format: string,
  chunks: AsyncIterable<Uint8Array>,
  taker: LineTaker,
  problems: ProblemLog,
): Promise<number> {
  const reader = createRecordReader(format);
  const bytes = createRecordBytes();
  let count = 0;
  const take = (found: ReturnType<typeof reader.push>) => {
    for (const record of found) {
      count++;
      taker.take({
        ...record,
        raw: bytes.slice(record.offset, record.length),
        waymark: false,
        times: 1,
        tail: "",
      });
    }
  };
  for await (const chunk of chunks) {
    bytes.push(chunk);
    take(reader.push(chunk));
  }
  take(reader.end());
  problems.addAll(reader.problems());
  return count;
}

/** Bytes of a record that are kept to cite it; of a longer one only the end is left. */
const RECORD_BYTES = 4 << 20;

/** The last bytes of a stream, so that a record that ended can be cited. */
function createRecordBytes(): {
  push(chunk: Uint8Array): void;
  slice(offset: number, length: number): string;
} {
  let held = Buffer.alloc(0);
  let from = 0;
  return {
    push(chunk) {
      const keep = held.length > RECORD_BYTES ? held.subarray(held.length - RECORD_BYTES) : held;
      from += held.length - keep.length;
      held = Buffer.concat([keep, chunk]);
    },
    slice(offset, length) {
      const start = Math.max(0, offset - from);
      const text = held.subarray(start, offset - from + length).toString("latin1");
      held = held.subarray(start);
      from += start;
      return text;
    },
  };
}
