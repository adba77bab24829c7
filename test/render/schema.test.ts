// The JSON report against its shipped schema: whatever is reported fits it, and what is broken does not.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { corpus } from "../support/corpus.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { reportOf } from "../support/report.ts";
import { ALL } from "./fixtures.ts";
import { rendered } from "./rendered.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const schema = JSON.parse(readFileSync(join(ROOT, "schemas/report.schema.json"), "utf8")) as object;
const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

/** Where a report does not fit, and why; empty where it does. */
function misfits(json: unknown): readonly string[] {
  validate(json);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const jsonOf = (report: Report): unknown => JSON.parse(rendered("json", report));

describe("reports fit the schema", () => {
  test.each(Object.keys(ALL))("%s", (name) => {
    const report = ALL[name];
    if (report === undefined) throw new Error(name);
    expect(misfits(jsonOf(report))).toEqual([]);
  });

  describe("of the samples, the cases and the corpus", () => {
    let made: Made;
    beforeAll(async () => {
      made = makeDatabase();
      const cases = join(ROOT, "test/cases/ingest");
      const inputs = readdirSync(cases).map((name) => join(cases, name, "input"));
      await made.ingest([join(ROOT, "samples"), ...inputs.filter((path) => existsSync(path))], {
        hash: true,
      });
      if (corpus !== null) await made.ingest([corpus]);
    }, 120_000);
    afterAll(() => made.remove());

    it.each([
      ["all of them", {}],
      ["at another gap", { gapUs: 5_000_000 }],
      ["without what is doubted", { trustedOnly: true }],
      ["in a range", { sinceUs: 1_777_000_000_000_000, untilUs: 1_778_000_000_000_000 }],
      ["in Spanish", { lang: "es", displayTz: "Europe/Madrid" }],
    ])("%s", (_, options) => {
      const report = reportOf(made.path, options);
      expect(report.hosts.length).toBeGreaterThan(0);
      expect(misfits(jsonOf(report))).toEqual([]);
    });
  });
});

describe("the schema turns down", () => {
  type Node = Record<string, unknown>;
  const whole = () => jsonOf(ALL.TWO_HOSTS ?? (Object.values(ALL)[0] as Report)) as Node;
  const at = (node: unknown, ...path: (string | number)[]): Node =>
    path.reduce<Node>((inner, key) => inner[key as string] as Node, node as Node);

  const BREAKS: readonly (readonly [string, (json: Node) => void])[] = [
    ["another version", (json) => Object.assign(json, { schema_version: 2 })],
    ["a key too many", (json) => Object.assign(at(json, "hosts", 0), { extra: 1 })],
    ["a key too few", (json) => delete at(json, "hosts", 0, "bursts", 0).drops_max],
    ["a count that is no number", (json) => Object.assign(at(json, "totals"), { drops_min: "121" })],
    ["a count below nothing", (json) => Object.assign(at(json, "totals"), { drop_lines: -1 })],
    ["half a packet", (json) => Object.assign(at(json, "totals"), { drops_reported: 1.5 })],
    ["an unknown bound", (json) => Object.assign(at(json, "hosts", 0, "bursts", 0), { bound: "about" })],
    [
      "a time in another form",
      (json) => Object.assign(at(json, "hosts", 0, "bursts", 0), { start_time: "2024-03-10" }),
    ],
    [
      "a hash that is none",
      (json) => Object.assign(at(json, "hosts", 0, "bursts", 0, "first"), { sha256: "beef" }),
    ],
  ];

  test.each(BREAKS)("%s", (_, breakIt) => {
    const json = whole();
    expect(misfits(json)).toEqual([]);
    breakIt(json);
    expect(misfits(json)).not.toEqual([]);
  });
});

test("the schema is packed, and describes every key that it names", () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { files: string[] };
  expect(files).toContain("schemas");
  const { $defs } = schema as { $defs: Record<string, { description?: string }> };
  for (const [name, { description }] of Object.entries($defs)) expect(description, name).toBeTruthy();
});
