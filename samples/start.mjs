// What `npm start` does: reads the samples into a database, prints the text report, leaves the HTML report.
// Each step is one command that a user could type.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const db = "reports/samples.db";
const steps = [
  ["ingest", "samples/mailsswl", "--year", "2007", "--tz", "UTC", "--db", db],
  ["ingest", "samples/router-2026", "--tz", "Europe/Madrid", "--db", db],
  ["report", "--db", db],
  ["report", "--db", db, "--format", "html", "--out", "reports/samples.html"],
];

if (!existsSync(`${root}/dist/bundle/conntrail.cjs`)) {
  console.error("not built yet: npm ci builds it");
  process.exit(1);
}
mkdirSync(`${root}/reports`, { recursive: true });
rmSync(`${root}/${db}`, { force: true });
for (const step of steps) {
  console.error(`$ conntrail ${step.join(" ")}`);
  const { status } = spawnSync(process.execPath, ["dist/bundle/conntrail.cjs", ...step], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
console.error("\nThe HTML report is reports/samples.html; the database is reports/samples.db.");
