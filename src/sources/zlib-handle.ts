// What node:zlib's own synchronous calls go through. It is no public interface, so it is tried before it is used.

export interface Handle {
  writeSync(
    ...args: [
      flush: number,
      input: Uint8Array,
      at: number,
      size: number,
      out: Uint8Array,
      to: number,
      room: number,
    ]
  ): void;
  /** As new. */
  reset(): void;
  onerror: (message: string, errno: number, code: string) => void;
}

/** After a call: room left in the output, bytes left of the input. */
export type Left = Readonly<Record<0 | 1, number>>;

/** Null where a decoder of node:zlib has none. */
export function handleOf(decoder: object): { handle: Handle; left: Left } | null {
  const { _handle: handle, _writeState: left } = decoder as Partial<{
    _handle: Partial<Handle> | null;
    _writeState: unknown;
  }>;
  if (typeof handle?.writeSync !== "function" || !(left instanceof Uint32Array)) return null;
  return { handle: handle as Handle, left: left as unknown as Left };
}
