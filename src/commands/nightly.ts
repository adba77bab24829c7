// conntrail nightly: for cron and timers. Silent when nothing happened.

import type { Argv } from "yargs";
import type { Settings } from "../config/resolve.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Problem } from "../model/problem.ts";
import type { NightlyResult } from "../pipeline/nightly/nightly.ts";
import { readSettings, settingOptions } from "./config-options.ts";
import { defaultJobs, processZone, readInstant } from "./options.ts";
import { counted, createTalk, lostThread, problemLine, type Talk } from "./talk.ts";

export const command = "nightly [path...]";
export const describe = "read what is new, report the days that changed, prune; one run at a time";

export function builder(yargs: Argv) {
  return settingOptions(yargs)
    .example("$0 nightly", "read /var/log into conntrail.db, reports into reports/")
    .example("$0 nightly --config /etc/conntrail.json --check", "for a timer: 3 when packets were dropped")
    .example("$0 nightly /srv/logs --keep 90d --wait 600", "prune, and wait for another run to end");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const { settings } = readSettings(argv);
  const talk = createTalk({ quiet: settings.quiet, jsonLog: settings["json-log"] });
  const [{ openForWriting, closeWhole }, { openReportFolder }, { nightly }, { holdingSignals }] =
    await Promise.all([
      import("../store/open.ts"),
      import("./nightly-files.ts"),
      import("../pipeline/nightly/nightly.ts"),
      import("../pipeline/interrupt.ts"),
    ]);
  const options = await pipelineOptions(settings, talk);
  const files = openReportFolder(settings.out, settings.db);
  const db = openForWriting(settings.db, settings.wait);
  await holdingSignals(async () => {
    try {
      const result = await nightly(db, settings.paths, files, options);
      tell(result, settings, talk);
    } finally {
      closeWhole(db);
    }
  });
}

async function pipelineOptions(settings: Settings, talk: Talk) {
  const { durationUs } = await import("../config/duration.ts");
  return {
    displayTz: settings["display-tz"],
    lang: settings.lang,
    keepUs: settings.keep === null ? null : durationUs(settings.keep),
    vacuum: settings.vacuum,
    ingest: {
      gapUs: Math.round(settings.gap * 1e6),
      jobs: defaultJobs(),
      hash: settings.hash,
      outFolder: settings.out,
      host: settings.host,
      tz: settings.tz,
      year: settings.year,
      referenceUs: settings.reference === null ? null : readInstant(settings.reference, "--reference"),
      processTz: processZone(),
      now: () => Date.now() * 1000,
      onProblem: (path: string, problem: Problem) => talk.warn(problemLine(path, problem), { path, problem }),
      onThreadLost: (reason: string) => {
        if (isHeard(settings)) talk.note(lostThread(reason));
      },
    },
  };
}

/** Notes go to a terminal and to collectors: cron would mail them. */
function isHeard(settings: Settings): boolean {
  return settings["json-log"] || process.stderr.isTTY === true;
}

/** The summary is for the mail; figures are for a terminal and for collectors, since cron mails stderr as well. */
function tell(result: NightlyResult, settings: Settings, talk: Talk): void {
  const { ingest, pruned, summary, written } = result;
  if (result.trouble !== null) talk.warn(result.trouble);
  if (isHeard(settings)) {
    const gone = pruned === null ? "" : `, ${pruned.events + pruned.observations} old rows pruned`;
    talk.note(
      `read ${counted(ingest.sourcesRead, "new source")}, ${ingest.sourcesSkipped} known; ` +
        `${counted(written, "day")} reported${gone}`,
      { ...ingest, written, pruned },
    );
  }
  if (summary.length > 0) process.stdout.write(`${summary.join("\n")}\n  reports: ${settings.out}\n`);
  if (ingest.failure !== null) throw new UserError(ingest.failure);
  if (ingest.problems > 0) process.exitCode = EXIT.problems;
  if (settings.check && summary.length > 0) process.exitCode = EXIT.drops;
}
