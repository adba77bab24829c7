// Where a day's report lies: `<host>/<date>.<extension>`, whatever bytes a host's name is made of.

import { createHash } from "node:crypto";
import type { HostDay } from "./days.ts";

/** File systems take names of 255 bytes. */
const MAX_NAME_BYTES = 200;

export const INDEX_PATH = "index.html";

/** Relative path of a day's report. */
export function pathOfDay({ host, date }: HostDay, extension: string): string {
  return `${encodeHost(host)}/${date}.${extension}`;
}

/** A host's name as one part of a path: percent-encoded, never a dot file, cut where it is too long. */
export function encodeHost(host: string): string {
  const bytes = [...Buffer.from(host, "utf8")];
  const name = bytes
    .map((byte, i) => {
      const char = String.fromCharCode(byte);
      const plain = i === 0 ? /[A-Za-z0-9_]/ : /[A-Za-z0-9_.-]/;
      return plain.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
  if (name === "") return "%";
  if (name.length <= MAX_NAME_BYTES) return name;
  return `${name.slice(0, MAX_NAME_BYTES - 17)}~${createHash("sha256").update(host).digest("hex").slice(0, 16)}`;
}
