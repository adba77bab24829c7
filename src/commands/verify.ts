// conntrail verify: cited bytes read again, in the logs as they lie now.

import type { Argv } from "yargs";
import { EXIT } from "../errors.ts";
import type { Problem } from "../model/problem.ts";
import { commonOptions, pathsOf, usage } from "./options.ts";
import { createProgress } from "./progress.ts";
import { createTalk, problemLine } from "./talk.ts";

export const command = "verify [path...]";
export const describe = "read cited bytes again and say which are the same, changed or missing";

export function builder(yargs: Argv) {
  return commonOptions(yargs)
    .positional("path", {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "where to look, too, for logs that no longer lie where they were read",
    })
    .option("all", {
      type: "boolean",
      default: false,
      describe: "every event and value, not only what bursts and limits cite",
    })
    .option("burst", {
      type: "string",
      requiresArg: true,
      describe: "only what this burst cites (its number)",
    })
    .option("host", { type: "string", requiresArg: true, describe: "only lines of this host" })
    .option("json", { type: "boolean", default: false, describe: "one JSON object instead of lines" })
    .example("$0 verify", "does the report still hold against the logs?")
    .example("$0 verify --all /backup/logs", "everything, with logs that were moved away");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const burstId = argv.burst === undefined ? null : readNumber(argv.burst);
  if (argv.all && burstId !== null) throw usage("--all and --burst contradict each other");
  const [{ openForReading }, { verify }, { SPOKEN, createJsonVoice }] = await Promise.all([
    import("../store/open.ts"),
    import("../pipeline/verifying/verify.ts"),
    import("../render/verification.ts"),
  ]);
  const db = openForReading(argv.db);
  const progress = createProgress(argv.quiet || argv.jsonLog);
  try {
    const voice = argv.json ? createJsonVoice() : SPOKEN;
    const { all, host = null } = argv;
    const paths = pathsOf(argv.path);
    const talk = createTalk(argv);
    const onProblem = (path: string, problem: Problem) => {
      progress.pause();
      talk.warn(problemLine(path, problem), { path, problem });
      process.exitCode = EXIT.problems;
    };
    const meters = { onTotal: progress.total, onProgress: progress.add, onProblem };
    const options = { all, host, burstId, paths, ...meters };
    const done = await verify(db, options, (finding) => {
      progress.pause();
      process.stdout.write(voice.finding(finding));
    });
    progress.stop();
    process.stdout.write(voice.summary(done));
    if (done.changed + done.missing > 0) process.exitCode = EXIT.problems;
  } finally {
    progress.stop();
    db.close();
  }
}

function readNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw usage(`--burst ${text} is not a burst's number`);
  return Number(text);
}
