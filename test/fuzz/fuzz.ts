// One target for so long, in this process: executions, the slowest one, the most memory. Used by the script
// (fuzz.mjs, a process a target) and, for a moment each, by the tests.

import fc from "fast-check";
import { type Spoiled, spoil, spoiled } from "./mutations.ts";
import { TARGETS, type Target } from "./targets.ts";

export interface Figures {
  readonly target: string;
  readonly seed: number;
  readonly executions: number;
  readonly seconds: number;
  /** CPU of the slowest execution, milliseconds: other processes on the machine do not count. */
  readonly slowestMs: number;
  readonly peakMib: number;
  readonly find: Find | null;
}

export interface Find {
  readonly why: string;
  readonly input: string;
  readonly cuts: readonly number[];
}

export interface Bounds {
  readonly seconds: number;
  readonly executions: number;
  /** CPU of one execution, and memory of the process, beyond which an input is a find. */
  readonly mostMs: number;
  readonly mostMib: number;
}

const ROUND = 200;

interface Meter {
  executions: number;
  slowestMs: number;
  peakMib: number;
}

/** Told before each execution, so that whoever watches can say what hung. */
export type OnInput = (bytes: Buffer, cuts: readonly number[]) => void;

async function execute(
  target: Target,
  bytes: Buffer,
  cuts: readonly number[],
  meter: Meter,
  mostMs: number,
): Promise<void> {
  const before = process.cpuUsage();
  await target.run(bytes, cuts);
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  meter.executions += 1;
  meter.slowestMs = Math.max(meter.slowestMs, ms);
  if (ms > mostMs) throw new Error(`took ${ms.toFixed(0)} ms of CPU`);
}

/** Runs a target until a bound is reached or something is found. The same seed makes the same inputs. */
export async function fuzz(name: string, seed: number, bounds: Bounds, onInput?: OnInput): Promise<Figures> {
  const target = TARGETS[name];
  if (target === undefined)
    throw new Error(`no target ${name}; there are ${Object.keys(TARGETS).join(", ")}`);
  const seeds = await target.seeds();
  const meter: Meter = { executions: 0, slowestMs: 0, peakMib: 0 };
  const began = Date.now();
  const until = began + bounds.seconds * 1000;
  const property = fc.asyncProperty(spoiled, async (value: Spoiled) => {
    const bytes = spoil(value, seeds);
    onInput?.(bytes, value.cuts);
    await execute(target, bytes, value.cuts, meter, bounds.mostMs);
  });
  let find: Find | null = null;
  for (
    let round = 0;
    find === null && Date.now() < until && meter.executions < bounds.executions;
    round += 1
  ) {
    const numRuns = Math.min(ROUND, bounds.executions - meter.executions);
    const result = await fc.check(property, {
      seed: seed + round,
      numRuns,
      interruptAfterTimeLimit: until - Date.now(),
    });
    meter.peakMib = Math.max(meter.peakMib, process.memoryUsage.rss() / (1 << 20));
    const [value] = result.counterexample ?? [];
    if (result.failed && value !== undefined) {
      const why =
        result.errorInstance instanceof Error
          ? (result.errorInstance.stack ?? "")
          : String(result.errorInstance);
      find = { why, input: spoil(value, seeds).toString("base64"), cuts: value.cuts };
    } else if (meter.peakMib > bounds.mostMib) {
      find = { why: `${meter.peakMib.toFixed(0)} MiB in use`, input: "", cuts: [] };
    }
  }
  const seconds = (Date.now() - began) / 1000;
  return { target: name, seed, seconds, find, ...meter };
}
