// Folders are made as far as the file system takes them, and the end is told.

import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeFolder } from "../../src/store/folders.ts";
import { freshFolder } from "../support/fresh.ts";

const folder = freshFolder();

it("makes a folder and those above it, for owner and group", () => {
  const deep = join(folder, "a/b/c");
  makeFolder(deep);
  makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  expect(statSync(join(folder, "a")).mode & 0o027).toBe(0);
});

it("ends where a file is in the way", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => makeFolder(join(folder, "file/a/b"))).toThrow(/ENOTDIR/);
});

it.runIf(existsSync("/proc/self"))("ends where the file system takes no folder", () => {
  expect(() => makeFolder("/proc/conntrail/reports")).toThrow(/ENOENT/);
});
