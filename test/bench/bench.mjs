// npm run bench: conntrail beside the tools that a user would reach for, on the same bytes, in turn. Inputs are made
// in a temporary folder, and what each command counts is held against what is true of them.

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeLog, writeOneLine, writeTableDump } from "./inputs.mjs";
import { hasTool, machine, measure, median, quote } from "./measure.mjs";
import { asMarkdown, asText, size } from "./tell.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HELP = `npm run bench -- [options]
  --bytes N      size of each input: 64MiB, 1GiB (default 1GiB)
  --quick        64 MiB each, 3 pairs
  --pairs N      runs of each command, in turn (default 5)
  --only WORDS   inputs by name, with commas: sparse,some,dense,gz,zst,iso,long
  --linear       time over size (1, 2, 4, 8 times --bytes) and over the share of events
  --parallel     eight gz files, several at a time beside one after the other
  --memory       peak memory: a file of 4 times --bytes, a line of twice --bytes, a dump of a million entries
  --readme       put the figures into README.md
  --program F    the built program (default dist/bundle/conntrail.cjs)
  --dir D        where inputs are made (default: a temporary folder)
  --out D        where bench.json and bench.md go (default reports)
  --keep         leave the inputs`;

const { values: options } = parseArgs({
  options: {
    bytes: { type: "string", default: "1GiB" },
    pairs: { type: "string" },
    only: { type: "string" },
    program: { type: "string", default: join(ROOT, "dist/bundle/conntrail.cjs") },
    dir: { type: "string", default: tmpdir() },
    out: { type: "string", default: join(ROOT, "reports") },
    ...Object.fromEntries(
      ["quick", "linear", "parallel", "memory", "readme", "keep", "help"].map((name) => [
        name,
        { type: "boolean", default: false },
      ]),
    ),
  },
});

function readSize(text) {
  const match = /^(\d+)(KiB|MiB|GiB|B?)$/.exec(text);
  if (match === null) throw new Error(`--bytes ${text}: say 64MiB or 1GiB`);
  return Number(match[1]) * { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }[match[2]] || Number(match[1]);
}

const bytes = options.quick ? 64 * 2 ** 20 : readSize(options.bytes);
const pairs = Number(options.pairs ?? (options.quick ? 3 : 5));
const folder = mkdtempSync(join(options.dir, "conntrail-bench-"));
const db = join(folder, "bench.db");
const say = (text) => process.stderr.write(`${text}\n`);
const program = `${quote(process.execPath)} ${quote(options.program)}`;

/** The kernel's own lines, whatever quotes them elsewhere; per minute, as one would for a chart. */
const AWK = `/kernel: nf_conntrack: nf_conntrack: table full, dropping packet$/ { n++; m[substr($0, 1, 12)]++ }
/kernel: net_ratelimit: [0-9]+ callbacks suppressed$/ { s += $(NF-2) } END { print n + 0 }`;

const ingest = (path, more = "") => ({
  what: `conntrail ingest ${more || "(hashing)"}`.trim(),
  command: `rm -f ${quote(db)} && ${program} ingest --quiet ${more} --tz UTC --db ${quote(db)} ${quote(path)}`,
  count: null,
});
const tool = (what, command, truth, runs = pairs) => ({
  what,
  command,
  count: truth,
  runs,
  tool: what.split(/\W/)[0],
});

/** Commands that answer how many lines have the words, with what each has to say. */
const searches = (path, { worded, drops }) => [
  tool("grep -c", `grep -c 'table full' ${quote(path)}`, worded),
  tool("rg -c", `rg -c 'table full' ${quote(path)}`, worded),
  tool("ugrep -c", `ugrep -c 'table full' ${quote(path)}`, worded),
  tool("mawk, one pass", `mawk ${quote(AWK)} ${quote(path)}`, drops),
];
const lnav = (path, { worded }) =>
  tool(
    "lnav -n",
    `lnav -n -c ${quote(";select count(*) from all_logs where log_text like '%table full%'")} -c ':write-csv-to -' ${quote(path)} 2>/dev/null | tail -n 1`,
    worded,
    1,
  );

const log =
  (own, name = "messages") =>
  (path) => ({ path: join(path, name), truth: writeLog(join(path, name), { bytes, ...own }) });

/** A compressed copy keeps the log's own time, which says its year. */
function packed(command, extension) {
  return (path) => {
    const { path: plain, truth } = log({ share: 0.002 })(path);
    spawnSync("bash", ["-c", `${command} < ${quote(plain)} > ${quote(plain + extension)}`]);
    const { mtime } = statSync(plain);
    utimesSync(plain + extension, mtime, mtime);
    rmSync(plain);
    return { path: plain + extension, truth };
  };
}

const INPUTS = [
  {
    name: "sparse",
    title: "plain, 0.2 % events",
    make: log({ share: 0.002 }),
    beside: searches,
    alone: lnav,
  },
  { name: "some", title: "plain, 2 % events", make: log({ share: 0.02 }), beside: searches },
  { name: "dense", title: "plain, 20 % events", make: log({ share: 0.2 }), beside: searches },
  {
    name: "gz",
    title: "gz, 0.2 % events",
    make: packed("gzip -6", ".gz"),
    beside: (path, { lines }) => [tool("zcat | wc -l", `zcat ${quote(path)} | wc -l`, lines)],
  },
  {
    name: "zst",
    title: "zst, 0.2 % events",
    needs: "zstd",
    make: packed("zstd -q -3", ".zst"),
    beside: (path, { lines }) => [tool("zstd -dc | wc -l", `zstd -dcq ${quote(path)} | wc -l`, lines)],
  },
  {
    name: "iso",
    title: "ISO stamps, 0.2 % events",
    make: log({ share: 0.002, iso: true }),
    beside: searches,
  },
  {
    name: "long",
    title: "lines of 2 KB, 0.2 % events",
    make: log({ share: 0.002, longLines: true }),
    beside: searches,
  },
];

function ask(sql) {
  const { stdout } = spawnSync(process.execPath, [
    options.program,
    "query",
    sql,
    "--format",
    "json",
    "--db",
    db,
  ]);
  return JSON.parse(stdout.toString())[0];
}

/** What the database says, beside what is true. */
function agreesWith(truth) {
  const { drops, notices, suppressed } = ask(
    "select sum(amount) filter (where kind = 'drop') as drops, count(*) filter (where kind = 'suppression') as notices, sum(amount) filter (where kind = 'suppression') as suppressed from events",
  );
  const { lines, bursts } = ask("select sum(drop_lines) as lines, count(*) as bursts from bursts");
  const read = ask("select sum(bytes) as bytes, min(complete) as complete from sources");
  const { entries } = truth.entries === undefined ? {} : ask("select max(entries) as entries from counts");
  const found = {
    entries,
    drops,
    notices,
    suppressed,
    lines,
    bursts,
    bytes: read.bytes,
    complete: read.complete,
  };
  const expected = { ...truth, lines: truth.drops, complete: 1 };
  const wrong = Object.keys(found).filter(
    (key) => expected[key] !== undefined && (found[key] ?? 0) !== expected[key],
  );
  for (const key of wrong) say(`  ${key}: ${found[key]} found, ${expected[key]} true`);
  return wrong.length === 0;
}

async function once(command, truth) {
  const ran = await measure(command.command, folder);
  // Searchers end with 1 where they find nothing, and say 0.
  const done = ran.status === (command.status ?? 0) || (ran.status === 1 && command.count === 0);
  if (!done || Number.isNaN(ran.cpuS)) {
    say(`  failed (${ran.status}): ${command.what}\n${ran.err}`);
    return { ...ran, agrees: false };
  }
  const agrees = command.count === null ? agreesWith(truth) : Number(ran.out) === command.count;
  if (!agrees && command.count !== null)
    say(`  ${command.what}: ${ran.out.trim()} found, ${command.count} true`);
  return { ...ran, agrees };
}

/** All commands in turn, round after round; the order turns as well, so that nobody always runs on a warm machine. */
async function inTurn(commands, truth) {
  const runs = commands.map(() => []);
  for (let round = 0; round < pairs; round++) {
    const order = [...commands.keys()];
    if (round % 2 === 1) order.reverse();
    for (const i of order) {
      if (round < (commands[i].runs ?? pairs)) runs[i].push(await once(commands[i], truth));
    }
  }
  return runs;
}

function summary(input, truth, commands, runs) {
  const of = (i, pick) => median(runs[i].map(pick));
  /** Of pairs: a run of one of our commands beside the other's in the same round. */
  const beside = (own, i, pick) =>
    i === own || runs[own] === undefined
      ? null
      : median(runs[i].map((run, n) => pick(runs[own][n]) / pick(run)));
  return commands.map((command, i) => ({
    input,
    bytes: truth.bytes,
    lines: truth.lines,
    what: command.what,
    runs: runs[i].length,
    cpuS: of(i, (run) => run.cpuS),
    wallS: of(i, (run) => run.wallS),
    peakMib: runs[i][0].peakMib === null ? null : Math.max(...runs[i].map((run) => run.peakMib)),
    cpuRatio: command.count === null ? null : beside(0, i, (run) => run.cpuS),
    cpuRatioHashing: command.count === null ? null : beside(1, i, (run) => run.cpuS),
    wallRatio: beside(0, i, (run) => run.wallS),
    agrees: runs[i].every((run) => run.agrees),
  }));
}

/** An input is made, warmed by one reading, measured and removed. */
async function compare(title, make, commandsOf) {
  const own = mkdtempSync(join(folder, "input-"));
  const { path, truth } = make(own);
  say(`${title}: ${size(truth.bytes)}, ${truth.lines} lines`);
  spawnSync("bash", ["-c", `cat ${quote(own)}/* > /dev/null 2>&1`]);
  const commands = commandsOf(path, truth).filter((one) => one.tool === undefined || hasTool(one.tool));
  const results = summary(title, truth, commands, await inTurn(commands, truth));
  if (!options.keep) rmSync(own, { recursive: true });
  say(`${asText(results)}\n`);
  return { results, truth, path };
}

async function comparisons() {
  const wanted = options.only?.split(",");
  const out = [];
  for (const input of INPUTS) {
    if (wanted !== undefined && !wanted.includes(input.name)) continue;
    if (input.needs !== undefined && !hasTool(input.needs)) continue;
    const commands = (path, truth) => [
      ingest(path, "--no-hash"),
      ingest(path),
      ...input.beside(path, truth),
      ...(input.alone === undefined ? [] : [input.alone(path, truth)]),
    ];
    out.push(await compare(input.title, input.make, commands));
  }
  return out;
}

async function linear() {
  const out = [];
  const grows = [1, 2, 4, 8].map((n) => [`plain, 0.2 % events, ${n}x`, { bytes: bytes * n, share: 0.002 }]);
  const fills = [0.002, 0.02, 0.2].map((share) => [`plain, ${share * 100} % events, 1x`, { share }]);
  for (const [title, own] of [...grows, ...fills]) {
    out.push(await compare(title, log(own), (path) => [ingest(path, "--no-hash")]));
  }
  return out;
}

/** Eight members of a family of hosts, an eighth of the size each. */
function eightFiles(path) {
  const logs = join(path, "logs");
  mkdirSync(logs);
  const truths = Array.from({ length: 8 }, (_, part) => {
    const name = join(logs, `gw${part + 1}.log`);
    const truth = writeLog(name, { bytes: bytes / 8, share: 0.002, part });
    const { mtime } = statSync(name);
    spawnSync("gzip", ["-6", name]);
    utimesSync(`${name}.gz`, mtime, mtime);
    return truth;
  });
  const sum = (key) => truths.reduce((total, truth) => total + truth[key], 0);
  return { path: logs, truth: Object.fromEntries(Object.keys(truths[0]).map((key) => [key, sum(key)])) };
}

/** Each by a run of its own, into one database. */
const oneByOne = (path) => ({
  ...ingest(path, "--no-hash"),
  what: "conntrail ingest --no-hash, a run a file",
  command: `rm -f ${quote(db)} && for log in ${quote(path)}/*; do ${program} ingest --quiet --no-hash --tz UTC --db ${quote(db)} "$log" || exit; done`,
});

async function parallel() {
  return [
    await compare("8 gz files", eightFiles, (path) => [
      ingest(path, "--no-hash"),
      ingest(path),
      ingest(path, "--no-hash --jobs 1"),
      oneByOne(path),
    ]),
  ];
}

async function memory() {
  const line = (path) => ({
    path: join(path, "messages"),
    truth: writeOneLine(join(path, "messages"), 2 * bytes),
  });
  const dump = (path) => {
    const name = join(path, "proc/net/nf_conntrack");
    mkdirSync(dirname(name), { recursive: true });
    return { path, truth: writeTableDump(name, 1_000_000) };
  };
  const alone = (path) => [ingest(path, "--no-hash")];
  return [
    await compare(`one file, 4x`, log({ bytes: 4 * bytes, share: 0.002 }), alone),
    // Passed over, and told: a problem.
    await compare("one line, 2x", line, (path) => alone(path).map((one) => ({ ...one, status: 2 }))),
    await compare("a dump of 1,000,000 entries", dump, alone),
  ];
}

/** Between the markers of README.md. */
function fillReadme(markdown) {
  const path = join(ROOT, "README.md");
  const text = readFileSync(path, "utf8");
  const filled = text.replace(
    /(<!-- bench -->\n).*?(<!-- \/bench -->)/s,
    (_, from, to) => `${from}\n${markdown}\n${to}`,
  );
  if (filled === text && !text.includes(markdown)) throw new Error("README.md has no <!-- bench --> markers");
  writeFileSync(path, filled);
}

async function main() {
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  if (!existsSync(options.program)) throw new Error(`${options.program} is not there: npm run build`);
  const done = [
    ...(await comparisons()),
    ...(options.linear ? await linear() : []),
    ...(options.parallel ? await parallel() : []),
    ...(options.memory ? await memory() : []),
  ];
  const results = done.flatMap((one) => one.results);
  const told = { machine: machine(), date: new Date().toISOString(), bytes, pairs, results };
  mkdirSync(options.out, { recursive: true });
  const kept = options.keep ? { inputs: done.map(({ path, truth }) => ({ path, truth })) } : {};
  writeFileSync(join(options.out, "bench.json"), `${JSON.stringify({ ...told, ...kept }, null, 2)}\n`);
  writeFileSync(join(options.out, "bench.md"), asMarkdown(told));
  if (options.readme) fillReadme(asMarkdown(told));
  process.stdout.write(`${asText(results)}\n`);
  if (results.some((one) => !one.agrees)) process.exitCode = 1;
}

try {
  await main();
} finally {
  if (!options.keep) rmSync(folder, { recursive: true, force: true });
}
