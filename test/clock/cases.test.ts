// Runs every golden case below test/cases/clock: `rule` and `input` of case.json must give expected.json.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "./rules.ts";

interface Case {
  readonly why: string;
  readonly rule: string;
  readonly input: never;
}

const ROOT = new URL("../cases/clock/", import.meta.url);
const NAMES = readdirSync(ROOT).sort();

describe("golden cases", () => {
  it("are there", () => expect(NAMES.length).toBeGreaterThan(40));

  for (const name of NAMES) {
    it(name, () => {
      const { rule, input, why }: Case = read(`${name}/case.json`);
      const run = RULES[rule];
      expect(run, `no rule ${rule}`).toBeTypeOf("function");
      expect(run?.(input), why).toEqual(read(`${name}/expected.json`));
    });
  }
});

function read(path: string) {
  return JSON.parse(readFileSync(new URL(path, ROOT), "utf8"));
}
