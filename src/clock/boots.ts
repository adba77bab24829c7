// Which boot of the kernel a line belongs to, told by the lines of one source in file order.
// Kernel uptimes mean something only within one boot.

import { HOUR_US } from "../model/units.ts";

export interface BootLine {
  /** Kernel uptime, normalised; null where the line carries none. */
  readonly uptimeUs: number | null;
  readonly atUs: number | null;
  /** Kernel boot id where the line carries it (journal). */
  readonly bootId: string | null;
  /** The line is the kernel's first: `Linux version ...`. */
  readonly isBootLine: boolean;
}

export interface BootState {
  readonly ordinal: number;
  /** Boots seen so far. */
  readonly count: number;
  readonly bootId: string | null;
  /** Highest uptime seen in this boot. */
  readonly topUptimeUs: number | null;
  /** Wall time minus uptime of the last line that had both. */
  readonly offsetUs: number | null;
  /** The boot line of this boot has been seen. */
  readonly hasBegun: boolean;
  readonly ids: Readonly<Record<string, number>>;
  /** How often the source said that another boot comes, and whether no line came since. */
  readonly ends: number;
  readonly hasEnded: boolean;
}

export interface BootSplitter {
  /** Ordinal of the line's boot in this source, from 0. */
  push(line: BootLine): number;
  /** The next line is of another boot. */
  end(): void;
  state(): BootState;
}

/** SMP and buffered readers put lines out of order by less than this. */
const OUT_OF_ORDER_US = 10_000_000;
/** A boot line stands within the first moments of a boot; some architectures print a few lines before it. */
const FIRST_MOMENTS_US = 5_000_000;
/** How much later than its neighbours a line of the same boot may have been stamped. */
const LATE_US = 600_000_000;

/** Old kernels start their clock 300 s before the jiffies counter (2^32 / HZ) wraps: include/linux/jiffies.h. */
const WRAP_STARTS_US = [1000, 250, 100].map((hz) => (2 ** 32 / hz - 300) * 1_000_000).map(Math.round);
const NEAR_WRAP_US = HOUR_US;

const START: BootState = {
  ordinal: 0,
  count: 0,
  bootId: null,
  topUptimeUs: null,
  offsetUs: null,
  hasBegun: false,
  ids: {},
  ends: 0,
  hasEnded: false,
};

/** `firstUptimeUs` is the first value of the boot: only a boot that began near a wrap start is moved. */
export function normaliseUptime(uptimeUs: number, firstUptimeUs: number): number {
  const start = WRAP_STARTS_US.find((us) => firstUptimeUs >= us && firstUptimeUs - us <= NEAR_WRAP_US);
  // A line out of order may lie a little below the first.
  return start === undefined || uptimeUs < start - OUT_OF_ORDER_US ? uptimeUs : Math.max(0, uptimeUs - start);
}

/** For a name that is met only behind so many ends of boots. */
export function beginBehind(ends: number): BootSplitter {
  return createBootSplitter({ ...START, ordinal: ends, count: ends, ends, hasEnded: ends > 0 });
}

export function createBootSplitter(from: BootState = START): BootSplitter {
  let state = from;
  return {
    push(line) {
      state = note(place(state, line), line);
      return state.ordinal;
    },
    end() {
      state = { ...state, ends: state.ends + 1, hasEnded: true };
    },
    state: () => state,
  };
}

function place(state: BootState, line: BootLine): BootState {
  if (state.count === 0) return { ...state, count: 1 };
  if (line.bootId !== null && state.bootId !== null) return placeById(state, line.bootId);
  if (state.hasEnded) return nextBoot(state);
  return falls(state, line) || begins(state, line) ? nextBoot(state) : state;
}

function placeById(state: BootState, bootId: string): BootState {
  if (state.bootId === bootId) return state;
  const ordinal = Object.hasOwn(state.ids, bootId) ? state.ids[bootId] : undefined;
  return ordinal === undefined ? nextBoot(state) : { ...START, ...kept(state), ordinal };
}

function nextBoot(state: BootState): BootState {
  return { ...START, ...kept(state), ordinal: state.count, count: state.count + 1 };
}

function kept({ count, ids, ends }: BootState): Pick<BootState, "count" | "ids" | "ends"> {
  return { count, ids, ends };
}

function falls(state: BootState, { uptimeUs, atUs }: BootLine): boolean {
  if (uptimeUs === null || state.topUptimeUs === null) return false;
  const fallUs = state.topUptimeUs - uptimeUs;
  if (fallUs <= OUT_OF_ORDER_US) return false;
  // Where the wall time fell back by as much, the line is late and not of a later boot.
  if (atUs === null || state.offsetUs === null) return true;
  return Math.abs(atUs - uptimeUs - state.offsetUs) > Math.min(fallUs / 2, LATE_US);
}

function begins(state: BootState, { uptimeUs, isBootLine }: BootLine): boolean {
  if (!isBootLine || (uptimeUs ?? 0) >= FIRST_MOMENTS_US) return false;
  return state.hasBegun || state.topUptimeUs === null || state.topUptimeUs >= FIRST_MOMENTS_US;
}

// Written out: a literal that begins with a spread costs ten times as much, and this runs for every line.
function note(state: BootState, { uptimeUs, atUs, bootId, isBootLine }: BootLine): BootState {
  const isKnown = bootId === null || Object.hasOwn(state.ids, bootId);
  return {
    ordinal: state.ordinal,
    count: state.count,
    bootId: bootId ?? state.bootId,
    topUptimeUs: uptimeUs === null ? state.topUptimeUs : Math.max(uptimeUs, state.topUptimeUs ?? 0),
    offsetUs: uptimeUs === null || atUs === null ? state.offsetUs : atUs - uptimeUs,
    hasBegun: state.hasBegun || (isBootLine && (uptimeUs ?? 0) < FIRST_MOMENTS_US),
    ids: isKnown ? state.ids : { ...state.ids, [bootId]: state.ordinal },
    ends: state.ends,
    hasEnded: false,
  };
}
