// Loads the files of the bundle as `require` does, but from compiled code where there is some.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { debuglog } from "node:util";
import { Script } from "node:vm";
import { readCompiled, writeCompiled } from "./compiled.ts";
import { holdYoung } from "./engine.ts";

export interface Chunks {
  /** What the chunk `name` (`./cli.cjs`) exports, or a package where it is no path. */
  readonly load: (name: string) => unknown;
  /** Keeps what V8 made of all that was loaded and ran so far. @throws where it cannot be written. */
  keepCompiled(): void;
}

type Wrapped = (exports: object, require: NodeJS.Require, module: object, path: string, home: string) => void;

interface Loaded {
  readonly script: Script;
  readonly text: Buffer;
}

/** With `NODE_DEBUG=conntrail`. */
const debug = debuglog("conntrail");

/** For the chunks in the folder `home`. */
export function createChunks(home: string): Chunks {
  const outside = createRequire(join(home, "chunks.cjs"));
  const modules = new Map<string, { readonly exports: object }>();
  const kept = new Map<string, Loaded>();
  const require = Object.assign(load, outside);

  function load(name: string): unknown {
    if (!name.startsWith("./")) return outside(name);
    const before = modules.get(name);
    if (before !== undefined) return before.exports;
    const module = { exports: {} };
    modules.set(name, module);
    try {
      const path = join(home, name);
      const chunk = compile(path);
      kept.set(path, chunk);
      const run = chunk.script.runInThisContext() as Wrapped;
      run(module.exports, require, module, path, home);
    } catch (error) {
      // Not half of it to who asks next.
      modules.delete(name);
      throw error;
    }
    return module.exports;
  }

  return {
    load,
    keepCompiled() {
      for (const [path, { script, text }] of kept) writeCompiled(path, text, script.createCachedData());
    },
  };
}

function compile(path: string): Loaded {
  const text = readFileSync(path);
  const cachedData = readCompiled(path, text);
  // On its first line, so that stack traces count as the file does.
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${text}\n})`;
  // Under the flags that it was compiled under.
  holdYoung();
  const script = new Script(wrapped, { filename: path, ...(cachedData && { cachedData }) });
  debug("%s %s", script.cachedDataRejected === false ? "taken" : "compiled", path);
  return { script, text };
}
