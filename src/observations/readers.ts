// Readers of single lines: a pattern's groups to drafts. What the form means stands in the catalogue.

import { readAssignments } from "./assignments.ts";
import { readConfLine } from "./conf.ts";
import { epochStamp } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { resolveKey, resolvePath } from "./keys.ts";
import { readKubeProxy } from "./kube-proxy.ts";
import { readPrometheus, readTelegraf } from "./metrics.ts";
import type { Readable, Reader } from "./readable.ts";
import type { ObservationRow, ReaderName } from "./row.ts";

/** Drafts of a banner or a limit_exceeded line; empty where the pattern does not match. */
function limits(row: ObservationRow, line: Readable): Draft[] {
  const groups = row.pattern?.exec(line.text)?.groups;
  if (groups === undefined) return [];
  const drafts: Draft[] = [{ kind: "limit", key: "nf_conntrack_max", value: groups.max ?? "" }];
  if (groups.buckets !== undefined)
    drafts.push({ kind: "buckets", key: "nf_conntrack_buckets", value: groups.buckets });
  if (groups.bytes !== undefined)
    drafts.push({ kind: "entry_bytes", key: "entry_bytes", value: groups.bytes });
  return drafts;
}

function entries(row: ObservationRow, line: Readable): Draft[] {
  const value = row.pattern?.exec(line.text)?.groups?.entries;
  return value === undefined ? [] : [{ kind: "entries", key: "nf_conntrack_count", value }];
}

function countOfLimit(row: ObservationRow, line: Readable): Draft[] {
  const groups = row.pattern?.exec(line.text)?.groups;
  if (groups === undefined) return [];
  const host = groups.host ?? null;
  return [
    { kind: "entries", key: "nf_conntrack_count", value: groups.entries ?? "", host },
    { kind: "limit", key: "nf_conntrack_max", value: groups.max ?? "", host },
  ];
}

function drafts(text: string): Draft[] {
  return readAssignments(text).map(({ meaning, value }) => ({ kind: meaning.kind, key: meaning.key, value }));
}

/** A second COMMAND= would be text that a user chose (a folder's name, an argument), so the line is not believed. */
function sudo(row: ObservationRow, line: Readable): Draft[] {
  if (!/^sudo\b/.test(line.tag ?? "") || line.text.split("COMMAND=").length !== 2) return [];
  return drafts(row.pattern?.exec(line.text)?.groups?.words ?? "");
}

/** A line whose `#` a header parser took for a paste mark is still a comment. */
function sysctl(row: ObservationRow, line: Readable): Draft[] {
  if (/^[\s>]*[#;]/.test(line.raw) && !line.fromLog) return [];
  return row.pattern?.test(line.text) === true ? drafts(line.text) : [];
}

/** Names that a role sets, too, beside the one that nobody can set: so it is what the kernel says. */
const BESIDE_COUNT =
  /^(?=.*_conntrack_count)(?:(?:nf|ip)_conntrack_(?:count|max|buckets) ?[:=] ?\d+(?:,? |$)){2,3}$/;

function besideCount(text: string): Draft[] {
  if (!BESIDE_COUNT.test(text)) return [];
  return [...text.matchAll(/((?:nf|ip)_conntrack_(?:count|max|buckets)) ?[:=] ?(\d+)/g)].flatMap(
    ([, name, value = ""]) => {
      const meaning = resolveKey(`net.netfilter.${name}`);
      return meaning === null ? [] : [{ kind: meaning.kind, key: meaning.key, value }];
    },
  );
}

function pathValue(row: ObservationRow, line: Readable): Draft[] {
  const beside = besideCount(line.text);
  if (beside.length > 0) return beside;
  const groups = row.pattern?.exec(line.text)?.groups;
  const path = groups?.path ?? "";
  const meaning = path.startsWith("/") ? resolvePath(path) : resolveKey(`net.netfilter.${path}`);
  if (meaning === null) return [];
  return [{ kind: meaning.kind, key: meaning.key, value: groups?.value ?? "" }];
}

/** A line of a configuration file as grep shows it, the file's name in front. */
function greppedConf(row: ObservationRow, line: Readable): Draft[] {
  const text = /^\/\S*sysctl(?:\.conf|\.d\/[^/\s:]+):(?:\d+:)?(?<text>.*)$/.exec(line.raw.trim())?.groups
    ?.text;
  return text === undefined ? [] : readConfLine(row, text);
}

/** The number stands behind the two columns of objects: bytes of one. */
function slab(row: ObservationRow, line: Readable): Draft[] {
  const value = row.pattern?.exec(line.text)?.groups?.bytes;
  return value === undefined ? [] : [{ kind: "entry_bytes", key: "entry_bytes", value }];
}

function sampleComment(row: ObservationRow, line: Readable): Draft[] {
  const groups = row.pattern?.exec(line.text)?.groups;
  if (groups === undefined) return [];
  const uptimeUs = Math.round(Number(groups.uptime) * 1e6);
  const place = { stamp: epochStamp(groups.time ?? ""), uptimeUs };
  return [
    { kind: "entries", key: "nf_conntrack_count", value: groups.count ?? "", ...place },
    { kind: "limit", key: "nf_conntrack_max", value: groups.max ?? "", ...place },
    { kind: "uptime", key: "uptime", value: uptimeUs, ...place },
  ];
}

function trailer(row: ObservationRow, line: Readable): Draft[] {
  // A selftest's comment tells of a filtered dump; a dump of one's own prints the line bare.
  return /^[\s>]*#/.test(line.raw) ? [] : entries(row, line);
}

/** Readers of rows that one line suffices for; the other names are read by the observer. */
export const READERS: Readonly<Partial<Record<ReaderName, Reader>>> = {
  banner: limits,
  exceeded: limits,
  sudo,
  kube: readKubeProxy,
  sysctl,
  "path-value": pathValue,
  "table-lines": entries,
  trailer,
  "count-of-limit": countOfLimit,
  slab,
  modprobe: (row, line) => (line.fromLog ? [] : readConfLine(row, line.text)),
  "grepped-conf": greppedConf,
  prometheus: readPrometheus,
  telegraf: readTelegraf,
  "sample-comment": sampleComment,
};
