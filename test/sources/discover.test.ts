import { spawnSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { discover } from "../../src/sources/discover.ts";
import { fileWith, hasTool, scratch } from "./support.ts";

const asRoot = process.getuid?.() === 0;

/** A folder with files of these names, folders made as needed. */
function tree(...names: string[]): string {
  const base = scratch();
  for (const name of names) {
    mkdirSync(join(base, name, ".."), { recursive: true });
    fileWith(base, `${name}\n`, name);
  }
  return base;
}

const namesIn = async (base: string, ...paths: string[]) => {
  const { files } = await discover(paths.length > 0 ? paths : [base]);
  return files.map(({ path }) => path.slice(base.length + 1));
};

test("rotated siblings come oldest first, families by path", async () => {
  const base = tree(
    "log/messages",
    "log/messages.1",
    "log/messages.10.gz",
    "log/messages.2.gz",
    "log/kern.log",
    "a/z",
  );
  expect(await namesIn(base)).toEqual([
    "a/z",
    "log/kern.log",
    "log/messages.10.gz",
    "log/messages.2.gz",
    "log/messages.1",
    "log/messages",
  ]);
});

test("the order of the given paths does not matter", async () => {
  const base = tree("messages", "messages-20190106", "messages-20181230");
  const given = ["messages", "messages-20181230", "messages-20190106"].map((name) => join(base, name));
  const expected = ["messages-20181230", "messages-20190106", "messages"];
  expect(await namesIn(base, ...given)).toEqual(expected);
  expect(await namesIn(base, ...given.reverse())).toEqual(expected);
});

test("size, time and identity are those on disk", async () => {
  const base = tree("messages");
  utimesSync(join(base, "messages"), 1_600_000_000, 1_600_000_000.25);
  const { files, problems, unopened } = await discover([base]);
  expect(files).toMatchObject([{ sizeBytes: 9, mtimeUs: 1_600_000_000_250_000, bundle: null }]);
  expect({ problems, unopened }).toEqual({ problems: [], unopened: 0 });
  expect(files[0]?.ino).toBeGreaterThan(0);
});

test("a file reached twice is listed once, under its own name rather than a link's", async () => {
  const base = tree("real/messages");
  symlinkSync("real/messages", join(base, "a-link"));
  linkSync(join(base, "real/messages"), join(base, "real/zz-hard"));
  symlinkSync("real", join(base, "again"));
  expect(await namesIn(base, base, join(base, "real"), join(base, "real/messages"))).toEqual([
    "real/messages",
  ]);
});

test("links that loop, and links to nothing, are passed over", async () => {
  const base = tree("a/messages");
  symlinkSync("..", join(base, "a/up"));
  symlinkSync("nowhere", join(base, "dangling"));
  symlinkSync("self", join(base, "self"));
  const { files, problems } = await discover([base]);
  expect(files.map(({ path }) => path)).toEqual([join(base, "a/messages")]);
  expect(problems).toEqual([]);
});

test("a link is followed to a file elsewhere", async () => {
  const base = tree("in/x");
  const other = tree("messages");
  symlinkSync(join(other, "messages"), join(base, "in/linked"));
  expect(await namesIn(base, join(base, "in"))).toEqual(["in/linked", "in/x"]);
});

test("missing paths are problems, and the rest goes on", async () => {
  const base = tree("messages");
  const missing = join(base, "missing");
  const { files, problems, unopened } = await discover([
    missing,
    base,
    join(base, "none*"),
    join(base, "messages/x"),
  ]);
  expect(files).toHaveLength(1);
  expect(problems.map(({ path, kind }) => [path, kind])).toEqual([
    [missing, "no-such-file"],
    [join(base, "none*"), "no-such-file"],
    [join(base, "messages/x"), "no-such-file"],
  ]);
  expect(unopened).toBe(3);
});

test("an empty folder is no problem", async () => {
  expect(await discover([scratch()])).toEqual({ files: [], problems: [], unopened: 0 });
});

test.skipIf(asRoot)(
  "files and folders that may not be read are problems (not as root: root may read all)",
  async () => {
    const base = tree("open", "closed", "folder/x");
    chmodSync(join(base, "closed"), 0);
    chmodSync(join(base, "folder"), 0);
    const { files, problems, unopened } = await discover([
      join(base, "closed"),
      join(base, "folder"),
      join(base, "open"),
    ]);
    chmodSync(join(base, "folder"), 0o700);
    expect(files.map(({ path }) => path)).toEqual([join(base, "open")]);
    expect(problems.map(({ kind }) => kind)).toEqual(["permission-denied", "permission-denied"]);
    expect(unopened).toBe(2);
  },
);

test("a quoted pattern is expanded, folders and all", async () => {
  const base = tree("a/messages", "a/messages.1", "b/messages", "c/other");
  expect(await namesIn(base, join(base, "[ab]/messages*"))).toEqual([
    "a/messages.1",
    "a/messages",
    "b/messages",
  ]);
  expect(await namesIn(base, join(base, "*"))).toHaveLength(4);
});

test("a file whose name looks like a pattern is that file", async () => {
  const base = tree("log[1]", "log1");
  expect(await namesIn(base, join(base, "log[1]"))).toEqual(["log[1]"]);
});

test("- is standard input: no size, time or identity", async () => {
  expect((await discover(["-"])).files).toEqual([
    { path: "-", sizeBytes: null, mtimeUs: null, dev: null, ino: null, bundle: null },
  ]);
});

test.skipIf(!hasTool("mkfifo"))("a FIFO is skipped in a folder and read where it is given", async () => {
  const base = tree("messages");
  const fifo = join(base, "fifo");
  spawnSync("mkfifo", [fifo]);
  expect(await namesIn(base)).toEqual(["messages"]);
  expect((await discover([fifo])).files).toMatchObject([{ path: fifo, sizeBytes: null, mtimeUs: null }]);
});

test("a device is a problem where it is given", async () => {
  const { problems, unopened } = await discover(["/dev/null"]);
  expect(problems.map(({ kind }) => kind)).toEqual(["special-file"]);
  expect(unopened).toBe(1);
});

test("files of an unpacked bundle carry its root, however they were given", async () => {
  const base = tree("case/sos_commands/kernel/dmesg", "case/var/log/messages", "other/messages");
  const root = join(base, "case");
  const { files } = await discover([base]);
  expect(files.map(({ path, bundle }) => [path.slice(base.length + 1), bundle])).toEqual([
    ["case/sos_commands/kernel/dmesg", { kind: "sosreport", root }],
    ["case/var/log/messages", { kind: "sosreport", root }],
    ["other/messages", null],
  ]);
  expect((await discover([join(root, "var/log/messages")])).files[0]?.bundle).toEqual({
    kind: "sosreport",
    root,
  });
});
