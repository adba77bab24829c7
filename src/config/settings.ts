// What a nightly run can be told, once: the type, the check of every layer, the flags and the JSON Schema that is
// shipped are all read off this definition.

import * as v from "valibot";
import { isNamedZone, isZone } from "./zone-names.ts";

const text = (what: string) => v.pipe(v.string(), v.minLength(1, "must not be empty"), v.description(what));
const yesOrNo = (what: string) => v.pipe(v.boolean(), v.description(what));

const DURATION = /^[1-9]\d{0,4}[hdw]$/;
const REFERENCE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

const zone = (what: string) =>
  v.pipe(
    v.string(),
    v.check(isZone, "must be a time zone, for example Europe/Madrid or +02:00"),
    v.description(what),
  );
const namedZone = (what: string) =>
  v.pipe(
    v.string(),
    v.check(isNamedZone, "must be a named time zone, for example Europe/Madrid or UTC"),
    v.description(what),
  );

/** Every key of the configuration file; each is a flag of `nightly` and, as CONNTRAIL_<KEY>, a variable too. */
export const SETTINGS = v.strictObject({
  paths: v.optional(
    v.pipe(
      v.array(text("a path")),
      v.minLength(1, "must name a path"),
      v.description("files, folders, quoted globs, archives to read"),
    ),
  ),
  db: v.optional(text("database file")),
  out: v.optional(text("folder of the reports")),
  keep: v.optional(
    v.pipe(
      v.string(),
      v.regex(DURATION, "must be a number with h, d or w behind it, for example 90d"),
      v.description("delete events and observations older than this (90d, 12w, 36h); bursts stay"),
    ),
  ),
  wait: v.optional(
    v.pipe(
      v.number(),
      v.minValue(0, "must be 0 seconds or more"),
      v.maxValue(86_400, "must be a day (86400 seconds) at most"),
      v.description("wait this many seconds for another run to end"),
    ),
  ),
  vacuum: v.optional(yesOrNo("give what was pruned back to the file system")),
  check: v.optional(yesOrNo("exit with 3 when there were drops in what was new")),
  "display-tz": v.optional(namedZone("zone of the days that reports are made of, and of their times")),
  lang: v.optional(v.pipe(v.picklist(["en", "es"]), v.description("language of the reports"))),
  gap: v.optional(
    v.pipe(
      v.number(),
      v.gtValue(0, "must be more than 0 seconds"),
      v.minValue(1e-6, "must be a microsecond or more"),
      v.maxValue(366 * 86_400, "must be a year at most"),
      v.description("longest pause within a burst, seconds"),
    ),
  ),
  host: v.optional(text("host of logs that name none")),
  tz: v.optional(zone("zone of stamps without one (Europe/Madrid, +02:00)")),
  year: v.optional(
    v.pipe(
      v.number(),
      v.integer("must be a year"),
      v.minValue(1970, "must be a year from 1970 on"),
      v.maxValue(2200, "must be a year up to 2200"),
      v.description("year of a source's first line, where stamps have none"),
    ),
  ),
  reference: v.optional(
    v.pipe(
      v.string(),
      v.regex(REFERENCE, "must be a date or an instant, for example 2026-04-27T19:50:00Z"),
      v.description("the latest a source's last line can be (ISO 8601)"),
    ),
  ),
  hash: v.optional(yesOrNo("SHA-256 of what is read")),
  quiet: v.optional(yesOrNo("say only what went wrong")),
  "json-log": v.optional(yesOrNo("talk in JSON, one object a line")),
});

/** What one layer sets. */
export type Layer = v.InferOutput<typeof SETTINGS>;
export type SettingKey = keyof Layer;

export const SETTING_KEYS = Object.keys(SETTINGS.entries) as readonly SettingKey[];

/** What holds where no layer says anything; null: nothing. */
export const DEFAULTS = {
  paths: ["/var/log"],
  db: "conntrail.db",
  out: "reports",
  keep: null,
  wait: 0,
  vacuum: false,
  check: false,
  "display-tz": "UTC",
  lang: "en",
  gap: 60,
  host: null,
  tz: null,
  year: null,
  reference: null,
  hash: true,
  quiet: false,
  "json-log": false,
} as const satisfies { readonly [Key in SettingKey]-?: NonNullable<Layer[Key]> | null };
