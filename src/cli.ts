#!/usr/bin/env node
// Registers the commands; the one place where errors become text and exit codes.

import { EXIT, UserError } from "./errors.ts";

// A reader that closed its end early (`| head`) has seen enough: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  throw error;
});

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
    const hint = error.hint === null ? "" : `\n  ${error.hint}`;
    process.stderr.write(`conntrail: ${error.message}${hint}\n`);
    return error.exitCode;
  }
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && code.startsWith("SQLITE_")) {
    process.stderr.write(`conntrail: the database: ${(error as Error).message}\n`);
    return code.startsWith("SQLITE_BUSY") ? EXIT.locked : EXIT.failed;
  }
  // A defect of ours: the stack is for whoever mends it.
  process.stderr.write(
    `conntrail: internal error, please report it: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return EXIT.failed;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = explain(error);
});
