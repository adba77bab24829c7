// The end of a build: runs the program over the samples, and keeps what V8 has compiled by then. What did not run is
// compiled when it is needed.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createChunks } from "./chunks.ts";
import { tuneEngine } from "./engine.ts";

type Run = (argv: readonly string[]) => Promise<void>;

const REPORTS = ["text", "html", "markdown", "json"];
const samples = join(import.meta.dirname, "../../samples/router-2026");
const folder = mkdtempSync(join(tmpdir(), "conntrail-warm-"));
const db = join(folder, "warm.db");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

tuneEngine();
const chunks = createChunks(import.meta.dirname);
// In this thread, so that it is this one's V8 that compiles.
process.argv.splice(2, Infinity, "ingest", samples, "--db", db, "--jobs", "1", "--quiet");
for (const name of ["./cli.cjs", "./read-ahead.cjs", "./ahead-thread.cjs"]) chunks.load(name);

process.once("beforeExit", async () => {
  const { run } = chunks.load("./run.cjs") as { run: Run };
  try {
    for (const format of REPORTS)
      await run(["report", "--db", db, "--format", format, "--out", join(folder, format), "--quiet"]);
  } catch {
    // A package that is not built yet: the program is whole all the same.
    process.stderr.write("not all could run: more of the program is compiled at each start\n");
  }
  chunks.keepCompiled();
  process.exitCode = 0;
});
