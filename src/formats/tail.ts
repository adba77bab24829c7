// What stands behind a syslog stamp: host, facility, tag, text, each of which may be missing. There is no grammar for
// it (RFC 3164 describes habits), so it is read word by word: a tag ends in a colon, what is none is the host.

import { isSeverityName, isSeverityWord, namedPriority } from "./priority.ts";

export interface Tail {
  readonly host: string | null;
  readonly tag: string | null;
  /** Process id behind the tag, or null. */
  readonly pid: number | null;
  /** Priority that a `facility.level` column tells, or null. */
  readonly priority: number | null;
  readonly text: string;
}

interface Tag {
  readonly name: string;
  readonly pid: number | null;
  /** Where the text begins. */
  readonly end: number;
}

/** Texts that stand where a host would: repeats, marks and starts of daemons, kernel lines that a relay gave no tag. */
const NO_HOST =
  /^(?:(?:--- )?last message repeated \d|Last message '|message repeated \d|-- MARK --|syslogd \d|\[ *\d{1,10}\.\d{6}\])/;

/** Who writes lines that begin so. `either`: programs begin their own logs so, too; `program`: only they do. */
export type Writers = "syslog" | "either" | "program";

/** Words of a program's own log that stand where a host would: levels, `key=value`, threads in brackets. `[::1]` is a host. */
const NO_NAME =
  /^(?:-|[\w.]+=.*|\[(?![\da-f]*:[\da-f:.]*\]).*|(?:trace|debug|fine|verbose|info|notice|warn|warning|err|error|severe|crit|critical|alert|emerg|fatal|panic))$/i;

const NIL = "-";
const KERN_TAG = "kern.";
/** metalog puts the program into brackets and names no host; Netgear's gateways put themselves in front, so, too. */
const BRACKETED_KERNEL = /^\[(?:([\w.-]{1,64})\] ?\[)?[Kk]ernel\] /;
/** A count, or a process id; in front of a tag a daemon may have meant a host. */
const DIGITS = /^\d+$/;

export function readTail(rest: string, writers: Writers): Tail {
  const bracketed =
    writers === "syslog" && rest.charCodeAt(0) === BRACKET ? BRACKETED_KERNEL.exec(rest) : null;
  if (bracketed !== null) {
    const [{ length }, host = null] = bracketed;
    return { host, tag: "kernel", pid: null, priority: null, text: rest.slice(length) };
  }
  let host: string | null = null;
  let hostAt = 0;
  let own = writers === "program";
  let priority: number | null = null;
  let at = 0;
  for (;;) {
    while (rest.charCodeAt(at) === 32) at += 1;
    const blank = rest.indexOf(" ", at);
    const end = blank < 0 ? rest.length : blank;
    if (end === at) break;
    const tag = readTag(rest, at, end);
    if (tag !== null && isDevice(tag.name)) {
      host ??= tag.name;
      at = tag.end;
      continue;
    }
    if (tag !== null) return tagged(rest, tag, host, priority, !own && isName(host, writers === "syslog"));
    const word = rest.slice(at, end);
    const named: number | null = priority === null ? readFacility(word) : null;
    if (named !== null) priority = named;
    else if (isSeverityWord(word)) own ||= host === null;
    else if (isPassedOver(host, word) && tagFollows(rest, end)) {
      at = end;
      continue;
    } else if (host === null || host === NIL) {
      if (hasNoHost(rest, at)) break;
      // Behind a nil name stands a program's.
      own ||= host !== null;
      host = word;
      hostAt = at;
    } else break;
    at = end;
  }
  const isSyslogs = hasNoHost(rest, at);
  const isHost = !own && (isSyslogs ? host !== NIL : writers === "syslog" && isName(host, false));
  const text = rest.slice(isSyslogs || isHost || host === null ? at : hostAt);
  return { host: isHost ? host : null, tag: null, pid: null, priority, text };
}

/** `named`: what stands before the tag may be a host. */
function tagged(rest: string, tag: Tag, host: string | null, priority: number | null, named: boolean): Tail {
  // The kernel writes no log of its own: what stands before its tag is the host, however odd.
  const isHost = host !== NIL && (isKernelName(tag.name) || named);
  // socklog writes facility and level for a tag; only the kernel has that facility (syslog(3)).
  const kern = tag.name.startsWith(KERN_TAG) ? readFacility(tag.name) : null;
  const text = rest.slice(tag.end);
  if (kern !== null) return { host, tag: "kernel", pid: tag.pid, priority: kern, text };
  return { host: isHost ? host : null, tag: tag.name, pid: tag.pid, priority, text };
}

/** UniFi's access points and gateways name model, address and version, as a tag, in front of the program's. */
function isDevice(name: string): boolean {
  return name.includes(",") && /^[\w-]{1,32},[\da-f:]{12,17}(?:,v[\d.]{1,32})?$/.test(name);
}

/** A level behind the host, or its name once more (UniFi's gateways). */
function isPassedOver(host: string | null, word: string): boolean {
  return host !== null && host !== NIL && (word === host || isSeverityName(word));
}

/** True where the next word is a tag. */
function tagFollows(rest: string, end: number): boolean {
  const at = end + 1;
  const blank = rest.indexOf(" ", at);
  return readTag(rest, at, blank < 0 ? rest.length : blank) !== null;
}

function isName(host: string | null, digits: boolean): boolean {
  return host !== null && !NO_NAME.test(host) && (digits || !DIGITS.test(host));
}

/** klogd of routers hands on what the kernel printed under its own name. */
export function isKernelName(name: string | null): boolean {
  return name === "kernel" || name === "vmunix" || name === "klogd";
}

function hasNoHost(rest: string, at: number): boolean {
  // Only texts that begin with one of these can be meant; most lines are done with one look.
  return "lLms-[".includes(rest[at] ?? " ") && NO_HOST.test(rest.slice(at, at + 40));
}

/** `kernel:`, `sshd[12]:`, `kernel[0]:`; imuxsock writes `imuxsock[pid 12]:`. */
function readTag(rest: string, at: number, end: number): Tag | null {
  if (rest.charCodeAt(end - 1) !== COLON || mayBeGlued(rest, at, end)) return readOddTag(rest, at, end);
  const body = rest.slice(at, end - 1);
  if (body === "") return null;
  if (!body.endsWith("]")) {
    return { name: body.startsWith("rsyslogd-") ? body.replace(RSYSLOG_CODE, "$1") : body, pid: null, end };
  }
  const open = body.lastIndexOf("[");
  return open < 1 ? null : { name: body.slice(0, open), pid: readPid(body.slice(open + 1, -1)), end };
}

const BRACKET = 91;
const COLON = 58;
/** rsyslog puts the code of its message (`rsyslogd-2177:`) where a process id would stand. */
const RSYSLOG_CODE = /^(rsyslogd)-\d{1,5}$/;
/** Kernel tags may be glued to their text: `kernel:[12.345678] ...`. */
const GLUED = /^(kernel|vmunix)(?:\[(\d{1,10})\])?:/;
const PID_WORD = /^(\S{1,32})\[pid (\d{1,10})\]:/;

/** True for `kernel:x...`, of which only `kernel:` is the tag. */
function mayBeGlued(rest: string, at: number, end: number): boolean {
  return end - at > 7 && (rest.startsWith("kernel:", at) || rest.startsWith("vmunix:", at));
}

function readOddTag(rest: string, at: number, end: number): Tag | null {
  const first = rest[at];
  const pattern = first === "k" || first === "v" ? GLUED : rest.startsWith("[pid", end - 4) ? PID_WORD : null;
  const match = pattern?.exec(rest.slice(at, at + 64));
  if (!match) return null;
  return { name: match[1] ?? "", pid: readPid(match[2] ?? ""), end: at + match[0].length };
}

function readPid(digits: string): number | null {
  const pid = digits === "" ? Number.NaN : Number(digits);
  return Number.isSafeInteger(pid) && pid >= 0 ? pid : null;
}

const FACILITY = /^<?([a-z]{2,8}\d?)\.([a-z]{3,7})>?$/;

/** busybox and OpenWrt: `kern.warn`; some syslogds put it into angle brackets. */
function readFacility(word: string): number | null {
  if (!word.includes(".")) return null;
  const match = FACILITY.exec(word);
  return match === null ? null : namedPriority(match[1] ?? "", match[2] ?? "");
}
