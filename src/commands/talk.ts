// Talk goes to stderr: plain lines, or JSON objects for collectors. Log text in it is shown, never obeyed.

import { visible } from "../render/escape.ts";

export interface Talk {
  /** Said unless --quiet. */
  note(message: string, fields?: Record<string, unknown>): void;
  /** Always said. */
  warn(message: string, fields?: Record<string, unknown>): void;
}

interface Met {
  readonly kind: string;
  readonly message: string;
  readonly offset: number | null;
  readonly count: number;
}

/** A problem in one line: where, what, how often. */
export function problemLine(path: string, { kind, message, offset, count }: Met): string {
  const what = message.startsWith(`${path}: `) ? message : `${path}: ${message}`;
  const where = offset === null ? "" : ` at byte ${offset}`;
  const often = count > 1 ? ` (${count} times)` : "";
  return `${what}${where}${often} [${kind}]`;
}

/** Makes the voice of one command. */
export function createTalk(options: { quiet: boolean; jsonLog: boolean }): Talk {
  const say = (level: "info" | "warning", message: string, fields: Record<string, unknown>) => {
    const text = options.jsonLog
      ? JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })
      : `conntrail: ${visible(message)}`;
    process.stderr.write(`${text}\n`);
  };
  return {
    note: (message, fields = {}) => {
      if (!options.quiet) say("info", message, fields);
    },
    warn: (message, fields = {}) => say("warning", message, fields),
  };
}
