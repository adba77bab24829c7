// Stamps that the writer computed from uptimes with one boot time (`dmesg -T`, `--time-format iso`): wrong after a
// step, a suspend, or long drift. With the boot time they used, the uptime comes back and a better anchor dates it.

export interface DerivedPair {
  /** The stamp, as an instant. */
  readonly derivedUs: number;
  /** Uptime of the same line in another rendering, or 0 for the `Linux version` line. */
  readonly uptimeUs: number;
  readonly resolutionUs: number;
}

/**
 * The boot time that the writer added to each uptime. Stamps are cut down, never up, so the largest difference is
 * nearest. Null where the pairs are not of one writing.
 */
export function findDerivedBase(pairs: readonly DerivedPair[]): number | null {
  let lowUs = Number.NEGATIVE_INFINITY;
  let highUs = Number.POSITIVE_INFINITY;
  for (const { derivedUs, uptimeUs, resolutionUs } of pairs) {
    lowUs = Math.max(lowUs, derivedUs - uptimeUs);
    highUs = Math.min(highUs, derivedUs - uptimeUs + resolutionUs);
  }
  return Number.isFinite(lowUs) && lowUs <= highUs ? lowUs : null;
}
