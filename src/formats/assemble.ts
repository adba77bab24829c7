// From a matched head to an entry: what every row of the table means by its groups and by what follows them.

import type { Entry } from "../model/line.ts";
import type { Stamp } from "../model/stamp.ts";
import { BARE, FORMATS } from "./catalogue.ts";
import { tidyMessage } from "./clean.ts";
import type { Format } from "./format.ts";
import { readKernelText, uptimeUs } from "./kernel-text.ts";
import { readRecord } from "./kmsg.ts";
import { readDmesgObject, readJournalObject, readWrappedObject } from "./objects.ts";
import { facilityOf, KERN, namedPriority, readPri } from "./priority.ts";
import { read5424 } from "./rfc5424.ts";
import type { StampForm } from "./stamps.ts";
import { isKernelName, readTail, type Tail, type Writers } from "./tail.ts";

/** What assembling needs from the parser that calls it. */
export interface Tools {
  readonly stamp: (form: StampForm, text: string) => Stamp | null;
  /** An entry of a line within a line. */
  readonly inner: (line: string) => Entry | null;
  /** dmesg -e: the stamp that `seconds` after the line before makes; null where none is known. */
  readonly later: (seconds: string) => Stamp | null;
  /** dmesg -e: a line told its minute. */
  readonly minute: (stamp: Stamp | null) => void;
}

/** What the head alone told. */
interface Head {
  readonly format: string;
  readonly stamp: Stamp | null;
  readonly uptimeUs: number | null;
  readonly priority: number | null;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

const NO_DOUBTS: readonly string[] = [];
const NO_GROUPS: Readonly<Record<string, string | undefined>> = {};

/** The entry, or null where the head turns out not to be one (an unknown month, a priority beyond the scale). */
export function assemble(format: Format, match: RegExpExecArray, line: string, tools: Tools): Entry | null {
  const head = readHead(format, match.groups ?? NO_GROUPS, tools);
  if (head === null) return null;
  const rest = line.slice(match[0].length);
  switch (format.rest) {
    case "syslog":
      return syslogEntry(head, hosted(head, readTail(rest, writersOf(format, head))));
    case "rfc5424":
      return syslogEntry(head, read5424(rest));
    case "kernel":
      return kernelEntry(head, rest);
    case "ring":
      return ringEntry(head, rest, tools);
    case "kmsg":
      return kernelEntry(head, readRecord(rest));
    case "program":
      return plainEntry(head, null, head.groups.tag ?? head.groups.daemon ?? null, head.priority, rest);
    case "line":
      return innerEntry(head, head.groups.writer === undefined ? rest : `kernel: ${rest}`, tools);
    case "journal-object":
      return readJournalObject(format.id, rest) ?? wrappedEntry(head, rest, tools);
    case "dmesg-object":
      return readDmesgObject(format.id, rest);
    case "wrapped-object":
      return wrappedEntry(head, rest, tools);
    default: {
      const never: never = format.rest;
      throw new Error(`no such rest: ${String(never)}`);
    }
  }
}

function readHead(format: Format, groups: Head["groups"], tools: Tools): Head | null {
  const { pri, fac, lvl, up, epoch } = groups;
  const priority = fac === undefined ? readPri(pri) : namedPriority(fac, lvl ?? "");
  if (priority === null && (pri !== undefined || fac !== undefined)) return null;
  const stamp = readHeadStamp(format, groups, tools);
  // A month of no known language, or one that could be the day: other forms are told by their month alone.
  if (stamp === null && groups.stamp !== undefined && !TOLD.has(format.form)) return null;
  return {
    format: format.id,
    stamp: epoch === undefined ? stamp : tools.stamp("epoch", epoch),
    uptimeUs: up === undefined ? null : readUptime(up),
    priority,
    groups,
  };
}

const TOLD: ReadonlySet<StampForm | null> = new Set(["derived", "minute", "numbers"]);

function readHeadStamp(format: Format, groups: Head["groups"], tools: Tools): Stamp | null {
  if (groups.plus !== undefined) return tools.later(groups.plus);
  if (format.form === null || groups.stamp === undefined) return null;
  const stamp = tools.stamp(format.form, groups.stamp);
  if (format.form === "minute") tools.minute(stamp);
  return stamp;
}

/** `5.445625` as microseconds; /dev/kmsg tells microseconds at once. */
function readUptime(up: string): number | null {
  const dot = up.indexOf(".");
  return dot < 0 ? uptimeUs("0", up) : uptimeUs(up.slice(0, dot), up.slice(dot + 1));
}

/** Milliseconds behind a comma: the loggers of Java and Python, by default. No syslog writes them without a zone. */
const PROGRAMS_STAMP = /,\d{1,6}$/;

function writersOf({ writers = "syslog" }: Format, { groups }: Head): Writers {
  return writers === "either" && PROGRAMS_STAMP.test(groups.stamp ?? "") ? "program" : writers;
}

function hosted({ groups: { host } }: Head, tail: Tail): Tail {
  return host === undefined ? tail : { ...tail, host };
}

function syslogEntry(head: Head, tail: Tail): Entry {
  const priority = head.priority ?? tail.priority;
  if (isKernelName(tail.tag)) return taggedEntry(head, tail.host, tail.tag, tail.pid, priority, tail.text);
  // Logread's remote mode puts a prefix of its own before the kernel's tag. Only a facility that no program can use
  // (syslog(3) turns kern into user) vouches for the second tag; else `logger "kernel: ..."` would be the kernel.
  if (
    tail.tag !== null &&
    priority !== null &&
    facilityOf(priority) === KERN &&
    tail.text.startsWith(SECOND_TAG)
  ) {
    return taggedEntry(head, tail.host, "kernel", null, priority, tail.text.slice(SECOND_TAG.length));
  }
  // A relay of netconsole gives no tag, but only the kernel writes its uptime.
  const kernel = tail.tag === null ? readKernelText(tail.text) : null;
  if (kernel !== null && kernel.uptimeUs !== null) {
    return entry(head, tail.host, null, true, priority, NO_DOUBTS, kernel.uptimeUs, kernel.text);
  }
  return plainEntry(head, tail.host, tail.tag, priority, tail.text);
}

const SECOND_TAG = " kernel: ";

function taggedEntry(
  head: Head,
  host: string | null,
  tag: string | null,
  pid: number | null,
  told: number | null,
  rest: string,
): Entry {
  const { uptimeUs, priority, text } = readKernelText(rest);
  return entry(head, host, tag, true, told ?? priority, doubtKernel(told, pid), uptimeUs, text);
}

/** Why a line tagged `kernel` may be `logger -t kernel`. */
function doubtKernel(priority: number | null, pid: number | null): readonly string[] {
  const facility = priority !== null && facilityOf(priority) !== KERN;
  const process = pid !== null && pid > 0;
  if (!facility && !process) return NO_DOUBTS;
  return [...(facility ? ["pri-facility"] : []), ...(process ? ["tag-pid"] : [])];
}

/** A line out of the kernel's ring: what has another facility was written there by a program. */
function kernelEntry(head: Head, rest: string): Entry {
  const { tag, pid } = head.groups;
  if (tag !== undefined) {
    return taggedEntry(head, null, tag, pid === undefined ? null : Number(pid), head.priority, rest);
  }
  const { uptimeUs, priority, text } = readKernelText(rest);
  const told = head.priority ?? priority;
  const own = told === null || facilityOf(told) === KERN;
  return entry(head, head.groups.host ?? null, null, own, told, NO_DOUBTS, uptimeUs, text);
}

// util-linux 2.40 and later print several --time-format at once, one behind the other.
const MORE_STAMPS =
  /^(?:\[(?<derived>[^\s\d[\]<>]\S{0,15} +\S{1,12} +\d{1,2} \d\d:\d\d:\d\d \d{4})\]|(?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:?\d\d)) /;

// CONFIG_PRINTK_CALLER, where dmesg has put another stamp in the uptime's place.
const CALLER = /^ ?\[ *[TC]\d{1,10}\] ?/;
// journalctl -o short-monotonic --no-hostname.
const TAG = "kernel: ";

function ringEntry(head: Head, rest: string, tools: Tools): Entry {
  const first = kernelEntry(head, rest.replace(CALLER, ""));
  const more = head.stamp === null ? MORE_STAMPS.exec(first.text)?.groups : undefined;
  if (more !== undefined) {
    const form = more.iso === undefined ? "derived" : "iso";
    const text = more.iso ?? more.derived ?? "";
    const skip = text.length + (form === "iso" ? 1 : 3);
    return { ...first, stamp: tools.stamp(form, text), text: first.text.slice(skip).trim() };
  }
  if (!first.text.startsWith(TAG)) return first;
  return { ...first, tag: "kernel", text: first.text.slice(TAG.length).trim() };
}

// Kubernetes programs whose output goes to a journal or a syslog carry a second header.
const KLOG_LEVELS = "IWEF";
const KLOG = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d{1,10} [^\s\]]{1,255}\] /;

function plainEntry(
  head: Head,
  host: string | null,
  tag: string | null,
  priority: number | null,
  rest: string,
): Entry {
  const text = rest.trim();
  const own = KLOG_LEVELS.includes(text[0] ?? " ") ? text.replace(KLOG, "") : text;
  return entry(head, host, tag, false, priority, NO_DOUBTS, null, own);
}

/** A collector's object: who wrote the line stands in a field beside it, where the line does not say. */
function wrappedEntry(head: Head, rest: string, tools: Tools): Entry | null {
  const wrapped = readWrappedObject(rest);
  if (wrapped === null) return null;
  const stamp = wrapped.time === null ? null : tools.stamp(wrapped.form, wrapped.time);
  const outer = { ...head, stamp: stamp ?? head.stamp };
  const plain = innerEntry(outer, wrapped.line, tools);
  const named = isKernelName(wrapped.writer) && plain.tag === null;
  const inner = named ? innerEntry(outer, `kernel: ${wrapped.line}`, tools) : plain;
  return { ...inner, host: inner.host ?? wrapped.host };
}

const PROGRAMS: ReadonlySet<string> = new Set(
  FORMATS.filter((row) => row.rest === "program").map((row) => row.id),
);

/** A line within a line: its own facts come first, the outer stamp is only when it was passed on. */
function innerEntry(head: Head, line: string, tools: Tools): Entry {
  const inner = tools.inner(line);
  if (inner === null) return entry(head, null, null, false, null, NO_DOUBTS, null, "");
  // A container that prints a bare kernel message quotes it.
  const fromKernel = inner.fromKernel && inner.format !== BARE.id && inner.format !== "numbered";
  // A program's own line is passed on as it is written: the outer stamp is of the same moment, and has year and zone.
  const stamp = PROGRAMS.has(inner.format) ? (head.stamp ?? inner.stamp) : (inner.stamp ?? head.stamp);
  return { ...inner, format: head.format, stamp, fromKernel, host: inner.host ?? head.groups.host ?? null };
}

function entry(
  head: Head,
  host: string | null,
  tag: string | null,
  fromKernel: boolean,
  priority: number | null,
  doubts: readonly string[],
  ownUptimeUs: number | null,
  raw: string,
): Entry {
  const { format, stamp } = head;
  const uptimeUs = head.uptimeUs ?? ownUptimeUs;
  const text = tidyMessage(raw);
  return { format, stamp, uptimeUs, host, tag, fromKernel, priority, bootId: null, doubts, text };
}
