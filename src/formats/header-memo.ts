// Bursts repeat their header: within a second, host and tag of every kernel line are the same bytes. A line that
// begins as the last one did, up to and including the tag, has its facts.

import type { Entry } from "../model/line.ts";
import { SECOND_US } from "../model/units.ts";
import { tidyMessage } from "./clean.ts";
import { readKernelText } from "./kernel-text.ts";

export interface HeaderMemo {
  /** The entry of a line that begins as the last remembered one; null where it does not. */
  recall(line: string): Entry | null;
  remember(line: string, entry: Entry): void;
}

const TAG = " kernel: ";

export function createHeaderMemo(): HeaderMemo {
  let prefix: string | null = null;
  let known: Entry | null = null;
  return {
    recall(line) {
      if (prefix === null || known === null || !line.startsWith(prefix)) return null;
      const { format, stamp, host, tag, fromKernel, priority, bootId, doubts } = known;
      const own = readKernelText(line.slice(prefix.length));
      return {
        format,
        stamp,
        uptimeUs: own.uptimeUs,
        host,
        tag,
        fromKernel,
        priority: priority ?? own.priority,
        bootId,
        doubts,
        text: tidyMessage(own.text),
      };
    },
    remember(line, entry) {
      const end = endOfHeader(line, entry);
      if (end < 0) return;
      prefix = line.slice(0, end);
      known = entry;
    },
  };
}

/** Where the message begins; -1 where the header will not come again, or its end is not plain to see. */
function endOfHeader(line: string, entry: Entry): number {
  const { stamp, tag } = entry;
  if (tag !== "kernel" || stamp === null || stamp.kind === "bad" || stamp.resolutionUs < SECOND_US) return -1;
  const at = line.indexOf(TAG);
  // The tag may be written otherwise (`kernel[0]:`), and the message speak of the kernel.
  if (at < 0 || line.indexOf("kernel") !== at + 1) return -1;
  const end = at + TAG.length;
  // A level inside the text is the line's own, and must not become the header's.
  return line.startsWith("<", end) || line.startsWith(" ", end) ? -1 : end;
}
