// Bytes to lines, the fast way: raw bytes are searched for needles, and only lines that go on become text. The same
// contract and the same results as frame.ts. The search owns bytes, offsets and numbers; split2 owns lines and text.

import type { ByteStream } from "../model/bytes.ts";
import type { Line } from "../model/line.ts";
import { frame, known, leave } from "./frame.ts";
import type { LineOptions, LineReading, LineSummary } from "./options.ts";
import { type Pick, Picks } from "./picks.ts";
import { checkNeedles } from "./roles.ts";
import type { MakeSearch } from "./search.ts";
import { borrowSearch } from "./searches.ts";
import { Splitter } from "./splitter.ts";
import { Window } from "./window.ts";

/** A batch has this many lines or more, but for the last. */
const BATCH_LINES = 256;

/** `bytes` begin at `startOffset`. They are read straight into the buffer that is searched. */
export function scan(bytes: ByteStream, options: LineOptions, makeSearch?: MakeSearch): LineReading {
  // Where every line goes on there is nothing to leap over.
  if (options.everyLine) return frame(bytes, options);
  checkNeedles(options);
  let summary: LineSummary | null = null;

  async function* batches(): AsyncGenerator<readonly Line[], void, undefined> {
    const { search, giveBack } = borrowSearch(options, makeSearch);
    const window = new Window(search.window, options);
    const picks = new Picks(search, options);
    const texts = new Texts();
    let lines = options.startLine - 1;
    try {
      for (let open = true; open; ) {
        const filled = window.fill(bytes);
        open = typeof filled === "boolean" ? filled : await filled;
        for (let region = window.take(); region !== null; region = window.take()) {
          lines += region.skipped;
          const seen = picks.see(region, lines + 1);
          lines += seen.lines;
          if (seen.sawNul) window.noteNuls(region);
          texts.give(picks);
        }
        if (!open) texts.give(picks.end());
        if (texts.lines.length >= BATCH_LINES || (!open && texts.lines.length > 0)) yield texts.take();
      }
      summary = window.summary(lines + window.skipped);
    } finally {
      giveBack();
      await leave(bytes);
    }
  }

  return { batches: batches(), summary: () => known(summary) };
}

/** Gives picked lines their text, by way of split2. */
class Texts {
  lines: Pick[] = [];
  #next = 0;
  readonly #splitter = new Splitter((raw) => {
    const line = this.lines[this.#next];
    this.#next += 1;
    // Both sides counted the same bytes: a difference would put a text to another line's offset.
    if (line === undefined || line.length !== raw.length) throw new Error("texts slipped against offsets");
    line.raw = raw;
  });

  /** Takes what was picked since the last time. */
  give(picks: Picks): void {
    const { picked, text } = picks.take();
    if (picked.length === 0) return;
    for (const line of picked) this.lines.push(line);
    this.#splitter.write(text);
    if (this.#next !== this.lines.length) throw new Error("texts slipped against offsets");
  }

  take(): readonly Line[] {
    const { lines } = this;
    this.lines = [];
    this.#next = 0;
    return lines;
  }
}
