// The definition of the settings as JSON Schema, for editors and for other tools that write the file.

import { describeSetting, type Rule } from "./described.ts";
import { DEFAULTS, SETTING_KEYS, type SettingKey } from "./settings.ts";

type Json = { readonly [key: string]: unknown };

/** The JSON Schema of a configuration file. */
export function jsonSchema(): Json {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "conntrail nightly",
    description: "What `conntrail nightly --config FILE` reads. Flags and CONNTRAIL_* variables win over it.",
    type: "object",
    properties: {
      $schema: { type: "string" },
      ...Object.fromEntries(SETTING_KEYS.map((key) => [key, property(key)])),
    },
    additionalProperties: false,
  };
}

function property(key: SettingKey): Json {
  const { type, describe, choices, rules } = describeSetting(key);
  const normal = DEFAULTS[key];
  const integer = rules.some((rule) => rule.type === "integer");
  return {
    description: describe,
    type: choices !== null ? "string" : integer ? "integer" : type,
    ...(choices === null ? {} : { enum: choices }),
    ...(type === "array" ? { items: { type: "string", minLength: 1 } } : {}),
    ...Object.assign({}, ...rules.map((rule) => keyword(rule, type))),
    ...(normal === null ? {} : { default: normal }),
  };
}

function keyword({ type, requirement }: Rule, of: string): Json {
  switch (type) {
    case "min_value":
      return { minimum: requirement };
    case "max_value":
      return { maximum: requirement };
    case "gt_value":
      return { exclusiveMinimum: requirement };
    case "regex":
      return { pattern: requirement instanceof RegExp ? requirement.source : requirement };
    case "min_length":
      return of === "array" ? { minItems: requirement } : { minLength: requirement };
    default:
      return {};
  }
}
