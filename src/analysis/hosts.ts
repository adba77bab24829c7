// Which machine a stream is of: the name its lines carry, the boot it shares, its bundle, --host, or the only
// machine it was found beside. How, is always told.

import { isGeneric, realName, type StreamFact } from "./boots.ts";
import { createUnion } from "./union.ts";

export interface HostOf {
  /** Streams with equal keys are of one machine. */
  readonly key: number;
  readonly basis: "line" | "boot" | "bundle" | "option" | "beside" | "none";
}

export interface HostSet {
  /** By index of the stream. */
  readonly of: readonly HostOf[];
  /** Shown name by key. */
  readonly names: ReadonlyMap<number, string>;
}

/**
 * Gives every stream its machine. `bootOf`: for each stream the number of its boot (streams of one boot share it).
 * Contract order: the line, else the bundle, else --host, else unknown; a shared boot is as good as the line.
 */
export function findHosts(streams: readonly StreamFact[], bootOf: (i: number) => number): HostSet {
  // Nodes: one a boot (its number is a stream index), one a real name.
  const nameNode = new Map<string, number>();
  const nodeOf = (name: string): number => {
    const known = nameNode.get(name);
    if (known !== undefined) return known;
    const made = streams.length + nameNode.size;
    nameNode.set(name, made);
    return made;
  };
  for (const stream of streams) {
    for (const name of [stream.name, stream.bundleHost, stream.optionHost]) if (name !== null) nodeOf(name);
  }
  const unknown = streams.length + nameNode.size;
  const union = createUnion(unknown + 1);
  streams.forEach((stream, i) => {
    union.join(i, bootOf(i));
    const name = realName(stream.name);
    if (name !== null) union.join(i, nodeOf(name));
  });
  joinGeneric(streams, union.root, union.join, nodeOf);
  const basis = streams.map((stream): HostOf["basis"] | null => (stream.name !== null ? "line" : null));
  const hasName = new Set(streams.flatMap((stream, i) => (stream.name !== null ? [union.root(i)] : [])));
  const settle = (how: HostOf["basis"], target: (stream: StreamFact) => number | null) => {
    streams.forEach((stream, i) => {
      if (basis[i] !== null) return;
      if (hasName.has(union.root(i))) {
        basis[i] = "boot";
        return;
      }
      const node = target(stream);
      if (node === null) return;
      union.join(i, node);
      hasName.add(union.root(i));
      basis[i] = how;
    });
  };
  const inBundle = namedInBundles(streams);
  settle("bundle", (stream) =>
    stream.bundleHost === null ? (inBundle.get(stream.bundle ?? "") ?? null) : nodeOf(stream.bundleHost),
  );
  settle("option", (stream) => (stream.optionHost === null ? null : nodeOf(stream.optionHost)));
  const beside = besideFinder(streams, union.root);
  settle("beside", beside);
  settle("none", () => unknown);
  return {
    of: streams.map((_, i) => ({ key: union.root(i), basis: basis[i] ?? "none" })),
    names: shownNames(streams, union.root, nameNode, union.root(unknown)),
  };
}

/** A generic name means the one machine that carried it in a boot of its own; with two of them, nobody. */
function joinGeneric(
  streams: readonly StreamFact[],
  root: (i: number) => number,
  join: (a: number, b: number) => void,
  nodeOf: (name: string) => number,
): void {
  const carriers = new Map<string, Set<number>>();
  const real = new Set(streams.flatMap((stream, i) => (realName(stream.name) !== null ? [root(i)] : [])));
  streams.forEach((stream, i) => {
    if (stream.name === null || !isGeneric(stream.name) || !real.has(root(i))) return;
    const set = carriers.get(stream.name) ?? new Set();
    carriers.set(stream.name, set.add(root(i)));
  });
  streams.forEach((stream, i) => {
    if (stream.name === null || !isGeneric(stream.name) || real.has(root(i))) return;
    const of = carriers.get(stream.name);
    const [only] = of?.size === 1 ? [...of] : [];
    join(i, only ?? nodeOf(stream.name));
  });
}

/** For each bundle the machine that its named lines are of, where it is one: the index of a stream of it. */
function namedInBundles(streams: readonly StreamFact[]): Map<string, number | null> {
  const names = new Map<string, { name: string; at: number | null }>();
  streams.forEach((stream, i) => {
    const name = realName(stream.name);
    if (stream.bundle === null || name === null) return;
    const known = names.get(stream.bundle);
    if (known === undefined) names.set(stream.bundle, { name, at: i });
    else if (known.name !== name) known.at = null;
  });
  return new Map([...names].map(([bundle, { at }]) => [bundle, at]));
}

/** For a nameless stream: the only named machine in its folder, or in the nearest folder above that has one. */
function besideFinder(
  streams: readonly StreamFact[],
  root: (i: number) => number,
): (stream: StreamFact) => number | null {
  const byFolder = new Map<string, Set<number>>();
  for (const { name, folder } of streams) {
    if (name === null)
      for (const one of ancestors(folder)) if (!byFolder.has(one)) byFolder.set(one, new Set());
  }
  streams.forEach(({ name, folder }, i) => {
    if (name === null || folder === "-" || byFolder.size === 0) return;
    for (const one of ancestors(folder)) byFolder.get(one)?.add(root(i));
  });
  return (stream) => {
    if (stream.folder === "-") return null;
    for (const folder of ancestors(stream.folder)) {
      const found = byFolder.get(folder) ?? new Set();
      if (found.size > 0) return onlyRoot(found, root);
    }
    return null;
  };
}

/** The root that all members have; null where there are two. */
function onlyRoot(members: ReadonlySet<number>, root: (i: number) => number): number | null {
  let first: number | null = null;
  for (const member of members) {
    first ??= root(member);
    if (root(member) !== first) return null;
  }
  return first;
}

function ancestors(folder: string): string[] {
  const parts = folder.split("/");
  const out: string[] = [];
  for (let n = parts.length; n >= 0; n--) out.push(parts.slice(0, n).join("/"));
  return out;
}

/** The last name of the latest boot; where lines carry none, what the bundle or the option says. */
function shownNames(
  streams: readonly StreamFact[],
  root: (i: number) => number,
  nameNode: ReadonlyMap<string, number>,
  unknown: number,
): Map<number, string> {
  const names = new Map<number, string>();
  const latest = new Map<number, number>();
  for (const [name, node] of nameNode) names.set(root(node), names.get(root(node)) ?? name);
  const seen = new Set<number>();
  streams.forEach((stream, i) => {
    if (stream.name === null) return;
    const key = root(i);
    const at = stream.lastUs ?? Number.NEGATIVE_INFINITY;
    if (seen.has(key) && at < (latest.get(key) ?? Number.NEGATIVE_INFINITY)) return;
    seen.add(key);
    latest.set(key, at);
    names.set(key, stream.name);
  });
  if (!names.has(unknown)) names.set(unknown, "unknown");
  return names;
}
