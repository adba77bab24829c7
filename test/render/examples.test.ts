// The example reports against what the program says now, byte for byte. `npm run accept` writes them anew; what
// changed is then seen in the review.

import { cpSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import type { IngestOptions } from "../../src/pipeline/ingesting/ingest.ts";
import { FORMATS, type FormatName } from "../../src/render/formats.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { reportOf } from "../support/report.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const EXAMPLES = join(ROOT, "reports/examples");
const NAMES = Object.keys(FORMATS) as FormatName[];

interface Example {
  readonly name: string;
  readonly paths: readonly string[];
  readonly options: Partial<IngestOptions>;
  readonly displayTz: string;
}

/** As in the page about reports. A snapshot without a date of its own is left out: a copy of it is dated anew. */
const SHOWN: readonly Example[] = [
  {
    name: "mailsswl",
    paths: ["samples/mailsswl/messages", "samples/mailsswl/boot.log"],
    options: { year: 2007, tz: "UTC" },
    displayTz: "UTC",
  },
  {
    name: "router-2026",
    paths: ["samples/router-2026"],
    options: { tz: "Europe/Madrid" },
    displayTz: "Europe/Madrid",
  },
];

/** After the last line of every sample. A checkout's own times say when it was made. */
const COPIED = new Date("2026-06-01T00:00:00Z");

describe.each(SHOWN)("$name", ({ name, paths, options, displayTz }) => {
  const elsewhere = process.cwd();
  let folder: string;
  let made: Made;
  let report: Report;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "conntrail-examples-"));
    cpSync(join(ROOT, "samples"), join(folder, "samples"), { recursive: true });
    for (const one of readdirSync(folder, { recursive: true }) as string[]) {
      utimesSync(join(folder, one), COPIED, COPIED);
    }
    // Paths in a report are as they were given.
    process.chdir(folder);
    made = makeDatabase();
    await made.ingest(paths, { ...options, hash: true });
    report = reportOf(made.path, { displayTz });
  });
  afterAll(() => {
    process.chdir(elsewhere);
    made.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(NAMES)("%s", async (format) => {
    const { render, extension } = FORMATS[format];
    const text = [...render(report, { width: 80, colour: false, ascii: false })].join("");
    await expect(text).toMatchFileSnapshot(join(EXAMPLES, `${name}.${extension}`));
  });
});

it("nothing else lies among the examples", () => {
  const named = SHOWN.flatMap(({ name }) => NAMES.map((format) => `${name}.${FORMATS[format].extension}`));
  expect(readdirSync(EXAMPLES).sort()).toEqual(named.sort());
});
