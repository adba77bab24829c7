// What `tsc` made, as few files: starting costs as much as reading 100 MB, and most of it was finding 200 modules.
// Packages stay what they are, and where they are.

export default {
  input: "dist/cli.js",
  platform: "node",
  external: /^[^./]/,
  // As deep as the modules were: `sql/` and `schemas/` are found from there.
  output: { dir: "dist/bundle", entryFileNames: "[name].js", chunkFileNames: "[name].js" },
};
