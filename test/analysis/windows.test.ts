// Windows out of log excerpts: what each line and count belongs to.

import { expect, test } from "vitest";
import { suppressedUntilUs } from "../../src/analysis/windows.ts";
import type { Family, LimiterRecord, Window, WindowRule } from "../../src/analysis/windows-records.ts";
import { FULL, drops as lines, notice, readLog } from "../support/limiter-lines.ts";
import { rebuildWindows } from "../support/limiter-whole.ts";

function rule(family: Family, costS = 5, burst = 10): WindowRule {
  return { family, costUs: costS * 1e6, burst };
}

function rebuild(log: string | readonly LimiterRecord[], by: WindowRule, gapS = 60): Window[] {
  const records = typeof log === "string" ? readLog(log) : log;
  return [...rebuildWindows(records, by, { gapUs: gapS * 1e6 })];
}

function dropLines(window: Window | undefined): number {
  return window?.drops.reduce((sum, drop) => sum + drop.lines, 0) ?? 0;
}

test("a notice that opens the second burst belongs to the end of the first", () => {
  const log = [lines(100, 10), notice(9000, 617), lines(9000.01, 3)].join("\n");
  expect(rebuild(log, rule("W3"))).toMatchObject([
    { beginUs: 100e6, suppressed: 617, closed: true, full: true, short: false, noticeAtUs: 9000e6 },
    { beginUs: 9000e6, suppressed: null, closed: false, full: false, openedByNotice: true, anchored: true },
  ]);
});

test("a later line without a notice closes the window with nothing suppressed", () => {
  expect(rebuild([lines(100, 10), lines(106, 2)].join("\n"), rule("W3"))).toMatchObject([
    { suppressed: 0, closed: true, full: true, short: false },
    { beginUs: 106e6, closed: false },
  ]);
});

test("a notice before any line is of before the evidence, and opens a window", () => {
  expect(rebuild([notice(50, 12), lines(50.01, 2)].join("\n"), rule("W3"))).toMatchObject([
    { leading: true, suppressed: 12, lastLineUs: null, drops: [] },
    { leading: false, beginUs: 50e6, openedByNotice: true },
  ]);
});

test("of two notices in a row the second tells of a window with no line of ours", () => {
  const log = [lines(100, 10), notice(105.1, 40), notice(110.2, 900), lines(110.21, 1)].join("\n");
  expect(rebuild(log, rule("W3"))).toMatchObject([
    { suppressed: 40, short: false },
    { suppressed: 900, drops: [], others: 0, lastLineUs: null, short: true },
    { suppressed: null, openedByNotice: true },
  ]);
});

test("fewer lines than the size before a notice: lines are missing or of users unknown to us", () => {
  expect(
    rebuild([lines(100, 7), notice(105.1, 3), lines(105.11, 1)].join("\n"), rule("W3"))[0],
  ).toMatchObject({
    short: true,
    full: false,
  });
});

test("whole-second stamps: five seconds apart may be the same window, seven are not", () => {
  const log = (second: number) => `[100] ${FULL}\n[${second}] ${FULL}`;
  expect(rebuild(log(105), rule("W3"))).toHaveLength(1);
  expect(rebuild(log(107), rule("W3"))).toHaveLength(2);
});

test("a repeat stands for its lines in the window of the line before, whenever it was written", () => {
  const log = [`[100.0] ${FULL}`, `[130.0] 9x ${FULL}`, notice(130.1, 400), `[130.1] ${FULL}`].join("\n");
  const windows = rebuild(log, rule("W3"));
  expect(windows).toMatchObject([{ suppressed: 400, full: true, short: false }, { closed: false }]);
  expect(dropLines(windows[0])).toBe(10);
});

test("a repeat with an older stamp behind a notice goes back to its window", () => {
  const log = [`[100.0] ${FULL}`, notice(107, 400), `[107.01] ${FULL}`, `[100.1] 9x ${FULL}`].join("\n");
  const windows = rebuild(log, rule("W3"));
  expect(windows.map(dropLines)).toEqual([10, 1]);
  expect(windows[0]).toMatchObject({ full: true, short: false });
});

test("a repeat written a burst later leaves both windows vague", () => {
  const log = [`[100.0] ${FULL}`, `[190.0] 1x ${FULL}`, notice(190.1, 400), `[190.1] ${FULL}`].join("\n");
  expect(rebuild(log, rule("W3"))).toMatchObject([
    { vague: true, suppressed: 0 },
    { vague: true, suppressed: 400, earliestUs: 100e6 },
    { vague: false },
  ]);
});

test("a line an instant ahead of the notice that it belongs behind", () => {
  const log = [lines(100, 10), `[200.000001] ${FULL}`, notice(200.000003, 5000), lines(200.01, 2)].join("\n");
  const windows = rebuild(log, rule("W4"));
  expect(windows.map(dropLines)).toEqual([10, 3]);
  expect(windows).toMatchObject([{ suppressed: 5000 }, { suppressed: null, closed: false }]);
});

test("W1, W2: the call that ends a window counts in the next, however late that starts", () => {
  // Closed by the line at 200; that line and the nine at 900 are one window of the kernel's.
  const log = [lines(100, 3), `[200.0] ${FULL}`, lines(900, 9)].join("\n");
  expect(rebuild(log, rule("W2")).at(-1)).toMatchObject({ full: true, closed: false });
  expect(rebuild(log, rule("W3")).at(-1)).toMatchObject({ full: false, closed: false });
});

test("T: a bucket is empty after its size in lines, and refills by one per length", () => {
  expect(rebuild(lines(100, 10), rule("T")).at(-1)?.full).toBe(true);
  expect(rebuild(lines(100, 9), rule("T")).at(-1)?.full).toBe(false);
  expect(rebuild([lines(100, 9), lines(140, 1)].join("\n"), rule("T")).at(-1)?.full).toBe(true);
  expect(rebuild([lines(100, 9), lines(160, 1)].join("\n"), rule("T")).at(-1)?.full).toBe(false);
});

test("T: a notice does not refill the bucket", () => {
  const log = [lines(100, 10), notice(105.2, 40, "NET"), lines(105.2, 1)].join("\n");
  expect(rebuild(log, rule("T"))).toMatchObject([{ suppressed: 40 }, { full: true, closed: false }]);
});

test("an ambiguous notice of another limiter neither counts nor closes", () => {
  const records = readLog([lines(100, 10), notice(103, 5, "__ratelimit"), lines(103.01, 1)].join("\n"));
  const told = (ownerKnown: boolean | null) =>
    records.map((record) => (record.kind === "notice" ? { ...record, ownerKnown } : record));
  expect(rebuild(told(false), rule("W2"))).toMatchObject([{ suppressed: null, closed: false, lastRef: 11 }]);
  expect(rebuild(told(true), rule("W2"))[0]).toMatchObject({ suppressed: 5, closed: true });
  expect(rebuild(told(null), rule("W2"))[0]).toMatchObject({ suppressed: 5, closed: false });
});

test("a loss marks the windows on both sides, and nothing is known to be unused behind it", () => {
  const log = `${lines(100, 2)}\n[101.0] 3 messages lost\n${lines(110, 2)}\n${lines(200, 2)}`;
  expect(rebuild(log, rule("W3"))).toMatchObject([
    { lost: true },
    { lost: true, full: true },
    { lost: false, full: false },
  ]);
});

test("a notice without a readable number closes, and tells nothing", () => {
  const log = [lines(100, 10), "[106.0] net_ratelimit: ??? callbacks suppressed", lines(106.01, 1)].join(
    "\n",
  );
  expect(rebuild(log, rule("W3"))[0]).toMatchObject({ suppressed: null, noticeRef: 10, closed: true });
});

test("namespaces and other users are counted apart; two records of one call count once", () => {
  const records = readLog(
    [
      `[100.0] ${FULL}`,
      "[100.1] nf_conntrack: nf_conntrack: table full in netns 4026532281, dropping packet",
      "[100.2] IPv4: martian source 10.0.0.1 from 10.0.0.2, on dev eth0",
      "[100.3] IPv4: martian source 10.0.0.1 from 10.0.0.2, on dev eth0",
    ].join("\n"),
  ).map((record) => (record.kind === "other" ? { ...record, multi: 2 } : record));
  expect(rebuild(records, rule("W4"))).toMatchObject([
    {
      drops: [
        { netns: null, lines: 1 },
        { netns: "4026532281", lines: 1 },
      ],
      others: 1,
    },
  ]);
});

test("no window is longer than a burst's pause, however long the limiter's is", () => {
  const log = [`[100.0] ${FULL}`, `[115.0] ${FULL}`].join("\n");
  expect(rebuild(log, rule("W3", 30, 10), 10)).toHaveLength(2);
});

test("a clock that was set back starts a new window", () => {
  expect(rebuild([lines(5000, 3), lines(100, 3)].join("\n"), rule("W3"))).toMatchObject([
    { beginUs: 5000e6, closed: true },
    { beginUs: 100e6, anchored: false },
  ]);
});

test("what a window suppressed was refused within one length of its last line", () => {
  const [window] = rebuild(lines(100, 10), rule("W3"));
  expect(window && suppressedUntilUs(window, rule("W3"))).toBe(105_090_000);
});

test("a million lines without a notice are one stream, not one list", () => {
  function* records(): Generator<LimiterRecord> {
    const [line] = readLog(`[1.0] ${FULL}`);
    for (let i = 0; line !== undefined && i < 1_000_000; i += 1) yield { ...line, atUs: i * 1000, ref: i };
  }
  let total = 0;
  for (const window of rebuildWindows(records(), rule("W3", 5, 1_000_000))) total += dropLines(window);
  expect(total).toBe(1_000_000);
});

test("a loss behind a notice took the line that it came with, and what followed", () => {
  const log = [lines(100, 10), notice(105.1, 40), "[130] missed 13 kernel messages"].join("\n");
  expect(rebuild(log, rule("W4"))).toMatchObject([{ suppressed: 40, closed: true, lost: true }]);
});

test("a loss ahead of a notice may have taken the begin of the burst, not that of one long after", () => {
  const log = (second: number) =>
    [lines(100, 10), "[130] missed 13 kernel messages", notice(second, 40), lines(second + 0.1, 2)].join(
      "\n",
    );
  expect(rebuild(log(131), rule("W1"))[1]).toMatchObject({ openedByNotice: true, lost: true });
  expect(rebuild(log(300), rule("W1"))[1]).toMatchObject({ openedByNotice: true, lost: false });
});

test("a wall clock that was set does not make a budget younger or older", () => {
  const log = readLog([lines(100, 9), lines(137, 1)].join("\n"));
  const records = log.map((one) => (one.atUs === 137e6 ? { ...one, steppedUs: 36_900_000 } : one));
  expect(rebuild(log, rule("W4")).at(-1)).toMatchObject({ full: false });
  expect(rebuild(records, rule("W4")).at(-1)).toMatchObject({ full: true, closed: false });
});

test("no window holds lines of two bursts of a namespace, however near they are", () => {
  const at = (second: number, text = FULL) => `[${second.toFixed(6)}] ${text}`;
  const other = FULL.replace("table full", "table full in netns 4026532281");
  const counts = (log: readonly string[], by: WindowRule, gapS: number) =>
    rebuild(log.join("\n"), by, gapS).map(dropLines);
  expect(counts([at(100), at(101.3), at(101.4)], rule("W3"), 1)).toEqual([1, 2]);
  expect(counts([at(100), at(100.9), at(101)], rule("W3"), 1)).toEqual([3]);
  // Each namespace has pauses of its own; the lines of others end none of them.
  expect(counts([at(100), at(100.8, other), at(101.3)], rule("W3"), 1)).toEqual([2, 1]);
  expect(counts([at(100), at(100.8, other), at(101, other)], rule("W3"), 1)).toEqual([3]);
  // A window of two minutes is longer than the pause that ends a burst.
  expect(counts([at(100), at(158), at(218.02)], rule("W3", 120), 60)).toEqual([2, 1]);
});
