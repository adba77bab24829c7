// conntrail sample: one line of this machine's numbers, appended for cron. It loads nothing but this file and what makes
// a name safe to show, so that it costs hardly more than starting Node.

import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { visible } from "../render/escape.ts";

const HEADER = "epoch_ms,uptime_s,count,max,drop,early_drop,insert_failed,host,netns\n";
const COUNTERS = ["drop", "early_drop", "insert_failed"] as const;
/** Names of the module's files since 2.4: the first that is there counts. */
const MODULES = ["nf_conntrack", "ip_conntrack"] as const;
const LIMITS = [
  "sys/net/netfilter/nf_conntrack_max",
  "sys/net/nf_conntrack_max",
  "sys/net/ipv4/netfilter/ip_conntrack_max",
  "sys/net/ipv4/ip_conntrack_max",
] as const;
const COUNTS = ["sys/net/netfilter/nf_conntrack_count", "sys/net/ipv4/netfilter/ip_conntrack_count"] as const;

export const HELP = `conntrail sample [file]

Appends one line of this machine's connection-tracking numbers to a CSV file (default conntrack-samples.csv;
- for standard output): count, limit and counters, with wall clock and uptime. Where connection tracking is
not loaded, nothing is written and the exit code is 0.

Options:
  --all-netns  a line for each network namespace that may be seen (root sees all)
  --verbose    say why nothing was written
  --proc DIR   where procfs is mounted                              [default: /proc]
  --help       this text

Examples:
  PATH=/usr/local/bin:/usr/bin:/bin                                  in /etc/cron.d: every minute
  * * * * * root conntrail sample /var/log/conntrail-samples.csv
  conntrail sample -                                                 look at the numbers now
`;

interface Options {
  file: string;
  proc: string;
  allNetns: boolean;
  verbose: boolean;
}

/** Runs the command; the result is its exit code: 0, 1 where it cannot write, 64 for wrong usage. */
export function sample(argv: readonly string[]): number {
  const options = read(argv);
  if (options === null) return 64;
  if (options === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  const max = first(options.proc, LIMITS);
  if (max === null) {
    if (options.verbose) process.stderr.write("conntrail: connection tracking is not loaded here\n");
    return 0;
  }
  const lines = rows(options, max);
  try {
    append(options.file, lines);
    return 0;
  } catch (error) {
    process.stderr.write(
      `conntrail: cannot write ${visible(JSON.stringify(options.file))}: ${codeOf(error)}\n`,
    );
    return 1;
  }
}

function read(argv: readonly string[]): Options | "help" | null {
  const options: Options = { file: "conntrack-samples.csv", proc: "/proc", allNetns: false, verbose: false };
  const files: string[] = [];
  const procs: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? "";
    if (arg === "--help" || arg === "-h") return "help";
    if (arg === "--all-netns") options.allNetns = true;
    else if (arg === "--verbose") options.verbose = true;
    else if (arg === "--quiet") options.verbose = false;
    else if (arg === "--proc") procs.push(argv[++i] ?? "");
    else if (arg.startsWith("--proc=")) procs.push(arg.slice(7));
    else if (arg.startsWith("-") && arg !== "-") return wrong(`unknown option ${arg}`);
    else files.push(arg);
  }
  if (files.length > 1) return wrong("more than one file given");
  if (procs.length > 1) return wrong("--proc is given more than once");
  const [proc = options.proc] = procs;
  if (proc === "") return wrong("--proc needs a folder");
  return { ...options, proc, file: files[0] ?? options.file };
}

function wrong(message: string): null {
  process.stderr.write(`conntrail: ${visible(message)}\n  conntrail sample --help\n`);
  return null;
}

/** First number found among the files, or null. */
function first(proc: string, names: readonly string[]): number | null {
  for (const name of names) {
    const text = slurp(`${proc}/${name}`)?.trim();
    if (text !== undefined && /^\d+$/.test(text)) return Number(text);
  }
  return null;
}

function slurp(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

function rows(options: Options, max: number): string[] {
  const { proc } = options;
  const uptime = /^(\d+\.?\d*)/.exec(slurp(`${proc}/uptime`) ?? "")?.[1] ?? "";
  const stamp = `${Date.now()},${uptime}`;
  const here = row(`${proc}/net/stat`, first(proc, COUNTS));
  const lines = here === null ? [] : [line(stamp, max, here, "")];
  if (options.allNetns) {
    for (const [inode, pid] of otherNamespaces(proc)) {
      const there = row(`${proc}/${pid}/net/stat`, null);
      if (there !== null) lines.push(line(stamp, max, there, inode));
    }
  }
  return lines;
}

interface Numbers {
  readonly count: number;
  readonly counters: readonly (number | null)[];
}

function line(stamp: string, max: number, { count, counters }: Numbers, netns: string): string {
  const values = counters.map((value) => value ?? "").join(",");
  return `${stamp},${count},${max},${values},${csv(hostname())},${netns}\n`;
}

function csv(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Numbers of one namespace: linux nf_conntrack_standalone.c, ct_cpu_seq_show: hexadecimal, a row per CPU. */
function row(folder: string, count: number | null): Numbers | null {
  const text = MODULES.map((name) => slurp(`${folder}/${name}`)).find((found) => found !== undefined);
  const [header = "", ...cpus] = (text ?? "").trim().split("\n");
  const columns = header.trim().split(/\s+/);
  const sum = (name: string): number | null => {
    const at = columns.indexOf(name);
    if (at < 0) return null;
    return cpus.reduce((total, cpu) => total + Number.parseInt(cpu.trim().split(/\s+/)[at] ?? "0", 16), 0);
  };
  const entries = columns.indexOf("entries");
  const told =
    entries < 0 || cpus[0] === undefined
      ? null
      : Number.parseInt(cpus[0].trim().split(/\s+/)[entries] ?? "", 16);
  const found = count ?? told;
  return found === null || Number.isNaN(found) ? null : { count: found, counters: COUNTERS.map(sum) };
}

/** One process of every network namespace but this one, by the namespace's inode; unreadable ones are left out. */
function otherNamespaces(proc: string): Map<string, string> {
  const found = new Map<string, string>();
  const own = namespaceOf(`${proc}/self/ns/net`);
  for (const pid of readdirSync(proc)) {
    if (!/^\d+$/.test(pid)) continue;
    const inode = namespaceOf(`${proc}/${pid}/ns/net`);
    if (inode !== null && inode !== own && !found.has(inode)) found.set(inode, pid);
  }
  return found;
}

function namespaceOf(path: string): string | null {
  try {
    return /\[(\d+)\]/.exec(readlinkSync(path))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** One write, so that lines of two runs never mix; whoever makes the file writes the header. */
function append(file: string, lines: readonly string[]): void {
  const text = lines.join("");
  if (file === "-") {
    process.stdout.write(HEADER + text);
    return;
  }
  let fd: number;
  let head = "";
  try {
    fd = openSync(file, "ax", 0o640);
    head = HEADER;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    fd = openSync(file, "a");
  }
  try {
    writeSync(fd, head + text);
  } finally {
    closeSync(fd);
  }
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? "failed";
}
