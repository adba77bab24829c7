// Wrong usage ends with 64 and says in one line what is wrong, perhaps with a hint below; help has examples.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, hasStackTrace, type Program } from "./program.ts";

const COMMANDS = ["ingest", "report", "query", "advise", "formats", "runs"];

let program: Program;
beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

interface Wrong {
  readonly name: string;
  readonly args: readonly string[];
  readonly says: RegExp;
}

const WRONG: readonly Wrong[] = [
  { name: "no command", args: [], says: /say a command/ },
  { name: "an unknown command", args: ["nonsense"], says: /nonsense/ },
  { name: "a command misspelt, with a suggestion", args: ["reprot"], says: /report\?/ },
  { name: "no path", args: ["ingest"], says: /^conntrail: ingest needs a path\n/ },
  {
    name: "no path, but options",
    args: ["ingest", "--no-hash", "--tz=UTC", "--jobs", "2"],
    says: /: ingest needs a path\n/,
  },
  {
    name: "an unknown option that takes the path for its value, with a suggestion",
    args: ["ingest", "--yaer", "x"],
    says: /: Unknown argument: yaer\n.*--year\?/,
  },
  { name: "an unknown option", args: ["report", "--nonsense"], says: /nonsense/ },
  {
    name: "an option misspelt, with a suggestion",
    args: ["report", "--trusted-onyl"],
    says: /: Unknown argument: trusted-onyl\n.*--trusted-only\?/,
  },
  { name: "an argument that no command takes", args: ["report", "surplus"], says: /surplus/ },
  { name: "a zone that is none", args: ["ingest", "x", "--tz", "Mars/Olympus"], says: /Mars\/Olympus/ },
  { name: "a year that is none", args: ["ingest", "x", "--year", "1"], says: /--year 1 .*1970/ },
  { name: "a year in words", args: ["ingest", "x", "--year", "last"], says: /--year/ },
  { name: "a year twice", args: ["ingest", "x", "--year", "2007", "--year", "2008"], says: /--year/ },
  {
    name: "a reference that is no date",
    args: ["ingest", "x", "--reference", "soon"],
    says: /--reference soon/,
  },
  { name: "a gap that is none", args: ["ingest", "x", "--gap", "-5"], says: /--gap -5/ },
  {
    name: "a gap without end",
    args: ["ingest", "x", "--gap", "1e300"],
    says: /--gap 1e300 must be .* a year/,
  },
  {
    name: "a gap below all instants",
    args: ["report", "--gap", "1e-9"],
    says: /--gap 1e-9 must be from a microsecond/,
  },
  { name: "a format that is none", args: ["report", "--format", "pdf"], says: /pdf/ },
  { name: "a display zone that is none", args: ["report", "--display-tz", "Foo/Bar"], says: /Foo\/Bar/ },
  { name: "a limit of nothing", args: ["advise", "--max", "0"], says: /--max/ },
  { name: "memory that is no size", args: ["advise", "--memory", "lots"], says: /--memory lots .*\n.*20MiB/ },
  { name: "a limit that is no number", args: ["advise", "--max", "lots"], says: /--max/ },
  { name: "a limit without its value", args: ["advise", "--max"], says: /max/ },
  { name: "a parameter without a value", args: ["query", "select :n", "--param", "n"], says: /--param n/ },
  {
    name: "a parameter that the query does not have, with a suggestion",
    args: ["query", "worst-bursts", "--param", "hots=localhost"],
    says: /no :hots\n.*host\?/,
  },
  {
    name: "a parameter of a statement that takes none",
    args: ["query", "select 1 as one", "--param", "host=gw1"],
    says: /no :host\n.*takes none/,
  },
];

describe("wrong usage", () => {
  // A file that is there, so that nothing but the usage is wrong.
  const db = "usage.db";
  beforeAll(() => {
    expect(program.run(["ingest", "-", "--db", db]).err).not.toContain("internal error");
  });

  for (const { name, args, says } of WRONG) {
    it(name, () => {
      const { status, out, err } = program.run([...args, ...(args.length > 1 ? ["--db", db] : [])]);
      expect(err).toMatch(says);
      expect(err).toMatch(/^conntrail: [^\n]+\n( {2}[^\n]+\n){0,3}$/);
      expect(hasStackTrace(err)).toBe(false);
      expect([status, out]).toEqual([64, ""]);
    });
  }

  it("a question that is not shipped names those that are", () => {
    const { status, err } = program.run(["query", "no-such-question", "--db", db]);
    expect(err).toMatch(/no shipped query no-such-question\n {2}one of: /);
    expect(status).toBe(64);
  });
});

describe("wrong usage is told well", () => {
  it("an unknown option earns a suggestion", () => {
    expect(program.run(["report", "--formt", "html"]).err).toContain("--format");
  });
  it("an unknown command is named beside its suggestion", () => {
    expect(program.run(["reprot"]).err).toContain("reprot");
  });
  it("a choice that is none is told in one line", () => {
    expect(program.run(["report", "--format", "pdf"]).err).toMatch(/^conntrail: .*pdf.*\n/);
  });
  it("an offset beyond any zone is no zone", () => {
    expect(program.run(["ingest", "x", "--tz", "+99:00"]).status).toBe(64);
  });
  it("an option without its value is wrong usage, not the default", () => {
    expect(program.run(["ingest", "x", "--year"]).status).toBe(64);
  });
  it("a year in words is repeated as it was typed", () => {
    expect(program.run(["ingest", "x", "--year", "last"]).err).toContain("last");
  });
  it("a range that ends before it begins", () => {
    const args = ["report", "--since", "2027-01-01", "--until", "2020-01-01"];
    expect(program.run(args).status).toBe(64);
  });
  it("a size to cost without anything to cost", () => {
    expect(program.run(["advise", "--bytes-per-entry", "300"]).status).toBe(64);
  });
  it("the language of the terminal does not change what is said", () => {
    const inSpanish = program.run(["runs", "--help"], { env: { LC_ALL: "es_ES.UTF-8" } });
    expect(inSpanish.out).toBe(program.run(["runs", "--help"]).out);
  });
});

/** Commands whose help has no examples yet; to be empty. */
const WITHOUT_EXAMPLES: string[] = [];

describe("help", () => {
  it("lists every command", () => {
    const { status, out } = program.run(["--help"]);
    expect(status).toBe(0);
    for (const command of COMMANDS) expect(out).toContain(`conntrail ${command}`);
  });

  for (const command of COMMANDS) {
    it(`${command} --help goes to stdout, has examples, and ends with 0`, () => {
      const { status, out, err } = program.run([command, "--help"]);
      expect([status, err]).toEqual([0, ""]);
      expect(out).toMatch(new RegExp(`^conntrail ${command}\\b`));
      expect(/\nExamples:\n {2}.*conntrail /.test(out)).toBe(!WITHOUT_EXAMPLES.includes(command));
    });
  }

  it("--version is that of package.json", () => {
    expect(program.run(["--version"]).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
