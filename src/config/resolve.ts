// Settings out of their layers: flags win over the environment, the environment over the file, the file over what
// holds otherwise. Each layer is checked by itself, so that a mistake is told where it stands.

import * as v from "valibot";
import { EXIT, UserError } from "../errors.ts";
import { describeSetting } from "./described.ts";
import { DEFAULTS, type Layer, SETTING_KEYS, SETTINGS, type SettingKey } from "./settings.ts";
import { suggest } from "./suggest.ts";

export type Settings = { readonly [Key in SettingKey]: NonNullable<Layer[Key]> | Absent<Key> };
type Absent<Key extends SettingKey> = (typeof DEFAULTS)[Key] extends null ? null : never;

export interface Origin {
  readonly key: SettingKey;
  readonly value: unknown;
  readonly from: "default" | "file" | "environment" | "flag";
  /** Name of the flag, the variable or the file; null for a default. */
  readonly name: string | null;
}

export interface Layers {
  /** Flags as given, those that were not given left out or undefined. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: { readonly name: string; readonly text: string } | null;
}

/** What is in force, and from where. @throws UserError (wrong usage) for what cannot be. */
export function resolveSettings(layers: Layers): { settings: Settings; origins: Origin[] } {
  const { file } = layers;
  const inFile = file === null ? {} : check(readJson(file), (key) => `${file.name}: ${key}`);
  const inEnvironment = check(readEnvironment(layers.environment), variableOf);
  const given = Object.entries(layers.flags).filter(([, value]) => value !== undefined);
  const inFlags = check(Object.fromEntries(given), flagOf);
  const origins = SETTING_KEYS.map((key): Origin => {
    if (inFlags[key] !== undefined) return { key, value: inFlags[key], from: "flag", name: flagOf(key) };
    if (inEnvironment[key] !== undefined)
      return { key, value: inEnvironment[key], from: "environment", name: variableOf(key) };
    if (inFile[key] !== undefined && file !== null)
      return { key, value: inFile[key], from: "file", name: file.name };
    return { key, value: DEFAULTS[key], from: "default", name: null };
  });
  const settings = Object.fromEntries(origins.map(({ key, value }) => [key, value]));
  return { settings: settings as unknown as Settings, origins };
}

/** The variable that sets a key. */
function variableOf(key: string): string {
  return `CONNTRAIL_${key.toUpperCase().replaceAll("-", "_")}`;
}

function flagOf(key: string): string {
  return key === "paths" ? "the paths given" : `--${key}`;
}

function wrong(message: string, hint?: string): UserError {
  return new UserError(message, { exitCode: EXIT.usage, ...(hint === undefined ? {} : { hint }) });
}

function readJson({ name, text }: { name: string; text: string }): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(`${name} is not JSON: ${(error as Error).message.replace(/\s+/g, " ")}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(`${name} holds no object`);
  // What editors look the schema up by.
  const { $schema: _, ...rest } = value as Record<string, unknown>;
  return rest;
}

/** Variables that are set and not empty, as what their key is of; what is none of it is left for the check to tell. */
function readEnvironment(environment: Layers["environment"]): Record<string, unknown> {
  return Object.fromEntries(
    SETTING_KEYS.flatMap((key) => {
      const text = environment[variableOf(key)];
      return text === undefined || text === "" ? [] : [[key, fromText(key, text)]];
    }),
  );
}

function fromText(key: SettingKey, text: string): unknown {
  switch (describeSetting(key).type) {
    case "array":
      return text.split(":").filter((part) => part !== "");
    case "number":
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
    case "boolean":
      return /^(?:1|true|yes|on)$/i.test(text) || (/^(?:0|false|no|off)$/i.test(text) ? false : text);
    default:
      return text;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list of texts",
};

function check(layer: unknown, nameOf: (key: string) => string): Layer {
  const result = v.safeParse(SETTINGS, layer, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const key = String(issue.path?.[0]?.key ?? "");
  if (issue.type === "strict_object") {
    const meant = suggest(key, SETTING_KEYS);
    throw wrong(
      `${nameOf(key)}: there is no such key`,
      meant === null ? `known: ${SETTING_KEYS.join(", ")}` : `did you mean ${meant}?`,
    );
  }
  const value = issue.path?.[0]?.value;
  const shown = JSON.stringify(value) ?? String(value);
  throw wrong(`${nameOf(key)} ${shown} ${sentence(key as SettingKey, issue)}`);
}

function sentence(key: SettingKey, issue: v.BaseIssue<unknown>): string {
  if (issue.kind !== "schema") return issue.message;
  const { type, choices } = describeSetting(key);
  if (choices !== null) return `must be one of ${choices.join(", ")}`;
  return `must be ${TYPE_NAMES[type] ?? type}`;
}
