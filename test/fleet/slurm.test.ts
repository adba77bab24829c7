// The Slurm example as it is shipped, on a real Slurm: sixteen shards, one of which fails the first time and is put
// back into the queue, and a merge that waits for all. Skipped where slurm-wlm is not installed.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildProgram, type Program, SAMPLES } from "../cli/program.ts";
import { contents } from "../merge/rows.ts";
import { fleetLogs } from "./logs.ts";
import { hasSlurm, type Slurm, startSlurm } from "./slurm.ts";

const HOSTS = 24;
const SHARDS = 16;
const MINUTES = 5 * 60_000;

let program: Program;
let slurm: Slurm | null = null;
let folder: string;

beforeAll(async () => {
  if (!hasSlurm) return;
  program = buildProgram();
  // Installed is not yet running: a container may forbid what its daemons need.
  slurm = await startSlurm().catch(() => null);
  folder = mkdtempSync(join(tmpdir(), "conntrail-fleet-"));
}, MINUTES);
afterAll(async () => {
  await slurm?.stop();
  program?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

it.skipIf(!hasSlurm)(
  "16 shards, one requeued, and a dependent merge give the rows of one ingest (skipped without slurm-wlm)",
  async (context) => {
    if (slurm === null) return context.skip("Slurm is installed, and its daemons do not start here");
    const logs = join(folder, "logs");
    fleetLogs(logs, HOSTS);
    const wrapper = join(folder, "conntrail");
    const failed = join(folder, "failed-once");
    // The fifth shard writes half a record and dies, the first time.
    writeFileSync(
      wrapper,
      `#!/bin/sh\ncase "$*" in *"--shard 5/${SHARDS}"*) [ -e ${failed} ] || { touch ${failed}; echo '{"rec'; exit 1; };; esac\n` +
        `exec "${process.execPath}" "${program.script}" "$@"\n`,
    );
    chmodSync(wrapper, 0o755);
    const out = join(folder, "out");
    mkdirSync(out);
    slurm.run("sh", [join(SAMPLES, "fleet/slurm/submit.sh")], {
      CONNTRAIL: wrapper,
      LOGS: logs,
      OUT: out,
      SHARDS: String(SHARDS),
    });
    const until = Date.now() + MINUTES - 30_000;
    while (Date.now() < until && !existsSync(join(out, "fleet.txt"))) {
      await sleep(1000);
      // Slurm lets a requeued job wait two minutes; the test does not.
      for (const id of slurm.run("squeue", ["-h", "-r", "-t", "PD", "-o", "%A %r"]).split("\n")) {
        const [job, reason] = id.split(" ");
        if (reason === "BeginTime") slurm.run("scontrol", ["update", `JobId=${job}`, "StartTime=now"]);
      }
    }
    expect(existsSync(failed)).toBe(true);
    expect(readFileSync(join(out, "shards/5.log"), "utf8")).toContain("failed with 1, try 1");
    expect(readdirSync(join(out, "shards")).filter((name) => name.endsWith(".ndjson"))).toHaveLength(SHARDS);
    expect(program.run(["ingest", logs, "--db", "one.db"]).status).toBe(0);
    const times = ["ingested_time"];
    expect(contents(join(out, "fleet.db"), times)).toEqual(contents(join(program.folder, "one.db"), times));
  },
  MINUTES,
);
