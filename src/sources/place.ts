// Which bundle a path belongs to, and the role it plays there. Members of an archive come in any order, so a bundle
// is known from the first path that gives it away; nothing here looks at contents.

import {
  BUNDLES,
  type BundleKind,
  HOST_ROWS,
  HOST_TREE,
  LOOSE_ROWS,
  NETNS_PATHS,
  type RoleRow,
} from "./bundles.ts";

export interface Place {
  /** Root of the bundle: a folder's path, or the folder within the archive; null where there is no bundle. */
  readonly root: string | null;
  /** Row of the bundle table, `host-tree`, `crash` or `pstore`; null where there is no bundle. */
  readonly kind: string | null;
  readonly role: string | null;
  readonly channel: string | null;
  readonly netns: string | null;
  /** False: known not to matter. */
  readonly read: boolean;
}

/** The bundle that a folder is the root of. */
export interface FolderBundle {
  readonly kind: string;
  readonly root: string;
}

export function placeFile(path: string, bundle: FolderBundle | null): Place {
  const kind = BUNDLES.find(({ id }) => id === bundle?.kind);
  if (bundle === null || kind === undefined || !path.startsWith(bundle.root)) return placeInTree(path);
  return placeInBundle(path.slice(bundle.root.length).replace(/^(?:\.?\/)+/, ""), kind, bundle.root);
}

/** Places the members of one archive. */
export class MemberPlacer {
  readonly #roots = new Map<string, BundleKind>();

  place(name: string): Place {
    const path = normalise(name);
    for (const kind of BUNDLES) {
      for (const mark of kind.marks) {
        const root = mark.exec(path)?.groups?.root;
        if (root !== undefined && !this.#roots.has(root)) this.#roots.set(root, kind);
      }
    }
    for (const root of [path.slice(0, path.indexOf("/") + 1), ""]) {
      const kind = this.#roots.get(root);
      if (kind !== undefined) return placeInBundle(path.slice(root.length), kind, root);
    }
    return placeInTree(path);
  }
}

function placeInBundle(relative: string, kind: BundleKind, root: string): Place {
  const path = kind.inner === null ? relative : relative.replace(kind.inner, "");
  const row = findRow(path, kind.rows) ?? findRow(path, LOOSE_ROWS) ?? findRow(path, HOST_ROWS);
  return placed(root, kind.id, row, path, row !== null || !kind.closed);
}

/** A tree of no known make: read like a folder, with roles for what lies where a host keeps it. */
function placeInTree(path: string): Place {
  const loose = findRow(path, LOOSE_ROWS);
  const { root, inner } = HOST_TREE.exec(path)?.groups ?? {};
  if (root !== undefined && inner !== undefined) {
    const row = loose ?? findRow(inner, HOST_ROWS);
    if (row !== null) return placed(root, "host-tree", row, inner, true);
  }
  if (loose === null) return placed(null, null, null, path, true);
  return placed(path.slice(0, path.lastIndexOf("/") + 1), loose.kind, loose, path, true);
}

function placed(
  root: string | null,
  kind: string | null,
  row: RoleRow | null,
  path: string,
  read: boolean,
): Place {
  return { root, kind, role: row?.role ?? null, channel: row?.channel ?? null, netns: netnsOf(path), read };
}

function findRow<Row extends RoleRow>(path: string, rows: readonly Row[]): Row | null {
  return rows.find((row) => row.path.test(path)) ?? null;
}

function netnsOf(path: string): string | null {
  for (const pattern of NETNS_PATHS) {
    const ns = pattern.exec(path)?.groups?.ns;
    if (ns !== undefined) return ns;
  }
  return null;
}

/** For matching only: `./a//b` and `/a/b` are `a/b`. The label keeps the name as it is. */
function normalise(name: string): string {
  return name.replace(/\/(?:\.?\/)+/g, "/").replace(/^(?:\.?\/)+/, "");
}
