// Settings as flags: every key of the configuration, told by its one definition.

import { readFileSync } from "node:fs";
import type { Argv } from "yargs";
import { describeSetting } from "../config/described.ts";
import { type Origin, resolveSettings, type Settings } from "../config/resolve.ts";
import { DEFAULTS, SETTING_KEYS } from "../config/settings.ts";
import { NUMBER, pathsOf, usage } from "./options.ts";

/** --config and a flag for every key. None has a default here: what is not given must be seen to be so. */
export function settingOptions<T>(yargs: Argv<T>): Argv<T> {
  let told = yargs.positional("path", {
    type: "string",
    array: true,
    describe: "files, folders, quoted globs, archives to read [default: /var/log]",
  }) as unknown as Argv<T>;
  told = told.option("config", {
    type: "string",
    requiresArg: true,
    describe: "JSON file with any of these settings; CONNTRAIL_CONFIG names it too",
  }) as unknown as Argv<T>;
  for (const key of SETTING_KEYS) {
    if (key === "paths") continue;
    const { type, describe, choices } = describeSetting(key);
    const normal = DEFAULTS[key];
    told = told.option(key, {
      ...(type === "number"
        ? NUMBER
        : { type: type === "boolean" ? type : "string", requiresArg: type !== "boolean" }),
      describe,
      ...(choices === null ? {} : { choices }),
      ...(normal === null || normal === false ? {} : { defaultDescription: String(normal) }),
    }) as unknown as Argv<T>;
  }
  return told;
}

/** What is in force for a command, and from where. @throws UserError for what cannot be. */
export function readSettings(argv: Readonly<Record<string, unknown>>): {
  settings: Settings;
  origins: Origin[];
} {
  const flags = Object.fromEntries(SETTING_KEYS.map((key) => [key, argv[key]]));
  const given = argv.path as readonly string[] | undefined;
  const name = (argv.config ?? (process.env.CONNTRAIL_CONFIG || undefined)) as string | undefined;
  return resolveSettings({
    flags: { ...flags, paths: given === undefined || given.length === 0 ? undefined : pathsOf(given) },
    environment: process.env,
    file: name === undefined ? null : { name, text: readText(name) },
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw usage(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? "failed"}`);
  }
}
