// conntrail export: the views as Parquet or NDJSON, for engines that read folders.

import { basename } from "node:path";
import type { Argv } from "yargs";
import { UserError } from "../errors.ts";
import { commonOptions, readRange } from "./options.ts";
import { counted, createTalk } from "./talk.ts";

export const command = "export";
export const describe =
  "write events, bursts, minutes, counts and limits as Parquet or NDJSON, by host and day";

export function builder(yargs: Argv) {
  return commonOptions(yargs)
    .option("format", {
      choices: ["ndjson", "parquet"] as const,
      demandOption: true,
      describe: "of the files",
    })
    .option("out", {
      type: "string",
      requiresArg: true,
      demandOption: true,
      describe: "folder to write to; what an earlier export of this database left there is replaced",
    })
    .option("host", { type: "string", requiresArg: true, describe: "only this host" })
    .option("since", {
      type: "string",
      requiresArg: true,
      describe: "only days from that of this instant on (ISO 8601), each whole",
    })
    .option("until", { type: "string", requiresArg: true, describe: "only days up to that of this instant" })
    .example(
      "$0 export --format parquet --out lake",
      "lake/events/host=gw1/day=2026-04-27/<source>.parquet, ...",
    )
    .example("$0 export --format ndjson --out out --host gw1", "one host, as JSON lines");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const range = readRange(argv);
  const [{ openForReading }, { exportViews }] = await Promise.all([
    import("../store/open.ts"),
    import("../pipeline/fleet/export.ts"),
  ]);
  const db = openForReading(argv.db);
  try {
    const { rows, files, removed } = exportViews(db, {
      format: argv.format,
      out: argv.out,
      name: basename(argv.db),
      host: argv.host ?? null,
      ...range,
    });
    const gone = removed === 0 ? "" : `, ${counted(removed, "outdated one")} removed`;
    createTalk(argv).note(
      `wrote ${counted(rows, "row")} to ${counted(files, "file")} below ${argv.out}${gone}`,
      {
        rows,
        files,
        removed,
      },
    );
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!/^E[A-Z]+$/.test(code)) throw error;
    throw new UserError(`cannot write below ${argv.out}: ${code}`, { cause: error });
  } finally {
    db.close();
  }
}
