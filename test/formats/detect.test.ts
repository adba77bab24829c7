// What a source is called, and the list of what can be read.

import { describe, expect, it } from "vitest";
import { describeHead, listFormats } from "../../src/formats/detect.ts";
import { createParser } from "../../src/formats/parse.ts";
import { detectRecords } from "../../src/formats/records.ts";

const SYSLOG = "Mar  7 16:13:16 host kernel: text\n";

describe("the head of a source", () => {
  it.each([
    ["a syslog", SYSLOG.repeat(3), "rfc3164", null],
    ["a syslog with wrapped lines", `${SYSLOG}wrapped\nwrapped\nwrapped\n`, "rfc3164", "bare"],
    [
      "a syslog that changed its template",
      `${SYSLOG.repeat(3)}2026-05-14T05:37:26Z host kernel: text\n`,
      "rfc3164",
      "iso",
    ],
    ["a pasted dmesg", "# dmesg | tail\n[    5.445625] text\n", "dmesg", "bare"],
    ["a dmesg without times", "ip_conntrack: table full, dropping packet.\n", "bare", null],
    ["one line without a newline", "[    5.445625] text", "dmesg", null],
    ["nothing", "", "bare", null],
    ["a journal", "__CURSOR=s=7a;i=1\n__REALTIME_TIMESTAMP=1777319389570350\n", "journal-export", null],
    [
      "a relative dmesg in colours",
      "\u001b[32m[Nov22 23:26] \u001b[0ma\n\u001b[32m[  +0.000001] \u001b[0mb\n",
      "dmesg-reltime",
      null,
    ],
  ])("%s", (_, text, format, runnerUp) => {
    expect(describeHead(Buffer.from(text))).toEqual({ format, runnerUp });
  });

  it("does not count the line it ends in", () => {
    expect(describeHead(Buffer.from(`${SYSLOG}[    5.4`))).toEqual({ format: "rfc3164", runnerUp: null });
  });

  it("looks at its own bytes of a shared buffer", () => {
    const shared = Buffer.from(`${SYSLOG}[    5.445625] text\n`);
    expect(describeHead(shared.subarray(SYSLOG.length)).format).toBe("dmesg");
  });
});

describe("the list of formats", () => {
  it("has an example of each that is read as that format", () => {
    const listed = listFormats();
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    for (const { id, describes, example } of listed) {
      expect(describes, id).not.toBe("");
      const records = detectRecords(Buffer.from(`${example}\n`));
      expect(records === id || createParser().parse(example)?.format === id, id).toBe(true);
    }
  });
});
