// The program as a user runs it: built into a folder of its own, each command a child process.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Folder of the samples. */
export const SAMPLES = join(ROOT, "samples");

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Program {
  readonly script: string;
  /** An empty folder that every command runs in, unless told otherwise. */
  readonly folder: string;
  run(args: readonly string[], options?: RunOptions): Ran;
  remove(): void;
}

/** Environment of the children: no colours, no terminal's language, no database of the user's. */
export function cleanEnvironment(): Record<string, string | undefined> {
  const { CONNTRAIL_DB: _, FORCE_COLOR: __, NODE_OPTIONS: ___, ...rest } = process.env;
  return { ...rest, LC_ALL: "C", NO_COLOR: "1" };
}

/** Builds the program from the sources as they stand. Type errors are for `npm run lint` to tell. */
export function buildProgram(): Program {
  const home = mkdtempSync(join(tmpdir(), "conntrail-cli-"));
  for (const name of ["sql", "schemas", "package.json"])
    cpSync(join(ROOT, name), join(home, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(home, "node_modules"));
  const script = join(home, "dist/bundle/conntrail.cjs");
  const run = (tool: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, "node_modules", tool), ...args], { cwd: home });
  const compiled = run(
    "typescript/bin/tsc",
    "-p",
    join(ROOT, "tsconfig.json"),
    "--outDir",
    join(home, "dist"),
  );
  const bundled = run("rolldown/bin/cli.mjs", "-c", join(ROOT, "rolldown.config.js"));
  if (!existsSync(script)) throw new Error(`no program was built: ${compiled.stdout}${bundled.stderr}`);
  const folder = join(home, "work");
  mkdirSync(folder);
  return {
    script,
    folder,
    run(args, { input = "", cwd = folder, env = {} } = {}) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
        cwd,
        input,
        env: { ...cleanEnvironment(), ...env },
        maxBuffer: 1 << 28,
      });
      return { status, out: stdout.toString(), err: stderr.toString() };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** True where a stack trace of ours reached the user. */
export function hasStackTrace(text: string): boolean {
  return /^\s+at .+(:\d+:\d+|\(<anonymous>\))\)?$/m.test(text) || text.includes("internal error");
}
