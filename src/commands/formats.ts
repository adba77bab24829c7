// conntrail formats: what can be read, from the tables that the readers themselves use.

import type { Argv } from "yargs";
import { commonOptions, ROW_FORMAT, terminalWidth } from "./options.ts";
import { print } from "./print.ts";

export const command = "formats";
export const describe = "list what can be read: line formats, snapshots and metrics, archives";

export function builder(yargs: Argv) {
  return commonOptions(yargs)
    .option("format", ROW_FORMAT)
    .example("$0 formats", "as a table")
    .example("$0 formats --format json", "the same for programs");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

const EXAMPLE_COLUMNS = 60;

export async function handler(argv: Arguments): Promise<void> {
  const [{ listReadable }, { formatRows }] = await Promise.all([
    import("../pipeline/reading/readable.ts"),
    import("../render/rows.ts"),
  ]);
  const rows = listReadable().map((row) =>
    argv.format === "table"
      ? { ...row, example: row.example.split("\n", 1)[0]?.slice(0, EXAMPLE_COLUMNS) ?? "" }
      : row,
  );
  print(formatRows(rows, argv.format, { width: terminalWidth() }));
}
