// What `tsc` made, as few files: starting costs as much as reading 100 MB, and most of it was finding 200 modules.
// Packages stay what they are, and where they are, but for yargs: every start loads it, and it comes in 25 modules.

export default {
  input: { cli: "dist/cli.js", "ahead-thread": "dist/pipeline/ahead/thread.js" },
  platform: "node",
  external: /^(?!yargs)[^./]/,
  // As deep as the modules were: `sql/` and `schemas/` are found from there.
  output: { dir: "dist/bundle", entryFileNames: "[name].js", chunkFileNames: "[name].js" },
};
