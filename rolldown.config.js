// What `tsc` made, as few files: starting costs as much as reading 100 MB, and most of it was finding 200 modules.
// Packages that every start loads are taken in, with what they need; others stay what they are, and where they are.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const YARGS = "yargs|cliui|y18n|escalade|get-caller-file";
const ITS_COLUMNS =
  "string-width|strip-ansi|ansi-regex|wrap-ansi|ansi-styles|emoji-regex|get-east-asian-width";
const OURS = "date-fns|split2|valibot";

/** Folders of the packages that modules are from. */
function foldersOf(modules) {
  const folders = modules.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0]);
  return [...new Set(folders.filter((one) => one !== undefined))].sort();
}

/** What is taken in comes with its licence. */
const licences = {
  name: "licences",
  generateBundle() {
    const texts = foldersOf([...this.getModuleIds()]).map((folder) => {
      const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const text = file === undefined ? license : readFileSync(join(folder, file), "utf8");
      return `${name} ${version}\n\n${text.trim()}\n`;
    });
    this.emitFile({
      type: "asset",
      fileName: "licences.txt",
      source: [...new Set(texts)].join(`\n${"-".repeat(72)}\n\n`),
    });
  },
};

/** yargs lays out its help by this; to know all emoji takes a tenth of a start, and our help has a column a character. */
const widths = {
  name: "widths",
  resolveId: (id) => (id === "string-width" ? "\0string-width" : null),
  load: (id) =>
    id === "\0string-width"
      ? 'export default (text) => [...text.replace(/\\x1b\\[[\\d;]*m/g, "")].length;'
      : null,
};

export default {
  input: {
    conntrail: "dist/start/conntrail.js",
    warm: "dist/start/warm.js",
    cli: "dist/cli.js",
    "ahead-thread": "dist/pipeline/ahead/thread.js",
  },
  platform: "node",
  external: new RegExp(`^(?!${YARGS}|${ITS_COLUMNS}|${OURS})[^./\\0]`),
  plugins: [licences, widths],
  // yargs asks it where a configuration file extends another; ours are read by src/config.
  transform: { define: { "import.meta.resolve": "String" } },
  // As deep as the modules were: `sql/` and `schemas/` are found from there.
  output: {
    dir: "dist/bundle",
    // Node keeps no compiled code of modules (src/start).
    format: "cjs",
    dynamicImportInCjs: false,
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
  },
};
