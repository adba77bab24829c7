// Settings: what wins over what, what is refused and how, and the schema that is shipped.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { durationUs } from "../../src/config/duration.ts";
import { jsonSchema } from "../../src/config/json-schema.ts";
import { type Layers, resolveSettings } from "../../src/config/resolve.ts";
import { SETTING_KEYS } from "../../src/config/settings.ts";
import { suggest } from "../../src/config/suggest.ts";
import { EXIT, UserError } from "../../src/errors.ts";

const NONE: Layers = { flags: {}, environment: {}, file: null };
const file = (value: unknown) => ({ name: "conntrail.json", text: JSON.stringify(value) });

function refusal(layers: Partial<Layers>): UserError {
  try {
    resolveSettings({ ...NONE, ...layers });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("layers", () => {
  it("flags win over the environment, the environment over the file, the file over what holds otherwise", () => {
    const { settings, origins } = resolveSettings({
      file: file({ keep: "90d", gap: 30, wait: 9, "display-tz": "Europe/Madrid" }),
      environment: { CONNTRAIL_KEEP: "60d", CONNTRAIL_GAP: "20", CONNTRAIL_DISPLAY_TZ: "" },
      flags: { keep: "30d", vacuum: undefined },
    });
    expect(settings).toMatchObject({
      keep: "30d",
      gap: 20,
      wait: 9,
      "display-tz": "Europe/Madrid",
      out: "reports",
    });
    const from = Object.fromEntries(origins.map((one) => [one.key, [one.from, one.name]]));
    expect(from).toMatchObject({
      keep: ["flag", "--keep"],
      gap: ["environment", "CONNTRAIL_GAP"],
      wait: ["file", "conntrail.json"],
      out: ["default", null],
    });
  });
  it("variables are read as what their key is of", () => {
    const environment = {
      CONNTRAIL_PATHS: "/var/log:/srv/logs",
      CONNTRAIL_VACUUM: "yes",
      CONNTRAIL_HASH: "0",
      CONNTRAIL_WAIT: "2.5",
      CONNTRAIL_JSON_LOG: "false",
    };
    expect(resolveSettings({ ...NONE, environment }).settings).toMatchObject({
      paths: ["/var/log", "/srv/logs"],
      vacuum: true,
      hash: false,
      wait: 2.5,
      "json-log": false,
    });
  });
  it("a schema may be named in the file", () => {
    expect(
      resolveSettings({ ...NONE, file: file({ $schema: "./conntrail.schema.json" }) }).origins,
    ).toHaveLength(SETTING_KEYS.length);
  });
});

describe("mistakes are told where they stand", () => {
  const cases: readonly [string, Partial<Layers>, string, string | null][] = [
    [
      "an unknown key, with a suggestion",
      { file: file({ keeep: "9d" }) },
      "conntrail.json: keeep: there is no such key",
      "did you mean keep?",
    ],
    [
      "another way to write it",
      { file: file({ displayTz: "UTC" }) },
      "conntrail.json: displayTz: there is no such key",
      "did you mean display-tz?",
    ],
    [
      "letters swapped",
      { file: file({ wiat: 1 }) },
      "conntrail.json: wiat: there is no such key",
      "did you mean wait?",
    ],
    [
      "a duration without a unit",
      { flags: { keep: "90" } },
      '--keep "90" must be a number with h, d or w behind it, for example 90d',
      null,
    ],
    [
      "a number in words",
      { environment: { CONNTRAIL_WAIT: "long" } },
      'CONNTRAIL_WAIT "long" must be a number',
      null,
    ],
    [
      "neither yes nor no",
      { environment: { CONNTRAIL_CHECK: "maybe" } },
      'CONNTRAIL_CHECK "maybe" must be true or false',
      null,
    ],
    [
      "a text for a list",
      { file: file({ paths: "/var/log" }) },
      'conntrail.json: paths "/var/log" must be a list of texts',
      null,
    ],
    ["no path", { file: file({ paths: [] }) }, "conntrail.json: paths [] must name a path", null],
    [
      "a zone that is none",
      { flags: { tz: "Mars/Olympus" } },
      '--tz "Mars/Olympus" must be a time zone, for example Europe/Madrid or +02:00',
      null,
    ],
    [
      "an offset for the zone that times are shown in",
      { file: file({ "display-tz": "+02:00" }) },
      'conntrail.json: display-tz "+02:00" must be a named time zone, for example Europe/Madrid or UTC',
      null,
    ],
    ["a language that is none", { flags: { lang: "xx" } }, '--lang "xx" must be one of en, es', null],
    ["a flag given twice", { flags: { year: [2007, 2008] } }, "--year [2007,2008] must be a number", null],
    ["no gap at all", { flags: { gap: 0 } }, "--gap 0 must be more than 0 seconds", null],
    ["a gap without end", { flags: { gap: 1e300 } }, "--gap 1e+300 must be a year at most", null],
    ["a list for a file", { file: file([]) }, "conntrail.json holds no object", null],
  ];
  for (const [name, layers, message, hint] of cases) {
    it(name, () => {
      const error = refusal(layers);
      expect([error.message, error.exitCode]).toEqual([message, EXIT.usage]);
      if (hint !== null) expect(error.hint).toBe(hint);
    });
  }
  it("a key that is like no other names those that are", () => {
    expect(refusal({ file: file({ colour: "red" }) }).hint).toContain("known: paths, db, out, keep");
  });
  it("text that is no JSON", () => {
    expect(refusal({ file: { name: "x.json", text: "{" } }).message).toMatch(/^x\.json is not JSON: /);
  });
});

it("the shipped schema is the one that the definition makes", () => {
  const shipped = readFileSync(
    new URL("../../samples/nightly/conntrail.schema.json", import.meta.url),
    "utf8",
  );
  expect(shipped).toBe(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
});

it("the shipped settings are settings", () => {
  const text = readFileSync(new URL("../../samples/nightly/conntrail.json", import.meta.url), "utf8");
  expect(resolveSettings({ ...NONE, file: { name: "conntrail.json", text } }).settings.keep).toBe("90d");
});

it("durations are hours, days and weeks", () => {
  expect(["1h", "90d", "2w"].map(durationUs)).toEqual([3_600_000_000, 7_776_000_000_000, 1_209_600_000_000]);
});

it("only a close miss is suggested", () => {
  const known = ["keep", "out", "display-tz"];
  expect(["kepe", "KEEP", "display_tz", "displaytz", "elephant"].map((one) => suggest(one, known))).toEqual([
    "keep",
    "keep",
    "display-tz",
    "display-tz",
    null,
  ]);
});
