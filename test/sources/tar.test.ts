import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { Bytes } from "../../src/sources/bytes.ts";
import { discover } from "../../src/sources/discover.ts";
import { Ledger } from "../../src/sources/ledger.ts";
import { openFile } from "../../src/sources/open.ts";
import { readTar } from "../../src/sources/tar.ts";
import { fileWith, hasTool, logText, pipeThrough, readAll, readOne, scratch, tarOf } from "./support.ts";

const folder = scratch();
const save = (bytes: Uint8Array) => fileWith(folder, bytes);
const summary = (sources: Awaited<ReturnType<typeof readAll>>) =>
  sources.map(({ facts, text, kinds, complete }) => [facts.member, text, kinds, complete]);

test("each file is a source of its own, in stored order, folders and links are not", async () => {
  const bytes = await tarOf([
    { name: "b/messages.1", text: "one\n" },
    { name: "b/link", link: "messages.1" },
    { name: "a/messages", text: "two\n", mtime: 1_600_000_000 },
    { name: "a/empty" },
  ]);
  const sources = await readAll(save(bytes));
  expect(summary(sources)).toEqual([
    ["b/messages.1", "one\n", [], true],
    ["a/messages", "two\n", [], true],
    ["a/empty", "", [], true],
  ]);
  expect(sources.map(({ facts }) => facts.mtimeUs)).toEqual([
    1_546_732_800_000_000, 1_600_000_000_000_000, 1_546_732_800_000_000,
  ]);
  expect(sources[0]?.facts).toMatchObject({
    channel: "messages",
    family: expect.stringMatching(/!b\/messages$/),
  });
});

test("names are labels, whatever they hold", async () => {
  const names = ["../../etc/passwd", "/abs/messages", "a\u001b[31m\nb", `${"long/".repeat(60)}messages`];
  const sources = await readAll(save(await tarOf(names.map((name) => ({ name, text: "x\n" })))));
  expect(summary(sources)).toEqual(names.map((name) => [name, "x\n", [], true]));
});

test("a name over the limit is cut for its label and told", async () => {
  const path = save(await tarOf([{ name: "n".repeat(300), text: "x\n" }]));
  expect(summary(await readAll(path, { limits: { nameLength: 50 } }))).toEqual([
    ["n".repeat(50), "x\n", ["member-name-too-long"], true],
  ]);
});

test.for(["gzip", "bzip2", "xz", "zstd"])("a tar within %s is a tar", async (id, { skip }) => {
  skip(id !== "gzip" && !hasTool(id), `${id} is not installed`);
  const tar = await tarOf([{ name: "messages", text: "x\n" }]);
  const path = save(id === "gzip" ? gzipSync(tar) : pipeThrough(id, ["-c"], tar));
  expect(summary(await readAll(path))).toEqual([["messages", "x\n", [], true]]);
});

test("compressed members are decompressed, each with its own gzip time", async () => {
  const member = gzipSync("x\n");
  member.writeUInt32LE(946_684_800, 4);
  const sources = await readAll(save(gzipSync(await tarOf([{ name: "messages.1.gz", text: member }]))));
  expect(summary(sources)).toEqual([["messages.1.gz", "x\n", [], true]]);
  expect(sources[0]?.facts.gzipTimeUs).toBe(946_684_800_000_000);
});

test("archives within archives are walked, up to the limit", async () => {
  let bytes = await tarOf([{ name: "messages", text: "x\n" }]);
  for (const name of ["c.tar.gz", "b.tar", "a.tar.gz"]) {
    bytes = await tarOf([{ name, text: name.endsWith("gz") ? gzipSync(bytes) : bytes }]);
  }
  expect(summary(await readAll(save(bytes)))).toEqual([
    ["a.tar.gz!b.tar!c.tar.gz!messages", "x\n", [], true],
  ]);
  const deeper = await readAll(save(await tarOf([{ name: "top.tar", text: bytes }])));
  expect(summary(deeper)).toEqual([["top.tar!a.tar.gz!b.tar!c.tar.gz", "", ["nested-too-deep"], false]]);
});

test("members over the limit are left unread and told", async () => {
  const names = ["a", "b", "c", "d"];
  const path = save(await tarOf(names.map((name) => ({ name, text: `${name}\n` }))));
  const sources = await readAll(path, { limits: { members: 2 } });
  expect(summary(sources)).toEqual([
    ["a", "a\n", [], true],
    ["b", "b\n", [], true],
    [null, "", ["too-many-members"], false],
  ]);
});

describe("a tar", () => {
  const text = logText(40_000);
  const entries = [
    { name: "first", text: "first\n" },
    { name: "second", text },
    { name: "third", text: "third\n" },
  ];

  test("cut within a member gives what was there, and says so for member and archive", async () => {
    const bytes = (await tarOf(entries)).subarray(0, 1024 + 512 + 30_000);
    expect(summary(await readAll(save(bytes)))).toEqual([
      ["first", "first\n", [], true],
      ["second", text.slice(0, 30_000), ["truncated"], false],
      [null, "", ["truncated"], false],
    ]);
  });

  test("cut within its compression does so too", async () => {
    const stored = gzipSync(await tarOf(entries), { level: 0 });
    const sources = await readAll(save(stored.subarray(0, 20_000)));
    expect(summary(sources).map(([member, , kinds]) => [member, kinds])).toEqual([
      ["first", []],
      ["second", ["truncated"]],
      [null, ["truncated", "truncated"]],
    ]);
    expect(sources[1]?.text.length).toBeGreaterThan(18_000);
    expect(text.startsWith(sources[1]?.text ?? "?")).toBe(true);
  });

  test("cut between members is told", async () => {
    const bytes = (await tarOf(entries)).subarray(0, 1024);
    expect(summary(await readAll(save(bytes)))).toEqual([
      ["first", "first\n", [], true],
      [null, "", ["truncated"], false],
    ]);
  });

  test("cut within its first header is told", async () => {
    const bytes = (await tarOf(entries)).subarray(0, 300);
    expect(summary(await readAll(save(bytes)))).toEqual([[null, "", ["truncated"], false]]);
  });

  test("with a damaged header loses that member alone", async () => {
    const bytes = await tarOf(entries);
    bytes.fill("?", 1024 + 100, 1024 + 200);
    expect(summary(await readAll(save(bytes)))).toEqual([
      ["first", "first\n", [], true],
      ["third", "third\n", [], true],
      [null, "", ["corrupt"], false],
    ]);
  });

  test("with a damaged first header is still a tar", async () => {
    const bytes = await tarOf(entries);
    bytes.fill("?", 100, 200);
    expect(summary(await readAll(save(bytes))).map(([member, , kinds]) => [member, kinds])).toEqual([
      ["second", []],
      ["third", []],
      [null, ["corrupt"]],
    ]);
  });

  test.each([
    ["rubbish", Buffer.from("rubbish ".repeat(200))],
    ["less than a block of rubbish", Buffer.from("rubbish")],
  ])("with %s behind its end is whole, and the rubbish is told", async (_, rubbish) => {
    const sources = await readAll(save(Buffer.concat([await tarOf(entries), rubbish])));
    expect(summary(sources).map(([member, , kinds, complete]) => [member, kinds, complete])).toEqual([
      ["first", [], true],
      ["second", [], true],
      ["third", [], true],
      [null, ["trailing-rubbish"], true],
    ]);
  });

  test("with NULs behind its end is whole", async () => {
    const bytes = Buffer.concat([await tarOf(entries), Buffer.alloc(100_003)]);
    expect((await readAll(save(bytes))).flatMap(({ kinds }) => kinds)).toEqual([]);
  });

  test("behind another is read too", async () => {
    const bytes = Buffer.concat([await tarOf(entries), await tarOf([{ name: "fourth", text: "4\n" }])]);
    const members = (await readAll(save(bytes))).map(({ facts }) => facts.member);
    expect(members).toEqual(["first", "second", "third", "fourth"]);
  });

  test("gives the members behind one that is left unread, or half read", async () => {
    const path = save(await tarOf(entries));
    const members: (string | null)[] = [];
    const [file] = (await discover([path])).files;
    if (file === undefined) throw new Error("not found");
    for await (const { facts, chunks } of openFile(file)) {
      members.push(facts.member);
      if (facts.member === "second") for await (const _ of chunks) break;
    }
    expect(members).toEqual(["first", "second", "third"]);
  });

  test("is read the same whatever the size of its pieces", async () => {
    const bytes = await tarOf(entries);
    for (const size of [1, 100, 511, 512, 513, 70_000]) {
      const ledger = new Ledger();
      const read: [string, number][] = [];
      const pieces = async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      for await (const member of readTar(new Bytes(pieces()), ledger)) {
        let length = 0;
        for await (const chunk of member.body) length += chunk.length;
        read.push([member.name, length]);
      }
      expect({ size, read, problems: ledger.problems }).toEqual({
        size,
        read: [
          ["first", 6],
          ["second", text.length],
          ["third", 6],
        ],
        problems: [],
      });
    }
  });
});

describe.skipIf(!hasTool("tar"))("the tar program's", () => {
  const makeTar = (args: readonly string[], files: Record<string, string>) => {
    const base = scratch();
    for (const [name, text] of Object.entries(files)) fileWith(base, text, name);
    return pipeThrough("tar", ["-C", base, "-cf", "-", ...args, ...Object.keys(files)], Buffer.alloc(0));
  };
  const name = "n".repeat(150);

  test.each(["v7", "ustar", "gnu", "posix", "oldgnu"])("%s format is read", async (format) => {
    const files = format === "v7" || format === "ustar" ? { short: "x\n" } : { short: "x\n", [name]: "y\n" };
    const sources = await readAll(save(makeTar([`--format=${format}`], files)));
    expect(summary(sources)).toEqual(Object.entries(files).map(([label, text]) => [label, text, [], true]));
  });

  test.each(["gnu", "posix"])(
    "sparse members in %s format are named, and the others are read",
    async (format) => {
      const base = scratch();
      const path = fileWith(base, "", "sparse");
      // Six pieces of data with holes between: more than the four that GNU's first header block can list.
      pipeThrough(
        "sh",
        ["-c", `for i in 1 2 3 4 5 6; do truncate -s $((i * 1000000)) "$0"; echo data >> "$0"; done`, path],
        Buffer.alloc(0),
      );
      fileWith(base, "x\n", "behind");
      const args = ["-C", base, "-S", `--format=${format}`, "-cf", "-", "sparse", "behind"];
      const sources = await readAll(save(pipeThrough("tar", args, Buffer.alloc(0))));
      const told = sources.flatMap(({ kinds }) => kinds);
      expect(sources.find(({ facts }) => facts.member === "behind")).toMatchObject({
        text: "x\n",
        kinds: [],
      });
      expect(sources.map(({ facts }) => facts.member)).not.toContain("sparse");
      expect(told).toContain("unsupported-member");
    },
  );
});

test("ten thousand members are read in bounded memory", async () => {
  const packing = pack();
  const text = Buffer.from(logText(20_000));
  const filling = (async () => {
    for (let i = 0; i < 10_000; i += 1) {
      await new Promise<void>((resolve, reject) => {
        packing.entry({ name: `messages-${i}` }, text, (error) => (error ? reject(error) : resolve()));
      });
    }
    packing.finalize();
  })();
  const chunks = async function* () {
    for await (const chunk of packing) if (chunk instanceof Uint8Array) yield chunk;
  };
  let members = 0;
  let bytes = 0;
  let start = 0;
  let most = 0;
  for await (const member of readTar(new Bytes(chunks()), new Ledger())) {
    for await (const chunk of member.body) bytes += chunk.length;
    members += 1;
    if (members % 500 !== 0) continue;
    const { heapUsed, external } = process.memoryUsage();
    if (members === 1000) start = heapUsed + external;
    if (members > 1000) most = Math.max(most, heapUsed + external);
  }
  await filling;
  expect({ members, bytes }).toEqual({ members: 10_000, bytes: 10_000 * text.length });
  // 200 MB went through.
  expect(most - start).toBeLessThan(60_000_000);
}, 60_000);

describe("an archive without a member", () => {
  // tar cf empty.tar -T /dev/null: twenty blocks of zeros.
  const empty = Buffer.alloc(20 * 512);

  test.each([
    ["empty.tar", empty],
    ["empty.tar.1", empty],
    ["empty.tar.gz", gzipSync(empty)],
    ["empty.tgz", gzipSync(empty)],
    ["two-blocks.tar", empty.subarray(0, 1024)],
  ])("is an empty folder: %s", async (name, bytes) => {
    expect(await readAll(fileWith(folder, bytes, name))).toEqual([]);
  });

  test("is told by its name: a log of NULs is one that a crash left", async () => {
    expect(await readOne(fileWith(folder, empty, "messages"))).toMatchObject({ container: false });
    expect(await readOne(fileWith(folder, empty.subarray(0, 512), "half.tar"))).toMatchObject({
      container: false,
    });
  });
});
