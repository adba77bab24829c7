// What `tsc` made, as few files: starting costs as much as reading 100 MB, and most of it was finding 200 modules.
// Packages that every start loads are taken in, with what they need; others stay what they are, and where they are.

const YARGS = "yargs|cliui|y18n|escalade|get-caller-file";
const ITS_COLUMNS =
  "string-width|strip-ansi|ansi-regex|wrap-ansi|ansi-styles|emoji-regex|get-east-asian-width";
const OURS = "date-fns|split2|valibot";

export default {
  input: { cli: "dist/cli.js", "ahead-thread": "dist/pipeline/ahead/thread.js" },
  platform: "node",
  external: new RegExp(`^(?!${YARGS}|${ITS_COLUMNS}|${OURS})[^./]`),
  // As deep as the modules were: `sql/` and `schemas/` are found from there.
  output: { dir: "dist/bundle", entryFileNames: "[name].js", chunkFileNames: "[name].js" },
};
