// Pasted terminals: a command and, below it, bare numbers that only the command explains. This file reads the
// command and says which numbers to expect; it runs nothing.

import { unwrapCommand } from "./elsewhere.ts";
import { type KeyMeaning, resolveKey, resolvePath } from "./keys.ts";

/** What the next line of output is: a value of a key, or a line that means nothing here. */
export type Expected =
  | { readonly what: "value"; readonly meaning: KeyMeaning; readonly origin: string }
  | { readonly what: "noise" };

export interface Command {
  /** Lines to come, in order; empty where the output explains itself or is not foreseeable. */
  readonly expected: readonly Expected[];
  /** True: a loop, the lines come again and again. */
  readonly repeats: boolean;
  /** True: what it prints is a configuration file. */
  readonly configured: boolean;
  /** Word that ends the text that follows, where the command reads it from the terminal. */
  readonly hereWord: string | null;
  /** Namespace or container that the command ran in. */
  readonly netns: string | null;
  /** True: each line of output has the name of its machine in front. */
  readonly many: boolean;
  /** False where `conntrack -L` shows only a part of the table: what it tells of itself, whatever a pipe takes away. */
  readonly wholeTable: boolean;
  /** True where the lines below are not all that the program printed, or not all of the file. */
  readonly cut: boolean;
  /** True: statistics of `conntrack -S` follow, of which some lines may be missing. */
  readonly statistics: boolean;
}

const PROGRAMS =
  "cat|more|less|head|tail|grep|egrep|zgrep|awk|sysctl|conntrack|wc|vi|vim|nano|emacs|echo|printf|tee|date|hostname|uname|" +
  "while|until|for|ip|docker|podman|dmesg|journalctl|modprobe|lsmod|kubectl|ls|cd|iptables|service|systemctl|watch|time|sleep|" +
  "ssh|pdsh|clush|dsh|pssh|xdsh|ansible|adb|minikube|vagrant|colima|oc|k3s|microk8s|lxc|incus|pct|vzctl|nsenter|crictl|nerdctl|" +
  "docker-compose|chroot|sh|bash";
const START = new RegExp(`^(?:sudo (?:-\\w+ )*)?(?:[\\w./-]*/)?(?:${PROGRAMS})(?= |;|$)`);
const CONF = /(?:^|[\s/"'<>])(?:etc\/)?sysctl\.(?:conf|d)\b/;
const COUNT: KeyMeaning = { key: "nf_conntrack_count", kind: "entries", unit: "entries" };
const TABLE = /(?:^|\/)proc\/(?:\w+\/)?net\/(?:ip|nf)_conntrack$/;

/** Programs that pass on a part of what they read. */
const CUTTER = /^(?:\S*\/)?(?:head|tail|[efz]?grep|awk|sed|uniq)(?= |$)/;

/** What watch(1) writes at the right: the host and the date, in the machine's language. */
const WATCH_DATE =
  / (?:\S+: )?(?<date>\S+ (?:\S+ \d{1,2}|\d{1,2} \S+) \d\d:\d\d:\d\d(?: [AP]M)?(?: \S+)? \d{4})$/;

/** The command on a line, its prompt taken off; null where the line is none. */
function findCommand(text: string): string | null {
  const watched = /^Every [\d.,]+ ?s?: (?<rest>.*)$/.exec(text)?.groups?.rest;
  if (watched !== undefined) return watched.replace(WATCH_DATE, "");
  if (START.test(text)) return text;
  for (const match of text.slice(0, 120).matchAll(/[#$%>~+\u276f\u279c\u00bb]+ */g)) {
    const rest = text.slice(match.index + match[0].length);
    if (START.test(rest)) return rest;
  }
  return null;
}

/** The date that a screen of watch(1) begins with, or null. */
export function watchDate(text: string): string | null {
  return text.startsWith("Every ") ? (WATCH_DATE.exec(text)?.groups?.date ?? null) : null;
}

function splitWords(command: string): string[] {
  return command
    .split(/\s+/)
    .filter((word) => word !== "")
    .flatMap(expandBraces);
}

/** One pair of braces, as in nf_conntrack_{count,max}. */
function expandBraces(word: string): string[] {
  const match = /^(.*)\{([^{}]*,[^{}]*)\}(.*)$/.exec(word);
  if (match === null) return [word];
  const [, head = "", list = "", tail = ""] = match;
  return list.split(",").map((part) => head + part + tail);
}

interface Step {
  readonly expected: readonly Expected[];
  /** False: nobody knows how many lines it prints, so nothing behind it can be foreseen. */
  readonly known: boolean;
}

const SILENT: Step = { expected: [], known: true };
const NOISE: Step = { expected: [{ what: "noise" }], known: true };
const UNKNOWN: Step = { expected: [], known: false };

/** Behind a file of which nothing is known, no line can be foreseen. */
function valueStep(meanings: readonly (KeyMeaning | null)[], origin: string): Step {
  const expected: Expected[] = [];
  for (const meaning of meanings) {
    if (meaning === null) return { expected, known: false };
    expected.push({ what: "value", meaning, origin });
  }
  return { expected, known: expected.length > 0 };
}

function optionless(words: readonly string[]): string[] {
  return words.filter((word) => !/^[-<>&\d]/.test(word));
}

/** A file by its path, or by its name alone: who reads it stands in its folder. */
function resolveFile(word: string): KeyMeaning | null {
  const alone = /^(?:nf|ip)_conntrack_(?:max|count|buckets)$/.test(word);
  return alone ? resolveKey(`net.netfilter.${word}`) : resolvePath(word);
}

/** One command without pipes, by its program. */
function readSimple(words: readonly string[]): Step {
  const [path = "", ...rest] = words;
  const program = path.slice(path.lastIndexOf("/") + 1);
  if (/^(?:sleep|clear|cd|true|export|do|done|then|:)$/.test(program)) return SILENT;
  if (/^(?:echo|printf|date|hostname|uname)$/.test(program)) return NOISE;
  if (/^(?:cat|more|less|head|tail)$/.test(program))
    return valueStep(optionless(rest).map(resolveFile), "proc-file");
  // Of several files it writes the names, too.
  if (program === "grep" && rest[0] === "." && rest.length === 2)
    return valueStep(rest.slice(1).map(resolveFile), "proc-file");
  if (program === "sysctl" && rest.some((word) => /^-[a-z]*n[a-z]*$|^--values$/.test(word)))
    return valueStep(optionless(rest).map(resolveKey), "proc-file");
  if (program === "conntrack" && /^(?:-C|--count)(?: conntrack)?$/.test(rest.join(" ")))
    return valueStep([COUNT], "conntrack-count");
  if (program === "wc" && rest[0] === "-l" && rest[1] === "<" && TABLE.test(rest[2] ?? ""))
    return valueStep([COUNT], "table-lines");
  return UNKNOWN;
}

/** Options of `conntrack -L` that leave no entry out. */
function listsAll(words: readonly string[]): boolean {
  return /^(?:-L|--dump|--list)(?: conntrack)?(?: (?:-o|--output) ?[\w,]+)*$/.test(
    words.join(" ").replace(/ (?:\d|&)?>+ ?\S+/g, ""),
  );
}

function readPipeline(text: string): Step {
  const parts = text.split("|").map((part) => splitWords(part.trim()));
  const [first = [], ...others] = parts;
  if (others.length === 0) {
    const writes = first.some((word) => /^1?>>?/.test(word));
    return writes ? SILENT : readSimple(first.filter((word) => !/^(?:2>|&>)/.test(word)));
  }
  const program = first[0]?.replace(/^.*\//, "");
  const table =
    (program === "cat" && first.length === 2 && TABLE.test(first[1] ?? "")) ||
    (program === "conntrack" && listsAll(first.slice(1)));
  const counted = others.length === 1 && others[0]?.join(" ") === "wc -l";
  return table && counted ? valueStep([COUNT], "table-lines") : UNKNOWN;
}

/** The command that a line shows, or null where it shows none. */
export function readCommand(line: string): Command | null {
  const command = findCommand(line);
  if (command === null) return null;
  const bare = unwrapCommand(command);
  const expected: Expected[] = [];
  for (const part of bare.text.split(/;|&&|\|\|/)) {
    if (part.trim() === "") continue;
    const step = readPipeline(part.trim().replace(/^do /, ""));
    expected.push(...step.expected);
    if (!step.known) break;
  }
  const [first = "", ...piped] = (bare.text.split(/;|&&|\|\|/)[0] ?? "").split("|");
  const words = splitWords(first);
  const lists = /(?:^|\/)conntrack$/.test(words[0] ?? "");
  return {
    expected,
    repeats: bare.repeats,
    configured: CONF.test(command) && !/(?:^|[\s/])sysctl\s+(?:-\S*\s+)*(?:-p|--load|--system)/.test(command),
    hereWord: /<<-?\s*\\?["']?(\w+)/.exec(command)?.[1] ?? null,
    netns: bare.netns,
    many: bare.many,
    wholeTable: !lists || !/ (?:-L|--dump|--list)\b/.test(first) || listsAll(words.slice(1)),
    cut: CUTTER.test(words[0] ?? "") || piped.some((part) => CUTTER.test(part.trim())),
    statistics: lists && /^(?:-S|--stats)$/.test(words[1] ?? ""),
  };
}

/** True for a line of prose that speaks of a sysctl configuration file: what follows is its text. */
export function mentionsConf(text: string): boolean {
  return CONF.test(text) && !/^\* Applying /.test(text);
}
