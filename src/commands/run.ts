// The command line: yargs, its commands, and wrong usage told in one line.

import { readFileSync } from "node:fs";
import yargs, { type CommandModule } from "yargs";
import { suggest } from "../config/suggest.ts";
import { UserError } from "../errors.ts";
import * as advise from "./advise.ts";
import * as config from "./config.ts";
import * as exportViews from "./export.ts";
import * as formats from "./formats.ts";
import * as ingest from "./ingest.ts";
import * as merge from "./merge.ts";
import * as nightly from "./nightly.ts";
import { STANDARD, usage } from "./options.ts";
import * as parseFiles from "./parse.ts";
import * as query from "./query.ts";
import * as report from "./report.ts";
import * as runs from "./runs.ts";
import * as verify from "./verify.ts";

const HELP_COLUMNS = 100;

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** Runs one command. Throws UserError; wrong usage has exit code 64. */
export async function run(argv: readonly string[]): Promise<void> {
  const chosen = await choose(argv);
  await chosen?.work();
}

/** What a command line asks for. Thrown by a handler: behind one that returns, yargs lays out the whole help. */
class Chosen extends Error {
  readonly work: () => Promise<void>;

  constructor(work: () => Promise<void>) {
    super();
    this.work = work;
  }
}

/** In the order of the help. */
const COMMANDS = [
  ...[ingest, report, nightly, query, exportViews, parseFiles],
  ...[merge, advise, verify, formats, runs, config],
];

/** The command, whose handler chooses it. */
function choosing(command: (typeof COMMANDS)[number]): CommandModule {
  const chosen = {
    ...command,
    handler: (given: never): never => {
      throw new Chosen(() => command.handler(given));
    },
  };
  return chosen as unknown as CommandModule;
}

/** The command asked for; null where yargs has answered by itself. */
async function choose(argv: readonly string[]): Promise<Chosen | null> {
  try {
    await parse(argv);
    return null;
  } catch (error) {
    if (error instanceof Chosen) return error;
    throw error;
  }
}

async function parse(argv: readonly string[]): Promise<void> {
  const parser = yargs(forYargs(argv));
  parser
    .scriptName("conntrail")
    .usage(
      "$0 <command> [options]\n\nWhen a connection-tracking table was full: how many packets, how full, what to set.",
    );
  for (const command of COMMANDS) parser.command(choosing(command));
  await parser
    .command("sample [file]", "append this machine's count, limit and counters to a sample log, for cron")
    .middleware((given) => refuseUnclear(given, parser), true)
    .demandCommand(1, "say a command")
    .recommendCommands()
    .strict()
    .locale("en")
    .version(version())
    .help()
    .alias("help", "h")
    .wrap(Math.min(HELP_COLUMNS, process.stdout.columns ?? HELP_COLUMNS))
    .exitProcess(false)
    .fail((message, error) => {
      if (error instanceof UserError) throw error;
      if (error && error.name !== "YError") throw error;
      const text = oneLine(message ?? error?.message ?? "wrong usage", argv);
      throw usage(text, suggestion(text) ?? "conntrail --help");
    })
    .parseAsync();
}

/** What yargs knows of the options of a command. */
interface OptionTable {
  readonly key: Readonly<Record<string, unknown>>;
  /** Options that may be given many times. */
  readonly array: readonly string[];
}

/**
 * An option that takes one value is given once, with something in it: which of two was meant, or what nothing means, is
 * not ours to guess. yargs makes a list of two values, which no handler expects. Flags (`--quiet`) may be repeated.
 */
function refuseUnclear(given: Readonly<Record<string, unknown>>, parser: unknown): void {
  const { key, array } = (parser as { getOptions(): OptionTable }).getOptions();
  for (const [name, value] of Object.entries(given)) {
    if (!(name in key) || array.includes(name)) continue;
    if (value === "") throw usage(`--${name} is empty`, "it takes a value");
    if (!Array.isArray(value)) continue;
    throw usage(
      `--${name} is given ${value.length === 2 ? "twice" : `${value.length} times`}`,
      "it takes one value",
    );
  }
}

/** yargs loses a lone `-` and what follows `--`: both are paths here. Undone by `pathsOf`. */
function forYargs(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const before = end < 0 ? argv : argv.slice(0, end);
  const after = end < 0 ? [] : argv.slice(end + 1);
  const paths = after.map((path) => (path.startsWith("-") && path !== "-" ? `./${path}` : path));
  return [...before, ...paths].map((arg) => (arg === "-" ? STANDARD : arg));
}

/** What yargs says of wrong usage, in one line that repeats what was typed. */
function oneLine(message: string, argv: readonly string[]): string {
  const text = message.replace(/\s*\n\s*/g, " ").trim();
  if (text.startsWith("Not enough non-option arguments")) {
    // An option that is none has taken the path for its value.
    const unknown = unknownOption(argv);
    return unknown === null ? `${argv[0] ?? ""} needs a path` : `Unknown argument: ${unknown}`;
  }
  // yargs knows an option of two words under two names.
  const [, dashed, camel] = /^Unknown arguments: (\w+-[\w-]+), (\w+)$/.exec(text) ?? [];
  if (dashed !== undefined && dashed.replaceAll("-", "") === camel?.toLowerCase())
    return `Unknown argument: ${dashed}`;
  const near = /^Did you mean (.+)\?$/.exec(text);
  return near === null ? text : `no command ${argv[0] ?? ""}; did you mean ${near[1]}?`;
}

/** What people can say to any command behind `--`. */
function optionNames(): readonly string[] {
  const names = COMMANDS.flatMap(({ command, builder }) => {
    const parser = yargs([]);
    builder(parser);
    const places = [...command.matchAll(/[<[](\w+)/g)].map(([, name]) => name);
    const { key } = (parser as unknown as { getOptions(): OptionTable }).getOptions();
    return Object.keys(key).filter((name) => !places.includes(name));
  });
  return [...new Set(names)];
}

/** The first option that no command has, or null. */
function unknownOption(argv: readonly string[]): string | null {
  const end = argv.indexOf("--");
  const names = argv
    .slice(0, end < 0 ? argv.length : end)
    .flatMap((arg) => /^--(?:no-)?([\w-]+)/.exec(arg)?.[1] ?? []);
  const known = optionNames();
  return names.find((name) => !known.includes(name)) ?? null;
}

/** For an unknown option the known one that is nearest to it, or null. */
function suggestion(message: string): string | null {
  const unknown = /^Unknown arguments?: ([\w-]+)/.exec(message)?.[1];
  if (unknown === undefined) return null;
  const meant = suggest(unknown, optionNames());
  return meant === null ? null : `did you mean --${meant}?`;
}
