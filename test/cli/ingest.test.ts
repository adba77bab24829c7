// conntrail ingest as scripts see it: what it says, and the code it ends with.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildProgram, hasStackTrace, type Program, type Ran, type RunOptions, SAMPLES } from "./program.ts";

const MESSAGES = join(SAMPLES, "mailsswl/messages");
const DATING = ["--year", "2007", "--tz", "UTC"];

let program: Program;
let folder: string;
let db: string;
let count = 0;
beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());
beforeEach(() => {
  count++;
  folder = join(program.folder, String(count));
  mkdirSync(folder);
  db = join(folder, "test.db");
});

/** Runs `ingest` in this test's folder; what it said must never hold a stack trace. */
function ingest(args: readonly string[], options: RunOptions = {}): Ran {
  const ran = program.run(["ingest", ...args, "--db", db, ...DATING], { cwd: folder, ...options });
  expect(hasStackTrace(ran.err)).toBe(false);
  expect(ran.out).toBe("");
  return ran;
}

function ask(sql: string): Record<string, unknown>[] {
  return JSON.parse(program.run(["query", sql, "--format", "json", "--db", db]).out) as Record<
    string,
    unknown
  >[];
}

const DROPS = "select coalesce(sum(amount), 0) as drops from events where kind = 'drop'";

describe("done", () => {
  it("says in one line what was read", () => {
    const { status, err } = ingest([MESSAGES]);
    expect(err).toBe(`conntrail: read 1 new source, 0 known, 6 events added to ${db}\n`);
    expect(status).toBe(0);
    expect(ask(DROPS)).toEqual([{ drops: 3 }]);
  });

  it("a second time adds nothing and is no failure", () => {
    ingest([MESSAGES]);
    const again = ingest([MESSAGES]);
    expect([again.status, again.err]).toEqual([
      0,
      `conntrail: read 0 new sources, 1 known, 0 events added to ${db}\n`,
    ]);
    expect(ask(DROPS)).toEqual([{ drops: 3 }]);
    expect(ask("select status, events_added from runs order by run_id")).toEqual([
      { status: "done", events_added: 6 },
      { status: "done", events_added: 0 },
    ]);
  });

  it("options that a known source was not read with are told, and what takes them", () => {
    copyFileSync(MESSAGES, join(folder, "copy"));
    ingest([MESSAGES]);
    const again = program.run(["ingest", MESSAGES, "copy", "--year", "2008", "--tz", "UTC", "--db", db], {
      cwd: folder,
    });
    expect(again.err).toBe(
      "conntrail: --year not applied to 1 known source: it was read with other options, and was not read again; " +
        "a new database (--db FILE) takes these\n" +
        `conntrail: read 0 new sources, 2 known, 0 events added to ${db}\n`,
    );
    expect(again.status).toBe(0);
    expect(ask("select distinct substr(time, 1, 4) as year from events")).toEqual([{ year: "2007" }]);
    // The same options, and none, are no others.
    expect(ingest([MESSAGES]).err).not.toContain("not applied");
    expect(program.run(["ingest", MESSAGES, "--db", db]).err).not.toContain("not applied");
  });

  it("the same bytes under another name add nothing", () => {
    writeFileSync(join(folder, "copy"), readFileSync(MESSAGES));
    ingest([MESSAGES]);
    expect(ingest(["copy"]).err).toContain("0 events added");
  });

  it("--quiet says nothing", () => {
    expect(ingest([MESSAGES, "--quiet"])).toEqual({ status: 0, out: "", err: "" });
  });

  it("the database is named by CONNTRAIL_DB where --db does not", () => {
    const path = join(folder, "named.db");
    const ran = program.run(["ingest", MESSAGES], { cwd: folder, env: { CONNTRAIL_DB: path } });
    expect(ran.err).toContain(path);
  });

  it("a file called .gz that is text is read as the text it is", () => {
    copyFileSync(MESSAGES, join(folder, "messages.gz"));
    expect(ingest(["messages.gz"]).status).toBe(0);
    expect(ask(DROPS)).toEqual([{ drops: 3 }]);
  });

  it("a gzip that is called otherwise is read as the gzip it is", () => {
    writeFileSync(join(folder, "messages"), gzipSync(readFileSync(MESSAGES)));
    expect(ingest(["messages"]).status).toBe(0);
    expect(ask(DROPS)).toEqual([{ drops: 3 }]);
  });

  it("an empty folder is no failure", () => {
    mkdirSync(join(folder, "empty"));
    expect(ingest(["empty"]).status).toBe(0);
  });
});

describe("problems", () => {
  it("a missing file takes one line; the others are read; 2", () => {
    const { status, err } = ingest(["missing.log", MESSAGES]);
    expect(err.split("\n")).toHaveLength(3);
    expect(err).toMatch(/^conntrail: missing\.log: .*no such file \[no-such-file\]\n/);
    expect(status).toBe(2);
    expect(ask(DROPS)).toEqual([{ drops: 3 }]);
    expect(ask("select path, kind, count from problems")).toEqual([
      { path: "missing.log", kind: "no-such-file", count: 1 },
    ]);
  });

  it("--quiet still says what went wrong, and nothing else", () => {
    expect(ingest(["missing.log", MESSAGES, "--quiet"]).err).toMatch(/^conntrail: missing\.log: [^\n]*\n$/);
  });

  it("nothing but missing files: 1", () => {
    const { status, err } = ingest(["missing.log", "gone.log"]);
    expect(err).toContain("none of the given paths could be opened");
    expect(status).toBe(1);
    // No database is left where none was, and one that was there stays.
    expect(readdirSync(folder)).toEqual([]);
    ingest([MESSAGES]);
    expect(ingest(["missing.log"]).status).toBe(1);
    expect(ask(DROPS)).toEqual([{ drops: 3 }]);
    expect(readdirSync(folder)).toEqual(["test.db"]);
  });

  it("a pattern that fits nothing: 1", () => {
    expect(ingest(["nothing-*.log"]).status).toBe(1);
  });

  it("half a gzip: what stands before the damage is kept, the damage is told; 2", () => {
    const lines = Array.from({ length: 2000 }, (_, i) => line(i));
    const whole = gzipSync(lines.join(""));
    writeFileSync(join(folder, "half.gz"), whole.subarray(0, Math.floor(whole.length / 2)));
    const { status, err } = ingest(["half.gz"]);
    expect(err).toMatch(/^conntrail: half\.gz: .* at byte \d+ \[truncated\]\n/);
    expect(status).toBe(2);
    const drops = Number(ask(DROPS)[0]?.drops);
    expect(drops).toBeGreaterThan(100);
    expect(drops).toBeLessThan(2000);
    expect(ask("select complete from sources")).toEqual([{ complete: 0 }]);
  });

  it("bytes of a name reach the terminal as text only", () => {
    const { err } = ingest(["a\u001b[31mb\nc"]);
    expect(err).not.toContain("\u001b");
    expect(err).toContain("a\\x1b[31mb");
  });

  it("--json-log: every line is an object that names the path and the kind", () => {
    const { status, err } = ingest(["missing.log", MESSAGES, "--json-log"]);
    const told = err
      .trimEnd()
      .split("\n")
      .map((one) => JSON.parse(one) as Record<string, unknown>);
    expect(told.map(({ level }) => level)).toEqual(["warning", "info"]);
    expect(told[0]).toMatchObject({ path: "missing.log", problem: { kind: "no-such-file" } });
    expect(told[1]).toMatchObject({ sourcesRead: 1, eventsAdded: 6, problems: 1 });
    expect(status).toBe(2);
  });
});

/** One drop line of its own second, with digits that do not compress away. */
function line(i: number): string {
  const clock = new Date(Date.UTC(2007, 7, 30) + i * 1000).toISOString().slice(11, 19);
  const noise = Buffer.from(`${i * 7919}${i ** 3}`).toString("base64");
  return `Aug 30 ${clock} gw kernel: ip_conntrack: table full, dropping packet.\nAug 30 ${clock} gw app: ${noise}\n`;
}

describe("a database that cannot be", () => {
  it("is no SQLite file: 1, in one line, and the file is left as it was", () => {
    const text = "this is a text file, and nothing else, however it is called\n";
    writeFileSync(db, text);
    const { status, err } = ingest([MESSAGES]);
    expect(err).toBe(`conntrail: ${db} is not an SQLite database\n`);
    expect(status).toBe(1);
    expect(readFileSync(db, "utf8")).toBe(text);
  });
});

describe("odd uses", () => {
  it("- is standard input", () => {
    ingest(["-", "--host", "gw1"], { input: readFileSync(MESSAGES) });
    expect(ask(DROPS)).toEqual([{ drops: 3 }]);
  });

  it("paths may follow --", () => {
    const ran = program.run(["ingest", "--db", db, "--", MESSAGES], { cwd: folder });
    expect(ran.status).toBe(0);
  });

  it("a database in a folder that is not there is told in one line", () => {
    const ran = program.run(["ingest", MESSAGES, "--db", join(folder, "nowhere/test.db")]);
    expect(hasStackTrace(ran.err)).toBe(false);
  });

  it("a path is said once in a line", () => {
    expect(ingest(["missing.log", MESSAGES]).err.match(/missing\.log/g)).toHaveLength(1);
  });

  it("with --json-log the last word of a failure is JSON too", () => {
    const { err } = ingest(["missing.log", "--json-log"]);
    for (const one of err.trimEnd().split("\n")) JSON.parse(one);
  });

  it("the database itself is no log, wherever it lies", () => {
    writeFileSync(join(folder, "messages"), readFileSync(MESSAGES));
    expect(ingest(["."]).err).not.toContain("test.db:");
  });
});
