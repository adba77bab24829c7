// The arithmetic of table sizes: entries, buckets and the memory they take.

const MIB = 1 << 20;

/** Bytes of one hash bucket: a pointer (hlist_head) on 64-bit since 2.6.24, two (list_head) before. */
const BUCKET_BYTES = { pointer: 8, pair: 16 } as const;

export interface Sizing {
  readonly max: number | null;
  readonly entryBytes: number;
  /** Memory of `max` entries, bytes. */
  readonly memoryBytes: number | null;
  /** Entries that fit the wanted memory. */
  readonly entriesFor: { readonly memoryBytes: number; readonly entries: number } | null;
}

/** What a limit costs, and what a memory buys. Entries only: the hash table is told by `bucketBytes`. */
export function size(max: number | null, entryBytes: number, memoryBytes: number | null): Sizing {
  return {
    max,
    entryBytes,
    memoryBytes: max === null ? null : max * entryBytes,
    entriesFor: memoryBytes === null ? null : { memoryBytes, entries: Math.floor(memoryBytes / entryBytes) },
  };
}

/** Memory of a hash table with `buckets` buckets, bytes: as one pointer or two a bucket. */
export function bucketBytes(buckets: number): { pointer: number; pair: number } {
  return { pointer: buckets * BUCKET_BYTES.pointer, pair: buckets * BUCKET_BYTES.pair };
}

/** `14.25 MiB`: two decimals, trailing zeros off. */
export function mebibytes(bytes: number): string {
  return `${Number((bytes / MIB).toFixed(2))} MiB`;
}

/**
 * Bytes of a size as people write it: `20MiB`, `20M`, `1.5GiB`, `4096`. Units are powers of 1024.
 * Null where it is no size.
 */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim());
  if (!match) return null;
  const power = " kmgt".indexOf((match[2] ?? "").toLowerCase() || " ");
  return Math.floor(Number(match[1]) * 1024 ** power);
}
