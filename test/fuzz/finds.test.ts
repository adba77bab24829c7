// What the fuzzer found: each case once broke a promise, and lies below test/cases/fuzz/ under its target's name.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TARGETS } from "./targets.ts";

const CASES = fileURLToPath(new URL("../cases/fuzz", import.meta.url));

for (const name of readdirSync(CASES).sort()) {
  describe(name, () => {
    const target = TARGETS[name];
    it("is a target", () => expect(target).toBeDefined());
    for (const file of readdirSync(join(CASES, name)).sort()) {
      it(file, async () => {
        const bytes = readFileSync(join(CASES, name, file));
        for (const cuts of [[], [1], [bytes.length >> 1, 7], Array.from({ length: 64 }, (_, i) => i)]) {
          await target?.run(bytes, cuts);
        }
      });
    }
  });
}
