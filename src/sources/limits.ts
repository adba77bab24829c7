// How far hostile or broken input may go before reading stops with a named problem.

const MIB = 1024 * 1024;

export interface Limits {
  /** Archives within archives. */
  readonly archiveDepth: number;
  /** Compressions of one stream, one around the other. */
  readonly codecLayers: number;
  /** Entries of one archive. */
  readonly members: number;
  /** Logs opened out of one file, archives within it included: each costs about a millisecond. */
  readonly sources: number;
  /** Characters of a member's name that its label keeps. */
  readonly nameLength: number;
  /** Bytes out for each byte in, looked at once `ratioAfterBytes` came out of one compressed member. */
  readonly ratio: number;
  readonly ratioAfterBytes: number;
  /** Bytes out of one compressed stream, whatever the ratio. */
  readonly outputBytes: number;
}

export const LIMITS: Limits = {
  archiveDepth: 4,
  codecLayers: 4,
  members: 250_000,
  sources: 50_000,
  nameLength: 4096,
  ratio: 1000,
  ratioAfterBytes: 64 * MIB,
  outputBytes: Number.POSITIVE_INFINITY,
};

/** The sentence that tells why a stream which took `bytesIn` and gave `bytesOut` must stop, or null. */
export function bombVerdict(limits: Limits, bytesIn: number, bytesOut: number): string | null {
  if (bytesOut > limits.outputBytes) return `grew past ${limits.outputBytes} bytes`;
  if (bytesOut < limits.ratioAfterBytes || bytesOut <= bytesIn * limits.ratio) return null;
  return `${bytesIn} stored bytes grew to more than ${bytesOut}`;
}

/** Everything that comes out of one file, whatever the layers and members: many small bombs are a large one. */
export class Growth {
  readonly #limits: Limits;
  /** Bytes read of the file so far. */
  stored = 0;
  #out = 0;
  /** Logs opened so far. */
  sources = 0;
  /** Why the rest of the file is left unread, or null. */
  verdict: string | null = null;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts bytes that came out of a decompressor; returns the verdict. */
  add(bytes: number): string | null {
    this.#out += bytes;
    this.verdict ??= bombVerdict(this.#limits, this.stored, this.#out);
    return this.verdict;
  }
}
