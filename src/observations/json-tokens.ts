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

export function createJsonTokens(take: (token: Token) => void): JsonTokens {
  let base = 0;
  let held = "";
  let start = 0;
  let mode: "between" | "string" | "escape" | "literal" = "between";

  function give(type: Token["type"], end: number): void {
    const text = held.length > LONGEST_STRING ? "" : held;
    take({ type, text: type === "string" ? resolveEscapes(text) : text, offset: start, end });
    held = "";
    mode = "between";
  }

  function inString(text: string, from: number): number {
    if (mode === "escape") {
      held += text.charAt(from);
      mode = "string";
      return from + 1;
    }
    let at = from;
    while (at < text.length && text.charAt(at) !== '"' && text.charAt(at) !== "\\") at += 1;
    if (held.length <= LONGEST_STRING) held += text.slice(from, at);
    if (at >= text.length) return at;
    if (text.charAt(at) === '"') give("string", base + at + 1);
    else {
      held += "\\";
      mode = "escape";
    }
    return at + 1;
  }

  function between(text: string, at: number): number {
    const char = text.charAt(at);
    start = base + at;
    if (char === '"') mode = "string";
    else if (MARKS.has(char)) give(char as Token["type"], start + 1);
    else if (!BLANK.test(char)) {
      mode = "literal";
      return at;
    }
    return at + 1;
  }

  function inLiteral(text: string, from: number): number {
    let at = from;
    while (
      at < text.length &&
      !MARKS.has(text.charAt(at)) &&
      text.charAt(at) !== '"' &&
      text.charAt(at) > " "
    )
      at += 1;
    held += text.slice(from, at);
    if (at < text.length) give("other", base + at);
    return at;
  }

  return {
    push(chunk) {
      const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
      let at = 0;
      while (at < text.length) {
        if (mode === "between") at = between(text, at);
        else if (mode === "literal") at = inLiteral(text, at);
        else at = inString(text, at);
      }
      base += text.length;
    },
    end() {
      if (mode === "literal") give("other", base);
    },
    open: () => mode === "string" || mode === "escape",
  };
}
