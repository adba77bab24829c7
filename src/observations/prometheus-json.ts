// The answer of Prometheus' query and query_range (HTTP API, "matrix" and "vector"): series with labels, and for
// each a list of [seconds, "value"] pairs. Read by structure, so the wrapping around `result` does not matter.

import type { Observation } from "../model/observation.ts";
import { resolveMetric } from "./counters.ts";
import { epochStamp } from "./dates.ts";
import type { CreateReader } from "./document.ts";
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

export const createPrometheusReader: CreateReader = (origin, facts) => {
  const tally = createTally();
  const tokens = createJsonTokens(take);
  const stack: Frame[] = [];
  let tooDeep = 0;
  let labels = new Map<string, string>();
  let series: Series | null = null;
  let waiting: Pair[] = [];
  let out: Observation[] = [];
  let size = 0;

  /** What the labels say, once they are whole. */
  function name(found: ReadonlyMap<string, string>, offset: number): Series {
    const title = found.get("__name__") ?? "";
    if (title === "") tally.add("unnamed-series", offset);
    return {
      title: `${title}{instance=${JSON.stringify(found.get("instance") ?? "")}}`,
      metric: resolveMetric(title),
      host: hostOfLabels(found),
      netns: found.get("netns") ?? facts.netns ?? null,
    };
  }

  function emit(pair: Pair): void {
    if (series === null || series.metric === null) return;
    const stamp = epochStamp(pair.time);
    if (stamp === null) {
      tally.add("bad-row", pair.offset);
      return;
    }
    const { host, netns, metric } = series;
    const text = `${series.title} [${pair.time},"${pair.value}"]`;
    const length = pair.end - pair.offset;
    const place = { offset: pair.offset, length, text, stamp, uptimeUs: null, host, netns };
    out.push(...write([{ kind: metric.kind, key: metric.key, value: pair.value }], origin, place, tally));
  }

  function takePair(frame: Frame, end: number): void {
    const [time = "", value = ""] = frame.cells;
    const pair = { time, value, offset: frame.offset, end };
    if (series !== null) emit(pair);
    else if (waiting.length < MOST_WAITING) waiting.push(pair);
    else tally.add("unnamed-series", pair.offset);
  }

  function open(token: Token): void {
    const parent = stack.at(-1);
    const key = parent?.key ?? "";
    let what: Frame["what"] = token.type === "{" ? "series" : "other";
    if (token.type === "{" && key === "metric") what = "labels";
    else if (token.type === "[" && (key === "value" || parent?.what === "pairs")) what = "pair";
    else if (token.type === "[" && key === "values") what = "pairs";
    if (what === "labels") labels = new Map();
    if (stack.length >= DEEPEST) tooDeep += 1;
    else stack.push({ what, offset: token.offset, key: "", wantsKey: token.type === "{", cells: [] });
  }

  function close(token: Token): void {
    if (tooDeep > 0) {
      tooDeep -= 1;
      return;
    }
    const frame = stack.pop();
    if (frame?.what === "pair") takePair(frame, token.end);
    if (frame?.what === "labels") series = name(labels, frame.offset);
    if (frame?.what !== "series") return;
    for (const pair of waiting) emit(pair);
    waiting = [];
    series = null;
  }

  function scalar(token: Token): void {
    const frame = stack.at(-1);
    if (frame === undefined || tooDeep > 0) return;
    if (frame.wantsKey && token.type === "string") frame.key = token.text;
    else if (frame.what === "labels") labels.set(frame.key, token.text);
    else if (frame.what === "pair" && frame.cells.length < 2) frame.cells.push(token.text);
  }

  function take(token: Token): void {
    const frame = stack.at(-1);
    if (token.type === "{" || token.type === "[") open(token);
    else if (token.type === "}" || token.type === "]") close(token);
    else if (token.type === "string" || token.type === "other") scalar(token);
    else if (frame !== undefined && (frame.what === "series" || frame.what === "labels"))
      frame.wantsKey = token.type === ",";
  }

  function taken(): Observation[] {
    const done = out;
    out = [];
    return done;
  }

  return {
    push(chunk) {
      size += chunk.length;
      tokens.push(chunk);
      return taken();
    },
    end() {
      tokens.end();
      if (stack.length > 0 || tokens.open()) tally.add("cut-document", size);
      return taken();
    },
    problems: () => tally.problems(),
    occupancy: () => null,
  };
};
