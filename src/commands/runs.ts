// conntrail runs: what has been run on this database.

import type { Argv } from "yargs";
import { commonOptions, ROW_FORMAT, terminalWidth } from "./options.ts";
import { print } from "./print.ts";

export const command = "runs";
export const describe = "list what has been run on the database, newest first";

export function builder(yargs: Argv) {
  return commonOptions(yargs)
    .option("format", ROW_FORMAT)
    .example("$0 runs", "as a table")
    .example("$0 runs --format csv", "for a spreadsheet");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const [{ openForReading }, { statement }, { formatRows }] = await Promise.all([
    import("../store/open.ts"),
    import("../store/statements.ts"),
    import("../render/rows.ts"),
  ]);
  const db = openForReading(argv.db);
  try {
    const list = statement(db, "list_runs");
    const rows = list.all() as Record<string, string | number | null>[];
    const look = { width: terminalWidth(), columns: list.columns().map(({ name }) => name) };
    print(formatRows(rows, argv.format, look));
  } finally {
    db.close();
  }
}
