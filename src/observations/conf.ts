// Configuration files say what shall be, not what is. This file knows them by their paths, and the order in
// which the machine reads them.

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

/** sysctl.d(5): of files with one name, the one in the folder named later here is read instead of the others. */
const FOLDERS = ["lib", "usr/lib", "usr/local/lib", "run", "etc"];

/**
 * A key that sorts sysctl files as they take effect, the last one winning. Files in sysctl.d folders are read in
 * the order of their names, whatever the folder; /etc/sysctl.conf is read last (procps sysctl(8) --system).
 */
export function sysctlLoadOrder(path: string): string {
  const match = /(?:^|[/!])sysctl\.d\/([^/]+)$/.exec(path);
  if (match === null) return "2";
  const before = path.slice(0, match.index);
  const folder = FOLDERS.findLastIndex((name) => before === name || before.endsWith(`/${name}`));
  const rank = before.endsWith("usr/local/lib") ? 2 : before.endsWith("usr/lib") ? 1 : folder;
  return `1 ${match[1]} ${Math.max(0, rank)}`;
}
