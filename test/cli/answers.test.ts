// report, query, advise, formats and runs as scripts see them.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "./sqlite.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, hasStackTrace, type Program, type Ran, SAMPLES } from "./program.ts";
