// The answer of Prometheus' query and query_range (HTTP API, "matrix" and "vector"): series with labels, and for
// each a list of [seconds, "value"] pairs. Read by structure, so the wrapping around `result` does not matter.

import type { Observation } from "../model/observation.ts";
import type { Problem } from "../model/problem.ts";
import { resolveMetric } from "./counters.ts";
import { epochStamp } from "./dates.ts";
import type { CreateReader, DocumentReader } from "./document.ts";
import { write } from "./draft.ts";
import { createJsonTokens, type Token } from "./json-tokens.ts";
import { hostOfLabels } from "./metrics.ts";
import { createTally } from "./tally.ts";

interface Pair {
  readonly time: string;
  readonly value: string;
  readonly offset: number;
  readonly end: number;
}

interface Series {
  readonly title: string;
  readonly metric: ReturnType<typeof resolveMetric>;
  readonly host: string | null;
  readonly netns: string | null;
}

interface Frame {
  readonly what: "series" | "labels" | "pairs" | "pair" | "other";
  readonly offset: number;
  /** Objects: the key at hand, and whether the next string is a key. */
  key: string;
  wantsKey: boolean;
  cells: string[];
}

/** Depth of a real answer is 6. */
const DEEPEST = 32;
/** Pairs kept of a series whose labels come behind its values, as no known server sends it. */
const MOST_WAITING = 100_000;
/** Longer than any number or label that means something, and no series has as many labels. */
const LONGEST_CELL = 64;
const LONGEST_LABEL = 4096;
const MOST_LABELS = 256;

class PrometheusReader implements DocumentReader {
  readonly #origin: string;
  readonly #netns: string | null;
  readonly #tally = createTally();
  readonly #tokens = createJsonTokens((token) => this.#take(token));
  readonly #stack: Frame[] = [];
  #tooDeep = 0;
  #labels = new Map<string, string>();
  #series: Series | null = null;
  #waiting: Pair[] = [];
  #out: Observation[] = [];
  #size = 0;

  constructor(origin: string, netns: string | null) {
    this.#origin = origin;
    this.#netns = netns;
  }

  push(chunk: Uint8Array): Observation[] {
    this.#size += chunk.length;
    this.#tokens.push(chunk);
    return this.#taken();
  }

  end(): Observation[] {
    this.#tokens.end();
    if (this.#stack.length > 0 || this.#tokens.open()) this.#tally.add("cut-document", this.#size);
    return this.#taken();
  }

  problems(): Problem[] {
    return this.#tally.problems();
  }

  occupancy(): null {
    return null;
  }

  #taken(): Observation[] {
    const done = this.#out;
    this.#out = [];
    return done;
  }

  #take(token: Token): void {
    const frame = this.#stack.at(-1);
    if (token.type === "{" || token.type === "[") this.#open(token);
    else if (token.type === "}" || token.type === "]") this.#close(token);
    else if (token.type === "string" || token.type === "other") this.#scalar(token);
    else if (frame !== undefined && (frame.what === "series" || frame.what === "labels"))
      frame.wantsKey = token.type === ",";
  }

  #open(token: Token): void {
    const what = kindOf(token.type, this.#stack.at(-1));
    if (what === "labels") this.#labels = new Map();
    if (this.#stack.length >= DEEPEST) this.#tooDeep += 1;
    else this.#stack.push({ what, offset: token.offset, key: "", wantsKey: token.type === "{", cells: [] });
  }

  #close(token: Token): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep -= 1;
      return;
    }
    const frame = this.#stack.pop();
    if (frame?.what === "pair") this.#takePair(frame, token.end);
    if (frame?.what === "labels") this.#series = this.#name(this.#labels, frame.offset);
    if (frame?.what !== "series") return;
    for (const pair of this.#waiting) this.#emit(pair);
    this.#waiting = [];
    this.#series = null;
  }

  #scalar(token: Token): void {
    const frame = this.#stack.at(-1);
    if (frame === undefined || this.#tooDeep > 0) return;
    if (frame.wantsKey && token.type === "string") frame.key = bounded(token.text, LONGEST_LABEL);
    else if (frame.what === "labels") this.#label(frame.key, bounded(token.text, LONGEST_LABEL));
    else if (frame.what === "pair" && frame.cells.length < 2)
      frame.cells.push(bounded(token.text, LONGEST_CELL));
  }

  #label(key: string, text: string): void {
    if (this.#labels.size < MOST_LABELS) this.#labels.set(key, text);
  }

  #takePair(frame: Frame, end: number): void {
    const [time = "", value = ""] = frame.cells;
    const pair = { time, value, offset: frame.offset, end };
    if (this.#series !== null) this.#emit(pair);
    else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(pair);
    else this.#tally.add("unnamed-series", pair.offset);
  }

  /** What the labels say, once they are whole. */
  #name(labels: ReadonlyMap<string, string>, offset: number): Series {
    const title = labels.get("__name__") ?? "";
    if (title === "") this.#tally.add("unnamed-series", offset);
    return {
      title: `${title}{instance=${JSON.stringify(labels.get("instance") ?? "")}}`,
      metric: resolveMetric(title),
      host: hostOfLabels(labels),
      netns: labels.get("netns") ?? this.#netns,
    };
  }

  #emit(pair: Pair): void {
    if (this.#series === null || this.#series.metric === null) return;
    const stamp = epochStamp(pair.time);
    if (stamp === null) {
      this.#tally.add("bad-row", pair.offset);
      return;
    }
    const { host, netns, metric, title } = this.#series;
    const text = `${title} [${pair.time},"${pair.value}"]`;
    const length = pair.end - pair.offset;
    const place = { offset: pair.offset, length, text, stamp, uptimeUs: null, host, netns };
    const draft = { kind: metric.kind, key: metric.key, value: pair.value };
    this.#out.push(...write([draft], this.#origin, place, this.#tally));
  }
}

/** Nothing where it is too long: values wait for their labels, and must not fill the memory. */
function bounded(text: string, longest: number): string {
  return text.length > longest ? "" : text;
}

/** What a bracket opens, by the key it stands under. */
function kindOf(bracket: Token["type"], parent: Frame | undefined): Frame["what"] {
  const key = parent?.key ?? "";
  if (bracket === "{") return key === "metric" ? "labels" : "series";
  if (key === "value" || parent?.what === "pairs") return "pair";
  return key === "values" ? "pairs" : "other";
}

export const createPrometheusReader: CreateReader = (origin, facts) =>
  new PrometheusReader(origin, facts.netns ?? null);
