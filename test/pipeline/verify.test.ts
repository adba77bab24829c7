// Cited bytes read again: what is said of a log that was left alone, edited, cut, rotated, compressed or moved.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Finding, Verification } from "../../src/model/verification.ts";
import { type VerifyOptions, verify } from "../../src/pipeline/verifying/verify.ts";
import { openForReading } from "../../src/store/open.ts";
import { SAMPLES } from "../cli/program.ts";
import { tarOf } from "../sources/support.ts";
import { corpus } from "../support/corpus.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const folder = freshFolder();
const made = freshDatabase();

interface Said extends Verification {
  readonly findings: readonly Finding[];
}

async function check(options: Partial<VerifyOptions> = {}): Promise<Said> {
  const findings: Finding[] = [];
  const db = openForReading(made.path);
  try {
    const asked = { all: true, host: null, burstId: null, paths: [], ...options };
    return { ...(await verify(db, asked, (one) => findings.push(one))), findings };
  } finally {
    db.close();
  }
}

/** Lines of one burst, a second apart, on their own day; each has the same length. */
function burst(day: number, lines: number, host = "gw1"): string[] {
  return Array.from(
    { length: lines },
    (_, i) =>
      `2026-05-${day < 10 ? "0" : ""}${day}T10:00:0${i}+00:00 ${host} kernel: nf_conntrack: table full, dropping packet`,
  );
}

const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const counts = ({ same, changed, missing }: Verification) => ({ same, changed, missing });

describe("where it was read", () => {
  it("an untouched log is the same, and the database is not written to", async () => {
    await made.ingest([put("messages", text(burst(1, 4)))]);
    const before = readFileSync(made.path);
    const said = await check();
    expect(counts(said)).toEqual({ same: 4, changed: 0, missing: 0 });
    expect([said.sources, said.moved, said.findings]).toEqual([1, [], []]);
    expect(readFileSync(made.path).equals(before)).toBe(true);
  });

  it("a log that has grown since is the same", async () => {
    const path = put("messages", text(burst(1, 4)));
    await made.ingest([path]);
    writeFileSync(path, text([...burst(1, 4), ...burst(2, 3)]));
    expect(counts(await check())).toEqual({ same: 4, changed: 0, missing: 0 });
  });

  it("an edited line is changed, and named with its bytes and what they were", async () => {
    const lines = burst(1, 4);
    const path = put("messages", text(lines));
    await made.ingest([path]);
    writeFileSync(path, text(lines).replace("10:00:02", "10:00:09"));
    const said = await check();
    expect(counts(said)).toEqual({ same: 3, changed: 1, missing: 0 });
    const length = lines[0]?.length ?? 0;
    expect(said.findings).toMatchObject([
      { outcome: "changed", kind: "event", path, member: null, foundIn: null, text: lines[2] },
    ]);
    expect(said.findings[0]).toMatchObject({ byteOffset: 2 * (length + 1), byteLength: length });
  });

  it("lines that were cut off the end are missing", async () => {
    const lines = burst(1, 4);
    const path = put("messages", text(lines));
    await made.ingest([path]);
    writeFileSync(path, text(lines.slice(0, 2)) + (lines[2] ?? "").slice(0, 30));
    const said = await check();
    expect(counts(said)).toEqual({ same: 2, changed: 0, missing: 2 });
    expect(said.findings.map(({ outcome, text }) => [outcome, text])).toEqual([
      ["missing", lines[2]],
      ["missing", lines[3]],
    ]);
  });

  it("a log that is gone has all its lines missing, and says why", async () => {
    const path = put("messages", text(burst(1, 3)));
    await made.ingest([path]);
    rmSync(path);
    const said = await check();
    expect(counts(said)).toEqual({ same: 0, changed: 0, missing: 3 });
    expect(said.findings.map(({ reason }) => reason)).toEqual(Array(3).fill("no such file"));
  });

  it("any byte that changes in a cited line changes that citation and no other", async () => {
    const whole = text(burst(1, 6));
    const path = put("messages", whole);
    await made.ingest([path]);
    const lineBytes = whole.length / 6;
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }).filter((at) => whole[at] !== "\n"),
        fc.integer({ min: 33, max: 126 }),
        async (at, byte) => {
          const bytes = Buffer.from(whole);
          fc.pre(bytes[at] !== byte);
          bytes[at] = byte;
          writeFileSync(path, bytes);
          const said = await check();
          expect(counts(said)).toEqual({ same: 5, changed: 1, missing: 0 });
          expect(said.findings[0]?.byteOffset).toBe(Math.floor(at / lineBytes) * lineBytes);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("what the bytes of a citation are", () => {
  it("carriage returns, NULs and lines that were joined are as they were read", async () => {
    const [first = ""] = burst(1, 1);
    const wrapped = first.replace("dropping ", "dropping\r\n");
    const path = put("mixed.log", `${burst(2, 1)[0]}\r\n\0\0\0${burst(3, 1)[0]}\n${wrapped}\r\n`);
    await made.ingest([path]);
    expect(made.one("select count(*) from events where kind = 'drop'")).toBe(3);
    expect(counts(await check())).toEqual({ same: 3, changed: 0, missing: 0 });
  });

  it.skipIf(corpus === null)("everything that the corpus and the samples tell is the same", async () => {
    await made.ingest([corpus ?? "", SAMPLES], { processTz: "Europe/Madrid" });
    const cited = Number(made.one("select sum(events + observations) from sources"));
    expect(cited).toBeGreaterThan(10_000);
    expect(counts(await check())).toEqual({ same: cited, changed: 0, missing: 0 });
  });
});

describe("inside archives and compression", () => {
  const members = async (lines: readonly string[]) =>
    gzipSync(
      await tarOf([
        { name: "var/log/messages", text: text(burst(1, 3)) },
        {
          name: "inner.tar",
          text: await tarOf([{ name: "var/log/kern.log", text: gzipSync(text(lines)) }]),
        },
      ]),
    );

  it("reads members of members, each once", async () => {
    await made.ingest([put("all.tgz", await members(burst(2, 5)))]);
    expect(made.one("select count(*) from sources where member is not null")).toBe(2);
    expect(counts(await check())).toEqual({ same: 8, changed: 0, missing: 0 });
  });

  it("says which member changed, and which is no longer there", async () => {
    const path = put("all.tgz", await members(burst(2, 5)));
    await made.ingest([path]);
    writeFileSync(
      path,
      await members([...burst(2, 4), "2026-05-02T10:00:04+00:00 gw1 kernel: nothing".padEnd(88)]),
    );
    const edited = await check();
    expect(counts(edited)).toEqual({ same: 7, changed: 1, missing: 0 });
    expect(edited.findings[0]?.member).toBe("inner.tar!var/log/kern.log");
    writeFileSync(path, gzipSync(await tarOf([{ name: "var/log/messages", text: text(burst(1, 3)) }])));
    const gone = await check();
    expect(counts(gone)).toEqual({ same: 3, changed: 0, missing: 5 });
    expect(new Set(gone.findings.map(({ reason }) => reason))).toEqual(
      new Set(["no such member in the archive"]),
    );
  });
});

describe("a log that no longer lies where it was read", () => {
  it("is found among its rotated siblings, compressed or not", async () => {
    const path = put("log/messages", text(burst(1, 3)));
    await made.ingest([path]);
    writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(path)));
    writeFileSync(path, text(burst(20, 2)));
    const said = await check();
    expect(counts(said)).toEqual({ same: 3, changed: 0, missing: 0 });
    expect(said.moved).toEqual([{ path, member: null, foundIn: `${path}.1.gz` }]);
  });

  it("goes by the name under which a later run met it", async () => {
    const path = put("log/messages", text(burst(1, 3)));
    await made.ingest([path]);
    const later = join(folder, "archive-2026");
    renameSync(path, later);
    await made.ingest([later]);
    const said = await check();
    expect(counts(said)).toEqual({ same: 3, changed: 0, missing: 0 });
    expect(said.moved).toEqual([]);
    expect(made.all("select path from sources")).toEqual([{ path: later }]);
  });

  it("is found in what the user names", async () => {
    const path = put("log/messages", text(burst(1, 3)));
    await made.ingest([path]);
    const moved = put("elsewhere/deep/old", readFileSync(path));
    rmSync(path);
    expect(counts(await check())).toEqual({ same: 0, changed: 0, missing: 3 });
    const said = await check({ paths: [join(folder, "elsewhere")] });
    expect(counts(said)).toEqual({ same: 3, changed: 0, missing: 0 });
    expect(said.moved).toEqual([{ path, member: null, foundIn: moved }]);
  });

  it("is missing where another log lies under its name, not changed", async () => {
    const path = put("log/messages", text(burst(1, 3)));
    await made.ingest([path]);
    writeFileSync(path, text(burst(20, 2)));
    const said = await check();
    expect(counts(said)).toEqual({ same: 0, changed: 0, missing: 3 });
    expect(said.findings[0]?.reason).toBe("another log lies there now");
  });

  it("two logs that begin alike are not taken for each other", async () => {
    const header = "epoch_ms,uptime_s,count,max,drop,early_drop,insert_failed\n";
    const rows = (from: number) =>
      Array.from({ length: 5 }, (_, i) => `${from + i * 1000},${100 + i},${40 + i},2048,0,0,0\n`).join("");
    const path = put("samples.csv", header + rows(1_777_000_000_000));
    await made.ingest([path]);
    const cited = Number(made.one("select sum(observations) from sources"));
    expect(cited).toBeGreaterThan(0);
    renameSync(path, `${path}.1`);
    writeFileSync(path, header + rows(1_777_900_000_000));
    const said = await check();
    expect(counts(said)).toEqual({ same: cited, changed: 0, missing: 0 });
    expect(said.moved).toEqual([{ path, member: null, foundIn: `${path}.1` }]);
  });
});

describe("what is asked for", () => {
  beforeEach(async () => {
    await made.ingest([
      put("a.log", text([...burst(1, 5), ...burst(9, 4)])),
      put("b.log", text(burst(1, 3, "gw2"))),
    ]);
  });

  it("without --all: the first and the last line of each burst", async () => {
    expect(made.one("select count(*) from bursts")).toBe(3);
    expect(counts(await check({ all: false }))).toEqual({ same: 6, changed: 0, missing: 0 });
  });

  it("one burst, one host", async () => {
    const id = Number(made.one("select burst_id from bursts where host = 'gw2'"));
    expect(counts(await check({ all: false, burstId: id }))).toEqual({ same: 2, changed: 0, missing: 0 });
    expect(counts(await check({ host: "gw2" }))).toEqual({ same: 3, changed: 0, missing: 0 });
    expect(counts(await check({ all: false, host: "gw1" }))).toEqual({ same: 4, changed: 0, missing: 0 });
  });

  it("a burst or host that is not there is said so", async () => {
    await expect(check({ all: false, burstId: 999 })).rejects.toThrow("no burst 999");
    await expect(check({ host: "gw3" })).rejects.toThrow("no host gw3");
  });
});
