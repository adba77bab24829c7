// The documents against the program. What the README shows is run again and compared; `npm run accept` writes
// what the program says now into it.

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, type Program, SAMPLES } from "./cli/program.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
const { version, dependencies, optionalDependencies, scripts } = JSON.parse(read("package.json")) as {
  version: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  scripts: Record<string, string>;
};

/** First cells of the table below a heading, its head and rule left out. */
function firstColumn(text: string, heading: string): string[] {
  const section = text.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).map((row) => (row.split("|")[1] ?? "").trim());
}

describe("README", () => {
  let program: Program;
  beforeAll(() => {
    program = buildProgram();
    // `conntrail` on the path, and the samples where the README's reader has them.
    const bin = join(program.folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "conntrail"), `#!/bin/sh\nexec "${process.execPath}" "${program.script}" "$@"\n`);
    chmodSync(join(bin, "conntrail"), 0o755);
    symlinkSync(SAMPLES, join(program.folder, "samples"));
  });
  afterAll(() => program.remove());

  /** What a shell shows for a command: both streams, in order. */
  const shell = (command: string): string => {
    const path = `${join(program.folder, "bin")}:${process.env.PATH ?? ""}`;
    const { stdout } = spawnSync("sh", ["-c", `{ ${command}; } 2>&1`], {
      cwd: program.folder,
      env: { ...cleanEnvironment(), PATH: path },
    });
    return stdout.toString().trimEnd();
  };

  const console = (commands: readonly string[]) => {
    const shown = commands.map((command) => `$ ${command}\n${shell(command)}`);
    return `\`\`\`console\n${shown.join("\n")}\n\`\`\``;
  };

  const help = (): string => {
    const names = [...shell("conntrail --help").matchAll(/^ {2}conntrail (\w+)/gm)].map((match) => match[1]);
    const blocks = names.map((name) => `### ${name}\n\n${console([`conntrail ${name} --help`])}`);
    return [console(["conntrail --help"]), ...blocks].join("\n\n");
  };

  it("shows what the program really says", async () => {
    const filled = read("README.md")
      .replace(/^```console\n(.*?)^```$/gms, (block, inner: string) =>
        inner.startsWith("$ ") && !inner.includes("--help")
          ? console([...inner.matchAll(/^\$ (.*)$/gm)].map((match) => match[1] ?? ""))
          : block,
      )
      .replace(/(<!-- help -->\n).*(<!-- \/help -->)/s, (_, start: string, end: string) => {
        return `${start}\n${help()}\n\n${end}`;
      });
    await expect(filled).toMatchFileSnapshot("../README.md");
  });

  it("its SQL runs, over public views, and finds something", () => {
    const statements = [...read("README.md").matchAll(/^```sql\n(.*?)^```$/gms)].map(
      (match) => match[1] ?? "",
    );
    expect(statements.length).toBeGreaterThan(2);
    shell("conntrail ingest samples/router-2026 --db sql.db");
    const db = new Database(join(program.folder, "sql.db"), { readonly: true });
    for (const sql of statements) expect(db.prepare(sql).all(), sql).not.toEqual([]);
    const views = db.prepare("select name from sqlite_schema where type = 'view'").all() as {
      name: string;
    }[];
    for (const { name } of views) expect(read("README.md")).toContain(`\`${name}\``);
    db.close();
  });

  it("names npm scripts that are there", () => {
    const named = [...read("README.md").matchAll(/npm (?:run (\w+)|(start|test))/g)];
    for (const [, script, lifecycle] of named) expect(scripts).toHaveProperty(script ?? lifecycle ?? "");
  });
});

/** The contract's glossary. */
const WORDS = [
  "source",
  "host",
  "boot",
  "netns",
  "channel",
  "event",
  "observation",
  "citation",
  "basis",
  "burst",
  "witness",
  "bounds",
  "limit in force",
  "problem",
];

describe("ARCHITECTURE", () => {
  const text = read("ARCHITECTURE.md");
  const code = (readdirSync(join(ROOT, "src"), { recursive: true }) as string[])
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => read(`src/${name}`))
    .join("\n");

  it("describes the house in under 200 lines, before the tables of faults and figures", () => {
    const [house = ""] = text.split("\n## Faults and their tests");
    expect(house).not.toBe(text);
    expect(house.split("\n").length).toBeLessThan(200);
  });

  it("its glossary has every word, and the code uses each", () => {
    const words = firstColumn(text, "Glossary");
    expect(words).toEqual(expect.arrayContaining(WORDS));
    for (const word of words) expect(code.toLowerCase()).toContain(word);
  });

  it("its layers are the folders of src/", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map(({ name }) => `\`${name}/\``);
    const told = firstColumn(text, "Layers").filter((cell) => cell.endsWith("/`"));
    expect(told.sort()).toEqual(folders.sort());
  });

  it("gives a reason for each production dependency, and for no other", () => {
    const optional = Object.keys(optionalDependencies).map((name) => `${name} (optional)`);
    const told = firstColumn(text, "Production dependencies");
    expect(told.sort()).toEqual([...Object.keys(dependencies), ...optional].sort());
  });
});

describe("all documents", () => {
  const NAMES = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "samples/README.md"];

  it.each(NAMES)("%s names files that are there", (name) => {
    const named = [...read(name).matchAll(/`((?:src|test|samples|sql)\/[\w./-]+|[A-Z]+\.md)`/g)].map(
      (one) => one[1],
    );
    const lost = named.filter((path) => path !== undefined && !existsSync(join(ROOT, path)));
    expect(lost.filter((path) => path !== "BOUNDS.md")).toEqual([]);
  });

  it("the changelog begins with this version", () => {
    expect(/^## (\S+)/m.exec(read("CHANGELOG.md"))?.[1]).toBe(version);
  });
});
