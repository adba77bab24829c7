// The folder of the reports: read, listed, and written to file by file, each whole or not at all.

import { mkdirSync, readdirSync, readFileSync, statSync, unlinkSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { UserError } from "../errors.ts";
import type { ReportFiles } from "../pipeline/nightly/report.ts";

const REPORT = /\.(?:html|md|json)$/;
/** What write-file-atomic calls a file that it has not renamed yet. */
const HALF_WRITTEN = /(?:^index|\/\d{4}-\d\d-\d\d)\.(?:html|md|json)\.\d+$/;

/** Reports below `folder`, which is made when the first is written. */
export function openReportFolder(folder: string): ReportFiles {
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
      try {
        mkdirSync(dirname(full), { recursive: true, mode: 0o750 });
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
