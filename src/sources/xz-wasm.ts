// xz without a system tool, by the xz-decompress package (WebAssembly, slower). It can run one stream at a time
// only: a second one waits until the first has ended, which for xz within xz would be for ever.

import xz from "xz-decompress";
import type { Bytes } from "./bytes.ts";
import type { Ledger } from "./ledger.ts";
import { bombVerdict, type Limits } from "./limits.ts";
import { recover } from "./recover.ts";

const KEEP_BYTES = 16 * 1024 * 1024;
/** liblzma's and xz-embedded's return codes, as the package's messages carry them (xz.h, enum xz_ret). */
const FORMAT_ERROR = "code 5";
const BUF_ERROR = "code 8";

export async function* unxz(input: Bytes, ledger: Ledger, limits: Limits): AsyncGenerator<Uint8Array> {
  const start = input.taken;
  const kept: Uint8Array[] = [];
  let out = 0;
  try {
    for await (const chunk of decode(keeping(input, kept))) {
      out += chunk.length;
      yield chunk;
      const bomb = bombVerdict(limits, input.taken - start, out);
      if (bomb === null) continue;
      ledger.damage("compression-bomb", `xz: ${bomb}; the rest was left unread`, out);
      return;
    }
  } catch (error) {
    const fedBytes = input.taken - start;
    const again = input.again;
    const reread = again === null ? () => listed(kept) : () => again(start);
    if (again !== null || fedBytes <= KEEP_BYTES) {
      for await (const chunk of recover({ again: reread, fedBytes, deliveredBytes: out }, decode)) {
        out += chunk.length;
        yield chunk;
      }
    }
    tell(String(error), out, ledger);
  }
}

function tell(error: string, out: number, ledger: Ledger): void {
  if (error.includes(BUF_ERROR)) ledger.damage("truncated", "the xz stream ends in the middle", out);
  else if (error.includes(FORMAT_ERROR)) {
    // Only the start of a stream is checked for its format, and the first one's magic bytes were right.
    ledger.note("trailing-rubbish", "bytes behind the end of the xz stream were ignored", out);
  } else ledger.damage("corrupt", `xz data is damaged (${error})`, out);
}

async function* keeping(input: Bytes, kept: Uint8Array[]): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    if (input.again === null && bytes <= KEEP_BYTES) kept.push(chunk);
    else kept.length = 0;
    yield chunk;
  }
}

async function* listed(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* decode(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const compressed = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
  for await (const chunk of new xz.XzReadableStream(compressed)) {
    if (chunk.length > 0) yield chunk;
  }
}
