// conntrail parse: the map step for other engines. Files in, NDJSON out, nothing kept.

import type { Argv } from "yargs";
import { EXIT, UserError } from "../errors.ts";
import type { Problem } from "../model/problem.ts";
import { commonOptions, evidenceOptions, pathsOf, readEvidenceOptions, usage } from "./options.ts";
import { createTalk, problemLine } from "./talk.ts";

export const command = "parse [path...]";
export const describe = "files or standard input to NDJSON on standard output; no database, no state";

export function builder(yargs: Argv) {
  return evidenceOptions(commonOptions(yargs))
    .positional("path", {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "files, folders, quoted globs, archives; none or -: standard input",
    })
    .option("files-from", {
      type: "string",
      requiresArg: true,
      describe: "list of files, NUL or newline separated; - for standard input",
    })
    .option("shard", {
      type: "string",
      requiresArg: true,
      describe: "i/n: the i-th of n shares of the files, i from 1",
    })
    .option("hash", {
      type: "boolean",
      default: true,
      describe: "SHA-256 of what is read; --no-hash leaves it out",
    })
    .example("$0 parse /srv/logs --shard 3/16 > 3.ndjson", "one of sixteen shares")
    .example("find /srv/logs -print0 | $0 parse --files-from -", "a list of files")
    .example("zcat kern.log.1.gz | $0 parse --host gw1 --year 2026", "standard input");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const evidence = readEvidenceOptions(argv);
  const share = readShard(argv.shard);
  const talk = createTalk(argv);
  const [{ findFiles, writeAll }, { parseFile }, { createPrivateDatabases }] = await Promise.all([
    import("../pipeline/fleet/parse-files.ts"),
    import("../pipeline/fleet/parse.ts"),
    import("../store/private.ts"),
  ]);
  const given = pathsOf(argv.path);
  const paths = given.length === 0 && argv.filesFrom === undefined ? ["-"] : given;
  const list = argv.filesFrom === undefined ? null : pathsOf([argv.filesFrom])[0];
  const found = await findFiles(paths, list ?? null, share).catch((error: NodeJS.ErrnoException) => {
    if (list === null || error.code === undefined) throw error;
    throw new UserError(`cannot read ${list}: ${error.code}`, { cause: error });
  });
  let problems = 0;
  // That nobody writes to a FIFO shows when it is read.
  let silent = 0;
  const onProblem = (path: string, problem: Problem) => {
    problems++;
    talk.warn(problemLine(path, problem), { path, problem });
  };
  for (const problem of found.problems) onProblem(problem.path, problem);
  const inFile = (path: string, problem: Problem) => {
    if (problem.kind === "special-file") silent++;
    onProblem(path, problem);
  };
  // No zone of this machine: the same bytes give the same lines everywhere.
  const options = { ...evidence, hash: argv.hash, processTz: "UTC", onProblem: inFile };
  const databases = createPrivateDatabases();
  for (const file of found.files) await writeAll(parseFile(file, options, databases), process.stdout);
  databases.close();
  if (found.unopened + silent > 0 && found.files.length === silent) {
    throw new UserError("none of the given paths could be opened");
  }
  if (problems > 0) process.exitCode = EXIT.problems;
}

/** `i/n` of --shard. Throws a usage error. */
function readShard(text: string | undefined): { index: number; count: number } | null {
  if (text === undefined) return null;
  const [, i, n] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? [];
  const [index, count] = [Number(i), Number(n)];
  if (!(index >= 1 && count >= index)) throw usage(`--shard ${text} is not i/n`, "for example --shard 3/16");
  return { index, count };
}
