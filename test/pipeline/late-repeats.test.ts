// "repeated n times" tells how many lines, not when. Writers are simulated as their sources have them, and each burst's
// least is held against the drops between its first and its last instant.

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase } from "../support/fresh.ts";

const DROP = "nf_conntrack: table full, dropping packet";
const NOTICE = "net_ratelimit: 32 callbacks suppressed";
const TEN = Date.UTC(2026, 2, 14, 10, 0, 0) / 1000;

const made = freshDatabase();

type Said = readonly [atS: number, text: string];

const line = ([atS, text]: Said) =>
  `${new Date((TEN + atS) * 1000).toISOString().slice(0, 19)}Z fw1 kernel: ${text}\n`;
const drops = (atS: number, count: number) => Array.from({ length: count }, (): Said => [atS, DROP]);

/** rsyslog runtime/ratelimit.c: written ahead of the next different message, under the stamp of the last copy. */
function rsyslog(said: readonly Said[]): string {
  const out: string[] = [];
  let held: { said: Said; copies: number } | null = null;
  const flush = () => {
    if (held === null || held.copies === 0) return;
    const { said, copies } = held;
    out.push(line(copies === 1 ? said : [said[0], `message repeated ${copies} times: [ ${said[1]}]`]));
  };
  for (const one of said) {
    if (held?.said[1] === one[1]) held = { said: one, copies: held.copies + 1 };
    else {
      flush();
      out.push(line(one));
      held = { said: one, copies: 0 };
    }
  }
  flush();
  return out.join("");
}

/** rsyslog 3 to 5, action.c: the same, under the time of writing. */
function oldRsyslog(said: readonly Said[]): string {
  const out: string[] = [];
  let last = "";
  let copies = 0;
  for (const one of said) {
    if (one[1] === last) copies++;
    else {
      if (copies > 0) out.push(line([one[0], `last message repeated ${copies} times`]));
      out.push(line(one));
      [last, copies] = [one[1], 0];
    }
  }
  return out.join("");
}

/** sysklogd syslogd.c: also 30, 120 and then every 600 s after it wrote last, under the stamp of the last copy. */
function sysklogd(said: readonly Said[]): string {
  const out: string[] = [];
  const waits = [30, 120, 600];
  let [last, at, copies, wroteS, turn] = ["", 0, 0, 0, 0];
  const flush = (nowS: number) => {
    if (copies > 0) out.push(line([at, copies === 1 ? last : `last message repeated ${copies} times`]));
    [copies, wroteS] = [0, nowS];
  };
  for (const [atS, text] of said) {
    if (text !== last) {
      flush(atS);
      out.push(line([atS, text]));
      [last, turn] = [text, 0];
      continue;
    }
    [at, copies] = [atS, copies + 1];
    if (atS <= wroteS + (waits[turn] ?? 600)) continue;
    flush(atS);
    turn = Math.min(turn + 1, 2);
  }
  flush(0);
  return out.join("");
}

const LINK = "eth0: link becomes ready";
const MORNING_AND_AFTERNOON = [
  ...drops(0, 10),
  ...drops(14_400, 7),
  [18_000, LINK],
  ...drops(21_600, 1),
] as Said[];
const SUPPRESSED = [...drops(0, 10), [1800, NOTICE], ...drops(1800, 10), [1900, LINK]] as Said[];
/** One every 20 s, for an hour, and one at noon. */
const TRICKLE = [
  ...Array.from({ length: 180 }, (_, i): Said => [20 * i, DROP]),
  [5000, LINK],
  ...drops(7200, 1),
] as Said[];

it.each([
  ["rsyslog", rsyslog, MORNING_AND_AFTERNOON, [17, 1]],
  ["an old rsyslog", oldRsyslog, MORNING_AND_AFTERNOON, [17, 1]],
  ["an old rsyslog, and the notice of the next burst", oldRsyslog, SUPPRESSED, [20]],
  ["sysklogd", sysklogd, TRICKLE, [180, 1]],
] as const)("%s", async (_, write, said, least) => {
  const path = join(dirname(made.path), "kern.log");
  writeFileSync(path, `${line([-3600, LINK])}${write(said)}`);
  await made.ingest([path]);
  const told = made.all<{ start_us: number; end_us: number; drops_min: number }>(
    "select start_us, end_us, drops_min from bursts order by start_us",
  );
  const trueDrops = said.filter(([, text]) => text === DROP).map(([atS]) => (TEN + atS) * 1e6);
  for (const { start_us, end_us, drops_min } of told) {
    expect(trueDrops.filter((us) => us >= start_us && us <= end_us).length).toBeGreaterThanOrEqual(drops_min);
  }
  expect(told.map(({ drops_min }) => drops_min)).toEqual(least);
});

it("within a burst's pause nothing is unclear", async () => {
  const path = join(dirname(made.path), "kern.log");
  const near = [...drops(0, 4), ...drops(50, 3), [120, LINK], ...drops(3600, 1)] as Said[];
  writeFileSync(path, `${line([-3600, "Linux version 6.16.3 (x@y) #1 SMP"])}${rsyslog(near)}`);
  await made.ingest([path]);
  expect(made.all("select drops_min, drops_max, bound from bursts order by start_us")).toEqual([
    { drops_min: 7, drops_max: 7, bound: "exact" },
    { drops_min: 1, drops_max: 1, bound: "exact" },
  ]);
});

it("a line that syslog-ng repeats once uses the budget of the window it was printed in", async () => {
  const path = join(dirname(made.path), "kern.log");
  const ng = (text: string, times: number) =>
    `Last message '${text.slice(0, 20)}' repeated ${times} times, suppressed by syslog-ng on fw1`;
  // 6.16 printed ten lines at once and refused five, which nothing told before it was switched off.
  const said: Said[] = [
    [-3600, "Linux version 6.16.3 (x@y) #1 SMP"],
    [0, DROP],
    [1, ng(DROP, 7)],
    [1, "martian source 10.0.0.1 from 10.0.0.2, on dev eth0"],
    [2, DROP],
    [32, ng(DROP, 1)],
    [900, LINK],
  ];
  writeFileSync(path, said.map(line).join(""));
  await made.ingest([path]);
  const told = made.all("select drops_min, drops_max, bound from bursts");
  expect(told).toEqual([{ drops_min: 10, drops_max: null, bound: "at-least" }]);
});
