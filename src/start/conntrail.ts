#!/usr/bin/env node
// What is run: by the shell, and by threads that read ahead.

import { isMainThread } from "node:worker_threads";
import { createChunks } from "./chunks.ts";
import { tuneEngine } from "./engine.ts";

tuneEngine();
createChunks(import.meta.dirname).load(isMainThread ? "./cli.cjs" : "./ahead-thread.cjs");
