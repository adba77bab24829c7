// The views as sql/README.md documents them: what its tests check, and what other descriptions are made of.

import { readFileSync } from "node:fs";

export const README = readFileSync(new URL("../../sql/README.md", import.meta.url), "utf8");

export interface DocumentedColumn {
  readonly name: string;
  readonly unit: string;
  readonly means: string;
  /** What NULL means there; `never`, where it cannot be. */
  readonly whenNull: string;
}

export interface DocumentedView {
  readonly name: string;
  /** Its first paragraph. */
  readonly means: string;
  readonly columns: readonly DocumentedColumn[];
}

const cells = (row: string): string[] => row.split("|").map((one) => one.trim());

export const VIEWS: readonly DocumentedView[] = [...README.matchAll(/^### (\w+)\n\n([\s\S]*?)(?=^##)/gm)].map(
  ([, name = "", text = ""]) => ({
    name,
    means: (text.split("\n\n")[0] ?? "").replaceAll("\n", " "),
    columns: [...text.matchAll(/^\| `(\w+)` *\|(.*)\|$/gm)].map(([, column = "", rest = ""]) => {
      const [unit = "", means = "", whenNull = "", ...more] = cells(rest);
      if (more.length > 0) throw new Error(`${name}.${column} has too many cells`);
      return { name: column, unit, means, whenNull };
    }),
  }),
);
