// A line as bytes, and the same line with its header taken apart.

import type { Stamp } from "./stamp.ts";

/** One line of a source. */
export interface Line {
  /** Byte offset of the line's first byte in the decompressed stream. */
  readonly offset: number;
  /** Bytes, without the newline. */
  readonly length: number;
  /** 1 for the first line. */
  readonly number: number;
  /** Raw bytes, one per character (latin1), without newline, leading NULs and trailing CR still there. */
  readonly raw: string;
  readonly role: LineRole;
  /** 1, or how many times it stands there, one right behind the other: the others are equal to it, byte for byte. */
  readonly times: number;
}

/**
 * `candidate`: holds a needle. `neighbour`: directly before or after a candidate, kept because a message can
 * be wrapped over two lines. `waymark`: kept only for its stamp. A candidate is never marked otherwise.
 */
export type LineRole = "candidate" | "neighbour" | "waymark";

/** A line with its header taken apart. */
export interface Entry {
  readonly format: string;
  readonly stamp: Stamp | null;
  /** The kernel's own uptime stamp, microseconds since boot, or null. */
  readonly uptimeUs: number | null;
  /** Host name the line carries, or null. */
  readonly host: string | null;
  /** Program that the line says it is from: `kernel`, `vmunix`, `rsyslogd`, ...; null where it names none. */
  readonly tag: string | null;
  /** True: the line is in the kernel's own form (tag kernel/vmunix, bare dmesg, _TRANSPORT=kernel). */
  readonly fromKernel: boolean;
  /** Syslog priority (facility * 8 + severity) where the line carries it, else null. */
  readonly priority: number | null;
  /** Kernel boot id where the line carries it (journal), else null. */
  readonly bootId: string | null;
  /** Why the line may not be the kernel's own although it says so; empty when nothing speaks against it. */
  readonly doubts: readonly string[];
  /** The message alone. */
  readonly text: string;
}
