// The command line: yargs, its commands, and wrong usage told in one line.

import { readFileSync } from "node:fs";
import yargs from "yargs";
import { UserError } from "../errors.ts";
import * as advise from "./advise.ts";
import * as formats from "./formats.ts";
import * as ingest from "./ingest.ts";
import { usage } from "./options.ts";
import * as query from "./query.ts";
import * as report from "./report.ts";
import * as runs from "./runs.ts";

const HELP_COLUMNS = 100;

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** Runs one command. Throws UserError; wrong usage has exit code 64. */
export async function run(argv: readonly string[]): Promise<void> {
  await yargs([...argv])
    .scriptName("conntrail")
    .usage(
      "$0 <command> [options]\n\nWhen a connection-tracking table was full: how many packets, how full, what to set.",
    )
    .command(ingest)
    .command(report)
    .command(query)
    .command(advise)
    .command(formats)
    .command(runs)
    .command("sample [file]", "append this machine's count, limit and counters to a sample log, for cron")
    .demandCommand(1, "say a command")
    .recommendCommands()
    .strict()
    .version(version())
    .help()
    .alias("help", "h")
    .wrap(Math.min(HELP_COLUMNS, process.stdout.columns ?? HELP_COLUMNS))
    .exitProcess(false)
    .fail((message, error) => {
      if (error instanceof UserError) throw error;
      if (error) throw error;
      throw usage(message, "conntrail --help");
    })
    .parseAsync();
}
