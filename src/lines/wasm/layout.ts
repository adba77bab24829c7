// Where things stand in the memory that the module and search-simd.ts share. All numbers are bytes.

/** What `search` tells beside its result: four 32-bit numbers. */
export const TOLD = { newlines: 0, foundEnd: 4, kind: 8, nul: 12 } as const;

/** Sixteen bytes to take one vector apart in. */
export const SCRATCH = 16;

/** Bytes of a fingerprint. */
export const PRINT = 6;

/**
 * Of a needle set: for each byte of a fingerprint a table of 16 bytes, telling which buckets have a byte with this
 * low nibble there; then, for each of the eight buckets, the address of its list of needles.
 */
export const SET = { tables: 0, buckets: 16 * PRINT, bytes: 16 * PRINT + 32 } as const;

/**
 * Of a needle in a list; a list ends where `length` is 0. `first` are its first four bytes, under `mask` where it is
 * shorter. `printAt` is where its fingerprint begins: in front of a needle that is shorter than a fingerprint.
 */
export const NEEDLE = {
  length: 0,
  address: 4,
  first: 8,
  mask: 12,
  printAt: 16,
  kind: 20,
  bytes: 24,
} as const;
export const KIND = { needle: 1, clock: 2 } as const;

/**
 * Of a line found: where its first byte and its newline stand in the window, the newlines seen before it, and how many
 * times it stands there, one right behind the other.
 */
export const FOUND = { begin: 0, end: 4, newlines: 8, times: 12, bytes: 16 } as const;

/** Equal lines noted as one, at most. */
export const MOST_TIMES = 1024;

/** Where the lines to be searched stand. */
export const WINDOW = 64 * 1024;
