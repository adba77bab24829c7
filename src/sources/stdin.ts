// Standard input: a stream without a size, a time or a place to go back to.

import type { Ledger } from "./ledger.ts";
import { errorCode } from "./read.ts";

export const STDIN_PATH = "-";

export async function* readStdin(
  stdin: AsyncIterable<Uint8Array | string>,
  ledger: Ledger,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stdin) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  } catch (error) {
    ledger.damage("read-error", `standard input failed (${errorCode(error)})`);
  }
}
