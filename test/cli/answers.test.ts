// report, query, advise, formats and runs as scripts see them: what they say, and the code they end with.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, hasStackTrace, type Program, type Ran, SAMPLES } from "./program.ts";

let program: Program;
/** Three drop lines of 2007. */
const DROPS = "drops.db";
/** A log without any. */
const QUIET = "quiet.db";

beforeAll(() => {
  program = buildProgram();
  const messages = join(SAMPLES, "mailsswl/messages");
  expect(run(["ingest", messages, "--db", DROPS, "--year", "2007", "--tz", "UTC"]).status).toBe(0);
  const calm = "Aug 30 13:25:46 gw kernel: eth0: link up\nAug 30 13:27:46 gw kernel: eth0: link down\n";
  writeFileSync(join(program.folder, "calm.log"), calm);
  expect(run(["ingest", "calm.log", "--db", QUIET, "--year", "2007", "--tz", "UTC"]).status).toBe(0);
});
afterAll(() => program.remove());

/** Runs the program; whatever it says must never hold a stack trace. */
function run(args: readonly string[]): Ran {
  const ran = program.run(args);
  expect(hasStackTrace(ran.err)).toBe(false);
  return ran;
}

it("a better-sqlite3 built for another Node is told in a sentence, with what mends it", () => {
  const refuse = join(program.folder, "refuse.cjs");
  const said = "The module 'better_sqlite3.node'\\nwas compiled against a different Node.js version";
  writeFileSync(
    refuse,
    `process.dlopen = () => { throw Object.assign(new Error("${said}"), { code: "ERR_DLOPEN_FAILED" }); };\n`,
  );
  const { status, err } = program.run(["query", "select 1", "--db", DROPS], {
    env: { NODE_OPTIONS: `--require ${refuse}` },
  });
  expect(err).toBe(
    `conntrail: a package does not fit this Node (${process.version}): The module 'better_sqlite3.node'\n` +
      "  npm rebuild (or npm ci) builds better-sqlite3 for the Node that runs it\n",
  );
  expect(status).toBe(1);
});

describe("a database that cannot be read ends with 1, in one line", () => {
  const COMMANDS = [["report"], ["query", "select 1 as one"], ["runs"], ["advise"], ["verify"]];

  for (const args of COMMANDS) {
    it(`${args[0]}: missing`, () => {
      const { status, out, err } = run([...args, "--db", "missing.db"]);
      expect(err).toBe("conntrail: no database at missing.db\n  conntrail ingest <path...> makes one\n");
      expect([status, out]).toEqual([1, ""]);
      expect(readdirSync(program.folder)).not.toContain("missing.db");
    });

    it(`${args[0]}: no database`, () => {
      writeFileSync(
        join(program.folder, "text.db"),
        "a text file that is longer than the header of a database\n",
      );
      const { status, err } = run([...args, "--db", "text.db"]);
      expect(err).toBe("conntrail: text.db is not an SQLite database\n");
      expect(status).toBe(1);
    });

    it(`${args[0]}: a database of something else`, () => {
      const other = new Database(join(program.folder, "other.db"));
      other.exec("create table if not exists stranger (name text)");
      other.close();
      const { status, err } = run([...args, "--db", "other.db"]);
      expect(err).toMatch(/^conntrail: other\.db [^\n]*not one of conntrail\n$/);
      expect(status).toBe(1);
    });
  }
});

it("reports tell the command that cuts a cited line out of a .gz, and its bytes hash as cited", () => {
  const line = (second: number) =>
    `Aug 30 13:25:4${second} gw kernel: ip_conntrack: table full, dropping packet.\n`;
  writeFileSync(join(program.folder, "old.1.gz"), gzipSync(`${"x\n".repeat(100)}${line(1)}${line(2)}`));
  run(["ingest", "old.1.gz", "--db", "gz.db", "--year", "2007", "--tz", "UTC"]);
  const report = (format: string) => run(["report", "--format", format, "--db", "gz.db"]).out;
  // 100 lines of two bytes come before; a drop line is 69 bytes and a line end.
  const told = "zcat FILE | tail -c +$((OFFSET+1)) | head -c LENGTH";
  const text = report("text");
  expect(text).toContain("- last line: old.1.gz, byte 270, 69 long\n");
  expect(text).toContain(`\n    ${told}\n`);
  expect(report("markdown")).toContain(`\`\`\`sh\n${told}\n\`\`\``);
  expect(report("html")).toContain(`<code>${told}</code>`);
  const [row] = parse(report("csv"), { columns: true }) as Record<string, string>[];
  expect(row).toMatchObject({ last_byte_offset: "270", last_byte_length: "69" });
  const command = told.replace("FILE", "old.1.gz").replace("OFFSET", "270").replace("LENGTH", "69");
  const cut = spawnSync("sh", ["-c", command], { cwd: program.folder }).stdout;
  expect(cut.toString()).toBe(line(2).trim());
  expect(createHash("sha256").update(cut).digest("hex")).toBe(row?.last_sha256);
});

describe("merge", () => {
  it("an input that is not there is told in our own words, and leaves no database", () => {
    const { status, err } = run(["merge", "nope.db", "--db", "merged.db"]);
    expect(err.split("\n")).toEqual([
      "conntrail: nope.db: no such file [no-such-file]",
      "conntrail: merged 0 sources of 1 input, 0 known, 0 events added to merged.db",
      "conntrail: none of the inputs could be read",
      "",
    ]);
    expect(status).toBe(1);
    expect(readdirSync(program.folder)).not.toContain("merged.db");
  });

  it("counts one as one", () => {
    writeFileSync(join(program.folder, "one.log"), "Aug 30 13:25:46 gw kernel: eth0: link up\n");
    run(["ingest", "one.log", "--db", "one.db", "--year", "2007", "--tz", "UTC"]);
    expect(run(["merge", "one.db", "--db", "merged.db"]).err).toBe(
      "conntrail: merged 1 source of 1 input, 0 known, 0 events added to merged.db\n",
    );
  });
});

describe("verify", () => {
  it("0 where all is as it was, 2 with a line on stdout for each citation that is not", () => {
    const path = join(program.folder, "seen.log");
    const line = (second: number) =>
      `Aug 30 13:25:4${second} gw kernel: ip_conntrack: table full, dropping packet.\n`;
    writeFileSync(path, line(1) + line(2) + line(3));
    run(["ingest", "seen.log", "--db", "seen.db", "--year", "2007", "--tz", "UTC"]);
    const good = run(["verify", "--all", "--db", "seen.db"]);
    expect([good.status, good.out, good.err]).toEqual([
      0,
      "same 3, changed 0, missing 0: 3 citations in 1 source\n",
      "",
    ]);
    writeFileSync(path, line(1) + line(7));
    const bad = run(["verify", "--all", "--db", "seen.db"]);
    expect(bad.status).toBe(2);
    expect(bad.out.split("\n")).toEqual([
      `changed  seen.log, byte 70, 69 long, event 2: other bytes stand there now; was: ${line(2).trim()}`,
      `missing  seen.log, byte 140, 69 long, event 3: it ends before them now; was: ${line(3).trim()}`,
      "same 1, changed 1, missing 1: 3 citations in 1 source",
      "",
    ]);
    const json = JSON.parse(run(["verify", "--all", "--json", "--db", "seen.db"]).out) as object;
    expect(json).toMatchObject({
      findings: [
        { outcome: "changed", id: 2, path: "seen.log", byte_offset: 70, byte_length: 69 },
        { outcome: "missing", id: 3, byte_offset: 140 },
      ],
      same: 1,
      changed: 1,
      missing: 1,
      moved: [],
    });
  });

  it("wrong usage and what is not there", () => {
    expect(run(["verify", "--burst", "x", "--db", DROPS]).status).toBe(64);
    expect(run(["verify", "--burst", "1", "--all", "--db", DROPS]).status).toBe(64);
    expect(run(["verify", "--burst", "99", "--db", DROPS])).toMatchObject({
      status: 1,
      err: `conntrail: no burst 99 in ${DROPS}\n  conntrail query bursts-by-time lists them\n`,
    });
  });
});

describe("report", () => {
  it("says on stdout what happened, and nothing on stderr", () => {
    const { status, out, err } = run(["report", "--db", DROPS]);
    expect(out).toContain("At least 3");
    expect([status, err]).toEqual([0, ""]);
  });

  it("--schema prints the schema that is shipped, without a database", () => {
    const { status, out } = run(["report", "--schema", "--db", "missing.db"]);
    expect(out).toBe(readFileSync(join(SAMPLES, "../schemas/report.schema.json"), "utf8"));
    expect(status).toBe(0);
  });

  it("--check: 3 with drops in the range, else 0", () => {
    const check = (...args: string[]) => run(["report", "--check", ...args]).status;
    expect(check("--db", DROPS)).toBe(3);
    expect(check("--db", DROPS, "--since", "2007-08-30T13:25:00Z", "--until", "2007-08-30T13:30:00Z")).toBe(
      3,
    );
    expect(check("--db", DROPS, "--since", "2008-01-01")).toBe(0);
    expect(check("--db", QUIET)).toBe(0);
  });

  it("--since and --until are obeyed to the microsecond", () => {
    const line = (us: string) =>
      `2021-03-10T10:00:00.${us}+00:00 gw1 kernel: nf_conntrack: table full, dropping packet\n`;
    writeFileSync(join(program.folder, "micro.log"), line("000001"));
    expect(run(["ingest", "micro.log", "--db", "micro.db"]).status).toBe(0);
    const check = (option: string, us: string) =>
      run(["report", "--check", option, `2021-03-10T10:00:00.${us}Z`, "--db", "micro.db"]).status;
    expect([check("--until", "000000"), check("--until", "000001")]).toEqual([0, 3]);
    expect([check("--since", "000001"), check("--since", "000002")]).toEqual([3, 0]);
  });

  it("every format is what it is called", () => {
    const of = (format: string) => run(["report", "--format", format, "--db", DROPS]).out;
    expect(JSON.parse(of("json"))).toHaveProperty("hosts");
    expect(of("html")).toMatch(/^<!doctype html>/i);
    expect(of("csv").split("\n")[0]).toContain("drops_min");
    expect(of("markdown")).toMatch(/^## mailsswl$/m);
  });

  it("--ascii is ASCII", () => {
    expect(run(["report", "--ascii", "--db", DROPS]).out).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it("--out writes a file, or into a folder, for owner and group only", () => {
    mkdirSync(join(program.folder, "out"));
    for (const [out, path] of [
      ["one.html", "one.html"],
      ["out", "out/conntrail-report.html"],
      ["made/", "made/conntrail-report.html"],
    ] as const) {
      const { status, out: said, err } = run(["report", "--format", "html", "--out", out, "--db", DROPS]);
      expect([status, said, err]).toEqual([0, "", `conntrail: wrote ${path}\n`]);
      const written = join(program.folder, path);
      expect(readFileSync(written, "utf8")).toMatch(/<\/html>\s*$/);
      expect(statSync(written).mode & 0o037).toBe(0);
    }
  });

  it("--out to where nothing can be written: 1, in one line", () => {
    const { status, err } = run(["report", "--out", "nowhere/report.txt", "--db", DROPS]);
    expect(err).toMatch(/^conntrail: cannot write nowhere\/report\.txt: ENOENT\n$/);
    expect(status).toBe(1);
  });

  it("leaves the database as it was, byte for byte", () => {
    const before = readFileSync(join(program.folder, DROPS));
    for (const format of ["text", "html", "json"])
      run(["report", "--format", format, "--db", DROPS, "--gap", "3"]);
    expect(readFileSync(join(program.folder, DROPS)).equals(before)).toBe(true);
    expect(readdirSync(program.folder).filter((name) => name.startsWith(`${DROPS}-`))).toEqual([]);
  });
});

describe("query", () => {
  const WRITING = [
    "delete from bursts",
    "delete from event",
    "insert into event default values returning 1",
    "update event set amount = 0",
    "drop view bursts",
    "pragma user_version = 7",
    "attach 'other.db' as other",
    "vacuum into 'copy.db'",
    "select 1; delete from event",
  ];

  for (const sql of WRITING) {
    it(`refuses: ${sql}`, () => {
      const before = readFileSync(join(program.folder, DROPS));
      const { status, out, err } = run(["query", sql, "--db", DROPS]);
      expect(err).toMatch(/^conntrail: [^\n]+\n$/);
      expect([status, out]).toEqual([1, ""]);
      expect(readFileSync(join(program.folder, DROPS)).equals(before)).toBe(true);
      expect(readdirSync(program.folder)).not.toContain("copy.db");
    });
  }

  it("rows as JSON, CSV and a table", () => {
    const sql = "select host, drops_reported from bursts";
    const of = (format: string) => run(["query", sql, "--format", format, "--db", DROPS]).out;
    expect(JSON.parse(of("json"))).toEqual([{ host: "mailsswl", drops_reported: 144 }]);
    expect(of("csv")).toBe("host,drops_reported\nmailsswl,144\n");
    expect(of("table")).toContain("mailsswl");
  });

  it("takes named parameters, and NULL for those not given", () => {
    const { out } = run([
      "query",
      "select :a as a, :b as b",
      "--param",
      "a=5",
      "--format",
      "json",
      "--db",
      DROPS,
    ]);
    expect(JSON.parse(out)).toEqual([{ a: "5", b: null }]);
  });

  it("a mistake in the SQL is told in one line: 1", () => {
    const { status, err } = run(["query", "select nope from bursts", "--db", DROPS]);
    expect(err).toBe("conntrail: the query: no such column: nope\n");
    expect(status).toBe(1);
  });

  it("alone lists the questions that are shipped", () => {
    expect(run(["query", "--db", DROPS]).status).toBe(0);
  });

  it("control bytes reach the terminal as text only", () => {
    const { out } = run(["query", "select char(27) || '[31m' as x", "--db", DROPS]);
    expect(out).not.toContain("\u001b");
    expect(out).toContain("\\x1b[31m");
  });
});

describe("advise", () => {
  it("reproduces the worked example", () => {
    const { status, out } = run([
      "advise",
      "--max",
      "65536",
      "--bytes-per-entry",
      "228",
      "--memory",
      "20MiB",
    ]);
    expect(out).toContain("14.25 MiB");
    expect(out).toContain("91980");
    expect(status).toBe(0);
  });

  it("from the evidence: nothing where nothing was dropped, and only of hosts that are in it", () => {
    expect(run(["advise", "--db", QUIET])).toMatchObject({ status: 0, err: "" });
    const { status, err } = run(["advise", "--host", "nobody", "--db", DROPS]);
    expect([status, err]).toEqual([1, "conntrail: no host nobody in drops.db\n"]);
  });
});

describe("formats and runs", () => {
  it("formats needs no database", () => {
    const { status, out } = run(["formats", "--format", "json", "--db", "missing.db"]);
    const rows = JSON.parse(out) as { kind: string; id: string; describes: string }[];
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(["log", "observation", "container"]));
    for (const row of rows) expect(row.describes).not.toBe("");
    expect(status).toBe(0);
  });

  it("runs tells what has been run", () => {
    const { status, out } = run(["runs", "--format", "json", "--db", DROPS]);
    expect(JSON.parse(out)).toMatchObject([
      { command: "ingest", status: "done", sources_read: 1, events_added: 6 },
    ]);
    expect(status).toBe(0);
  });
});

describe("query, piped", () => {
  const of = (sql: string, format: string) => run(["query", sql, "--format", format, "--db", DROPS]).out;

  it("has whole numbers to the last digit in every format", () => {
    const sql = "select 9007199254740993 as n";
    expect(of(sql, "csv")).toBe("n\n9007199254740993\n");
    expect(of(sql, "table")).toContain("\n9007199254740993\n");
    expect(JSON.parse(of(sql, "json"))).toEqual([{ n: "9007199254740993" }]);
  });

  it("has the head of CSV without rows, and both columns of one name", () => {
    expect(of("select host, kind from events where 0", "csv")).toBe("host,kind\n");
    expect(JSON.parse(of("select 1 as a, 2 as a", "json"))).toEqual([{ a: 1, a_2: 2 }]);
  });

  it("has a row a line, however long", () => {
    const wide = run([
      "query",
      `select '${"a b ".repeat(60)}' as x, started_time from runs`,
      "--db",
      DROPS,
    ]).out;
    expect(wide.split("\n")).toHaveLength(4);
    expect(run(["runs", "--db", DROPS]).out).toMatch(/ \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z {2}\d{4}-/);
  });
});

it("verify tells a path that leads nowhere, and ends with 2", () => {
  const { status, out, err } = run(["verify", "nosuchdir", "--db", DROPS]);
  expect(err).toBe("conntrail: nosuchdir: no such file [no-such-file]\n");
  expect(out).toContain("changed 0, missing 0");
  expect(status).toBe(2);
});

describe("a run that could not do its work is told to have failed, and why", () => {
  const last = (db: string) =>
    JSON.parse(
      run([
        "query",
        "select status, message from runs order by run_id desc limit 1",
        "--format",
        "json",
        "--db",
        db,
      ]).out,
    );

  // A database that such a run would be the first of is not left behind.
  it.each([
    ["ingest", "none of the given paths could be opened"],
    ["nightly", "none of the given paths could be opened"],
    ["merge", "none of the inputs could be read"],
  ])("%s", (command, message) => {
    expect(run(["ingest", "calm.log", "--db", "failed.db", "--year", "2007", "--tz", "UTC"]).status).toBe(0);
    const { status, err } = run([command, "missing.log", "--db", "failed.db"]);
    expect(err).toContain(`conntrail: ${message}\n`);
    expect(status).toBe(1);
    expect(last("failed.db")).toEqual([{ status: "failed", message }]);
  });

  it("and one that could do some of it is not", () => {
    expect(run(["ingest", "missing.log", "calm.log", "--db", "failed.db"]).status).toBe(2);
    expect(last("failed.db")).toEqual([{ status: "problems", message: null }]);
  });
});

/** Runs a command whose reader goes away after the first bytes. */
function readHead(args: readonly string[]): Promise<{ status: number | null; err: string }> {
  const child = spawn(process.execPath, [program.script, ...args], {
    cwd: program.folder,
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdout.once("data", () => child.stdout.destroy());
  return new Promise((resolve) => {
    child.on("close", (status) => resolve({ status, err }));
  });
}

describe("a reader that goes away (| head)", () => {
  const MANY =
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000) select i from n";

  it.each([
    ["query", MANY, "--format", "csv", "--db", DROPS],
    ["report", "--format", "html", "--db", DROPS],
    ["formats", "--format", "json"],
  ])("%s ends in silence", async (...args) => {
    expect(await readHead(args)).toEqual({ status: 0, err: "" });
  });
});

describe("odd uses", () => {
  it("report --out - is standard output", () => {
    expect(program.run(["report", "--out", "-", "--db", DROPS]).out).toContain("At least 3");
  });

  it("times are shown in named zones only", () => {
    expect(program.run(["report", "--display-tz", "+05:30", "--db", DROPS]).status).toBe(64);
  });

  it("report of a host that is not in the database is no report of silence", () => {
    const { status, out } = program.run(["report", "--host", "nobody", "--check", "--db", DROPS]);
    expect([status, out]).toEqual([1, ""]);
  });

  it("export of a host that is not in the database ends as report does, and writes nothing", () => {
    const args = ["--format", "ndjson", "--out", "lake", "--host", "nobody", "--db", DROPS];
    const { status, err } = program.run(["export", ...args]);
    expect([status, err]).toEqual([1, `conntrail: no host nobody in ${DROPS}\n`]);
    expect(readdirSync(program.folder)).not.toContain("lake");
  });

  it("a range that no log covers is not called a range without drops", () => {
    const { out } = program.run(["report", "--since", "2020-01-01", "--db", DROPS]);
    expect(out).not.toMatch(/^No drops/);
  });

  it("--out below a file is told in one line", () => {
    expect(hasStackTrace(program.run(["report", "--out", `${DROPS}/x`, "--db", DROPS]).err)).toBe(false);
  });

  it("a full disk behind standard output is told in one line", () => {
    const full = openSync("/dev/full", "w");
    const { stderr } = spawnSync(process.execPath, [program.script, "report", "--db", DROPS], {
      cwd: program.folder,
      env: cleanEnvironment(),
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect(hasStackTrace(stderr.toString())).toBe(false);
  });

  it("a folder is no database, and that is said", () => {
    mkdirSync(join(program.folder, "folder.db"));
    expect(program.run(["report", "--db", "folder.db"]).err).not.toContain("disk I/O error");
  });

  it("advice that cannot be given is not put down to a lack of drops", () => {
    expect(program.run(["advise", "--db", DROPS]).out).not.toContain("no drops in the evidence");
  });

  it("memory without a unit is not taken for so many bytes", () => {
    expect(program.run(["advise", "--memory", "20"]).status).toBe(64);
  });
});
