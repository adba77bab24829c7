// Configuration files say what shall be, not what is. This file knows them by their paths.

import type { Draft } from "./draft.ts";
import { resolveKey } from "./keys.ts";
import type { ObservationRow } from "./row.ts";

const SYSCTL_CONF = /(?:^|[/!])(?:sysctl\.conf|sysctl\.d\/[^/]+\.conf)$/;
const MODPROBE_CONF = /(?:^|[/!])(?:modprobe\.conf|modules\.conf|modprobe\.d\/[^/]+)$/;

/** Catalogue row that reads the source's lines, or null where it is no configuration file. */
export function confRow(role: string | null, path: string): "sysctl-conf" | "modprobe-conf" | null {
  if (role === "sysctl-conf" || SYSCTL_CONF.test(path)) return "sysctl-conf";
  if (role === "modprobe-conf" || MODPROBE_CONF.test(path)) return "modprobe-conf";
  return null;
}

/** Drafts of a line of such a file; a row that names no key sets the buckets. */
export function readConfLine(row: ObservationRow, line: string): Draft[] {
  const groups = row.pattern?.exec(line)?.groups;
  if (groups === undefined) return [];
  const meaning = resolveKey(groups.name ?? "net.netfilter.nf_conntrack_buckets");
  if (meaning === null) return [];
  return [{ kind: meaning.kind, key: meaning.key, value: groups.value ?? "", force: "configured" }];
}
