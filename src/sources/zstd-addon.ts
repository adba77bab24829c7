// zstd's own library by way of the addon zstd-napi, for a Node that has none. It is optional: where it could not be
// installed, the program serves.

import { createRequire } from "node:module";
import type { Step, ZstdDecoder } from "./zstd-decoder.ts";

/** What is used of zstd-napi's binding. */
interface Binding {
  readonly DCtx: new () => Context;
  readonly ResetDirective: { readonly sessionOnly: number };
}

interface Context {
  decompressStream(target: Uint8Array, stored: Uint8Array): [toFlush: number, made: number, used: number];
  reset(directive: number): void;
}

/** Null where it is not installed, or does not load. */
export function addonDecoder(): ZstdDecoder | null {
  const binding = load();
  return binding === null ? null : new AddonDecoder(binding);
}

let loaded: Binding | null | undefined;

function load(): Binding | null {
  if (loaded === undefined) {
    try {
      loaded = createRequire(import.meta.url)("zstd-napi/binding.js") as Binding;
    } catch {
      loaded = null;
    }
  }
  return loaded;
}

class AddonDecoder implements ZstdDecoder {
  readonly #context: Context;
  readonly #sessionOnly: number;

  constructor({ DCtx, ResetDirective }: Binding) {
    this.#context = new DCtx();
    this.#sessionOnly = ResetDirective.sessionOnly;
  }

  step(stored: Uint8Array, target: Uint8Array): Step {
    const [, made, used] = this.#context.decompressStream(target, stored);
    return { used, made };
  }

  reset(): void {
    this.#context.reset(this.#sessionOnly);
  }

  close(): void {
    // Freed with the garbage.
  }
}
