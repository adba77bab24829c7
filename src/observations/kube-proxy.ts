// kube-proxy raises the limit when it starts and says so, on lines that reach us through klog, a container
// runtime's wrapper, journald or a poster's terminal. A line that only quotes them must not count.

import type { Stamp } from "../model/stamp.ts";
import { epochStamp, klogStamp, readDateLine } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { resolveKey } from "./keys.ts";
import type { Reader } from "./readable.ts";

/** k8s.io/klog header: severity, month and day, time, thread, file:line. */
const KLOG =
  /^[IWEF](?<monthDay>\d{4}) (?<time>\d\d:\d\d:\d\d)\.(?<micros>\d{6}) +\d+ [\w./-]+\.go:\d+\] (?<message>.*)$/;
/** What a poster left of it: the file and the line, of files that write so. */
const KLOG_CUT = /^(?:conntrack|sysctls)\.go:\d+\] (?<message>.*)$/;
/** A header parser may have taken wrapper and klog header off; then they still stand in the raw line. */
const KLOG_INSIDE =
  /(?:^|[\s":`])[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ [\w./-]+\.go:\d+\] \\?"?Set(?:ting)? /;
/** Container runtime interface log (time, stream, full or partial), and `kubectl logs --timestamps`. */
const CRI = /^(?<time>\d{4}-\S+) (?:(?:stdout|stderr) [FP] |(?=[IWEF]\d{4} ))(?<message>.*)$/;
/** daemontools and s6 write TAI64N in front, `kubectl logs --prefix` the pod and the container. */
const SUPERVISED = /^(?:@[\da-f]{24}|\[pod\/[\w.-]+\/[\w.-]+\]) (?=[IWEF]\d{4} )/;
/** logrus, as k3s writes it. Many programs do: a tag must not be another's. */
const LOGRUS = /^time="(?<time>[^"]{1,40})" level=info msg="(?<message>[^"\\]*)"$/;
/** The same on a terminal. */
const LOGRUS_TERMINAL = /^INFO\[(?<time>[^\]]{1,40})\] (?<message>Set sysctl .*)$/;
/** Programs that kube-proxy is, or runs in. */
const PROGRAM = /^(?:kube-?proxy|hyperkube|kubelite|microk8s|k3s|k0s|rke2)/;

interface Told {
  readonly message: string;
  readonly stamp: Stamp | null;
  /** True where the form itself shows that a Kubernetes program speaks. */
  readonly klog: boolean;
  /** True where the form is one that k3s writes, among others. */
  readonly logrus: boolean;
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.startsWith("{")) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** klog in JSON form, written out as the text form has it. */
function fromJson(fields: Readonly<Record<string, unknown>>): Told {
  const { ts, caller, msg, v: _verbosity, ...rest } = fields;
  const words = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const stamp = typeof ts === "number" ? epochStamp(String(Math.round(ts))) : null;
  return {
    message: [`"${String(msg)}"`, ...words].join(" "),
    stamp,
    klog: /\.go:\d+$/.test(String(caller)),
    logrus: false,
  };
}

/** The message without its wrappers, and the time that the outermost of them tells. */
function unwrap(line: string): Told {
  const text = line.replace(SUPERVISED, "");
  const json = jsonObject(text);
  if (json !== null && typeof json.log === "string") {
    const stamp = typeof json.time === "string" ? readDateLine(json.time) : null;
    const inner = unwrap(json.log.trim());
    return { ...inner, stamp: stamp ?? inner.stamp };
  }
  if (json !== null && typeof json.msg === "string") return fromJson(json);
  const cri = CRI.exec(text)?.groups;
  const criStamp = cri === undefined ? null : readDateLine(cri.time ?? "");
  if (cri !== undefined && criStamp !== null) return { ...unwrap(cri.message ?? ""), stamp: criStamp };
  const logrus = (LOGRUS.exec(text) ?? LOGRUS_TERMINAL.exec(text))?.groups;
  if (logrus !== undefined) {
    const { message = "", time = "" } = logrus;
    return { message, stamp: readDateLine(time), klog: false, logrus: true };
  }
  const klog = KLOG.exec(text)?.groups;
  const cut = KLOG_CUT.exec(text)?.groups?.message;
  if (cut !== undefined) return { message: cut, stamp: null, klog: true, logrus: false };
  if (klog === undefined) return { message: text, stamp: null, klog: false, logrus: false };
  const stamp = klogStamp(klog.monthDay ?? "", klog.time ?? "", klog.micros ?? "");
  return { message: klog.message ?? "", stamp, klog: true, logrus: false };
}

export const readKubeProxy: Reader = (row, line) => {
  const told = unwrap(line.text);
  const groups = row.pattern?.exec(told.message)?.groups;
  const own = told.klog || (told.logrus && line.tag === null) || KLOG_INSIDE.test(line.raw);
  if (groups === undefined || (!own && !PROGRAM.test(line.tag ?? ""))) return [];
  const meaning = resolveKey(groups.entry ?? `net.netfilter.${groups.name ?? "nf_conntrack_buckets"}`);
  if (meaning === null) return [];
  const draft: Draft = { kind: meaning.kind, key: meaning.key, value: groups.value ?? groups.amount ?? "" };
  return [{ ...draft, stamp: betterStamp(line.stamp, told.stamp, unwrap(line.raw).stamp) }];
};

/** The time of a wrapper has a year, which klog's own has not. */
function betterStamp(...stamps: readonly (Stamp | null)[]): Stamp | null {
  const known = stamps.filter((stamp) => stamp !== null);
  return known.find(({ kind }) => kind === "instant") ?? known[0] ?? null;
}
