// Text is only text: host names, messages, file and member names that steer terminals, pages, tables, spreadsheets,
// shells and file systems come out of every command as something to read.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, hasStackTrace, type Program, type Ran } from "../cli/program.ts";
import { tarOf } from "../sources/support.ts";

/** Without blanks, as hosts are; each wants something of whoever shows it. */
const HOSTILE = [
  "\x1b[2J\x1b]0;owned\x07",
  "\x9b31mc1",
  "evil\u202egpj.exe",
  "\u200bzero\u2066\u2028wide",
  "<img/src=x/onerror=alert(1)>",
  "</script><script>alert(2)</script>",
  "[click](javascript:alert(3))|`code`|**bold**",
  '=HYPERLINK("http://evil.example","x")',
  "@SUM(1+1)*cmd|'/C-calc'!A0",
  "+1-1",
  "'; drop table event; --".replaceAll(" ", "/**/"),
  "../../../../tmp/escaped",
  "/etc/passwd",
  "$(touch\tpwned)`touch\tpwned`;&".replaceAll("\t", "$IFS"),
  "%2e%2e%2f%s%n",
  "..",
  "-rf",
  "x".repeat(3000),
];
/** Raw, these steer: controls but newline (and tab, in a table of our own), format characters, separators. */
const STEERS = /[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;

let program: Program;
let logs: string;
let db: string;
let outputs: readonly (readonly [name: string, ran: Ran])[];
beforeAll(async () => {
  program = buildProgram();
  logs = join(program.folder, "logs");
  db = join(program.folder, "h.db");
  mkdirSync(logs);
  const lines = HOSTILE.flatMap((host, i) => [
    `2026-11-20T10:00:${String(i).padStart(2, "0")}+00:00 ${host} kernel: nf_conntrack: table full, dropping packet\n`,
    `2026-11-20T10:00:${String(i).padStart(2, "0")}+00:00 ${host} kernel: sysctl: net.netfilter.nf_conntrack_max = 6${i} ${host}\n`,
  ]);
  writeFileSync(join(logs, "messages"), lines.join(""));
  const names = HOSTILE.map((name) => name.replaceAll("/", "_").slice(0, 90)).filter((name) => name !== "..");
  for (const [i, name] of names.entries()) {
    const line = `2026-11-20T11:00:${String(i).padStart(2, "0")}+00:00 gw kernel: nf_conntrack: table full, dropping packet\n`;
    writeFileSync(join(logs, name), line.repeat(i + 1));
    writeFileSync(join(logs, `half ${name}.gz`), Buffer.from([0x1f, 0x8b, 8, 0, 0]));
  }
  const members = HOSTILE.filter((name) => name.length < 90).map((name, i) => ({
    name,
    text: `${"2026-11-20T12:00:00+00:00 gw kernel: nf_conntrack: table full, dropping packet\n".repeat(i + 30)}\0`,
  }));
  writeFileSync(join(logs, "members.tar"), (await tarOf(members)).subarray(0, -700));
  const run = (...args: string[]) => [args.join(" "), program.run(args)] as const;
  const evil = `${logs}/no\x1b[31m\n\u202esuch=file`;
  outputs = [
    run("ingest", logs, evil, "--db", db),
    run("ingest", logs, evil, "--db", `${db}2`, "--json-log"),
    ...["text", "html", "markdown", "json", "csv"].map((format) =>
      run("report", "--db", db, "--format", format),
    ),
    run("report", "--db", db, "--ascii"),
    run("report", "--db", db, "--lang", "es"),
    run("report", "--db", db, "--host", "\x1b[2Jnobody\u202e"),
    ...["table", "csv", "json"].flatMap((format) => [
      run("query", "select * from events", "--db", db, "--format", format),
      run("query", "select * from sources", "--db", db, "--format", format),
      run("query", "select * from problems", "--db", db, "--format", format),
      run("runs", "--db", db, "--format", format),
    ]),
    run("advise", "--db", db),
    run("nightly", logs, "--db", join(program.folder, "n.db"), "--out", join(program.folder, "out")),
    run("report", "--db", evil),
    run("report", "--db", evil, "--json-log"),
    run("query", "select '\x1b[31m\u202e", "--db", db),
    run("report", "--db", db, "--since", "\x1b[31m\u202e"),
    run("\x1b[31mno\u202e", "--db", db),
    run("report", "--db", db, "--\x1b[31mno\u202e"),
    run("sample", "--\x1b[31mno\u202e"),
    run("nightly", logs, "--config", `${evil}.json`),
  ];
}, 600_000);
afterAll(() => program.remove());

const outputOf = (name: string): string => {
  const found = outputs.find(([args]) => args.includes(name));
  if (found === undefined) throw new Error(`nothing was run like ${name}`);
  return found[1].out;
};

describe("every output of the program", () => {
  it("steers nothing", () => {
    const steered = outputs.flatMap(([name, { out, err }]) =>
      [out, err].flatMap((text) => {
        const at = text.search(STEERS);
        return at < 0
          ? []
          : [`${JSON.stringify(name)}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`];
      }),
    );
    expect(steered).toEqual([]);
  });
  it("is no crash", () => {
    expect(outputs.filter(([, { out, err }]) => hasStackTrace(out + err)).map(([name]) => name)).toEqual([]);
    expect(outputs.filter(([, { status }]) => status === null || status > 75)).toEqual([]);
  });
  it("in --json-log every line is an object, and says the path as it is", () => {
    const logged = outputs.filter(([name]) => name.includes("--json-log")).map(([, { err }]) => err);
    const objects = logged
      .flatMap((err) => err.trimEnd().split("\n"))
      .map((line) => JSON.parse(line) as { message: string });
    expect(objects.length).toBeGreaterThan(HOSTILE.length);
    expect(objects.some(({ message }) => message.includes("\x1b[31m"))).toBe(true);
  });
});

describe("formats", () => {
  it("no page runs what a log says", () => {
    const pages = [outputOf("--format html"), ...reports(".html")];
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      expect(page).not.toMatch(/<img|<script>alert|<[^>]+\son\w+\s*=|href="?\s*javascript:/i);
      const policy = /http-equiv="Content-Security-Policy"[^>]*content="([^"]*)"/i.exec(page)?.[1];
      if (policy !== undefined) expect(policy).not.toContain("unsafe-inline' 'self'");
    }
  });
  it("no Markdown holds markup of a log", () => {
    for (const page of [outputOf("--format markdown"), ...reports(".md")]) {
      const bare = page.replace(/(`+)(?:(?!\1)[\s\S])*?\1/g, "");
      expect(bare).not.toMatch(/<\w|(?<!\\)\]\(javascript|(?<!\\)\*\*bold/);
    }
  });
  it("no cell of a CSV is a formula", () => {
    for (const [name, { out }] of outputs.filter(([args]) => args.includes("--format csv"))) {
      const rows = parse(out, { relax_column_count: true }) as string[][];
      const formulas = rows.flat().filter((cell) => /^\s*[=+@-]/.test(cell) && !/^-?[\d.]+$/.test(cell));
      expect([name, formulas]).toEqual([name, []]);
    }
  });
  // A terminal's escapes in a line are a recording's, and are taken off when it is read.
  it("JSON gives every host back as it was", () => {
    const rows = JSON.parse(outputOf(`select * from events --db ${db} --format json`)) as {
      host: string;
    }[];
    const hosts = new Set(rows.map(({ host }) => host));
    expect(HOSTILE.filter((host) => !hosts.has(host) && !/[\x1b\u2028]/.test(host))).toEqual([]);
  });
});

describe("the machine", () => {
  it("reports lie below their folder, a folder for each host, under names of plain letters", () => {
    const out = join(program.folder, "out");
    const names = readdirSync(out, { recursive: true }) as string[];
    expect(
      names.filter(
        (name) => !/^[\w%.~/-]+$/.test(name) || name.split("/").some((part) => /^\.\.?$/.test(part)),
      ),
    ).toEqual([]);
    expect(readdirSync(out).length).toBeGreaterThanOrEqual(HOSTILE.length);
    for (const name of names) expect(realpathSync(join(out, name)).startsWith(realpathSync(out))).toBe(true);
  });
  it("nothing was run, made or dropped", () => {
    for (const name of ["pwned", "logs/pwned"]) expect(existsSync(join(program.folder, name))).toBe(false);
    expect(existsSync("/tmp/escaped")).toBe(false);
    expect(readdirSync(program.folder).sort()).toEqual(["h.db", "h.db2", "logs", "n.db", "out"]);
    rmSync(join(program.folder, "h.db2"));
  });
});

function reports(extension: string): string[] {
  const out = join(program.folder, "out");
  const names = (readdirSync(out, { recursive: true }) as string[]).filter((name) =>
    name.endsWith(extension),
  );
  return names.map((name) => readFileSync(join(out, name), "utf8"));
}
