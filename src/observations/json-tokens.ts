// A JSON text as a stream of tokens, chunk by chunk. A query's answer is one line of any length, so it is never
// held as a whole: only the token at hand is.

export interface Token {
  /** A punctuation mark, `string` or `other` (number, true, false, null). */
  readonly type: "{" | "}" | "[" | "]" | ":" | "," | "string" | "other";
  /** Text of a string (escapes resolved) or of another literal. */
  readonly text: string;
  readonly offset: number;
  /** Offset behind its last byte. */
  readonly end: number;
}

export interface JsonTokens {
  push(chunk: Uint8Array): void;
  /** Nothing follows: a literal at the end is whole, an open string is not. */
  end(): void;
  /** True where the stream stopped inside a string. */
  open(): boolean;
}

/** Longest string kept; what is longer is no label and no value. */
const LONGEST_STRING = 65_536;
const MARKS = new Set("{}[]:,");
/** Beside these, every control byte: it can be part of nothing. */
const BLANK = /[\s\ufeff\u00ef\u00bb\u00bf]/;

function resolveEscapes(bytes: string): string {
  if (!/[\\\u0080-\u00ff]/.test(bytes)) return bytes;
  const text = Buffer.from(bytes, "latin1").toString("utf8");
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

class Tokens implements JsonTokens {
  readonly #take: (token: Token) => void;
  /** Offset of the chunk at hand. */
  #base = 0;
  /** What is known of a token whose end has not come. */
  #held = "";
  #start = 0;
  #mode: "between" | "string" | "escape" | "literal" = "between";

  constructor(take: (token: Token) => void) {
    this.#take = take;
  }

  push(chunk: Uint8Array): void {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
    let at = 0;
    while (at < text.length) {
      if (this.#mode === "between") at = this.#between(text, at);
      else if (this.#mode === "literal") at = this.#literal(text, at);
      else at = this.#string(text, at);
    }
    this.#base += text.length;
  }

  end(): void {
    if (this.#mode === "literal") this.#give("other", this.#base);
  }

  open(): boolean {
    return this.#mode === "string" || this.#mode === "escape";
  }

  #give(type: Token["type"], end: number): void {
    const held = this.#held.length > LONGEST_STRING ? "" : this.#held;
    this.#held = "";
    this.#mode = "between";
    const text = type === "string" ? resolveEscapes(held) : held;
    this.#take({ type, text, offset: this.#start, end });
  }

  #between(text: string, at: number): number {
    const char = text.charAt(at);
    this.#start = this.#base + at;
    if (char === '"') this.#mode = "string";
    else if (MARKS.has(char)) this.#give(char as Token["type"], this.#start + 1);
    else if (char > " " && !BLANK.test(char)) {
      this.#mode = "literal";
      return at;
    }
    return at + 1;
  }

  #literal(text: string, from: number): number {
    let at = from;
    while (
      at < text.length &&
      !MARKS.has(text.charAt(at)) &&
      text.charAt(at) !== '"' &&
      text.charAt(at) > " "
    )
      at += 1;
    if (this.#held.length <= LONGEST_STRING) this.#held += text.slice(from, at);
    if (at < text.length) this.#give("other", this.#base + at);
    return at;
  }

  #string(text: string, from: number): number {
    if (this.#mode === "escape") {
      this.#held += text.charAt(from);
      this.#mode = "string";
      return from + 1;
    }
    let at = from;
    while (at < text.length && text.charAt(at) !== '"' && text.charAt(at) !== "\\") at += 1;
    if (this.#held.length <= LONGEST_STRING) this.#held += text.slice(from, at);
    if (at >= text.length) return at;
    if (text.charAt(at) === '"') this.#give("string", this.#base + at + 1);
    else {
      this.#held += "\\";
      this.#mode = "escape";
    }
    return at + 1;
  }
}

export function createJsonTokens(take: (token: Token) => void): JsonTokens {
  return new Tokens(take);
}
