// What a row of the format table says.

import type { Entry } from "../model/line.ts";
import type { StampForm } from "./stamps.ts";
import type { Writers } from "./tail.ts";

/**
 * What follows the head that a pattern matches.
 * `syslog`: host, tag and text, each of which may be missing. `kernel`: a kernel message, perhaps with its uptime.
 * `ring`: as `kernel`, perhaps with more stamps of dmesg in front. `program`: a program's own message.
 * `line`: a whole line of another format. The others name a grammar of their own.
 */
export type Rest =
  | "syslog"
  | "kernel"
  | "ring"
  | "program"
  | "line"
  | "rfc5424"
  | "kmsg"
  | "journal-object"
  | "wrapped-object"
  | "dmesg-object";

/** Facts an entry must have; those not named are null, false or empty. */
export type Expected = Partial<Omit<Entry, "format">>;

export interface Sample {
  readonly line: string;
  readonly entry: Expected;
}

export interface Format {
  readonly id: string;
  /** What writes it, in a few words. */
  readonly describes: string;
  /**
   * The head of a line. Named groups: `pri`, or `fac` and `lvl`: the priority; `stamp`: in `form`; `epoch`: a better
   * stamp beside it; `up`: uptime, seconds and microseconds; `plus`: seconds since the line before; `host`, `tag`, `pid`;
   * `writer`: a cell that names the kernel, where `rest` is `line`.
   */
  readonly pattern: RegExp;
  /** How `stamp` is written; null where the head has none. */
  readonly form: StampForm | null;
  readonly rest: Rest;
  /** Who begins lines so, where `rest` is `syslog`; absent: syslog daemons and what they are read with alone. */
  readonly writers?: Writers;
  readonly samples: readonly Sample[];
  /** Lines of which this row must not make an entry. */
  readonly lookalikes: readonly string[];
}

/** A format whose records are not one line each. */
export interface RecordFormat {
  readonly id: string;
  readonly describes: string;
  readonly samples: readonly { readonly bytes: string; readonly entries: readonly Expected[] }[];
  /** Heads of sources that are not in this format. */
  readonly lookalikes: readonly string[];
}
