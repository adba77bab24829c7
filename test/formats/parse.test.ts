// The parser as a whole: what it remembers and what not, who speaks, what it must bear.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FALLBACKS, FORMATS } from "../../src/formats/catalogue.ts";
import { createParser } from "../../src/formats/parse.ts";
import type { Entry } from "../../src/model/line.ts";

const FULL = "nf_conntrack: table full, dropping packet";

function parse(line: string): Entry | null {
  return createParser().parse(line);
}

describe("a blank line", () => {
  it.each(["", " ", "\t\t", "\r", "\0\0\0", "\ufeff", "\0 \r\r"])("%j is nothing", (line) => {
    expect(parse(line)).toBeNull();
  });
});

describe("who speaks", () => {
  it.each([
    ["Mar  7 16:13:16 h kernel:", true, "kernel", ""],
    [`Mar  7 16:13:16 h kernel: kernel: [ 8430.420174] ${FULL}`, true, "kernel", FULL],
    [`Mar  7 16:13:16 h kernel:[ 8430.420174] ${FULL}`, true, "kernel", FULL],
    [`Mar  7 16:13:16 h kernel:${FULL}`, true, "kernel", FULL],
    [`Mar  7 16:13:16 h <kern.warn> kernel: ${FULL}`, true, "kernel", FULL],
    [`Mar  7 16:13:16: h kernel: ${FULL}`, true, "kernel", FULL],
    [`Mar  7 16:13:16 h kernel:   ${FULL}`, true, "kernel", FULL],
    ["Mar  7 16:13:16 h sudo:  root : COMMAND=/bin/true", false, "sudo", "root : COMMAND=/bin/true"],
    ["Mar  7 16:13:16 h postfix/smtpd[12]: connect", false, "postfix/smtpd", "connect"],
    ["Mar  7 16:13:16 h imuxsock[pid 12]: begin to drop", false, "imuxsock", "begin to drop"],
    ["Mar  7 16:13:16 h org.a:1.2[34]: text", false, "org.a:1.2", "text"],
    [`Mar  7 16:13:16 h kernelx: ${FULL}`, false, "kernelx", FULL],
    [`Mar  7 16:13:16 h root: kernel: ${FULL}`, false, "root", `kernel: ${FULL}`],
    [
      `Mar  7 16:13:16 h app[9]: Mar  7 16:13:16 h kernel: ${FULL}`,
      false,
      "app",
      `Mar  7 16:13:16 h kernel: ${FULL}`,
    ],
    ["Mar  7 16:13:16 h -- MARK --", false, null, "-- MARK --"],
    ["Mar  7 16:13:16 h syslogd 1.4.1: restart.", false, null, "syslogd 1.4.1: restart."],
    [`Mar  7 16:13:16 h ${FULL}`, false, "nf_conntrack", "table full, dropping packet"],
  ])("%s", (line, fromKernel, tag, text) => {
    expect(parse(line)).toMatchObject({ fromKernel, tag, text, host: "h" });
  });

  it("takes any run of non-blank bytes for a host", () => {
    for (const host of ["i-***", "10.0.0.1", "fe80::1", "[::1]", "HOST", "a/b@c", "é", "kern.example"]) {
      expect(parse(`Mar  7 16:13:16 ${host} kernel: ${FULL}`), host).toMatchObject({ host, tag: "kernel" });
    }
  });

  it("takes no word of a program's own log for a host", () => {
    for (const word of ["-", "level=info", "[main]", "[pool-1", "warn", "Error", "TRACE"]) {
      expect(parse(`2021-05-03 11:53:40 ${word} app[7]: text`), word).toMatchObject({
        host: null,
        tag: "app",
      });
      expect(parse(`Mar  7 16:13:16 ${word} some text`)?.host, word).toBeNull();
    }
    for (const host of ["[::1]", "[fe80::1]", "gw-1", "information", "(none)"]) {
      expect(parse(`2021-05-03 11:53:40 ${host} app[7]: text`), host).toMatchObject({ host, tag: "app" });
    }
    expect(parse("2021-05-03 11:53:40 app - ERROR - text: more")).toMatchObject({ host: null, tag: null });
    expect(parse("2021-05-03 11:53:40 - app - ERROR - text: more")).toMatchObject({ host: null, tag: null });
  });

  it("is not the kernel where a program wrote into its ring", () => {
    expect(parse(`<12>[    5.445625] ${FULL}`)?.fromKernel).toBe(false);
    expect(parse(`user  :warn  : [    5.445625] ${FULL}`)?.fromKernel).toBe(false);
    expect(parse(`14,7,5445625,-;${FULL}`)?.fromKernel).toBe(false);
  });

  it("is doubted where the line gives itself away", () => {
    expect(parse(`<13>Mar  7 16:13:16 h kernel: ${FULL}`)?.doubts).toEqual(["pri-facility"]);
    expect(parse(`Mar  7 16:13:16 h user.warn kernel: ${FULL}`)?.doubts).toEqual(["pri-facility"]);
    expect(parse(`Mar  7 16:13:16 h kernel[42]: ${FULL}`)?.doubts).toEqual(["tag-pid"]);
    expect(parse(`<13>1 - h kernel 42 - - ${FULL}`)?.doubts).toEqual(["pri-facility", "tag-pid"]);
    expect(parse(`Mar  7 16:13:16 h kernel: ${FULL}`)?.doubts).toEqual([]);
  });

  it("is not the kernel where a container prints its words", () => {
    expect(parse(`{"log":"${FULL}\\n","stream":"stdout"}`)?.fromKernel).toBe(false);
    expect(parse(`2021-03-10T20:19:39.1Z stdout F ${FULL}`)?.fromKernel).toBe(false);
    expect(parse(`2021-03-10T20:19:39.1Z stdout F [    5.445625] ${FULL}`)?.fromKernel).toBe(true);
  });
});

describe("the journal's objects", () => {
  const entry = (fields: Record<string, unknown>) =>
    parse(JSON.stringify({ MESSAGE: FULL, __REALTIME_TIMESTAMP: "1777319389570350", ...fields }));

  it("doubts a kernel that came by another way", () => {
    expect(entry({ _TRANSPORT: "syslog", SYSLOG_IDENTIFIER: "kernel" })).toMatchObject({
      fromKernel: true,
      doubts: ["transport"],
    });
    expect(entry({ _TRANSPORT: "kernel", SYSLOG_FACILITY: "1", PRIORITY: "4" })).toMatchObject({
      fromKernel: true,
      priority: 12,
      doubts: ["pri-facility"],
    });
  });

  it("takes other programs for what they are", () => {
    expect(entry({ _TRANSPORT: "syslog", SYSLOG_IDENTIFIER: "app" })).toMatchObject({
      fromKernel: false,
      tag: "app",
      doubts: [],
    });
    expect(entry({ _TRANSPORT: "stdout" })?.fromKernel).toBe(false);
  });

  it("has nothing against the kernel where all who-fields were left out", () => {
    expect(entry({ __MONOTONIC_TIMESTAMP: "5" })).toMatchObject({
      fromKernel: true,
      tag: null,
      uptimeUs: null,
    });
  });

  it("prefers the source's own stamps, and says which are none", () => {
    expect(entry({ _TRANSPORT: "kernel", __MONOTONIC_TIMESTAMP: "5" })?.uptimeUs).toBe(5);
    expect(
      entry({ _TRANSPORT: "kernel", __MONOTONIC_TIMESTAMP: "5", _SOURCE_MONOTONIC_TIMESTAMP: "4" })?.uptimeUs,
    ).toBe(4);
    expect(entry({ _TRANSPORT: "syslog", __MONOTONIC_TIMESTAMP: "5" })?.uptimeUs).toBeNull();
    expect(entry({ __REALTIME_TIMESTAMP: "99999999999999999999" })?.stamp).toEqual({
      kind: "bad",
      text: "99999999999999999999",
    });
  });

  it("takes a repeated field's first value, and bytes", () => {
    expect(entry({ _HOSTNAME: ["a", "b"], MESSAGE: [[97, 98], "c"] })).toMatchObject({
      host: "a",
      text: "ab",
    });
  });
});

describe("dmesg -e", () => {
  it("counts from the minute that a line told", () => {
    const parser = createParser();
    const us = ["[Nov22 23:26] a", "[  +0.249084] b", "no header", "[ +12.000001] c", "[Nov 5 00:00] d"].map(
      (line) => {
        const stamp = parser.parse(line)?.stamp;
        return stamp?.kind === "yearless" ? stamp.ofYearUs : null;
      },
    );
    expect(us).toEqual([
      28_250_760_000_000,
      28_250_760_249_084,
      null,
      28_250_772_249_085,
      26_697_600_000_000,
    ]);
  });

  it("knows no time before the first minute, nor behind one in an unknown language", () => {
    const parser = createParser();
    expect(parser.parse("[  +0.249084] b")).toMatchObject({
      format: "dmesg-reltime",
      stamp: null,
      text: "b",
    });
    parser.parse("[Nov22 23:26] a");
    parser.parse("[xyz22 23:27] a");
    expect(parser.parse("[  +0.249084] b")?.stamp).toBeNull();
  });
});

describe("what was read before", () => {
  const lines = [...FORMATS, ...FALLBACKS]
    .filter((row) => row.form !== "minute")
    .flatMap((row) => [...row.samples.map((sample) => sample.line), ...row.lookalikes])
    .concat(
      `Mar  7 16:13:16 gw kernel[0]: text of kernel: ${FULL}`,
      `Mar  7 16:13:16 gw kernel: <6>[ 8430.420174] ${FULL}`,
      `Mar  7 16:13:16 gw kernel:  <3>${FULL}`,
      `Mar  7 16:13:16 gw kernel: ${FULL}`,
      `Mar  7 16:13:16 kernel kernel: ${FULL}`,
      `Mar  7 16:13:16 gw app: a kernel: ${FULL}`,
      `> Mar  7 16:13:16 gw kernel: ${FULL}`,
      "some prose about kernel: panic",
    );

  it("changes nothing but the minute of dmesg -e", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 12 }), (history) => {
        const parser = createParser();
        const all = history.map((line) => parser.parse(line));
        expect(all).toEqual(history.map(parse));
      }),
      { numRuns: 500 },
    );
  });
});

describe("any line", () => {
  it("gives an entry with whole numbers, and never throws", () => {
    const pieces = fc.constantFrom(
      ...[
        "<4>",
        "<999>",
        "Mar  7 16:13:16",
        "2026-05-14T05:37:26.5+02:00",
        "host",
        "kernel:",
        "kernel[7]:",
        "{",
        '{"MESSAGE":',
      ],
      ...[
        "[",
        "]",
        "[ 8430.420174]",
        "[  T37]",
        " ",
        ":",
        "\u001b[3",
        "\0",
        "4,5,6,-;",
        "\\x4",
        "=3D",
        "> ",
        "# ",
        '"',
        "I0310 ",
      ],
      ...[
        "-",
        "99999999999999999999",
        "last message repeated 3 times",
        "kern.warn",
        "kern  :warn  : ",
        "stdout F ",
        "\u2013",
        FULL,
      ],
    );
    const line = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(" ")),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(line, (text) => {
        const entry = parse(text);
        if (entry === null) return;
        expect(entry.text).toBe(entry.text.trim());
        expect(entry.uptimeUs === null || Number.isSafeInteger(entry.uptimeUs)).toBe(true);
        expect(entry.priority === null || (entry.priority >= 0 && entry.priority < 192)).toBe(true);
        expect(JSON.parse(JSON.stringify(entry))).toEqual(entry);
      }),
      { numRuns: 1000 },
    );
  });
});
