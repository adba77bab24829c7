// conntrail config: what is in force for a nightly run, and from where.

import type { Argv } from "yargs";
import { readSettings, settingOptions } from "./config-options.ts";
import { ROW_FORMAT, terminalWidth } from "./options.ts";
import { print } from "./print.ts";

export const command = "config [path...]";
export const describe = "show the settings of a nightly run: what is in force, and from where";

export function builder(yargs: Argv) {
  return settingOptions(yargs)
    .option("format", ROW_FORMAT)
    .option("schema", {
      type: "boolean",
      default: false,
      describe: "print the JSON Schema of the file instead",
    })
    .example("$0 config --config conntrail.json", "what a run with this file would do")
    .example("$0 config --schema", "for editors, and for what writes the file");
}

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  if (argv.schema) {
    const { jsonSchema } = await import("../config/json-schema.ts");
    process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    return;
  }
  const { formatRows } = await import("../render/rows.ts");
  const rows = readSettings(argv).origins.map(({ key, value, from, name }) => ({
    key,
    value: shown(value),
    from,
    name,
  }));
  print(formatRows(rows, argv.format, { width: terminalWidth() }));
}

function shown(value: unknown): string | number | null {
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  return Array.isArray(value) ? value.join(" ") : String(value);
}
