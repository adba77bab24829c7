// Which stream a line belongs to: lines of one source, one host name and one boot.

import {
  type BootSplitter,
  type BootState,
  beginBehind,
  createBootSplitter,
  normaliseUptime,
} from "../../clock/boots.ts";
import { createSketch, type Sketch } from "../../evidence/sketch.ts";
import type { Entry } from "../../model/line.ts";
import type { SourceSink, StreamEnd } from "../../store/sink.ts";
import type { ProblemLog } from "./read-line.ts";
import type { Placed, UptimeLines } from "./standing.ts";
import { noUptimeLines } from "./uptime-lines.ts";

/** Host names one source may bring; beyond it lines are kept without their name. */
const MAX_HOSTS = 20_000;
/** Proofs kept of one stream. */
const PROOFS = 64;

/** What of an entry decides its stream. `atUs`: its stamp on any one clock, for lines out of order. */
export interface Header extends Pick<Entry, "host" | "uptimeUs" | "bootId"> {
  readonly atUs: number | null;
}

/** What a line without any header says of its stream: nothing. */
export const NAMELESS: Header = { host: null, uptimeUs: null, bootId: null, atUs: null };

export interface StreamTracker {
  /** `version`: kernel version where the line is a boot banner, else null. */
  place(header: Header, line: number, isBoot: boolean, version: string | null): Placed;
  /** Places a line that names a host as one before did, and says no more than that; null where none did. */
  again(host: string | null, line: number): Placed | null;
  /** The source says that what comes is of another boot, whatever its name. */
  endBoots(): void;
  /** What has to be known to go on with later lines; null where that is too much to keep. */
  state(): StreamState[] | null;
  end(): void;
}

/** A name's stream that lines may still be added to, as plain values. */
export interface StreamState {
  readonly name: string | null;
  readonly splitter: BootState;
  readonly streamId: number;
  readonly ordinal: number;
  readonly end: StreamEnd;
  readonly uptimes: UptimeLines;
  /** Keys in hexadecimal digits. */
  readonly proofs: readonly string[];
}

interface Open {
  readonly streamId: number;
  readonly ordinal: number;
  readonly proofs: Sketch;
  readonly uptimes: UptimeLines;
  /** Of lines without an uptime. */
  readonly plain: Placed;
  readonly end: { -readonly [K in keyof StreamEnd]: StreamEnd[K] };
}

interface Named {
  readonly splitter: BootSplitter;
  open: Open | null;
}

/** A source with more host names is read anew when it has grown. */
const MOST_NAMES_KEPT = 500;

/** Makes a tracker for one source, or goes on with one. */
export function createStreamTracker(
  sink: SourceSink,
  problems: ProblemLog,
  from: readonly StreamState[] = [],
): StreamTracker {
  return new Tracker(sink, problems, from);
}

class Tracker implements StreamTracker {
  readonly #sink: SourceSink;
  readonly #problems: ProblemLog;
  readonly #names: Map<string | null, Named>;

  constructor(sink: SourceSink, problems: ProblemLog, from: readonly StreamState[]) {
    this.#sink = sink;
    this.#problems = problems;
    this.#names = new Map(from.map((state) => [state.name, revive(state)]));
  }

  place(header: Header, line: number, isBootLine: boolean, version: string | null): Placed {
    const { name, holder } = this.#holderOf(header.host);
    const raw = header.uptimeUs;
    const base = raw === null ? 0 : wrapBase(raw, holder.open?.end.firstUptimeUs ?? raw);
    const ordinal = holder.splitter.push({
      uptimeUs: raw === null ? null : raw - base,
      atUs: header.atUs,
      bootId: header.bootId,
      isBootLine,
    });
    const open = this.#openFor(name, holder, ordinal, line);
    const { streamId, proofs, uptimes, end } = open;
    end.lastLine = line;
    end.kernel ??= version;
    end.bootUuid ??= header.bootId;
    if (raw === null) return open.plain;
    end.firstUptimeUs ??= raw;
    end.lastUptimeUs = raw;
    end.uptimeBaseUs = wrapBase(raw, end.firstUptimeUs);
    return { streamId, uptimeUs: raw - end.uptimeBaseUs, proofs, uptimes };
  }

  again(host: string | null, line: number): Placed | null {
    const holder = this.#names.get(host);
    const open = holder === undefined || holder.splitter.state().hasEnded ? null : holder.open;
    if (open !== null) open.end.lastLine = line;
    return open?.plain ?? null;
  }

  endBoots(): void {
    for (const { splitter } of this.#names.values()) splitter.end();
  }

  state(): StreamState[] | null {
    if (this.#names.size > MOST_NAMES_KEPT) return null;
    return [...this.#names].flatMap(([name, { splitter, open }]) =>
      open === null
        ? []
        : [
            {
              name,
              splitter: splitter.state(),
              streamId: open.streamId,
              ordinal: open.ordinal,
              end: { ...open.end },
              uptimes: { ...open.uptimes },
              proofs: open.proofs.keys().map((key) => key.toString("hex")),
            },
          ],
    );
  }

  end(): void {
    for (const holder of this.#names.values()) if (holder.open !== null) this.#close(holder.open);
  }

  #holderOf(name: string | null): { name: string | null; holder: Named } {
    const known = this.#names.get(name);
    if (known) return { name, holder: known };
    if (name !== null && this.#names.size >= MAX_HOSTS) {
      this.#problems.add("too-many-hosts", `more than ${MAX_HOSTS} host names in one source`, null);
      return this.#holderOf(null);
    }
    const ends = [...this.#names.values()].reduce(
      (most, { splitter }) => Math.max(most, splitter.state().ends),
      0,
    );
    const holder: Named = { splitter: beginBehind(ends), open: null };
    this.#names.set(name, holder);
    return { name, holder };
  }

  #openFor(name: string | null, holder: Named, ordinal: number, line: number): Open {
    if (holder.open?.ordinal === ordinal) return holder.open;
    if (holder.open !== null) this.#close(holder.open);
    holder.open = opened(this.#sink.stream(name, ordinal, line), ordinal, [], noUptimeLines(), {
      lastLine: line,
      bareLine: null,
      lastUptimeLine: null,
      firstUptimeUs: null,
      lastUptimeUs: null,
      uptimeBaseUs: 0,
      bootUuid: null,
      kernel: null,
    });
    return holder.open;
  }

  #close({ streamId, end, proofs, uptimes: { bare, last } }: Open): void {
    this.#sink.endStream(streamId, { ...end, bareLine: bare, lastUptimeLine: bare === null ? null : last });
    for (const key of proofs.keys()) this.#sink.proof(streamId, key);
  }
}

function opened(
  streamId: number,
  ordinal: number,
  keys: readonly Buffer[],
  uptimes: UptimeLines,
  end: Open["end"],
): Open {
  const proofs = createSketch(PROOFS, keys);
  return { streamId, ordinal, proofs, uptimes, plain: { streamId, uptimeUs: null, proofs, uptimes }, end };
}

function revive({ splitter, streamId, ordinal, end, uptimes, proofs }: StreamState): Named {
  const keys = proofs.map((key) => Buffer.from(key, "hex"));
  const open = opened(streamId, ordinal, keys, { ...uptimes }, { ...end });
  return { splitter: createBootSplitter(splitter), open };
}

/** What to take off an uptime of a kernel that started its clock at the jiffies wrap. */
function wrapBase(uptimeUs: number, firstUptimeUs: number): number {
  return uptimeUs - normaliseUptime(uptimeUs, firstUptimeUs);
}
