// The kernel's own drop counter as a ceiling for a burst: what it gained between two samples that surely
// enclose the burst cannot be less than what the burst lost.

/** One sample of one counter of one network namespace. */
export interface CounterSample {
  readonly atUs: number;
  readonly drop: number;
  /** The kernel booted between the sample before and this one: what the counter had gained is gone. */
  readonly booted?: boolean;
}

export interface CeilingSpan {
  readonly firstLineUs: number;
  /** The last window's begin; for T, W1, W2 its last line (`suppressedUntilUs` minus the cost). */
  readonly lastWindowBeginUs: number;
  readonly costUs: number;
  /** How far apart the clocks of log and samples, and the resolution of a stamp, can put the same moment. */
  readonly slackUs: number;
}

/** Where other bursts of the namespace begin and end; null: there is none. */
export interface CeilingNeighbours {
  readonly previousEndUs: number | null;
  readonly nextBeginUs: number | null;
}

export type CeilingReason = "counter-reset" | "counter-not-enclosing";

export type Ceiling =
  | {
      readonly ceiling: number;
      readonly fromUs: number;
      readonly toUs: number;
      /** The counter stood still for one window at both ends, so a small clock error cuts nothing off. */
      readonly widened: boolean;
      readonly reasons: readonly "counter-moving"[];
    }
  | { readonly ceiling: null; readonly reason: CeilingReason };

/** A sample, and since when the counter had that value. */
interface Edge extends CounterSample {
  readonly stillSinceUs: number;
}

/**
 * One pass, constant memory, stops reading behind the burst. `samples` ascend in time and need not reach
 * further than two window lengths around it, or to the neighbours.
 */
export function counterCeiling(
  samples: Iterable<CounterSample>,
  span: CeilingSpan,
  { previousEndUs, nextBeginUs }: CeilingNeighbours,
): Ceiling {
  const beforeUs = span.firstLineUs - span.slackUs;
  const afterUs = span.lastWindowBeginUs + span.costUs + span.slackUs;
  const left = new EdgeFinder(span.costUs, "last");
  const right = new EdgeFinder(span.costUs, "first");
  let previous: CounterSample | null = null;

  for (const sample of samples) {
    if (previousEndUs !== null && sample.atUs < previousEndUs) continue;
    if (nextBeginUs !== null && sample.atUs >= nextBeginUs) break;
    if (previous !== null && (sample.booted === true || sample.drop < previous.drop)) {
      if (sample.atUs > beforeUs) return right.nearest === null ? reset() : result(left, right);
      left.forget();
    }
    if (sample.atUs <= beforeUs) left.add(sample);
    else if (sample.atUs >= afterUs) right.add(sample);
    if (right.still !== null) break;
    previous = sample;
  }
  return result(left, right);
}

function reset(): Ceiling {
  return { ceiling: null, reason: "counter-reset" };
}

function result(left: EdgeFinder, right: EdgeFinder): Ceiling {
  const from = left.still ?? left.nearest;
  const to = right.still ?? right.nearest;
  if (from === null || to === null) return { ceiling: null, reason: "counter-not-enclosing" };
  const widened = left.still !== null && right.still !== null;
  return {
    ceiling: to.drop - from.drop,
    fromUs: from.atUs,
    toUs: to.atUs,
    widened,
    reasons: widened ? [] : ["counter-moving"],
  };
}

/** Finds the sample nearest to the burst, and the nearest at which the counter stood still for a window. */
class EdgeFinder {
  nearest: CounterSample | null = null;
  still: CounterSample | null = null;
  #run: Edge | null = null;
  readonly #costUs: number;
  readonly #side: "first" | "last";

  constructor(costUs: number, side: "first" | "last") {
    this.#costUs = costUs;
    this.#side = side;
  }

  add(sample: CounterSample): void {
    if (this.#side === "last" || this.nearest === null) this.nearest = sample;
    const since = this.#run?.drop === sample.drop ? this.#run.stillSinceUs : sample.atUs;
    this.#run = { ...sample, stillSinceUs: since };
    if (sample.atUs - since >= this.#costUs) this.still = sample;
  }

  forget(): void {
    this.nearest = null;
    this.still = null;
    this.#run = null;
  }
}
