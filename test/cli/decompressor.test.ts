// A decompressor does not outlive the program that reads what it writes, however that ends.

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, it } from "vitest";
import { hasTool, pipeThrough } from "../sources/support.ts";
import { buildProgram, cleanEnvironment, type Program } from "./program.ts";

let program: Program;
beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

/** Processes by the name of what they run, with that of their parent. */
function processes(name: string): { pid: string; parent: number }[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      const [state, parent] = stat.split(") ")[1]?.split(" ") ?? [];
      return stat.includes(`(${name})`) && state !== "Z" ? [{ pid, parent: Number(parent) }] : [];
    } catch {
      return [];
    }
  });
}

async function until<T>(find: () => T | undefined): Promise<T> {
  for (let i = 0; i < 1000; i++) {
    const found = find();
    if (found !== undefined) return found;
    await pause(5);
  }
  throw new Error("waited in vain");
}

const childOf = ({ pid }: ChildProcess) => processes("zstd").find(({ parent }) => parent === pid);

describe.skipIf(!hasTool("zstd"))("zstd", () => {
  it.each(["SIGTERM", "SIGKILL"] as const)("ends with a program that %s ends", async (signal) => {
    const path = join(program.folder, "noise.zst");
    // Letters by chance take their time to be searched: the end is far when the signal comes.
    const text = randomBytes(120_000_000).toString("base64");
    // So wide a window is left to the program, also where Node itself can decompress.
    writeFileSync(path, pipeThrough("zstd", ["-1", "--long=24", "-c"], Buffer.from(text)));
    const args = ["ingest", path, "--db", join(program.folder, `${signal}.db`)];
    const child = spawn(process.execPath, [program.script, ...args], { env: cleanEnvironment() });
    const ended = once(child, "exit");
    const { pid } = await until(() => childOf(child));
    child.kill(signal);
    await ended;
    await until(() => (processes("zstd").some((one) => one.pid === pid) ? undefined : true));
  });
});
