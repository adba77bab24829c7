// split2 with its traps closed: it is fed latin1 strings, one character per byte, and a plain "\n", so neither
// invalid UTF-8 nor CRLF can shift an offset. It never sees an over-long line: window.ts cuts those.

import split2 from "split2";

/** Hands every complete line of what is written to `line`, in order, before `write` returns. */
export class Splitter {
  readonly #stream;
  #failure: { readonly error: unknown } | null = null;

  constructor(line: (text: string) => void) {
    this.#stream = split2("\n", (text) => void this.#guard(line, text), { decodeStrings: false });
  }

  write(text: string): void {
    // A transform that has nothing to wait for is done when `write` returns; nothing is pushed, so it never waits.
    this.#stream.write(text, "latin1");
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** An error thrown into the stream would surface later and elsewhere. */
  #guard(line: (text: string) => void, text: string): void {
    if (this.#failure !== null) return;
    try {
      line(text);
    } catch (error) {
      this.#failure = { error };
    }
  }
}
