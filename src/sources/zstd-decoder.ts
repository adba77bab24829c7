// A zstd decoder that is called in place.

export interface ZstdDecoder {
  /**
   * Goes on with `stored` and writes into `target`, as far as the one lasts and the other has room.
   * @throws {Error} where the data is damaged, in zstd's own words. Then it is of no use for another stream.
   */
  step(stored: Uint8Array, target: Uint8Array): Step;
  /** As new: for another stream, without what the last one needed. */
  reset(): void;
  close(): void;
}

/** What a call did, in bytes. */
export interface Step {
  readonly used: number;
  readonly made: number;
}
