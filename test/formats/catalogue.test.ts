// Every row proves itself: its samples give exactly the facts beside them, whatever was parsed before; its
// lookalikes are not taken for it; no other row takes its samples.

import { describe, expect, it } from "vitest";
import { FALLBACKS, FORMATS } from "../../src/formats/catalogue.ts";
import type { Sample } from "../../src/formats/format.ts";
import { createParser } from "../../src/formats/parse.ts";
import { whole } from "./reading.ts";

const ROWS = [...FORMATS, ...FALLBACKS];
const SAMPLES: readonly (Sample & { readonly id: string })[] = ROWS.flatMap(({ id, samples }) =>
  samples.map((sample) => ({ id, ...sample })),
);

describe("the table of formats", () => {
  it("has unique ids, and samples and lookalikes in every row", () => {
    expect(new Set(ROWS.map((row) => row.id)).size).toBe(ROWS.length);
    for (const row of ROWS) {
      expect(row.samples.length, row.id).toBeGreaterThan(0);
      expect(row.lookalikes.length, row.id).toBeGreaterThan(0);
    }
  });

  it.each(SAMPLES)("$id: $line", ({ id, line, entry }) => {
    expect(createParser().parse(line)).toEqual(whole(id, entry));
  });

  it.each(ROWS.flatMap((row) => row.lookalikes.map((line) => ({ id: row.id, line }))))(
    "$id is not $line",
    ({ id, line }) => {
      expect(createParser().parse(line)?.format).not.toBe(id);
    },
  );

  it("gives the same for each sample after each other sample", () => {
    for (const first of SAMPLES) {
      for (const second of SAMPLES) {
        const parser = createParser();
        parser.parse(first.line);
        expect(parser.parse(second.line), `${second.line} after ${first.line}`).toEqual(
          whole(second.id, second.entry),
        );
      }
    }
  });

  it("has no two dated rows for one line", () => {
    const lines = [...SAMPLES.map((sample) => sample.line), ...ROWS.flatMap((row) => row.lookalikes)];
    for (const line of lines) {
      const heads = FORMATS.filter((row) => row.pattern.test(line)).map((row) => row.id);
      expect(heads.length, `${line}: ${heads.join(", ")}`).toBeLessThan(2);
    }
  });
});
