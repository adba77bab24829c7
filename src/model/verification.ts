// What reading cited bytes again found.

/** `missing`: the bytes are no longer where they were read, and were found nowhere else. */
export type Outcome = "same" | "changed" | "missing";

/** A citation that no longer holds. */
export interface Finding {
  readonly outcome: "changed" | "missing";
  readonly kind: "event" | "observation";
  /** `event_id` or `observation_id`. */
  readonly id: number;
  readonly sourceId: number;
  readonly path: string;
  readonly member: string | null;
  /** Offset in the decompressed stream. */
  readonly byteOffset: number;
  readonly byteLength: number;
  /** The line as it was read (decoded, otherwise raw: whoever shows it must escape it). */
  readonly text: string;
  /** Where it was looked for, where that is not `path`. */
  readonly foundIn: string | null;
  readonly reason: string;
}

export interface Verification {
  readonly same: number;
  readonly changed: number;
  readonly missing: number;
  /** Sources with citations, and those of them found under another name than they were read under. */
  readonly sources: number;
  readonly moved: readonly {
    readonly path: string;
    readonly member: string | null;
    readonly foundIn: string;
  }[];
}
