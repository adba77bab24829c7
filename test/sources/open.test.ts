import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, symlinkSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { discover } from "../../src/sources/discover.ts";
import { openFile } from "../../src/sources/open.ts";
import { fileWith, hasTool, logText, pipeThrough, readAll, readOne, scratch, tarOf } from "./support.ts";

const folder = scratch();

const find = async (path: string) => {
  const [file] = (await discover([path])).files;
  if (file === undefined) throw new Error(`${path} not found`);
  return file;
};

describe("a plain file", () => {
  test("comes out as it lies, with what its name tells", async () => {
    const text = logText(700_000);
    const path = fileWith(folder, text, "messages-20190106");
    const found = await readOne(path);
    expect(found.text === text).toBe(true);
    expect(found).toMatchObject({ kinds: [], complete: true, container: false, startOffset: 0 });
    expect(found.facts).toMatchObject({
      path,
      member: null,
      gzipTimeUs: null,
      nameDate: "20190106",
      channel: "messages",
      family: join(folder, "messages"),
      role: null,
      bundle: null,
      netns: null,
    });
  });

  test("may be empty, or of NULs only", async () => {
    expect(await readOne(fileWith(folder, ""))).toMatchObject({ text: "", kinds: [], complete: true });
    const nuls = await readOne(fileWith(folder, Buffer.alloc(600_000)));
    expect(nuls).toMatchObject({ kinds: [], complete: true });
    expect(nuls.bytes.length).toBe(600_000);
  });

  test("is read on from an offset, also where that lies at its end", async () => {
    const path = fileWith(folder, "one\ntwo\n");
    expect(await readOne(path, { startOffset: 4 })).toMatchObject({
      text: "two\n",
      startOffset: 4,
      complete: true,
    });
    expect(await readOne(path, { startOffset: 8 })).toMatchObject({ text: "", kinds: [], complete: true });
  });

  test("shorter than the offset is a read error", async () => {
    const found = await readOne(fileWith(folder, "one\n"), { startOffset: 5 });
    expect(found).toMatchObject({ text: "", kinds: ["read-error"], complete: false });
  });

  test("is not read beyond what it was when opened, nor short of it in silence", async () => {
    const text = logText(2_000_000);
    for (const [change, size, kinds] of [
      [(path: string) => appendFileSync(path, "more\n"), text.length, []],
      [(path: string) => truncateSync(path, 1000), null, ["read-error"]],
      [(path: string) => unlinkSync(path), text.length, []],
    ] as const) {
      const path = fileWith(folder, text);
      let bytes = 0;
      for await (const source of openFile(await find(path))) {
        for await (const chunk of source.chunks) {
          if (bytes === 0) change(path);
          bytes += chunk.length;
        }
        expect(source.problems().map(({ kind }) => kind)).toEqual(kinds);
        expect(source.complete()).toBe(kinds.length === 0);
      }
      if (size === null) expect(bytes).toBeLessThan(text.length);
      else expect(bytes).toBe(size);
    }
  });

  test("that vanished since it was found is a read error", async () => {
    const path = fileWith(folder, "x\n");
    const file = await find(path);
    unlinkSync(path);
    const told: unknown[] = [];
    for await (const source of openFile(file)) told.push([source.container, source.problems()]);
    const message = "vanished since it was found";
    expect(told).toEqual([[true, [{ kind: "read-error", message, offset: null, count: 1 }]]]);
  });

  test.skipIf(process.getuid?.() === 0)("that may not be read says so (not as root: root may)", async () => {
    const base = scratch();
    chmodSync(fileWith(base, "x\n", "closed"), 0);
    expect(await readAll(base)).toMatchObject([
      { kinds: ["permission-denied"], complete: false, container: true },
    ]);
  });
});

test("an offset is for plain files only: anything else is read from its start, and says so", async () => {
  const path = fileWith(folder, gzipSync("one\ntwo\n"));
  expect(await readOne(path, { startOffset: 4 })).toMatchObject({ text: "one\ntwo\n", startOffset: 0 });
});

test("every stored byte is shown once, in order, whatever the decoder leaves", async () => {
  const zeros = gzipSync(Buffer.alloc(300_000));
  const bytes = Buffer.concat([gzipSync(logText(300_000)), Buffer.from("?".repeat(500_000)), zeros]);
  for (const stored of [bytes, Buffer.from(logText(400_000)), await tarOf([{ name: "a", text: "x\n" }])]) {
    const seen: Uint8Array[] = [];
    await readAll(fileWith(folder, stored), { onStored: (chunk) => seen.push(Buffer.from(chunk)) });
    expect(Buffer.concat(seen).equals(stored)).toBe(true);
  }
});

describe("what is no text", () => {
  const records = Buffer.alloc(384 * 40);
  for (let at = 0; at < records.length; at += 384) records.write("\x07\x01ttyS0", at, "latin1");
  const image = Buffer.alloc(9000, "\x01\0\x02\0\x03", "latin1");

  test.each([
    ["an ELF program", Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01"), Buffer.alloc(100)])],
    ["an SQLite database", Buffer.from("SQLite format 3\0 and more")],
    ["records full of NULs", image],
    ["UTF-16 that begins with no letter", Buffer.from("\ufeff\u0416\u0001\u0002", "utf16le")],
  ])("is named: %s", async (_, bytes) => {
    expect(await readOne(fileWith(folder, bytes))).toMatchObject({
      text: "",
      kinds: ["not-text"],
      complete: false,
    });
  });

  // Thirty bytes off /dev/urandom, and fewer of them.
  const random = Buffer.from("e1a84496f2057e8dd79c0f3bc3b9126afe21980b5cc7d4a3e0881fb66d95", "hex");

  test.each([30, 12, 4])("is named: %d bytes of chance, whatever the name says", async (count) => {
    const path = fileWith(folder, random.subarray(0, count), `few${count}.gz`);
    expect(await readOne(path)).toMatchObject({ text: "", kinds: ["not-text"], complete: false });
  });

  test.each([
    ["a word", "up\n"],
    ["a word in Latin-1", Buffer.from("se\xf1al de reloj\n", "latin1")],
    ["a word in UTF-8", "満\n"],
    ["a colour", "\x1b[31mdown\x1b[0m\n"],
    ["an end lost in a crash", "Jan  6 03:12:01 web1 k\0\0\0\0\0\0\0\0"],
    ["NULs alone", Buffer.alloc(30)],
  ])("is not a short text: %s", async (_, bytes) => {
    expect(await readOne(fileWith(folder, bytes))).toMatchObject({
      kinds: [],
      complete: true,
      container: false,
    });
  });

  test("is named: a binary journal, with the way to read it", async () => {
    const path = fileWith(
      folder,
      Buffer.concat([Buffer.from("LPKSHHRH"), Buffer.alloc(200)]),
      "system.journal",
    );
    for await (const source of openFile(await find(path))) {
      expect(source.problems()).toMatchObject([{ kind: "binary-journal" }]);
      expect(source.problems()[0]?.message).toContain("journalctl --file=");
    }
  });

  test("is passed over in silence where it is known to live among logs", async () => {
    const base = scratch();
    mkdirSync(join(base, "var/log"), { recursive: true });
    for (const name of ["wtmp", "btmp-20190106", "lastlog"]) fileWith(join(base, "var/log"), records, name);
    fileWith(join(base, "var/log"), gzipSync(records), "wtmp.1.gz");
    fileWith(join(base, "var/log"), "", "btmp");
    fileWith(join(base, "var/log"), "x\n", "messages");
    const counts = { unread: 0 };
    const sources = await readAll(base, { counts });
    expect(sources.map(({ facts, kinds }) => [facts.path, kinds])).toEqual([
      [join(base, "var/log/messages"), []],
    ]);
    expect(counts.unread).toBe(5);
  });

  test("is not a log behind NULs, a log with a hole, or a log with a damaged head", async () => {
    const log = logText(20_000);
    const noise = Buffer.alloc(4096, "\x01\x02\0\x03x");
    for (const start of [
      Buffer.alloc(5000),
      Buffer.concat([Buffer.from("x\n"), Buffer.alloc(3000)]),
      noise,
    ]) {
      const found = await readOne(fileWith(folder, Buffer.concat([start, Buffer.from(log)])));
      expect(found).toMatchObject({ kinds: [], complete: true });
      expect(found.text.endsWith(log)).toBe(true);
    }
  });
});

test("standard input is a source without a time, packed or not", async () => {
  const [file] = (await discover(["-"])).files;
  if (file === undefined) throw new Error("not found");
  for (const bytes of [Buffer.from("one\n"), gzipSync("one\n")]) {
    const stdin = (async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte);
    })();
    for await (const source of openFile(file, { stdin })) {
      let text = "";
      for await (const chunk of source.chunks) text += Buffer.from(chunk).toString();
      expect(text).toBe("one\n");
      expect(source.facts).toMatchObject({ path: "-", member: null, mtimeUs: null, channel: "-" });
      expect(source.problems()).toEqual([]);
    }
  }
});

test.skipIf(!hasTool("mkfifo"))("a FIFO is read to its end", async () => {
  const fifo = join(folder, "fifo");
  spawnSync("mkfifo", [fifo]);
  const file = await find(fifo);
  const text = logText(300_000);
  const source = fileWith(folder, text);
  const { spawn } = await import("node:child_process");
  spawn("sh", ["-c", 'cat "$0" > "$1"', source, fifo]);
  let bytes = 0;
  for await (const opened of openFile(file)) for await (const chunk of opened.chunks) bytes += chunk.length;
  expect(bytes).toBe(text.length);
});

test.skipIf(!hasTool("mkfifo"))("a FIFO that nobody writes to is told, and not waited for", async () => {
  const fifo = join(folder, "silent");
  spawnSync("mkfifo", [fifo]);
  const begun = Date.now();
  const told = [];
  for await (const source of openFile(await find(fifo))) told.push([source.container, ...source.problems()]);
  expect(told).toMatchObject([[true, { kind: "special-file", offset: null, count: 1 }]]);
  expect(Date.now() - begun).toBeLessThan(5_000);
});

test.skipIf(!hasTool("mkfifo"))("a FIFO whose writer takes its time is waited for", async () => {
  const fifo = join(folder, "slow");
  spawnSync("mkfifo", [fifo]);
  const { spawn } = await import("node:child_process");
  spawn("sh", ["-c", '{ sleep 1; echo one; sleep 1; echo two; } > "$0"', fifo]);
  let text = "";
  for await (const source of openFile(await find(fifo))) {
    for await (const chunk of source.chunks) text += Buffer.from(chunk).toString();
    expect(source.problems()).toEqual([]);
  }
  expect(text).toBe("one\ntwo\n");
});

test.skipIf(!hasTool("xz"))(
  "a sosreport in tar.xz gives what matters, labelled, and counts the rest",
  async () => {
    const root = "sosreport-web1-123-2019-01-06-abc";
    const tar = await tarOf([
      { name: `${root}/var/log/messages`, text: "Jan  6 03:12:01 web1 kernel: x\n" },
      { name: `${root}/var/log/messages-20181230.gz`, text: gzipSync("old\n") },
      { name: `${root}/sos_commands/kernel/dmesg_-T`, text: "[x]\n" },
      { name: `${root}/sos_commands/networking/namespaces/blue/sysctl_-a`, text: "a = 1\n" },
      { name: `${root}/etc/passwd`, text: "root\n" },
      { name: `${root}/etc/localtime`, link: "../usr/share/zoneinfo/America/St_Johns" },
      { name: `${root}/dmesg`, link: "sos_commands/kernel/dmesg_-T" },
      { name: `${root}/sos_commands/host/hostname`, text: "web1\n" },
    ]);
    const path = fileWith(folder, pipeThrough("xz", ["-c"], tar), "sosreport.tar.xz");
    const counts = { unread: 0 };
    const sources = await readAll(path, { counts });
    expect(
      sources.map(({ facts, text }) => [facts.member?.slice(root.length + 1), facts.role, facts.netns, text]),
    ).toEqual([
      ["var/log/messages", "log", null, "Jan  6 03:12:01 web1 kernel: x\n"],
      ["var/log/messages-20181230.gz", "log", null, "old\n"],
      ["sos_commands/kernel/dmesg_-T", "dmesg", null, "[x]\n"],
      ["sos_commands/networking/namespaces/blue/sysctl_-a", "sysctl", "blue", "a = 1\n"],
      ["etc/localtime", "localtime", null, "../usr/share/zoneinfo/America/St_Johns"],
      ["sos_commands/host/hostname", "hostname", null, "web1\n"],
    ]);
    expect(new Set(sources.map(({ facts }) => facts.bundle))).toEqual(new Set([`${path}!${root}`]));
    expect(sources.flatMap(({ kinds }) => kinds)).toEqual([]);
    expect(counts.unread).toBe(1);
  },
);

test("an unpacked bundle gives the same roles as a packed one", async () => {
  const base = scratch();
  for (const name of ["case/sos_commands/kernel", "case/var/log", "case/etc"]) {
    mkdirSync(join(base, name), { recursive: true });
  }
  fileWith(base, "[x]\n", "case/sos_commands/kernel/dmesg");
  fileWith(base, "x\n", "case/var/log/messages");
  fileWith(base, "x\n", "case/etc/passwd");
  symlinkSync("../usr/share/zoneinfo/Europe/Berlin", join(base, "case/etc/localtime"));
  const sources = await readAll(base);
  const bundle = join(base, "case");
  expect(
    sources.map(({ facts, text }) => [facts.path.slice(bundle.length), facts.role, facts.bundle, text]),
  ).toEqual([
    ["/etc/localtime", "localtime", bundle, "../usr/share/zoneinfo/Europe/Berlin"],
    ["/sos_commands/kernel/dmesg", "dmesg", bundle, "[x]\n"],
    ["/var/log/messages", "log", bundle, "x\n"],
  ]);
});
