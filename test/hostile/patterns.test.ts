// No pattern blows up. Every regular expression that stands in the code is read out of it and run on texts made to
// make it backtrack; then whole lines as long as may be go through what reads lines. A watchdog ends what hangs.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/evidence/cite.ts";
import { readFacts } from "../../src/evidence/facts.ts";
import { describeHead } from "../../src/formats/detect.ts";
import { createParser } from "../../src/formats/parse.ts";
import { detectRecords } from "../../src/formats/records.ts";
import { recognise } from "../../src/messages/recognise.ts";
import { createDocumentReader, DOCUMENTS, detectDocument } from "../../src/observations/documents.ts";
import { createObserver } from "../../src/observations/observer.ts";
import { markdownText, visible } from "../../src/render/escape.ts";
import { documentSeeds, tableSeeds } from "../fuzz/seeds.ts";
import { HEAVY } from "../nightly/support.ts";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));
/** Folders whose patterns meet log text, names or members. */
const MEETS_INPUT = [
  "formats",
  "messages",
  "observations",
  "clock",
  "evidence",
  "sources",
  "lines",
  "pipeline",
  "render",
];
const LONG = 6000;
/** What a sane pattern does in milliseconds; machines are busy. */
const WATCHDOG_MS = 1500;

/** Quadratic on purpose-made text, and why that is harmless: the text it is given is bounded. */
const BOUNDED: Readonly<Record<string, string>> = {
  "observations/catalogue.ts /^(?<name>node_nf_conntrack_": "observer.ts looks at 4096 characters of a line",
  "observations/commands.ts /^(.*)\\{": "as above",
  "observations/metrics.ts /(\\w+)\\s*=": "as above",
  "observations/assignments.ts /((?:net|kernel)": "as above",
  "observations/metric-csv.ts /(?:^|([^/]+)": "a path, or a member's label of at most 4096 characters",
  "render/units.ts /\\B(?=(": "a number's digits",
};

interface Pattern {
  readonly where: string;
  readonly expression: RegExp;
}

function* literals(value: unknown): Generator<{ pattern: string; flags: string }> {
  if (Array.isArray(value)) for (const one of value) yield* literals(one);
  else if (typeof value === "object" && value !== null) {
    const node = value as Record<string, unknown>;
    if (node.type === "Literal" && typeof node.regex === "object" && node.regex !== null) {
      yield node.regex as { pattern: string; flags: string };
    }
    for (const child of Object.values(node)) if (typeof child === "object") yield* literals(child);
  }
}

const PATTERNS: readonly Pattern[] = (readdirSync(SRC, { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name) && MEETS_INPUT.includes(name.split("/", 1)[0] ?? ""))
  .sort()
  .flatMap((name) => {
    const { program } = parseSync(name, readFileSync(`${SRC}${name}`, "utf8"));
    return [...literals(program)].map(({ pattern, flags }) => ({
      where: `${name} /${pattern}/${flags}`,
      expression: new RegExp(pattern, flags),
    }));
  });

const SAMPLES = [...tableSeeds(), ...documentSeeds()]
  .flatMap((bytes) => bytes.toString().split("\n"))
  .filter(Boolean);

const UNITS = [
  ..." |0|9|a|A|_|.|:|-|/|\t|,|=|\"|\\|[|]|{|<|(|'|#|\u00e4|\u0001|\x1b".split("|"),
  ..."a |0 |0.|a.|a:|[0|[ |] |a=|=0|0:|a,|, |\\\\|<0>|- |-0|--|net.|net/|x[1]: |a[0]|  a|\x1b[|\x1b[0|\x1b]0".split(
    "|",
  ),
];

/** Beginnings that bring a pattern far, behind which it is made to search. */
function beginnings(expression: RegExp): string[] {
  const fitting = SAMPLES.filter((text) => new RegExp(expression.source, expression.flags).test(text)).slice(
    0,
    3,
  );
  return [
    "",
    ...fitting.flatMap((text) => [1, 2, 3, 4].map((part) => text.slice(0, (text.length * part) >> 2))),
  ];
}

function hostileTexts(expression: RegExp, long: number): string[] {
  const words = expression.source.match(/[A-Za-z_./:-]{2,}/g) ?? [];
  const units = [
    ...new Set([...UNITS, ...words.slice(0, 12), ...words.slice(0, 6).map((word) => `${word} `)]),
  ];
  return beginnings(expression).flatMap((start) =>
    units.map((unit) => `${start}${unit.repeat(Math.ceil(long / unit.length))}\u0002`),
  );
}

const context = createContext({ work: () => {} });
const script = new Script("work()");

/** Milliseconds, or null where the watchdog ended it. */
function timed(work: () => void, timeout: number): number | null {
  context.work = work;
  const began = performance.now();
  try {
    script.runInContext(context, { timeout });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return null;
  }
  return performance.now() - began;
}

function run({ expression }: Pattern, text: string): void {
  const global = expression.global ? expression : new RegExp(expression.source, `${expression.flags}g`);
  for (const _ of text.matchAll(global));
}

/** True where a text four times as long takes far more than four times as long. */
function growsTooFast(pattern: Pattern, at: number): boolean {
  const [short, long] = [LONG / 4, LONG].map((size) => hostileTexts(pattern.expression, size)[at] ?? "");
  const first = Math.min(
    ...[1, 2, 3].map(() => timed(() => run(pattern, short ?? ""), WATCHDOG_MS) ?? WATCHDOG_MS),
  );
  const second = Math.min(
    ...[1, 2].map(() => timed(() => run(pattern, long ?? ""), WATCHDOG_MS) ?? WATCHDOG_MS * 100),
  );
  return second > 40 && second > first * 8;
}

describe("every pattern in the code", () => {
  it("there are hundreds", () => expect(PATTERNS.length).toBeGreaterThan(300));
  it("does work that grows with the text, not with its square", () => {
    const bad: string[] = [];
    for (const pattern of PATTERNS) {
      const texts = hostileTexts(pattern.expression, LONG);
      const all = timed(() => {
        for (const text of texts) run(pattern, text);
      }, WATCHDOG_MS);
      if (all !== null) continue;
      const at = texts.findIndex((_, i) => growsTooFast(pattern, i));
      if (at >= 0) bad.push(`${pattern.where} on ${JSON.stringify(texts[at]?.slice(0, 60))}`);
    }
    const named = bad.filter((one) => !Object.keys(BOUNDED).some((where) => one.startsWith(where)));
    expect(named).toEqual([]);
  }, 600_000);
});

const LINE_BYTES = HEAVY ? 1 << 20 : 1 << 18;
const PLACES = [
  { role: null, path: "messages", member: null, netns: null },
  { role: null, path: "etc/sysctl.conf", member: null, netns: null },
  { role: "sysctl", path: "sos_commands/kernel/sysctl_-a", member: null, netns: null },
];

describe("a line as long as may be", () => {
  const starts = [
    "",
    "Jan  6 03:00:00 gw kernel: ",
    "<4>[    1.000000] ",
    "$ ",
    '{"log":"',
    "kern :warn : [",
    "[Jan",
  ];
  const units = [
    ...UNITS,
    "nf_conntrack: table full, dropping packet",
    "net_ratelimit: 1 callbacks suppressed ",
  ];
  const lines = starts.flatMap((start) => units.map((unit) => start + unit.repeat(LINE_BYTES / unit.length)));
  const check = (what: string, read: (line: string) => void) =>
    it(`is ${what} in little time`, () => {
      const slow = lines.filter((line) => timed(() => read(line), 5000) === null);
      expect(slow.map((line) => line.slice(0, 60))).toEqual([]);
    }, 600_000);
  check("taken apart and recognised", (line) => {
    const entry = createParser().parse(decode(line));
    if (entry !== null) recognise(entry.text, entry);
  });
  check("observed", (line) => {
    const entry = createParser().parse(line);
    if (entry === null) return;
    for (const place of PLACES) {
      const observer = createObserver(place);
      const at = { raw: line, offset: 0, length: line.length, number: 1 };
      observer.push({ ...entry, ...at, fromLog: entry.format !== "bare" });
      observer.end();
    }
  });
  check("looked at as the head of a source", (line) => {
    const head = Buffer.from(line, "latin1").subarray(0, 65_536);
    describeHead(head);
    detectRecords(head);
    detectDocument(head.toString("latin1"), { path: "x", member: null, role: null });
    for (const role of ["date", "hostname", "uname", "timedatectl"]) readFacts(role, head.toString("latin1"));
  });
  check("read as a document", (line) => {
    const bytes = Buffer.from(line, "latin1");
    for (const { id } of DOCUMENTS) {
      const reader = createDocumentReader(id, { path: "x", member: null, role: null });
      reader.push(bytes);
      reader.end();
    }
  });
  check("shown", (line) => {
    markdownText(visible(line.slice(0, 65_536)));
  });
});
