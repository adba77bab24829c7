// conntrail query: the shipped questions by name, or any read-only SQL.

import type { Argv } from "yargs";
import { suggest } from "../config/suggest.ts";
import { commonOptions, ROW_FORMAT, readInstant, terminalWidth, usage } from "./options.ts";
import { print } from "./print.ts";

export const command = "query [question]";
export const describe = "ask a shipped question by its name, or in read-only SQL; alone, list the questions";

export function builder(yargs: Argv) {
  return commonOptions(yargs)
    .positional("question", { type: "string", describe: "name of a shipped query, or one SQL statement" })
    .option("format", ROW_FORMAT)
    .option("param", {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "name=value for the query's :name",
    })
    .example("$0 query worst-bursts", "a shipped question")
    .example(
      "$0 query 'select host, sum(drop_lines) from bursts group by host'",
      "SQL over the public views",
    );
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const [{ sqlFiles }, { formatRows }] = await Promise.all([
    import("../store/files.ts"),
    import("../render/rows.ts"),
  ]);
  const shipped = sqlFiles("queries");
  if (argv.question === undefined) {
    const rows = shipped.map(({ name, text }) => ({ name, answers: firstComment(text) }));
    print(formatRows(rows, argv.format, { width: terminalWidth() }));
    return;
  }
  const named = shipped.find((one) => one.name === argv.question);
  if (named === undefined && !/\s/.test(argv.question)) {
    throw usage(`no shipped query ${argv.question}`, `one of: ${shipped.map((one) => one.name).join(", ")}`);
  }
  const { openForReading } = await import("../store/open.ts");
  const { ask, parameterNames } = await import("../store/query.ts");
  const sql = named?.text ?? argv.question;
  const given = parameters(argv.param);
  refuseUnknown(Object.keys(given), parameterNames(sql));
  const db = openForReading(argv.db);
  try {
    const { columns, rows } = ask(db, sql, given);
    const look = { width: terminalWidth(), columns };
    print(formatRows(rows, argv.format, look));
  } finally {
    db.close();
  }
}

function firstComment(text: string): string {
  return (text.split("\n", 1)[0] ?? "").replace(/^--\s*/, "");
}

/** A misspelt name would leave the query as wide as without it. */
function refuseUnknown(given: readonly string[], known: readonly string[]): void {
  const stranger = given.find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const meant = suggest(stranger, known);
  const all = known.length === 0 ? "it takes none" : `it takes: ${known.join(", ")}`;
  throw usage(`the query has no :${stranger}`, meant === null ? all : `did you mean ${meant}?`);
}

function parameters(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const cut = one.indexOf("=");
      if (cut < 1) throw usage(`--param ${one} is not name=value`);
      const value = one.slice(cut + 1);
      const name = one.slice(0, cut);
      if (name === "since" || name === "until") readInstant(value, `--param ${name}`);
      return [name, value];
    }),
  );
}
