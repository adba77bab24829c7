// Bytes of one field gathered from several chunks, up to a limit.

export interface Pieces {
  /** False: the limit is passed, and nothing is held any more. */
  add(bytes: Uint8Array): boolean;
  text(): string;
  clear(): void;
  readonly length: number;
}

export function createPieces(most: number): Pieces {
  let held: Uint8Array[] = [];
  let length = 0;
  return {
    add(bytes) {
      length += bytes.length;
      if (length > most) held = [];
      // Chunks belong to the caller, who may fill them anew.
      else if (bytes.length > 0) held.push(bytes.slice());
      return length <= most;
    },
    text: () => Buffer.concat(held).toString(),
    clear() {
      held = [];
      length = 0;
    },
    get length() {
      return length;
    },
  };
}
