// Inputs made to exhaust: each ends by itself, with a named problem and exit 2. The long forms (CONNTRAIL_HEAVY) are
// the full sizes, and tell their time and memory; the short ones take the same way with less.

import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, createGzip, deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, type Program } from "../cli/program.ts";
import { HEAVY } from "../nightly/support.ts";
import { readAll } from "../sources/support.ts";

const MIB = 1 << 20;
const DROP = "Jan  6 03:00:00 gw kernel: nf_conntrack: table full, dropping packet\n";

let program: Program;
let folder: string;
let made = 0;
beforeAll(() => {
  program = buildProgram();
  folder = mkdtempSync(join(tmpdir(), "conntrail-bombs-"));
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

function file(bytes: Uint8Array | string): string {
  const path = join(folder, `bomb${made++}`);
  writeFileSync(path, bytes);
  return path;
}

/** `ingest` of a path into a database of its own: exit code, kinds of problems, events, seconds and MiB. */
function ingest(path: string) {
  const db = join(folder, `${made++}.db`);
  const began = Date.now();
  const script = `process.argv.splice(1, 0, ${JSON.stringify(program.script)});
    process.on("exit", () => process.stdout.write("RSS" + (process.resourceUsage().maxRSS >> 10)));
    await import(${JSON.stringify(program.script)});`;
  const args = ["--input-type=module", "-e", script, "--", "ingest", path, "--db", db];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: cleanEnvironment(),
    maxBuffer: 1 << 28,
  });
  const mib = Number(/RSS(\d+)/.exec(stdout.toString())?.[1]);
  const err = stderr.toString();
  const kinds = [...err.matchAll(/\[([a-z-]+)\]$/gm)].map(([, kind]) => kind);
  if (HEAVY) console.log(`${path}: exit ${status}, ${(Date.now() - began) / 1000} s, ${mib} MiB\n${err}`);
  const events = program.run(["query", "select count(*) n from events", "--db", db, "--format", "json"]).out;
  return { status, kinds, mib, events: (JSON.parse(events) as { n: number }[])[0]?.n };
}

/** gzip of a long run of one byte, made without holding it. */
async function gzipOfRun(bytes: number, byte = 0): Promise<Buffer> {
  const gzip = createGzip({ level: 9 });
  const parts: Buffer[] = [];
  gzip.on("data", (part: Buffer) => parts.push(part));
  const run = Buffer.alloc(MIB, byte);
  for (let left = bytes; left > 0; left -= run.length) {
    if (!gzip.write(run.subarray(0, left))) await new Promise((resolve) => gzip.once("drain", resolve));
  }
  const ended = new Promise((resolve) => gzip.once("end", resolve));
  gzip.end();
  await ended;
  return Buffer.concat(parts);
}

describe("compression", () => {
  it("a gzip in a gzip that grows 10000 times is left in the middle", async () => {
    const inner = await gzipOfRun(HEAVY ? 4096 * MIB : 80 * MIB);
    const bomb = gzipSync(inner, { level: 9 });
    expect(bomb.length).toBeLessThan(42_000);
    const { status, kinds, mib } = ingest(file(bomb));
    expect([status, kinds]).toEqual([2, expect.arrayContaining(["compression-bomb"])]);
    expect(mib).toBeLessThan(256);
  });
  it("42 KB of gzip, as much as the format can", async () => {
    const bomb = await gzipOfRun(42 * MIB);
    expect(bomb.length).toBeLessThan(43_000);
    const { status, kinds, mib } = ingest(file(bomb));
    expect([status, kinds]).toEqual([2, ["nul-bytes"]]);
    expect(mib).toBeLessThan(256);
  });
  it("a line as long as a gzip can make it is passed over, and what follows it is read", async () => {
    const bomb = Buffer.concat([await gzipOfRun(30 * MIB, 48), gzipSync(`\n${DROP}`)]);
    expect(ingest(file(bomb))).toMatchObject({ status: 2, kinds: ["line-too-long"], events: 1 });
  });
  it("many small bombs in one archive are one large one", async () => {
    const small = gzipSync(Buffer.alloc(1_000_000));
    const members = Array.from({ length: 50 }, (_, i) => [`log/messages.${i}.gz`, small] as const);
    const limits = { ratioAfterBytes: 4_000_000, ratio: 500 };
    const sources = await readAll(file(gzipSync(tarOf(members))), { limits });
    expect(sources.length).toBeLessThan(12);
    expect(sources.at(-1)?.container).toBe(true);
    expect(sources.flatMap(({ kinds }) => kinds)).toContain("compression-bomb");
  });
  it("zip members that share their stored bytes are counted together", async () => {
    const sources = await readAll(file(overlappingZip(400, 1_000_000)), {
      limits: { ratioAfterBytes: 4_000_000 },
    });
    expect(sources.flatMap(({ kinds }) => kinds)).toContain("compression-bomb");
    expect(sources.length).toBeLessThan(30);
  });
});

describe("archives", () => {
  it("a tar with more logs, or more names, than may be", async () => {
    const path = file(tarOf(Array.from({ length: 30 }, (_, i) => [`m${i}.log`, Buffer.from(DROP)] as const)));
    for (const limits of [{ sources: 10 }, { members: 10 }]) {
      const sources = await readAll(path, { limits });
      expect(sources.map(({ kinds }) => kinds)).toEqual([
        ...Array.from({ length: 10 }, () => []),
        ["too-many-members"],
      ]);
    }
  });
  it("a tar with thousands of damaged headers tells the first, and counts", async () => {
    const bad = Buffer.alloc(512, "x");
    const good = tarOf([["a.log", Buffer.from(DROP)]]).subarray(0, 1024);
    const path = file(
      Buffer.concat([...Array.from({ length: 100 }, () => [good, bad]).flat(), Buffer.alloc(1024)]),
    );
    const sources = await readAll(path);
    expect(sources.at(-1)?.kinds).toEqual(Array.from({ length: 20 }, () => "corrupt"));
    expect(sources.filter(({ text }) => text === DROP)).toHaveLength(100);
  });
  it.runIf(HEAVY)(
    "a tar with a million members, empty and not",
    () => {
      for (const body of [Buffer.alloc(0), Buffer.from(DROP)]) {
        const path = join(folder, `million${body.length}.tar`);
        writeMillion(path, body);
        expect(ingest(path)).toMatchObject({ status: 2, kinds: ["too-many-members"] });
        rmSync(path);
      }
    },
    1_200_000,
  );
});

describe("lines and records", () => {
  it("a line of zeros, and the line behind it", () => {
    const path = file("");
    truncateSync(path, HEAVY ? 4096 * MIB : 24 * MIB);
    const fd = openSync(path, "a");
    writeSync(fd, `\n${DROP}`);
    closeSync(fd);
    const { status, kinds, events, mib } = ingest(path);
    expect([status, kinds, events]).toEqual([2, ["nul-bytes"], 1]);
    expect(mib).toBeLessThan(256);
  }, 600_000);
  it("a journal export whose field is told to be 2^63 bytes long", () => {
    const fields = "__REALTIME_TIMESTAMP=1777319389570350\n_TRANSPORT=kernel\n_HOSTNAME=gw\n";
    const sound = `__CURSOR=s=0;i=1\n${fields}MESSAGE=nf_conntrack: table full, dropping packet\n\n`;
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(1n << 63n);
    const parts = [sound, fields, "MESSAGE\n", length, "text\n\n", sound];
    const { status, kinds, events } = ingest(file(Buffer.concat(parts.map((part) => Buffer.from(part)))));
    expect([status, kinds, events]).toEqual([2, ["bad-record"], 2]);
  });
});

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, "latin1");
  block.write("0000644\0", 100);
  block.write("0000000\0".repeat(2), 108);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("13414271600\0", 136);
  block.write("        0", 148);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(body: Buffer): Buffer {
  return Buffer.concat([body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

function tarOf(members: readonly (readonly [name: string, body: Buffer])[]): Buffer {
  const parts = members.flatMap(([name, body]) => [header(name, body.length), padded(body)]);
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

function writeMillion(path: string, body: Buffer): void {
  const fd = openSync(path, "w");
  for (let i = 0; i < 1_000_000; i += 5000) {
    const names = Array.from({ length: 5000 }, (_, k) => `var/log/m${i + k}.log`);
    writeSync(fd, Buffer.concat(names.flatMap((name) => [header(name, body.length), padded(body)])));
  }
  writeSync(fd, Buffer.alloc(1024));
  closeSync(fd);
}

/** A zip of one deflated body under many names (APPNOTE sections 4.3.7, 4.3.12, 4.3.16). */
function overlappingZip(members: number, bytes: number): Buffer {
  const data = deflateRawSync(Buffer.alloc(bytes));
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const central = Array.from({ length: members }, (_, i) => {
    const name = `m${i}.log`;
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(Buffer.alloc(bytes)), 16);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(bytes, 24);
    entry.writeUInt16LE(name.length, 28);
    return Buffer.concat([entry, Buffer.from(name)]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members, 10);
  end.writeUInt32LE(local.length + data.length, 16);
  return Buffer.concat([local, data, ...central, end]);
}
