// Which stream a line belongs to: lines of one source, one host name and one boot.

import { type BootSplitter, createBootSplitter, normaliseUptime } from "../clock/boots.ts";
import { createSketch, type Sketch } from "../evidence/sketch.ts";
import type { Entry } from "../model/line.ts";
import type { SourceSink, StreamEnd } from "../store/sink.ts";
import type { ProblemLog } from "./reading.ts";

/** Host names one source may bring; beyond it lines are kept without their name. */
export const MAX_HOSTS = 20_000;
/** Proofs kept of one stream. */
const PROOFS = 64;

export interface Placed {
  readonly streamId: number;
  /** Uptime of this boot: microseconds since the kernel's clock began, jiffies-wrap starts taken off. */
  readonly uptimeUs: number | null;
  /** Keys that can occur in this boot only. */
  readonly proofs: Sketch;
}

/** What of an entry decides its stream. `atUs`: its stamp on any one clock, for lines out of order. */
export interface Header extends Pick<Entry, "host" | "uptimeUs" | "bootId"> {
  readonly atUs: number | null;
}

export interface StreamTracker {
  /** `version`: kernel version where the line is a boot banner, else null. */
  place(header: Header, line: number, isBoot: boolean, version: string | null): Placed;
  /** Takes a line that is the one before once more. */
  pass(host: string | null, line: number): void;
  end(): void;
}

interface Open {
  readonly streamId: number;
  readonly ordinal: number;
  readonly proofs: Sketch;
  readonly end: { -readonly [K in keyof StreamEnd]: StreamEnd[K] };
}

interface Named {
  readonly splitter: BootSplitter;
  open: Open | null;
}

/** Makes a tracker for one source. */
export function createStreamTracker(sink: SourceSink, problems: ProblemLog): StreamTracker {
  const names = new Map<string | null, Named>();

  const close = ({ streamId, end, proofs }: Open) => {
    sink.endStream(streamId, end);
    for (const key of proofs.keys()) sink.proof(streamId, key);
  };

  const holderOf = (name: string | null): { name: string | null; holder: Named } => {
    const known = names.get(name);
    if (known) return { name, holder: known };
    if (name !== null && names.size >= MAX_HOSTS) {
      problems.add("too-many-hosts", `more than ${MAX_HOSTS} host names in one source`, null);
      return holderOf(null);
    }
    const holder: Named = { splitter: createBootSplitter(), open: null };
    names.set(name, holder);
    return { name, holder };
  };

  const openFor = (name: string | null, holder: Named, ordinal: number, line: number): Open => {
    if (holder.open?.ordinal === ordinal) return holder.open;
    if (holder.open !== null) close(holder.open);
    holder.open = {
      streamId: sink.stream(name, ordinal, line),
      ordinal,
      proofs: createSketch(PROOFS),
      end: {
        lastLine: line,
        firstUptimeUs: null,
        lastUptimeUs: null,
        uptimeBaseUs: 0,
        bootUuid: null,
        kernel: null,
      },
    };
    return holder.open;
  };

  return {
    place(header, line, isBootLine, version) {
      const { name, holder } = holderOf(header.host);
      const raw = header.uptimeUs;
      const base = raw === null ? 0 : wrapBase(raw, holder.open?.end.firstUptimeUs ?? raw);
      const ordinal = holder.splitter.push({
        uptimeUs: raw === null ? null : raw - base,
        atUs: header.atUs,
        bootId: header.bootId,
        isBootLine,
      });
      const open = openFor(name, holder, ordinal, line);
      const { end } = open;
      end.lastLine = line;
      end.kernel ??= version;
      end.bootUuid ??= header.bootId;
      if (raw === null) return { streamId: open.streamId, uptimeUs: null, proofs: open.proofs };
      end.firstUptimeUs ??= raw;
      end.lastUptimeUs = raw;
      end.uptimeBaseUs = wrapBase(raw, end.firstUptimeUs);
      return { streamId: open.streamId, uptimeUs: raw - end.uptimeBaseUs, proofs: open.proofs };
    },
    pass(host, line) {
      const { holder } = holderOf(host);
      if (holder.open !== null) holder.open.end.lastLine = line;
    },
    end() {
      for (const holder of names.values()) if (holder.open !== null) close(holder.open);
    },
  };
}

/** What to take off an uptime of a kernel that started its clock at the jiffies wrap. */
function wrapBase(uptimeUs: number, firstUptimeUs: number): number {
  return uptimeUs - normaliseUptime(uptimeUs, firstUptimeUs);
}
