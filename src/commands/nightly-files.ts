// The folder of the reports: read, listed, and written to file by file, each whole or not at all.

import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { UserError } from "../errors.ts";
import type { ReportFiles } from "../pipeline/nightly-report.ts";

const REPORT = /\.(?:html|md|json)$/;

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
        await writeFileAtomic(full, text, { mode });
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? "failed";
        throw new UserError(`cannot write ${full}: ${code}`, { cause: error });
      }
    },
    list() {
      try {
        const names = readdirSync(folder, { recursive: true }) as string[];
        return names
          .filter((name) => REPORT.test(name))
          .map((name) => name.split(sep).join("/"))
          .sort();
      } catch {
        return [];
      }
    },
  };
}
