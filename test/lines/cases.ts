// Cases made by hand: each names a fact, and says what must come of a text.

import type { LineOptions } from "../../src/lines/options.ts";
import type { LineRole } from "../../src/model/line.ts";

type Told = readonly [role: LineRole, number: number, offset: number, raw: string];

interface Case {
  readonly fact: string;
  readonly text: string;
  readonly lines: readonly Told[];
  readonly problems?: readonly (readonly [kind: string, offset: number, count: number])[];
  readonly unterminatedAt?: number;
  readonly options?: Partial<LineOptions>;
}

const LONG = "x".repeat(1025);
const HOLE = "\0".repeat(600_000);

export const CASES: readonly Case[] = [
  { fact: "an empty source has no lines", text: "", lines: [] },
  { fact: "one newline is one empty line", text: "\n", lines: [["waymark", 1, 0, ""]] },
  {
    fact: "a candidate brings the lines beside it along",
    text: "a\nb\nc\ntable full\nd\ne\nf\n",
    lines: [
      ["waymark", 1, 0, "a"],
      ["neighbour", 3, 4, "c"],
      ["candidate", 4, 6, "table full"],
      ["neighbour", 5, 17, "d"],
      ["waymark", 7, 21, "f"],
    ],
  },
  {
    fact: "a line between two candidates comes once",
    text: "table full\na\ntable full\n",
    lines: [
      ["candidate", 1, 0, "table full"],
      ["neighbour", 2, 11, "a"],
      ["candidate", 3, 13, "table full"],
    ],
  },
  {
    fact: "two needles in one line make one candidate",
    text: "table full callbacks suppressed table full\n",
    lines: [["candidate", 1, 0, "table full callbacks suppressed table full"]],
  },
  {
    fact: "a needle cut by a newline is none",
    text: "table\n full\n",
    lines: [
      ["waymark", 1, 0, "table"],
      ["waymark", 2, 6, " full"],
    ],
  },
  {
    fact: "the case of a needle counts",
    text: "a\nTable full\nb\n",
    lines: [
      ["waymark", 1, 0, "a"],
      ["waymark", 3, 13, "b"],
    ],
  },
  {
    fact: "a carriage return stays with its line",
    text: "a\r\ntable full\r\n\r\nb\r\n",
    lines: [
      ["neighbour", 1, 0, "a\r"],
      ["candidate", 2, 3, "table full\r"],
      ["neighbour", 3, 15, "\r"],
      ["waymark", 4, 17, "b\r"],
    ],
  },
  {
    fact: "bytes that are not UTF-8 shift nothing",
    text: "\xff\xc3\n\xe2\x82\ntable full\xf0\n",
    lines: [
      ["waymark", 1, 0, "\xff\xc3"],
      ["neighbour", 2, 3, "\xe2\x82"],
      ["candidate", 3, 6, "table full\xf0"],
    ],
  },
  {
    fact: "an unterminated last line goes on and is told",
    text: "a\ntable full",
    lines: [
      ["neighbour", 1, 0, "a"],
      ["candidate", 2, 2, "table full"],
    ],
    unterminatedAt: 2,
  },
  {
    fact: "a line of just the limit is read, one byte more is passed over",
    text: `${"x".repeat(1024)}\n${LONG}\ntable full\n`,
    lines: [
      ["waymark", 1, 0, "x".repeat(1024)],
      ["candidate", 3, 2051, "table full"],
    ],
    problems: [["line-too-long", 1025, 1]],
  },
  {
    fact: "a passed-over line is no candidate and nobody's neighbour",
    text: `a\n${LONG}table full\nb\ntable full\n${LONG}`,
    lines: [
      ["waymark", 1, 0, "a"],
      ["neighbour", 3, 1038, "b"],
      ["candidate", 4, 1040, "table full"],
    ],
    problems: [["line-too-long", 2, 2]],
    unterminatedAt: 1051,
  },
  {
    fact: "a line far longer than any buffer is passed over",
    text: `${"y".repeat(1_200_000)}\ntable full\n`,
    lines: [["candidate", 2, 1_200_001, "table full"]],
    problems: [["line-too-long", 0, 1]],
  },
  {
    fact: "a few NULs stay with their line",
    text: "\0\0table full\n",
    lines: [["candidate", 1, 0, "\0\0table full"]],
    problems: [["nul-bytes", 0, 1]],
  },
  {
    fact: "text behind a hole is read",
    text: `a\n${HOLE}table full\nb\n`,
    lines: [
      ["neighbour", 1, 0, "a"],
      ["candidate", 2, 600_002, "table full"],
      ["neighbour", 3, 600_013, "b"],
    ],
    problems: [["nul-bytes", 2, 1]],
  },
  {
    fact: "NULs within the text behind a hole stay",
    text: `${HOLE}table full\0b\n`,
    lines: [["candidate", 1, 600_000, "table full\0b"]],
    problems: [["nul-bytes", 0, 1]],
  },
  {
    fact: "of a cut line, a hole and a line, the last is read",
    text: `nf_con${HOLE}table full\n`,
    lines: [["candidate", 1, 600_006, "table full"]],
    problems: [
      ["line-too-long", 0, 1],
      ["nul-bytes", 0, 1],
    ],
  },
  {
    fact: "a hole up to the end holds no line",
    text: `table full\n${HOLE}`,
    lines: [["candidate", 1, 0, "table full"]],
    problems: [["nul-bytes", 11, 1]],
    unterminatedAt: 11,
  },
  {
    fact: "a long line behind a hole is passed over",
    text: `${HOLE}${LONG}\nb\n`,
    lines: [["waymark", 2, 601_026, "b"]],
    problems: [
      ["line-too-long", 0, 1],
      ["nul-bytes", 0, 1],
    ],
  },
  {
    fact: "each stretch has the first line that begins in it",
    text: "aaaa\nbbbb\ncccc\ndddd\neeee\nffff\n",
    options: { waymarkBytes: 10 },
    lines: [
      ["waymark", 1, 0, "aaaa"],
      ["waymark", 3, 10, "cccc"],
      ["waymark", 5, 20, "eeee"],
      ["waymark", 6, 25, "ffff"],
    ],
  },
  {
    fact: "one clock line in a stretch is enough",
    text: "a\nrtc_cmos 1\nb\nrtc_cmos 2\nc\n",
    lines: [
      ["waymark", 1, 0, "a"],
      ["waymark", 2, 2, "rtc_cmos 1"],
      ["waymark", 5, 26, "c"],
    ],
  },
  {
    fact: "a candidate with a clock needle leaves the stretch its clock line",
    text: "a\nrtc_cmos table full\nb\nc\nrtc_cmos 2\nd\ne\n",
    lines: [
      ["neighbour", 1, 0, "a"],
      ["candidate", 2, 2, "rtc_cmos table full"],
      ["neighbour", 3, 22, "b"],
      ["waymark", 5, 26, "rtc_cmos 2"],
      ["waymark", 7, 39, "e"],
    ],
  },
  {
    fact: "every line goes on where every line is wanted",
    text: "a\n\nrtc_cmos\n",
    options: { everyLine: true },
    lines: [
      ["candidate", 1, 0, "a"],
      ["candidate", 2, 2, ""],
      ["candidate", 3, 3, "rtc_cmos"],
    ],
  },
  {
    fact: "reading on counts from where it begins",
    text: "b\ntable full",
    options: { startOffset: 1000, startLine: 12 },
    lines: [
      ["neighbour", 12, 1000, "b"],
      ["candidate", 13, 1002, "table full"],
    ],
    unterminatedAt: 1002,
  },
];
