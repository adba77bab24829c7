// The bytes of a file as they are stored, for nothing but their hash.

import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { Ledger } from "./ledger.ts";
import { readChunks } from "./read.ts";

/** SHA-256 and length of a file; null where it cannot be read to its end. */
export async function hashStored(path: string): Promise<{ sha256: string; bytes: number } | null> {
  const handle = await open(path).catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    const ledger = new Ledger();
    const hash = createHash("sha256");
    for await (const chunk of readChunks(handle, 0, size, ledger)) hash.update(chunk);
    return ledger.complete ? { sha256: hash.digest("hex"), bytes: size } : null;
  } finally {
    await handle.close();
  }
}
