// A program that reads the file by itself must give what it gives by pipe, and tell what became of the file meanwhile.

import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync, renameSync, truncateSync } from "node:fs";
import { open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Bytes } from "../../src/sources/bytes.ts";
import { discover } from "../../src/sources/discover.ts";
import { Ledger } from "../../src/sources/ledger.ts";
import { LIMITS } from "../../src/sources/limits.ts";
import { openFile } from "../../src/sources/open.ts";
import { readChunks } from "../../src/sources/read.ts";
import { runToolOnFile } from "../../src/sources/tool-file.ts";
import { findOnPath, type Tool } from "../../src/sources/tools.ts";
import { fileWith, hasTool, pipeThrough, scratch } from "./support.ts";

const folder = scratch();
const bash = (script: string): Tool => ({ command: "bash", args: ["-c", script], says: [] });

/** Lines that cannot be compressed to less than half. */
function noise(bytes: number): Buffer {
  return Buffer.from(
    randomBytes(bytes / 2)
      .toString("hex")
      .replace(/.{80}/g, "$&\n"),
  );
}

/** What a program says of a file, and what is known of it. */
async function run(
  path: string,
  tool: Tool,
  more: { findTool?: typeof findOnPath; meanwhile?: () => void } = {},
) {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const ledger = new Ledger();
    const stored: Buffer[] = [];
    const file = readChunks(handle, 0, size, ledger);
    const fill = async (target: Uint8Array) => {
      const count = await file.fill(target);
      stored.push(Buffer.from(target.subarray(0, count)));
      return count;
    };
    const input = new Bytes({ fill, [Symbol.asyncIterator]: () => file[Symbol.asyncIterator]() });
    const tooled = {
      tool,
      path: findOnPath(tool.command) ?? `/nowhere/${tool.command}`,
      input,
      ledger,
      limits: LIMITS,
    };
    const stream = runToolOnFile(tooled, { handle, bytes: size }, more.findTool ?? findOnPath);
    if (stream === null) return null;
    const out: Buffer[] = [];
    const target = Buffer.alloc(256 * 1024);
    for (let count = await stream.fill(target); count > 0; count = await stream.fill(target)) {
      out.push(Buffer.from(target.subarray(0, count)));
      if (out.length === 1) more.meanwhile?.();
    }
    const told = ledger.problems.map(({ kind, message }) => `${kind}: ${message}`);
    return { out: Buffer.concat(out), stored: Buffer.concat(stored), told, complete: ledger.complete };
  } finally {
    await handle.close();
  }
}

test("gives what the program makes of the file, and takes every stored byte once", async () => {
  const bytes = noise(3_000_000);
  const found = await run(fileWith(folder, bytes), bash("cat"));
  expect(found?.out.equals(bytes)).toBe(true);
  expect(found?.stored.equals(bytes)).toBe(true);
  expect(found).toMatchObject({ told: [], complete: true });
});

test.each([
  ["for a small file", 20_000, findOnPath],
  ["where there is no mkfifo", 100_000, (name: string) => (name === "mkfifo" ? null : findOnPath(name))],
  ["where mkfifo makes none", 100_000, (name: string) => findOnPath(name === "mkfifo" ? "true" : name)],
])("is not had %s", async (_when, size, findTool) => {
  const held = readdirSync("/proc/self/fd").length;
  expect(await run(fileWith(folder, noise(size)), bash("cat"), { findTool })).toBeNull();
  expect(readdirSync("/proc/self/fd")).toHaveLength(held);
});

test("a program that says more than a pipe holds is not waited for", async () => {
  const found = await run(
    fileWith(folder, noise(100_000)),
    bash("head -c 1000000 /dev/zero | tr '\\0' x >&2; cat; exit 1"),
  );
  expect(found?.out).toHaveLength(101_250);
  expect(found?.told).toEqual([`corrupt: bash: ${"x".repeat(4096)}`]);
});

test("a program that cannot be run is told", async () => {
  const tool: Tool = { command: "conntrail-has-no-such-program", args: [], says: [] };
  const found = await run(fileWith(folder, noise(100_000)), tool);
  expect(found).toMatchObject({ complete: false });
  expect(found?.told[0]).toMatch(/^decoder-failed: conntrail-has-no-such-program: ENOENT/);
});

test("a program that is killed is told, and what it gave is kept", async () => {
  const found = await run(fileWith(folder, noise(100_000)), bash("head -c 50000; kill -9 $$"));
  expect(found?.out).toHaveLength(50_000);
  expect(found?.told).toEqual(["decoder-failed: bash: SIGKILL"]);
});

test("a file that grows while it is read is told", async () => {
  const path = fileWith(folder, noise(4_000_000));
  const meanwhile = () => appendFileSync(path, "more\n");
  const found = await run(path, bash("cat"), { meanwhile });
  expect(found).toMatchObject({
    told: ["read-error: the file grew from 4050000 to 4050005 bytes while it was read"],
    complete: false,
  });
});

test("a file that shrinks while it is read is told, though its program is content", async () => {
  const path = fileWith(folder, noise(4_000_000));
  const meanwhile = () => truncateSync(path, 2_000_000);
  const found = await run(path, bash("cat"), { meanwhile });
  expect(found).toMatchObject({
    told: ["read-error: the file shrank from 4050000 to 2000000 bytes while it was read"],
    complete: false,
  });
});

test("another file under its name does not matter", async () => {
  const bytes = noise(4_000_000);
  const path = fileWith(folder, bytes);
  const meanwhile = () => renameSync(fileWith(folder, noise(4_000_000)), path);
  const found = await run(path, bash("cat"), { meanwhile });
  expect(found?.out.equals(bytes)).toBe(true);
  expect(found).toMatchObject({ told: [], complete: true });
});

describe.skipIf(!hasTool("zstd"))("a zst file", () => {
  const bytes = noise(8_000_000);
  const stored = pipeThrough("zstd", ["-c"], bytes);
  const found = async () => (await discover([fileWith(folder, stored)])).files;

  test("is read so, and hashed whole", async () => {
    const [file] = await found();
    if (file === undefined) throw new Error("not found");
    const asked: string[] = [];
    const findTool = (name: string) => {
      asked.push(name);
      return findOnPath(name);
    };
    const hash = createHash("sha256");
    const out = createHash("sha256");
    for await (const source of openFile(file, {
      findTool,
      inProcess: false,
      onStored: (b) => hash.update(b),
    })) {
      for await (const chunk of source.chunks) out.update(chunk);
      expect(source.complete()).toBe(true);
    }
    expect(asked).toContain("mkfifo");
    expect(hash.digest("hex")).toBe(createHash("sha256").update(stored).digest("hex"));
    expect(out.digest("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  test("that is left early leaves no program and no file open", async () => {
    const [file] = await found();
    if (file === undefined) throw new Error("not found");
    const held = readdirSync("/proc/self/fd").length;
    for await (const source of openFile(file, { inProcess: false })) {
      const target = Buffer.alloc(1000);
      expect(await source.chunks.fill(target)).toBeGreaterThan(0);
      expect(children().length).toBeGreaterThan(0);
      break;
    }
    for (let i = 0; i < 50 && children().length > 0; i++) await setTimeout(20);
    expect(children()).toEqual([]);
    expect(readdirSync("/proc/self/fd")).toHaveLength(held);
  });
});

test.skipIf(!hasTool("zstd"))("a damaged gz within a zst leaves no program behind", async () => {
  const gz = gzipSync(noise(8_000_000));
  gz.fill(0xff, 1_000_000, 1_000_300);
  const [file] = (await discover([fileWith(folder, pipeThrough("zstd", ["-c"], gz))])).files;
  if (file === undefined) throw new Error("not found");
  const held = readdirSync("/proc/self/fd").length;
  for await (const source of openFile(file, { inProcess: false })) {
    for await (const _ of source.chunks);
    expect(source.complete()).toBe(false);
  }
  for (let i = 0; i < 50 && children().length > 0; i++) await setTimeout(20);
  expect(children()).toEqual([]);
  expect(readdirSync("/proc/self/fd")).toHaveLength(held);
});

/** Processes of ours that run zstd. */
function children(): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      return stat.includes("(zstd)") && Number(stat.split(") ")[1]?.split(" ")[1]) === process.pid;
    } catch {
      return false;
    }
  });
}
