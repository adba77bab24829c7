// The rules of the house, read off the code itself: who may import whom, how long things may be, where SQL and
// outside packages live. A rule is never bent here: what breaks one stands in an exceptions table with its
// reason, and an exception that is no longer needed fails as well, so that the tables can only shrink.

import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const CORE = ["lines", "formats", "clock", "messages", "observations", "evidence", "analysis", "render"];
const NOUNS = ["model", "errors.ts"];
const BELOW_PIPELINE = [...NOUNS, ...CORE, "sources", "store"];

/** The layer table: a folder (or file of `src/`), and what it may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "errors.ts": [],
  model: [],
  ...Object.fromEntries(CORE.map((folder) => [folder, NOUNS])),
  sources: NOUNS,
  store: NOUNS,
  pipeline: BELOW_PIPELINE,
  config: NOUNS,
  commands: [...NOUNS, "render", "store", "pipeline", "config"],
  "cli.ts": ["errors.ts", "commands"],
  start: [],
};

/** The rooms of `pipeline/`, and what each may import besides itself and what lies beside the rooms. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  reading: [],
  ahead: ["reading"],
  dating: ["reading"],
  analysing: [],
  ingesting: ["reading", "ahead", "dating", "analysing"],
  reporting: ["analysing"],
  verifying: ["reading"],
  fleet: ["reading", "dating", "analysing", "ingesting"],
  nightly: ["analysing", "ingesting", "reporting"],
};

/** Packages with one home. */
const HOMES: readonly { readonly packages: RegExp; readonly home: string }[] = [
  { packages: /^(better-sqlite3|hyparquet-writer)$/, home: "store" },
  { packages: /^yargs$/, home: "commands" },
  { packages: /^cli-progress$/, home: "commands" },
  { packages: /^split2$/, home: "lines" },
  { packages: /^(preact|preact-render-to-string|d3-[a-z-]+)$/, home: "render" },
  { packages: /^tar-stream$/, home: "sources" },
  { packages: /^valibot$/, home: "config" },
];

const TOUCHES_DISK = /^node:(fs|fs\/promises|child_process)$/;
const MAY_TOUCH_DISK = ["sources", "store", "commands", "start"];
/** Nothing here uses the network. */
const NETWORK = /^node:(net|tls|dgram|dns|http|https|http2|quic)(\/|$)/;

/** What a pure function cannot see; it is passed in. */
const OUTSIDE_WORLD = /^(process\.|console\.|Date\.now\b|new Date\(\)|Math\.random\b|performance\.)/;

const MOST_FILE_LINES = 250;
const MOST_FUNCTION_LINES = 50;
/** Tables: as long as the world they describe. */
const TABLE_FILES = /(^|\/)(catalogue\.ts$|words\/)/;
const FUNCTION = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;
const NOT_A_NAME = /^(utils?|helpers?|common|misc)$/;
/** A statement, not a word: `select` needs its `from`, `update` its `set`. */
const STATEMENT =
  /\bselect\b[\s\S]*\bfrom\b|\binsert\s+(or\s+\w+\s+)?into\b|\bupdate\s+\S+\s+set\b|\bdelete\s+from\b/i;

type Exceptions = Readonly<Record<string, string>>;

/** `importing file > imported file`. */
const EDGES_TO_MEND: Exceptions = {
  "commands/advise.ts > analysis/advise.ts": "one constant; wants a way through pipeline/",
  "commands/advise.ts > analysis/sizing.ts": "the arithmetic; wants a way through pipeline/",
};

const DISK_OUTSIDE_THE_EDGE: Exceptions = {};

/** Longer than may be: how long now, which may only fall, and why it is so. */
type Longer = Readonly<Record<string, readonly [lines: number, reason: string]>>;

const FILES_TO_SPLIT: Longer = {};

const SHARED_STATE = "state shared by the functions it returns";

const FUNCTIONS_TO_SPLIT: Longer = {
  "clock/wall-resolver.ts: createWallResolver": [59, SHARED_STATE],
  "pipeline/dating/anchors.ts: createBootClocks": [77, SHARED_STATE],
};

const CYCLES_TO_BREAK: Exceptions = {};

const SQL_IN_CODE: Exceptions = {
  "store/migrate.ts": "the ledger of migrations: it must be there before any statement file can be trusted",
  "commands/query.ts": "an example in the help text, never run",
  "render/words/en.ts": "a command shown to the reader, never run",
  "render/words/es.ts": "the same",
};

/** In package.json, imported nowhere yet. */
const DEPENDENCIES_WITHOUT_USE: Exceptions = {};

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

interface Import {
  readonly of: string;
  /** Path below `src/` for our own files, else null. */
  readonly file: string | null;
}

interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly program: Node;
  readonly imports: readonly Import[];
  readonly exportsDefault: boolean;
}

function read(name: string): SourceFile {
  const text = readFileSync(`${ROOT}src/${name}`, "utf8");
  const { program, module, errors } = parseSync(name, text);
  if (errors.length > 0) throw new Error(`${name} does not parse`);
  const reexports = module.staticExports.flatMap(({ entries }) =>
    entries.map((one) => one.moduleRequest?.value),
  );
  const specifiers = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...reexports.filter((one) => one !== undefined),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1)),
  ];
  return {
    name,
    text,
    program: program as unknown as Node,
    imports: [...new Set(specifiers)].map((of) => ({
      of,
      file: of.startsWith(".") ? posix.join(posix.dirname(name), of) : null,
    })),
    exportsDefault: module.staticExports.some(({ entries }) =>
      entries.some(({ exportName }) => exportName.kind === "Default" || exportName.name === "default"),
    ),
  };
}

const FILES: readonly SourceFile[] = (readdirSync(`${ROOT}src`, { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name))
  .sort()
  .map(read);

/** Folder right below `src/`, or the file's own name where it lies there itself. */
function placeOf(name: string): string {
  return name.split("/", 1)[0] ?? name;
}

function packageOf(specifier: string): string {
  return /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0] ?? specifier;
}

function lineCount(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

function* nodesOf(
  value: unknown,
  name: string | null = null,
): Generator<{ node: Node; name: string | null }> {
  if (Array.isArray(value)) {
    for (const one of value) yield* nodesOf(one, name);
  } else if (typeof value === "object" && value !== null) {
    const node = value as Node;
    const own = nameIn(node) ?? name;
    if (typeof node.type === "string") yield { node, name: own };
    const inner = node.type === "BlockStatement" ? null : own;
    for (const child of Object.values(node)) if (typeof child === "object") yield* nodesOf(child, inner);
  }
}

/** What a function that stands here would be called. */
function nameIn(node: Node): string | null {
  for (const key of ["id", "key"]) {
    const named = node[key] as { name?: unknown } | null | undefined;
    if (typeof named?.name === "string") return named.name;
  }
  return null;
}

/** What breaks a rule and is not excepted, and exceptions for what breaks none. Both must be empty. */
function judge(found: readonly string[], exceptions: Readonly<Record<string, unknown>>) {
  const excepted = Object.keys(exceptions);
  return {
    broken: [...new Set(found)].filter((one) => !excepted.includes(one)),
    needless: excepted.filter((one) => !found.includes(one)),
  };
}

/** The same for lengths: an exception holds up to the length it names. */
function judgeLengths(
  lengths: readonly (readonly [name: string, lines: number])[],
  most: number,
  longer: Longer,
) {
  const long = lengths.filter(([, lines]) => lines > most);
  const grown = long.filter(([name, lines]) => lines > (longer[name]?.[0] ?? most));
  return {
    broken: grown.map(([name, lines]) => `${name}: ${lines} lines`),
    needless: Object.keys(longer).filter((name) => !long.some(([other]) => other === name)),
  };
}

const CLEAN = { broken: [], needless: [] };

describe("imports", () => {
  it("every folder has its row in the layer table", () => {
    expect(
      [...new Set(FILES.map(({ name }) => placeOf(name)))].filter((one) => !(one in MAY_IMPORT)),
    ).toEqual([]);
  });

  it("point one way only", () => {
    const found = FILES.flatMap(({ name, imports }) => {
      const may = [placeOf(name), ...(MAY_IMPORT[placeOf(name)] ?? [])];
      return imports.flatMap(({ file }) =>
        file === null || may.includes(placeOf(file)) ? [] : [`${name} > ${file}`],
      );
    });
    expect(judge(found, EDGES_TO_MEND)).toEqual(CLEAN);
  });

  it("between the rooms of pipeline/ point one way only", () => {
    const roomOf = (name: string) => /^pipeline\/([a-z]+)\//.exec(name)?.[1];
    const found = FILES.flatMap(({ name, imports }) => {
      const room = roomOf(name);
      if (room === undefined) return [];
      const may = [room, ...(ROOMS[room] ?? [])];
      return imports.flatMap(({ file }) => {
        const other = file === null ? undefined : roomOf(file);
        return other === undefined || may.includes(other) ? [] : [`${name} > ${file}`];
      });
    });
    expect(found).toEqual([]);
    expect([...new Set(FILES.flatMap(({ name }) => roomOf(name) ?? []))].sort()).toEqual(
      Object.keys(ROOMS).sort(),
    );
  });

  it("reach files that are there", () => {
    const names = new Set(FILES.map(({ name }) => name));
    const lost = FILES.flatMap(({ name, imports }) =>
      imports.flatMap(({ file }) => (file === null || names.has(file) ? [] : [`${name} > ${file}`])),
    );
    expect(lost).toEqual([]);
  });

  it("form no cycle, types included", () => {
    const inner = new Map(
      FILES.map(({ name, imports }) => [name, imports.flatMap(({ file }) => (file === null ? [] : [file]))]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) cycles.push([...path.slice(path.indexOf(name)), name].join(" > "));
      if (done.has(name) || path.includes(name)) return;
      for (const next of inner.get(name) ?? []) visit(next, [...path, name]);
      done.add(name);
    };
    for (const { name } of FILES) visit(name, []);
    expect(judge(cycles, CYCLES_TO_BREAK)).toEqual(CLEAN);
  });

  it("of a package with one home come from there", () => {
    const found = FILES.flatMap(({ name, imports }) =>
      imports.flatMap(({ of }) =>
        HOMES.some(({ packages, home }) => packages.test(packageOf(of)) && placeOf(name) !== home)
          ? [`${name} > ${of}`]
          : [],
      ),
    );
    expect(found).toEqual([]);
  });

  it("of the file system and of programs stay at the edge, and none is of the network", () => {
    const having = (what: RegExp) =>
      FILES.filter(({ imports }) => imports.some(({ of }) => what.test(of))).map(({ name }) => name);
    const found = having(TOUCHES_DISK).filter((name) => !MAY_TOUCH_DISK.includes(placeOf(name)));
    expect(judge(found, DISK_OUTSIDE_THE_EDGE)).toEqual(CLEAN);
    expect(having(NETWORK)).toEqual([]);
  });

  it("of Node carry their prefix, and every other package is a dependency that is used", () => {
    const { dependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as {
      dependencies: Record<string, string>;
    };
    const outside = FILES.flatMap(({ imports }) =>
      imports.flatMap(({ of, file }) => (file === null ? [of] : [])),
    );
    const packages = new Set(outside.filter((of) => !of.startsWith("node:")).map(packageOf));
    expect([...packages].filter((one) => isBuiltin(one))).toEqual([]);
    expect([...packages].filter((one) => !(one in dependencies))).toEqual([]);
    expect(
      judge(
        Object.keys(dependencies).filter((one) => !packages.has(one)),
        DEPENDENCIES_WITHOUT_USE,
      ),
    ).toEqual(CLEAN);
  });
});

describe("shape", () => {
  it("no default exports, no barrel files", () => {
    expect(FILES.filter(({ exportsDefault }) => exportsDefault).map(({ name }) => name)).toEqual([]);
    expect(FILES.filter(({ name }) => /(^|\/)index\.tsx?$/.test(name)).map(({ name }) => name)).toEqual([]);
  });

  it(`no file is longer than ${MOST_FILE_LINES} lines, tables excepted`, () => {
    const lengths = FILES.filter(({ name }) => !TABLE_FILES.test(name)).map(
      ({ name, text }) => [name, lineCount(text)] as const,
    );
    expect(judgeLengths(lengths, MOST_FILE_LINES, FILES_TO_SPLIT)).toEqual(CLEAN);
  });

  it(`no function is longer than ${MOST_FUNCTION_LINES} lines`, () => {
    const lengths = FILES.flatMap((file) =>
      [...nodesOf(file.program)]
        .filter(({ node }) => FUNCTION.test(node.type))
        .map(({ node, name }) => {
          const lines = lineCount(file.text.slice(node.start, node.end));
          return [`${file.name}: ${name ?? "(no name)"}`, lines] as const;
        }),
    );
    expect(judgeLengths(lengths, MOST_FUNCTION_LINES, FUNCTIONS_TO_SPLIT)).toEqual(CLEAN);
  });

  it("folders are named for what they know", () => {
    expect(FILES.filter(({ name }) => name.split("/").some((part) => NOT_A_NAME.test(part)))).toEqual([]);
  });

  it("the core knows no clock, environment, terminal or chance", () => {
    const found = FILES.filter(({ name }) => CORE.includes(placeOf(name))).flatMap(
      ({ name, text, program }) =>
        [...nodesOf(program)]
          .filter(({ node }) => node.type === "MemberExpression" || node.type === "NewExpression")
          .map(({ node }) => text.slice(node.start, node.end))
          .filter((source) => OUTSIDE_WORLD.test(source))
          .map((source) => `${name}: ${source}`),
    );
    expect(found).toEqual([]);
  });

  it("SQL stands in sql/", () => {
    const found = FILES.filter((file) =>
      [...nodesOf(file.program)].some(({ node }) => STATEMENT.test(textOf(node))),
    ).map(({ name }) => name);
    expect(judge(found, SQL_IN_CODE)).toEqual(CLEAN);
  });
});

/** Text of a string literal or of a piece of a template; nothing for any other node. */
function textOf(node: Node): string {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral") return "";
  const pieces = node.quasis as readonly { readonly value: { readonly raw: string } }[];
  return pieces.map(({ value }) => value.raw).join("?");
}
