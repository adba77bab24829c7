// Registers the commands; the one place where errors become text and exit codes.

import { sayError } from "./commands/talk.ts";
import { EXIT, UserError } from "./errors.ts";

/** As shells tell it: 128 and the signal's number. */
const EXIT_SIGNALLED = 128;

// A reader that closed its end early (`| head`) has seen enough: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  say(`cannot write to standard output: ${error.code ?? error.message}`);
  process.exit(EXIT.failed);
});

// Nobody listens to the talk (`2>&1 | head`): the work goes on.
process.stderr.on("error", () => {});

/** On stderr, as JSON where --json-log asks for it. */
function say(message: string, more = ""): void {
  sayError(message, more, process.argv.includes("--json-log"));
}

async function main(argv: readonly string[]): Promise<void> {
  // Cron runs `sample` every minute on small machines: it gets by without a command-line parser.
  if (argv[0] === "sample") {
    const { sample } = await import("./commands/sample.ts");
    process.exitCode = sample(argv.slice(1));
    return;
  }
  const { run } = await import("./commands/run.ts");
  await run(argv);
}

function explain(error: unknown): number {
  if (error instanceof UserError) {
    say(error.message, error.hint === null ? "" : `  ${error.hint}`);
    return error.exitCode;
  }
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && code.startsWith("SQLITE_")) {
    say(`the database: ${(error as Error).message}`);
    return code.startsWith("SQLITE_BUSY") ? EXIT.locked : EXIT.failed;
  }
  if (code === "ERR_DLOPEN_FAILED") {
    say(
      `a package does not fit this Node (${process.version}): ${(error as Error).message.split("\n", 1)[0]}`,
      "  npm rebuild (or npm ci) builds better-sqlite3 for the Node that runs it",
    );
    return EXIT.failed;
  }
  // A defect of ours: the stack is for whoever mends it.
  const [first = "", ...stack] = String(error instanceof Error ? error.stack : error).split("\n");
  say(`internal error, please report it: ${first}`, stack.join("\n"));
  return EXIT.failed;
}

main(process.argv.slice(2)).then(
  () => {
    // All is done: a signal that comes while the process goes is no reason to say otherwise.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit());
  },
  (error: unknown) => {
    process.exitCode = explain(error);
    // Ended by a signal: what was being read (a terminal, a pipe) may never end.
    if (process.exitCode > EXIT_SIGNALLED) process.exit();
  },
);
