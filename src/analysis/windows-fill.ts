// How many calls the limiter may have allowed, at most, on the budget that its last line was printed from.
// Only a budget that was used up can hide calls, so this one number decides whether a silence is silence.

export interface FillRule {
  /** Longest time over which allowed calls can share one budget. */
  readonly spanUs: number;
  /** Calls one budget allows. */
  readonly burst: number;
  /** Windows: a notice proves a fresh budget. Token bucket: it does not. */
  readonly noticeRefills: boolean;
  /** W1, W2: the call that ends a window counts in the next one, which starts no sooner than the next call. */
  readonly carriesOne: boolean;
}

interface Entry {
  atUs: number;
  lines: number;
}

/** A larger `message_burst` is counted in fewer, merged entries, so that memory stays fixed. */
const MAX_ENTRIES = 1024;

/** Counts upwards where the order or the time of a line is uncertain: too full is safe, too empty is not. */
export class WindowFill {
  /** Most calls that can have shared the budget of the last line. */
  calls = 0;
  /** True: no line from before the evidence can have shared it. */
  anchored = false;
  readonly #rule: FillRule;
  #entries: Entry[] = [];
  #total = 0;
  #older = true;
  #firstUs: number | null = null;
  #loss = false;

  constructor(rule: FillRule) {
    this.#rule = rule;
  }

  get full(): boolean {
    return this.calls >= this.#rule.burst;
  }

  /**
   * `repeat`: the lines were printed at any time between the line before and this stamp, so they count with
   * both. `slackUs`: how far apart two stamps may be from the truth.
   */
  add(atUs: number, lines: number, slackUs: number, repeat: boolean): void {
    const reachUs = this.#rule.spanUs + slackUs;
    const newest = this.#entries.at(-1);
    const nowUs = newest === undefined ? atUs : this.#forward(newest.atUs, atUs, reachUs);
    this.#firstUs ??= nowUs;
    if (this.#loss) this.#push(nowUs, this.#rule.burst);
    if (repeat) this.calls += lines + (this.#loss ? this.#rule.burst : 0);
    else this.#forget(nowUs - reachUs);
    if (nowUs - this.#firstUs > reachUs) this.anchored = true;
    this.#push(nowUs, lines);
    this.#loss = false;
    if (!repeat) this.calls = this.#total + (this.#rule.carriesOne && this.#older ? 1 : 0);
    this.#compact();
  }

  /** A notice was printed. Lines no older than `fromUs` may have been printed on the new budget, ahead of it. */
  notice(fromUs: number): void {
    if (!this.#rule.noticeRefills) return;
    this.#entries = this.#entries.filter(({ atUs }) => atUs >= fromUs);
    this.#total = this.#entries.reduce((total, { lines }) => total + lines, 0);
    this.#loss &&= fromUs < Number.POSITIVE_INFINITY;
    this.#older = false;
    this.calls = this.#total;
    this.anchored = true;
  }

  /** The clock was set by so much: of the limiter's time nothing passed. */
  step(byUs: number): void {
    for (const entry of this.#entries) entry.atUs += byUs;
    if (this.#firstUs !== null) this.#firstUs += byUs;
  }

  /** Lines are missing before the next one: they may have used up any budget in use. */
  loss(): void {
    this.#loss = true;
  }

  /** Small steps back are lines out of order; a large one is a clock that was set, and nothing is forgotten. */
  #forward(newestUs: number, atUs: number, reachUs: number): number {
    if (atUs >= newestUs) return atUs;
    if (newestUs - atUs <= reachUs) return newestUs;
    for (const entry of this.#entries) entry.atUs = atUs;
    this.#firstUs = atUs;
    this.anchored = false;
    return atUs;
  }

  #push(atUs: number, lines: number): void {
    this.#entries.push({ atUs, lines });
    this.#total += lines;
  }

  #forget(beforeUs: number): void {
    let gone = 0;
    for (const entry of this.#entries) {
      if (entry.atUs >= beforeUs) break;
      this.#total -= entry.lines;
      gone += 1;
    }
    if (gone === 0) return;
    this.#entries.splice(0, gone);
    this.#older = true;
  }

  /** Entries that cannot change the answer any more are let go: the newer ones alone fill the budget. */
  #compact(): void {
    for (let first = this.#entries[0]; first !== undefined; first = this.#entries[0]) {
      if (this.#total - first.lines < this.#rule.burst || this.#entries.length === 1) break;
      this.#total -= first.lines;
      this.#entries.shift();
      this.#older = true;
    }
    const second = this.#entries[1];
    if (this.#entries.length <= MAX_ENTRIES || second === undefined) return;
    second.lines += this.#entries.shift()?.lines ?? 0;
  }
}
