// The folder of the reports: read, listed, and written to file by file, each whole or not at all.

import { readdirSync, readFileSync, statSync, unlinkSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { UserError } from "../errors.ts";
import { INDEX_PATH } from "../pipeline/nightly/paths.ts";
import type { ReportFiles } from "../pipeline/nightly/report.ts";
import { makeFolder } from "../store/folders.ts";
import { databaseFiles, ownsFile, realName } from "../store/own-files.ts";
import { usage } from "./options.ts";

const REPORT = /\.(?:html|md|json)$/;
/** What write-file-atomic calls a file that it has not renamed yet. */
const HALF_WRITTEN = /(?:^index|\/\d{4}-\d\d-\d\d)\.(?:html|md|json)\.\d+$/;

/** What is written below the folder, whole or half. */
const WRITTEN = /^(?:index\.html|[^/]+\/\d{4}-\d\d-\d\d\.(?:html|md|json))(?:\.\d+)?$/;

/**
 * Reports below `folder`, which is made when the first is written.
 * @throws UserError for wrong usage: where a report would be written over the database at `db`.
 */
export function openReportFolder(folder: string, db: string): ReportFiles {
  const owns = ownsFile(db);
  const spare = (full: string) => {
    if (owns(full)) throw usage(`the report ${full} is the database itself`, "say another --out or --db");
  };
  spare(join(folder, INDEX_PATH));
  for (const own of databaseFiles(db)) {
    const below = relative(realName(folder), realName(own)).split(sep).join("/");
    if (WRITTEN.test(below)) spare(own);
  }
  return {
    read(path) {
      try {
        return readFileSync(join(folder, path), "utf8");
      } catch {
        return null;
      }
    },
    async write(path, text) {
      const full = join(folder, path);
      spare(full);
      try {
        makeFolder(dirname(full));
        const mode = statSync(full, { throwIfNoEntry: false })?.mode ?? 0o640 & ~process.umask();
        const { default: writeFileAtomic } = await import("write-file-atomic");
        await writeFileAtomic(full, text, { mode });
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? "failed";
        throw new UserError(`cannot write ${full}: ${code}`, { cause: error });
      }
    },
    list: () => namesBelow(folder).filter((name) => REPORT.test(name)),
    tidy() {
      for (const name of namesBelow(folder).filter((name) => HALF_WRITTEN.test(name)))
        try {
          unlinkSync(join(folder, name));
        } catch {
          // Not ours to remove, then.
        }
    },
  };
}

/** Paths below a folder, with `/`, sorted; none where it cannot be read. */
function namesBelow(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true }) as string[];
    return names.map((name) => name.split(sep).join("/")).sort();
  } catch {
    return [];
  }
}
