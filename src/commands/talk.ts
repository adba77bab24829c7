// Talk goes to stderr: plain lines, or JSON objects for collectors. Log text in it is shown, never obeyed.

import type { Problem } from "../model/problem.ts";
import { jsonText, visible, visibleLines } from "../render/escape.ts";

export interface Talk {
  /** Said unless --quiet. */
  note(message: string, fields?: Record<string, unknown>): void;
  /** Always said. */
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** A problem in one line: where, what, how often. */
export function problemLine(path: string, { kind, message, offset, count }: Problem): string {
  const what = message.startsWith(`${path}: `) ? message : `${path}: ${message}`;
  const where = offset === null ? "" : ` at byte ${offset}`;
  const often = count > 1 ? ` (${count} times)` : "";
  return `${what}${where}${often} [${kind}]`;
}

/** A number with its noun: `1 event`, `2 events`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** That less is read at a time than was asked for. */
export function lostThread(reason: string): string {
  return `a reading thread was lost (${reason}); its files are read without it`;
}

/** That options were given which nothing was read with. */
export function unappliedLine(sources: number, options: readonly string[]): string {
  const [what, was, they] =
    sources === 1 ? ["known source", "was", "it was"] : ["known sources", "were", "they were"];
  return (
    `${options.join(", ")} not applied to ${sources} ${what}: ${they} read with other options, and ${was} not ` +
    "read again; a new database (--db FILE) takes these"
  );
}

type Level = "info" | "warning" | "error";

/** One object a line: nothing in it steers a terminal, and the values are the same when parsed. */
function asJson(level: Level, message: string, fields: Record<string, unknown>): string {
  return jsonText(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
}

/** Makes the voice of one command. */
export function createTalk(options: { quiet: boolean; jsonLog: boolean }): Talk {
  const say = (level: Level, message: string, fields: Record<string, unknown>) => {
    const text = options.jsonLog ? asJson(level, message, fields) : `conntrail: ${visible(message)}`;
    process.stderr.write(`${text}\n`);
  };
  return {
    note: (message, fields = {}) => {
      if (!options.quiet) say("info", message, fields);
    },
    warn: (message, fields = {}) => say("warning", message, fields),
  };
}

/** Why the program ends: a sentence that may quote paths and arguments, and lines of ours behind it. */
export function sayError(message: string, more: string, json: boolean): void {
  const lines = [visible(message), ...(more === "" ? [] : visibleLines(more))];
  process.stderr.write(
    `${json ? asJson("error", [message, more].filter(Boolean).join("\n"), {}) : `conntrail: ${lines.join("\n")}`}\n`,
  );
}
