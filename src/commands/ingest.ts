// conntrail ingest: logs into the database, only what is new.

import type { Argv } from "yargs";
import { EXIT, UserError } from "../errors.ts";
import type { Problem } from "../model/problem.ts";
import type { Unapplied } from "../pipeline/ingesting/unapplied.ts";
import {
  commonOptions,
  defaultJobs,
  evidenceOptions,
  GAP,
  pathsOf,
  processZone,
  readEvidenceOptions,
  readGap,
  usage,
} from "./options.ts";
import { createProgress } from "./progress.ts";
import { counted, createTalk, lostThread, problemLine, type Talk, unappliedLine } from "./talk.ts";

export const command = "ingest <path...>";
export const describe = "read logs, snapshots and samples into the database; only what is new";

export function builder(yargs: Argv) {
  return evidenceOptions(commonOptions(yargs))
    .positional("path", {
      type: "string",
      array: true,
      demandOption: true,
      describe: "files, folders, quoted globs, archives; - for standard input",
    })
    .option("gap", GAP)
    .option("hash", {
      type: "boolean",
      default: true,
      describe: "SHA-256 of what is read; --no-hash leaves it out",
    })
    .option("jobs", {
      type: "string",
      requiresArg: true,
      describe: "files read at a time, each by a thread of its own",
      defaultDescription: "one a core, up to 2",
    })
    .example("$0 ingest /var/log", "everything below a folder, rotated and compressed logs included")
    .example("dmesg | $0 ingest - --host gw1", "the kernel's buffer of this machine")
    .example("$0 ingest old.log --year 2007 --tz UTC", "stamps without a year and zone");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const evidence = readEvidenceOptions(argv);
  const gapUs = readGap(argv.gap);
  const jobs = argv.jobs === undefined ? defaultJobs() : readJobs(argv.jobs);
  const paths = pathsOf(argv.path);
  const talk = createTalk(argv);
  const [{ openForWriting, closeUnused, closeWhole }, { ingest }, { holdingSignals }] = await Promise.all([
    import("../store/open.ts"),
    import("../pipeline/ingesting/ingest.ts"),
    import("../pipeline/interrupt.ts"),
  ]);
  const db = openForWriting(argv.db);
  const progress = createProgress(argv.quiet || argv.jsonLog);
  let isUsed = true;
  const work = async () => {
    const result = await ingest(db, paths, {
      ...evidence,
      command: "ingest",
      gapUs,
      jobs,
      hash: argv.hash,
      processTz: processZone(),
      now: () => Date.now() * 1000,
      ...tellers(talk, progress),
    });
    progress.stop();
    talk.note(
      `read ${counted(result.sourcesRead, "new source")}, ${result.sourcesSkipped} known, ` +
        `${counted(result.eventsAdded, "event")} added to ${argv.db}`,
      { ...result },
    );
    if (result.failure !== null) {
      isUsed = false;
      throw new UserError(result.failure);
    }
    if (result.problems > 0) process.exitCode = EXIT.problems;
  };
  await holdingSignals(async () => {
    try {
      await work();
    } finally {
      progress.stop();
      (isUsed ? closeWhole : closeUnused)(db);
    }
  });
}

/** What is said while it goes on. */
function tellers(talk: Talk, progress: ReturnType<typeof createProgress>) {
  return {
    onTotal: progress.total,
    onProgress: progress.add,
    onProblem: (path: string, problem: Problem) => {
      progress.pause();
      talk.warn(problemLine(path, problem), { path, problem });
    },
    onUnapplied: ({ sources, options }: Unapplied) => {
      progress.pause();
      talk.note(unappliedLine(sources, options), { sources, options });
    },
    onThreadLost: (reason: string) => {
      progress.pause();
      talk.note(lostThread(reason));
    },
  };
}

function readJobs(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw usage(`--jobs ${text} is not a number from 1 to 999`);
  return Number(text);
}
