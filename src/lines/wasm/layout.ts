// Where things stand in the memory that the module and search-simd.ts share. All numbers are bytes.

/** What `search` tells beside its result: four 32-bit numbers. */
export const TOLD = { newlines: 0, foundEnd: 4, kind: 8, nul: 12 } as const;

/** Sixteen bytes to take one vector apart in. */
export const SCRATCH = 16;

/** Of a needle set: six tables of 16 bytes, then eight addresses of lists of needles, one per bucket. */
export const SET = { tables: 0, buckets: 96, bytes: 128 } as const;

/** Tables by place in a fingerprint: which buckets have a byte with this low, with this high nibble there. */
export const LOW_TABLES = [0, 16, 32, 48] as const;
/** The middle bytes are told by their low nibble alone: hardly more is let through, for two look-ups less. */
export const HIGH_TABLES = [64, null, null, 80] as const;

/** Of a needle in a list; a list ends where `length` is 0. `print` is its fingerprint, `printAt` where that stands. */
export const NEEDLE = { length: 0, address: 4, print: 8, printAt: 12, kind: 16, bytes: 20 } as const;
export const KIND = { needle: 1, clock: 2 } as const;

/** Of a line found: where its first byte and its newline stand in the window, and the newlines seen before it. */
export const FOUND = { begin: 0, end: 4, newlines: 8, bytes: 12 } as const;

/** Where the lines to be searched stand. */
export const WINDOW = 64 * 1024;
