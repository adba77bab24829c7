// What stands behind the stamp of an RFC 5424 line: host, program, process, message id, structured data, text.

import type { Tail } from "./tail.ts";

export function read5424(rest: string): Tail {
  let at = 0;
  const word = (): string | null => {
    const blank = rest.indexOf(" ", at);
    const end = blank < 0 ? rest.length : blank;
    const value = rest.slice(at, end);
    at = Math.min(end + 1, rest.length);
    return value === "-" || value === "" ? null : value;
  };
  const host = word();
  const tag = word();
  const process = word();
  word();
  const text = rest.slice(skipData(rest, at)).replace(/^\ufeff/, "");
  const pid = process !== null && /^\d{1,15}$/.test(process) ? Number(process) : null;
  return { host, tag, pid, priority: null, text };
}

const UPTIME = /^\[ *\d{1,10}\.\d{6}\]/;

/** Where the text begins: behind `-` or behind the last `]` of the elements. */
function skipData(rest: string, from: number): number {
  if (rest.startsWith("-", from)) return Math.min(from + 2, rest.length);
  let at = from;
  // Some writers leave the structured data out; the kernel's own bracket is none.
  while (rest[at] === "[" && !UPTIME.test(rest.slice(at, at + 24))) {
    const end = endOfElement(rest, at);
    if (end < 0) return from;
    at = end;
  }
  return rest[at] === " " ? at + 1 : at;
}

/** Behind the `]` that ends an element: one in a quoted value does not. -1 where none does. */
function endOfElement(rest: string, from: number): number {
  let quoted = false;
  for (let at = from + 1; at < rest.length; at++) {
    const character = rest[at];
    if (character === "\\" && quoted) at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === "]" && !quoted) return at + 1;
  }
  return -1;
}
