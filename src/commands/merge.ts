// conntrail merge: databases of shards, and NDJSON of parse, into one database.

import type { Argv } from "yargs";
import { EXIT, UserError } from "../errors.ts";
import { commonOptions, GAP, pathsOf, readGap, usage } from "./options.ts";
import { counted, createTalk, problemLine } from "./talk.ts";

export const command = "merge [input...]";
export const describe = "databases and NDJSON of parse into that of --db; each source once, in any order";

export function builder(yargs: Argv) {
  return commonOptions(yargs)
    .positional("input", {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "databases, and NDJSON files of conntrail parse",
    })
    .option("files-from", {
      type: "string",
      requiresArg: true,
      describe: "list of inputs, NUL or newline separated; - for standard input",
    })
    .option("gap", GAP)
    .example("$0 merge shard-*.db --db fleet.db", "what sixteen machines read, as if one had read it all")
    .example(
      "find shards -name '*.ndjson' -print0 | $0 merge --files-from - --db fleet.db",
      "ten thousand inputs",
    );
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const gapUs = readGap(argv.gap);
  const talk = createTalk(argv);
  const [{ openForWriting, closeUnused, closeWhole }, { merge }, { listInputs }] = await Promise.all([
    import("../store/open.ts"),
    import("../pipeline/fleet/merge.ts"),
    import("../pipeline/fleet/parse-files.ts"),
  ]);
  const list = argv.filesFrom === undefined ? null : pathsOf([argv.filesFrom])[0];
  const paths = [...pathsOf(argv.input), ...(await listInputs(list ?? null))];
  if (paths.length === 0)
    throw usage("merge needs something to merge", "conntrail merge shard-*.db --db fleet.db");
  const db = openForWriting(argv.db);
  let isUsed = true;
  try {
    const result = await merge(db, paths, {
      gapUs,
      now: () => Date.now() * 1000,
      onProblem: (path, problem) => talk.warn(problemLine(path, problem), { path, problem }),
    });
    talk.note(
      `merged ${counted(result.sourcesRead, "source")} of ${counted(result.inputs, "input")}, ` +
        `${result.sourcesSkipped} known, ${counted(result.eventsAdded, "event")} added to ${argv.db}`,
      { ...result },
    );
    isUsed = result.failure === null;
    if (result.failure !== null) throw new UserError(result.failure);
    if (result.problems > 0) process.exitCode = EXIT.problems;
  } finally {
    (isUsed ? closeWhole : closeUnused)(db);
  }
}
