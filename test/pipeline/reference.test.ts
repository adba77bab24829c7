// The fast way of reading a log against the plain one, which takes every line apart and gives each a row of its own:
// the same events at the same bytes, the same values, the same problems.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { corpus } from "../support/corpus.ts";
import { type ReadAll, readInto } from "../support/reading.ts";

const folder = mkdtempSync(join(tmpdir(), "conntrail-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const generator = corpus === null ? null : join(corpus, "../tools/gen-logs.mjs");

/** Rows that stand for several lines, as those lines: they are among the bytes that the row cites. */
function lineByLine({ events, sourceOf, bytes }: ReadAll) {
  return events.flatMap((row, at) => {
    const { doubts, copies } = row;
    const { kind, message, netns, stamp_kind, resolution_us, zone_name } = row.form;
    const gathered = kind === "drop" && copies === 1 && (row.amount ?? 0) > 1;
    const source = bytes[sourceOf[at] ?? 0] ?? Buffer.alloc(0);
    const cited = source.toString("latin1", row.byte_offset, row.byte_offset + row.byte_length);
    const lines = gathered
      ? linesIn(cited, row.text + row.form.tail, row.sha256 === null)
      : [{ text: cited, at: 0, nth: 0 }];
    if (gathered) expect(lines.length).toBe(row.amount);
    if (gathered) expect(row.byte_length).toBe((lines.at(-1)?.at ?? 0) + (lines.at(-1)?.text.length ?? 0));
    const uptimes = row.uptimes?.split(",").map(Number) ?? [];
    return lines.map((line, i) => ({
      ...{ kind, message, netns, doubts, copies, stamp_kind, resolution_us, zone_name, text: line.text },
      amount: gathered ? 1 : row.amount,
      line: row.line + line.nth,
      offset: row.byte_offset + line.at,
      // Lines of a row are of one second; when in it each was printed, only the first and the last tell.
      second: row.stamp_us === null ? null : Math.floor(row.stamp_us / 1_000_000),
      uptime: row.uptime_us === null ? null : row.uptime_us + (uptimes[i] ?? 0),
    }));
  });
}

/** Lines of a text with their place and number; `equal`: only those that read as `wanted`. */
function linesIn(cited: string, wanted: string, equal: boolean) {
  let at = 0;
  const lines = cited.split("\n").map((whole, nth) => {
    const line = { text: whole.replace(/\r+$/, ""), at, nth };
    at += whole.length + 1;
    return line;
  });
  return equal ? lines.filter(({ text }) => text === wanted) : lines;
}

function summary(all: ReadAll) {
  const { observations, ends } = all;
  return {
    events: lineByLine(all),
    observations,
    ends: ends.map(({ bytes, lines, complete, isLog, format, channel, problems }) => ({
      ...{ bytes, lines, complete, isLog, format, channel, problems },
    })),
  };
}

async function expectSame(path: string): Promise<ReadAll> {
  const fast = await readInto(path, 0);
  const plain = await readInto(path, Number.POSITIVE_INFINITY);
  expect(plain.events.every(({ amount, copies, form }) => form.kind !== "drop" || amount === copies)).toBe(
    true,
  );
  expect(summary(fast)).toEqual(summary(plain));
  return fast;
}

/** Lines that are apt to be taken for others, in an order of chance. */
function tangle(seed: number, lines: number): string {
  let state = seed;
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";
  let second = 0;
  const stamp = (iso: boolean) => {
    const at = new Date(Date.UTC(2025, 11, 31, 23, 40) + second * 1000).toISOString();
    if (iso) return `${at.slice(0, 19)}.${String(below(1e6)).padStart(6, "0")}+00:00`;
    const month = at.slice(5, 7) === "12" ? "Dec" : "Jan";
    return `${month} ${at.slice(8, 10).replace(/^0/, " ")} ${at.slice(11, 19)}`;
  };
  const kinds: ((head: string) => string)[] = [
    (head) => `${head} kernel: ${FULL}`,
    (head) => `${head} kernel: ${FULL}`,
    (head) => `${head} kernel: ${FULL}`,
    (head) => `${head} kernel: net_ratelimit: ${1 + below(900)} callbacks suppressed`,
    (head) => `${head} kernel: [${second}.000001] ${FULL}`,
    (head) => `${head} kernel: nf_conntrack: table full in netns 4026532281, dropping packet`,
    (head) => `${head} kernel: nf_conntrack: nf_conntrack: table full, dropping\n packet`,
    (head) => `${head} kernel: nf_conntrack:\nnf_conntrack: table full, dropping packet`,
    (head) => `${head} kernel: message repeated ${2 + below(8)} times: [ ${FULL}]`,
    (head) => `${head} last message repeated ${2 + below(8)} times`,
    () =>
      `{"timestamp":"${new Date(Date.UTC(2025, 11, 31, 23, 40, second)).toISOString()}","message":"[${second}.000001] ${FULL}"}`,
    () => `2025/12/31 23:59:${10 + below(50)} gw1 kernel: ${FULL}`,
    (head) => `"2025-12-31T23:59:59Z","gw2","${head} kernel: ${FULL}",x`,
    (head) => `web-1 | ${head} kernel: ${FULL}`,
    () => `                - Last output repeated ${2 + below(8)} times -`,
    (head) => `${head} sshd[${below(9999)}]: Accepted publickey for root`,
    (head) => `${head} kernel: eth0: link up`,
    (head) => `${head} check_log[77]: found '${FULL}'`,
    (head) => `${head} kernel[12]: ${FULL}`,
    (head) => `${head} kernel: audit: type=1400 audit(1767222000.123:456): apparmor`,
    (head) => `${head} kernel: nf_conntrack version 0.5.0 (65536 buckets, 262144 max)`,
    (head) => `${head} kernel: IPv4: martian source 10.0.0.1 from 10.0.0.2, on dev eth0`,
    (head) => `Feb 31${head.slice(6)} kernel: ${FULL}`,
    () => "",
    () => `\0\0${FULL}`,
    (head) => `${head} kernel: ${FULL}\r`,
    (head) => `${head} k\xe4se kernel: ${FULL}`,
  ];
  const out: string[] = [];
  for (let size = 0; size < lines; ) {
    if (below(4) === 0) second += below(3) === 0 ? 600 : 1;
    const head = `${stamp(below(5) === 0)} gw${1 + below(3)}`;
    const make = kinds[Math.min(below(kinds.length), below(kinds.length))] ?? kinds[0];
    const line = make?.(head) ?? "";
    const times = below(3) === 0 ? 1 + below(12) : 1;
    for (let i = 0; i < times; i++) out.push(line);
    size += times;
  }
  return `${out.join("\n")}\n`;
}

it.each([1, 2, 3, 4, 5, 6])("tangled lines, seed %d", async (seed) => {
  const path = join(folder, `tangle-${seed}`);
  writeFileSync(path, tangle(seed, 4000), "latin1");
  const { events } = await expectSame(path);
  expect(events.length).toBeGreaterThan(500);
  expect(events.some(({ amount, copies }) => (amount ?? 0) > 1 && copies === 1)).toBe(true);
});

describe.skipIf(corpus === null)("the corpus", () => {
  for (const part of ["real", "ground-truth"]) {
    const root = join(corpus ?? "", part);
    const names = existsSync(root) ? readdirSync(root).filter((name) => !/manifest|README/.test(name)) : [];
    it.each(names)(`${part}/%s`, async (name) => {
      await expectSame(join(root, name));
    });
  }
});

describe.skipIf(generator === null || !existsSync(generator))("generated logs", () => {
  it.each([
    ["decoys and broken lines", ["--density", "0.2", "--decoys", "0.05", "--bad", "0.01"]],
    ["folded repeats", ["--density", "0.1", "--repeated"]],
    ["the kernel's own stamps, several hosts", ["--density", "0.2", "--kstamp", "--host", "gw1,gw2,fw10"]],
    [
      "every wording, ISO stamps",
      ["--density", "0.3", "--dialect", "mixed", "--format", "iso", "--bad", "0.02"],
    ],
    ["few events", ["--density", "0.002", "--decoys", "0.002", "--dialect", "netns"]],
  ] as const)("%s", async (_name, options) => {
    const path = join(folder, "messages");
    const size = ["--bytes", "3MiB", "--out", path];
    execFileSync(process.execPath, [generator ?? "", ...size, ...options], { stdio: "ignore" });
    await expectSame(path);
  });
});
