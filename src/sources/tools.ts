// Decompression by the system's own programs: as fast as it gets, and their exit status and stderr are the only
// integrity check there is. No shell; the stored bytes go in by pipe or as an open file, so a file's name never reaches a program.

import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Bytes } from "./bytes.ts";
import type { Ledger } from "./ledger.ts";
import { bombVerdict, type Limits } from "./limits.ts";
import type { SourceProblem } from "./problems.ts";
import { errorCode } from "./read.ts";

/** How much of what a program says is kept. */
export const STDERR_BYTES = 4096;

export type FindTool = (name: string) => string | null;

export interface Tool {
  readonly command: string;
  readonly args: readonly string[];
  /** What the program says on stderr, and what that means; the first that fits. */
  readonly says: readonly { readonly text: RegExp; readonly kind: SourceProblem }[];
}

/** Full path of a program on PATH, or null. */
export function findOnPath(name: string): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder === "") continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not here.
    }
  }
  return null;
}

export async function* runTool(
  path: string,
  tool: Tool,
  input: Bytes,
  ledger: Ledger,
  limits: Limits,
): AsyncGenerator<Uint8Array> {
  const start = input.taken;
  const child = spawn(path, tool.args, { argv0: tool.command, env: environment(), stdio: "pipe" });
  const said = listen(child);
  const ending = endingOf(child, "close");
  let out = 0;
  const feeding = feed(child, input);
  try {
    for await (const chunk of child.stdout as AsyncIterable<Uint8Array>) {
      out += chunk.length;
      yield chunk;
      const bomb = bombVerdict(limits, input.taken - start, out);
      if (bomb !== null) {
        ledger.damage("compression-bomb", `${tool.command}: ${bomb}; the rest was left unread`, out);
        return;
      }
    }
    judge(tool, await ending, said(), out, ledger);
    await feeding;
  } catch (error) {
    ledger.damage("decoder-failed", `${tool.command} failed (${errorCode(error)})`, out);
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
}

export interface Ending {
  readonly status: number | null;
  readonly reason: string;
}

/** How a program ended: at its exit, or once its pipes are closed as well. */
export function endingOf(child: ChildProcess, event: "exit" | "close"): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ status: null, reason: errorCode(error) }));
    child.once(event, (status: number | null, signal: string | null) =>
      resolve({ status, reason: signal ?? `exit status ${status}` }),
    );
  });
}

/** Options such as XZ_OPT or BZIP2 in the environment must not change what comes out. */
export function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? "", LC_ALL: "C" };
}

function listen(child: ChildProcessWithoutNullStreams): () => string {
  let text = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (text.length < STDERR_BYTES) text += chunk.toString("latin1");
  });
  child.stderr.on("error", () => {});
  return () => text;
}

// Stops when the program no longer reads: it met damage, or was ended.
async function feed(child: ChildProcessWithoutNullStreams, input: Bytes): Promise<void> {
  let wake = () => {};
  for (const event of ["drain", "close", "error"]) child.stdin.on(event, () => wake());
  while (!child.stdin.destroyed) {
    const chunk = await input.take();
    if (chunk === null) break;
    if (child.stdin.destroyed) return;
    if (child.stdin.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  child.stdin.end();
}

/** Tells what went wrong, by what the program said and how it ended, after it gave `out` bytes. */
export function judge(tool: Tool, ending: Ending, said: string, out: number, ledger: Ledger): void {
  const lines = said.split(/[\r\n]+/).map((line) => line.trim());
  const known = tool.says.find(({ text }) => lines.some((line) => text.test(line)));
  if (ending.status === 0 && known === undefined) return;
  const line = lines.find((text) => (known === undefined ? text !== "" : known.text.test(text)));
  const text = line ?? ending.reason;
  const message = text.startsWith(tool.command) ? text : `${tool.command}: ${text}`;
  const kind = known?.kind ?? (ending.status === null ? "decoder-failed" : "corrupt");
  if (kind !== "trailing-rubbish") ledger.damage(kind, message, out);
  else if (out > 0) ledger.note(kind, message, out);
  else ledger.damage("corrupt", message, out);
}
