// A host with a limiter, made-up traffic, and a log shipper that may round, delay and fold lines. Gives the
// records that we would read and the drops that really happened.

import type { Family, LimiterRecord } from "../../src/analysis/windows-records.ts";
import type { NoticeForm } from "../../src/model/event.ts";
import { AtomicKernel, type Contention, type Kernel, makeKernel } from "./limiter-kernels.ts";
import { lose, type Printed, type SimUser, type Stamping, ship } from "./limiter-shipper.ts";

export interface SimDrop {
  readonly atUs: number;
  readonly netns: string | null;
}

export interface Simulation {
  readonly family: Family;
  readonly costS: number;
  readonly burst: number;
  readonly cpus: number;
  readonly records: readonly LimiterRecord[];
  readonly drops: readonly SimDrop[];
  /** True times of what a record stands for, by ref. */
  readonly times: readonly { readonly firstUs: number; readonly lastUs: number }[];
  /** Users of the limiter whose lines we do not know. */
  readonly unknownUsers: boolean;
  /** One namespace's drops and nothing else, one CPU, nothing cut, folded or lost. */
  readonly pure: boolean;
  readonly cutHeadUs: number | null;
  readonly cutTailUs: number | null;
  readonly stamping: Stamping;
}

export type Random = () => number;

/** mulberry32: small, seeded, good enough. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Call {
  readonly atUs: number;
  readonly user: SimUser;
}

const SECOND = 1_000_000;
const MAX_CALLS = 900;
const FORMS: Readonly<Record<Family, NoticeForm>> = {
  T: "NET",
  W1: "__ratelimit-callbacks",
  W2: "net_ratelimit",
  W3: "net_ratelimit",
  W4: "net_ratelimit",
  unknown: "net_ratelimit",
};

export function simulate(family: Family, seed: number): Simulation {
  const random = randomFrom(seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0];
  const chance = (share: number) => random() < share;

  const costS = pick([1, 2, 5, 5, 5, 20, 30]);
  const burst = pick([1, 2, 3, 4, 10, 10, 10, 15]);
  const hz = pick([100, 250, 1000]);
  const cpus = pick([1, 1, 2, 4]);
  const users = makeUsers(chance);
  const calls = makeCalls(users, costS, between, pick, chance);
  const kernel = makeKernel(family, costS * hz, burst);
  const { printed, drops } = run(kernel, calls, { family, hz, cpus, random, users });

  const folded = chance(0.2);
  const stamping = pick<Stamping>(["micro", "micro", "second", "late"]);
  const endUs = calls.at(-1)?.atUs ?? 0;
  const cutHeadUs = chance(0.15) ? between(0, endUs * 0.6) : null;
  const cutTailUs = !folded && chance(0.2) ? between(endUs * 0.4, endUs) : null;
  const losing = chance(0.1);
  const shipped = ship(printed, { folded, stamping, form: FORMS[family], between });
  const kept = shipped.filter(
    ({ lastUs, flushedUs }) =>
      (cutHeadUs === null || flushedUs >= cutHeadUs) && (cutTailUs === null || lastUs <= cutTailUs),
  );
  const told = losing ? lose(kept, between) : kept;
  const pure =
    users.length === 1 && cpus === 1 && cutHeadUs === null && cutTailUs === null && !losing && !folded;
  return {
    family,
    costS,
    burst,
    cpus,
    records: told.map(({ record }, ref) => ({ ...record, ref })),
    drops,
    times: told,
    unknownUsers: users.some((user) => user.kind === "unknown"),
    pure,
    cutHeadUs,
    cutTailUs,
    stamping,
  };
}

function makeUsers(chance: (share: number) => boolean): readonly SimUser[] {
  const users: SimUser[] = [{ kind: "drop", netns: null }];
  if (chance(0.25)) users.push({ kind: "drop", netns: "4026532281" });
  if (chance(0.4)) users.push({ kind: "other", netns: null });
  if (chance(0.15)) users.push({ kind: "unknown", netns: null });
  return users;
}

/** Floods, trickles and single calls with pauses from nothing to minutes between them. */
function makeCalls(
  users: readonly SimUser[],
  costS: number,
  between: (low: number, high: number) => number,
  pick: <T>(values: readonly [T, ...T[]]) => T,
  chance: (share: number) => boolean,
): readonly Call[] {
  const calls: Call[] = [];
  let nowUs = between(1, 400) * SECOND;
  while (calls.length < MAX_CALLS && !(calls.length > 0 && chance(0.08))) {
    nowUs += between(0, pick([0.2, costS, 3 * costS, 60, 250])) * SECOND;
    const rate = 10 ** between(-0.7, 2.2);
    const endUs = nowUs + between(0, pick([0.05, 1, costS, 4 * costS])) * SECOND;
    const weights = users.map(() => (chance(0.3) ? 0 : between(0, 1)));
    do {
      const user = weigh(users, weights, between(0, 1));
      if (user !== undefined) calls.push({ atUs: Math.round(nowUs), user });
      nowUs += chance(0.2) ? between(1, 300) : (-Math.log(1 - between(0, 1)) / rate) * SECOND;
    } while (nowUs < endUs && calls.length < MAX_CALLS);
  }
  return calls;
}

function weigh(users: readonly SimUser[], weights: readonly number[], share: number): SimUser | undefined {
  let left = share * weights.reduce((sum, weight) => sum + weight, 0);
  return users.find((_, i) => {
    left -= weights[i] ?? 0;
    return left < 0;
  });
}

interface World {
  readonly family: Family;
  readonly hz: number;
  readonly cpus: number;
  readonly random: Random;
  readonly users: readonly SimUser[];
}

function run(kernel: Kernel, calls: readonly Call[], world: World): { printed: Printed[]; drops: SimDrop[] } {
  const printed: Printed[] = [];
  const drops: SimDrop[] = [];
  let previousUs = Number.NEGATIVE_INFINITY;
  const uncounted = world.cpus > 1 && (world.family === "W2" || world.family === "W3");
  for (const { atUs, user } of calls) {
    if (user.kind === "drop") drops.push({ atUs, netns: user.netns });
    const contended = world.cpus > 1 && atUs - previousUs < 1000;
    previousUs = atUs;
    if (uncounted && contended && world.random() < 0.3) continue;
    const jiffies = Math.floor((atUs * world.hz) / SECOND);
    if (kernel instanceof AtomicKernel && world.cpus > 1 && kernel.ends(jiffies) && world.random() < 0.5) {
      meet(kernel, { atUs, user }, jiffies, world, printed, drops);
      continue;
    }
    const verdict = kernel.call(jiffies);
    if (verdict.notice > 0) printed.push({ atUs, user: null, notice: verdict.notice });
    if (verdict.allowed) printed.push({ atUs, user, notice: 0 });
  }
  return { printed, drops };
}

/** Calls of other CPUs at the very moment at which a window ends. */
function meet(
  kernel: AtomicKernel,
  owner: Call,
  jiffies: number,
  world: World,
  printed: Printed[],
  drops: SimDrop[],
): void {
  const moments: readonly Contention[] = ["before-reset", "between", "after-reset"];
  const others = Array.from({ length: 1 + Math.floor(world.random() * (world.cpus - 1)) }, () => ({
    user: world.users[Math.floor(world.random() * world.users.length)] ?? owner.user,
    when: moments[Math.floor(world.random() * moments.length)] ?? "between",
  }));
  const atUs = owner.atUs + 1;
  const met = kernel.meet(
    jiffies,
    others.map(({ when }) => when),
  );
  for (const [i, { user }] of others.entries()) {
    if (user.kind === "drop") drops.push({ atUs, netns: user.netns });
    if (met.printed[i] === true) printed.push({ atUs, user, notice: 0 });
  }
  if (met.verdict.notice > 0) printed.push({ atUs: owner.atUs, user: null, notice: met.verdict.notice });
  if (met.verdict.allowed) printed.push({ atUs: owner.atUs, user: owner.user, notice: 0 });
}
