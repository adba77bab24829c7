// What a memo recalls is what taking the line apart would give.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createLineMemo } from "../../src/formats/line-memo.ts";
import { createParser } from "../../src/formats/parse.ts";

const DROP = "kernel: nf_conntrack: table full, dropping packet";
const NOTICE = "kernel: net_ratelimit: 123 callbacks suppressed";
const parse = (line: string) => {
  const entry = createParser().parse(line);
  if (entry === null) throw new Error(`no entry: ${line}`);
  return entry;
};
const learned = (line: string, told: number | null = null) => {
  const memo = createLineMemo<string>();
  return { memo, was: memo.learn(line, parse(line), "meaning", told) };
};

test.each([
  "Jan 12 08:30:01 gw1",
  "Jan  2 08:30:01 gw1",
  "2026-01-12T08:30:01.123456+01:00 gw1",
  "2026-01-12 08:30:01 gw1",
  "Jan 12 2026 08:30:01 gw1",
])("a line that differs in its stamp alone: %s", (head) => {
  const { memo, was } = learned(`${head} ${DROP}`);
  expect(was).toBe(true);
  const later = `${head.replace("08:30:01", "09:59:58")} ${DROP}`;
  expect(memo.recall(later)).toEqual({
    entry: parse(later),
    meaning: "meaning",
    told: null,
    tail: ` gw1 ${DROP}`,
  });
  expect(memo.recall(`${head} ${DROP}`)?.entry).toEqual(parse(`${head} ${DROP}`));
});

test("a clock of twelve hours goes on from 11:59 to 12:00, and from 12:59 to 01:00", () => {
  for (const [first, later] of [
    ["11:59:59 AM", "12:00:00 AM"],
    ["12:59:59 PM", "01:00:00 PM"],
  ]) {
    const { memo } = learned(`4/27/2026 ${first} gw1 ${DROP}`);
    const line = `4/27/2026 ${later} gw1 ${DROP}`;
    expect(memo.recall(line)?.entry ?? parse(line), line).toEqual(parse(line));
  }
});

test("a blank in front of the day", () => {
  const line = `Jan  2 08:30:01 gw1 ${DROP}`;
  expect(learned(`Jan 12 08:30:01 gw1 ${DROP}`).memo.recall(line)?.entry).toEqual(parse(line));
});

test("a line that differs in its number", () => {
  const { memo } = learned(`Jan 12 08:30:01 gw1 ${NOTICE}`, 123);
  const other = `Jan 12 08:30:06 gw1 ${NOTICE.replace("123", "98765")}`;
  expect(memo.recall(other)).toMatchObject({
    told: 98765,
    entry: { host: "gw1", stamp: parse(other).stamp },
  });
});

test.each([
  ["another host", `Jan 12 08:30:01 gw2 ${DROP}`],
  ["an impossible time", `Jan 12 25:30:01 gw1 ${DROP}`],
  ["an unknown month", `Jun 12 08:30:01 gw1 ${DROP}`.replace("Jun", "Jux")],
  ["a stamp of another length", `Jan 12 08:30:01.5 gw1 ${DROP}`],
  ["no stamp, but as long", `Jan 12X08:30:01 gw1 ${DROP}`],
  ["more behind it", `Jan 12 08:30:01 gw1 ${DROP}.`],
  ["less in front", `an 12 08:30:01 gw1 ${DROP}`],
  ["a carriage return", `Jan 12 08:30:01 gw1 ${DROP}\r`],
  ["an uptime", `Jan 12 08:30:01 gw1 kernel: [12.345678] ${DROP.slice(8)}`],
])("not recalled: %s", (_why, line) => {
  expect(learned(`Jan 12 08:30:01 gw1 ${DROP}`).memo.recall(line)).toBeNull();
});

test.each([
  ["Jan 12 08:30:01", "Jan 12 23:59:59"],
  ["Jan 12 08:30:01", "Jan 12 00:00:00"],
  ["Wed Jan 12 08:30:01", "Wed Jan 12 09:00:00"],
  ["2026-01-12T08:30:01.123456+01:00", "2026-01-12T08:30:01.000001+01:00"],
  ["2026-01-12T08:30:01.5Z", "2026-01-12T08:29:01.4Z"],
  ["2026-01-12T08:30:01.123456789Z", "2026-01-12T08:30:02.123456111Z"],
  ["2026-01-12 08:30:01,123", "2026-01-12 08:30:01,124"],
  ["2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z"],
])("after %s, %s is read as by itself, and so is the first again", (head, later) => {
  const { memo, was } = learned(`${head} gw1 ${DROP}`);
  expect(was).toBe(true);
  for (const stamp of [later, head, later]) {
    const line = `${stamp} gw1 ${DROP}`;
    const found = memo.recall(line);
    if (found !== null) expect(found.entry).toEqual(parse(line));
    else expect(later).toContain(":60");
  }
});

test.each(["", "x", "12 3", "1234567890123456"])("no number, or one beyond what is exact: %j", (number) => {
  const { memo } = learned(`Jan 12 08:30:01 gw1 ${NOTICE}`, 123);
  expect(memo.recall(`Jan 12 08:30:01 gw1 ${NOTICE.replace("123", number)}`)).toBeNull();
});

test.each([
  ["a priority before the stamp", `<4>Jan 12 08:30:01 gw1 ${DROP}`],
  ["an uptime", `Jan 12 08:30:01 gw1 kernel: [12.345678] ${DROP.slice(8)}`],
  ["no stamp", `[12.345678] ${DROP.slice(8)}`],
  ["bytes beyond ASCII", `Jan 12 08:30:01 gw\u00e4 ${DROP}`],
  ["an impossible time", `Feb 31 08:30:01 gw1 ${DROP}`],
])("not learned: %s", (_why, line) => {
  expect(learned(line).was).toBe(false);
});

test("examples make a memo what it was", () => {
  const { memo } = learned(`Jan 12 08:30:01 gw1 ${DROP}`);
  memo.learn(`Jan  2 08:30:01 gw2 ${DROP}`, parse(`Jan  2 08:30:01 gw2 ${DROP}`), "meaning", null);
  const again = createLineMemo<string>();
  for (const example of memo.examples()) again.learn(example, parse(example), "meaning", null);
  expect(again.examples()).toEqual(memo.examples());
  expect(again.recall(`Jan  9 10:00:00 gw2 ${DROP}`)).toEqual(memo.recall(`Jan  9 10:00:00 gw2 ${DROP}`));
});

test("whatever is recalled reads so", () => {
  const head = fc.constantFrom("Jan 12 08:30:01", "2026-01-12T08:30:01.123456+01:00", "2026-01-12T08:30:01Z");
  // One in two runs changes digits alone, at the places of the day and of the
  // time, so that a good part of the lines can be recalled.
  const digits = fc.tuple(fc.constantFrom(4, 5, 8, 11, 12, 14, 15, 17, 18), fc.constantFrom(..."012345"));
  const bytes = fc.tuple(fc.nat(60), fc.constantFrom(..."0123456789 JanFebMTZ:+-.[]<>kx"));
  const some = (change: typeof bytes) => fc.array(change, { minLength: 1, maxLength: 4 });
  let recalled = 0;
  fc.assert(
    fc.property(head, fc.oneof(some(digits), some(bytes)), (stamp, changes) => {
      const { memo } = learned(`${stamp} gw1 ${DROP}`);
      const chars = [...`${stamp} gw1 ${DROP}`];
      for (const [at, char] of changes) chars[at % chars.length] = char;
      const line = chars.join("");
      const found = memo.recall(line);
      if (found === null) return;
      recalled++;
      expect(found.entry).toEqual(parse(line));
    }),
    { numRuns: 3000 },
  );
  expect(recalled).toBeGreaterThan(100);
});
