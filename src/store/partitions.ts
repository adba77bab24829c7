// Files of one exported view, by host and day. Each is written under another name and renamed when it is whole, so
// that who reads the folder never meets half of one, and a retry writes over what the first try left.

import { createHash } from "node:crypto";
import { closeSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { DAY_US } from "../model/units.ts";
import type { ExportView } from "./exported.ts";
import { makeFolder } from "./folders.ts";
import { createNdjsonFile } from "./ndjson-file.ts";
import { createParquetFile } from "./parquet-file.ts";
import type { RowFile } from "./row-file.ts";

export type ExportFormat = "ndjson" | "parquet";

export interface Partitions {
  /** Takes a row of `host`, to be filed under the UTC day of `atUs`, in a file of this name. */
  put(host: string, atUs: number | null, name: string, row: readonly unknown[]): void;
  /** Finishes the files that are open, and gives the paths of all files since the last call, below the folder. */
  settle(): string[];
  /** Takes back what is not finished. */
  abandon(): void;
}

/** Days that may be open at once: lines come in order, but for a few around midnight. */
const OPEN_FILES = 3;
/** Bytes that a file system takes for one name, less what stands around it. */
const NAME_BYTES = 200;

interface OpenFile {
  readonly path: string;
  readonly fd: number;
  readonly rows: RowFile;
}

const FORMATS = { parquet: createParquetFile, ndjson: createNdjsonFile } as const;

/** UTC day of an instant as `YYYY-MM-DD`; `unknown` for none. */
export function dayOf(atUs: number | null): string {
  if (atUs === null) return "unknown";
  return new Date(Math.floor(atUs / DAY_US) * (DAY_US / 1000)).toISOString().slice(0, 10);
}

/** A host's name as part of a path: everything but letters, digits, `.`, `_` and `-` percent-encoded. */
export function encodeHost(host: string): string {
  const encoded = [...Buffer.from(host)]
    .map((byte) => {
      const one = String.fromCharCode(byte);
      return /[A-Za-z0-9._-]/.test(one) ? one : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
  if (encoded.length <= NAME_BYTES) return encoded;
  const rest = createHash("sha256").update(host).digest("hex").slice(0, 16);
  return `${encoded.slice(0, NAME_BYTES - 20).replace(/%.?$/, "")}~${rest}`;
}

export interface Writing {
  readonly format: ExportFormat;
  /** Asked of each file before it is begun; may throw. */
  readonly spare: (path: string) => void;
}

/** Files of `view` below `folder` (that of the view). */
export function createPartitions(folder: string, view: ExportView, writing: Writing): Partitions {
  const open = new Map<string, OpenFile>();
  /** Files that were closed and met again: what comes late goes to a file beside them. */
  const parts = new Map<string, number>();
  const done: string[] = [];

  const close = (key: string, file: OpenFile) => {
    finish(folder, file);
    open.delete(key);
    parts.set(key, (parts.get(key) ?? 0) + 1);
    done.push(file.path);
  };
  const begin = (key: string): OpenFile => {
    const oldest = open.entries().next().value;
    if (open.size >= OPEN_FILES && oldest !== undefined) close(...oldest);
    const part = parts.get(key) ?? 0;
    const path = `${key}${part === 0 ? "" : `.${part}`}.${writing.format}`;
    const file = openPartial(folder, path, view, writing);
    open.set(key, file);
    return file;
  };
  const end = () => {
    for (const [key, file] of open) close(key, file);
    parts.clear();
  };
  let last = { host: "", day: null as number | null, name: "", file: null as OpenFile | null };
  return {
    put(host, atUs, name, row) {
      const day = atUs === null ? null : Math.floor(atUs / DAY_US);
      const other = last.host !== host || last.name !== name;
      if (other) end();
      if (other || last.file === null || last.day !== day) {
        const key = `host=${encodeHost(host)}/day=${dayOf(atUs)}/${name}`;
        last = { host, day, name, file: open.get(key) ?? begin(key) };
      }
      last.file?.rows.push(row);
    },
    settle() {
      end();
      last.file = null;
      return done.splice(0);
    },
    abandon() {
      for (const file of open.values()) discard(folder, file);
      open.clear();
    },
  };
}

function openPartial(folder: string, path: string, view: ExportView, { format, spare }: Writing): OpenFile {
  spare(join(folder, path));
  spare(partial(join(folder, path)));
  makeFolder(dirname(join(folder, path)));
  const fd = openSync(partial(join(folder, path)), "w", 0o640);
  return { path, fd, rows: FORMATS[format](fd, view) };
}

function finish(folder: string, { fd, path, rows }: OpenFile): void {
  rows.end();
  closeSync(fd);
  renameSync(partial(join(folder, path)), join(folder, path));
}

function discard(folder: string, { fd, path }: OpenFile): void {
  closeSync(fd);
  rmSync(partial(join(folder, path)), { force: true });
}

/** Hidden from engines that read whole folders. */
function partial(path: string): string {
  const cut = path.lastIndexOf("/") + 1;
  return `${path.slice(0, cut)}_${path.slice(cut)}.partial`;
}
