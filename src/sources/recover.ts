// Decoders throw away the output of the very call that meets damage, up to their whole buffer: for a small log
// that is all of it. So the stored bytes are decoded once more, and behind the last sure place in ever smaller
// pieces, down to single bytes.

const PIECE_BYTES = 16 * 1024;
const FINE_BYTES = 1024;
/** More than any decoder here reads ahead before it fails. */
const SUSPECT_BYTES = 512 * 1024;

/** Decodes pieces in order, giving all output of one piece before it asks for the next; throws at damage. */
export type Decode = (pieces: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

export interface Failed {
  /** The stored bytes from the start of the damaged member on, as often as asked. */
  readonly again: () => AsyncIterable<Uint8Array>;
  /** Stored bytes that the decoder had been given when it failed. */
  readonly fedBytes: number;
  /** Decoded bytes already delivered. */
  readonly deliveredBytes: number;
}

/** What the first pass lost: the decoded bytes between those delivered and the damage. */
export async function* recover(failed: Failed, decode: Decode): AsyncGenerator<Uint8Array> {
  let delivered = failed.deliveredBytes;
  let fineFrom = Math.max(0, failed.fedBytes - SUSPECT_BYTES);
  for (const step of [FINE_BYTES, 1]) {
    const cut = { start: 0 };
    let seen = 0;
    try {
      for await (const out of decode(pieces(failed, fineFrom, step, cut))) {
        const fresh = out.subarray(Math.max(0, Math.min(out.length, delivered - seen)));
        seen += out.length;
        if (fresh.length === 0) continue;
        delivered += fresh.length;
        yield fresh;
      }
    } catch {
      // The same damage as before.
    }
    fineFrom = cut.start;
  }
}

async function* pieces(
  failed: Failed,
  fineFrom: number,
  step: number,
  cut: { start: number },
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of failed.again()) {
    for (let i = 0; i < chunk.length; ) {
      if (at >= failed.fedBytes) return;
      const room = Math.min(chunk.length - i, failed.fedBytes - at);
      const size = at < fineFrom ? Math.min(room, PIECE_BYTES, fineFrom - at) : Math.min(room, step);
      cut.start = at;
      yield chunk.subarray(i, i + size);
      i += size;
      at += size;
    }
  }
}
