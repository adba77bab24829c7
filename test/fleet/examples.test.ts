// The other examples of samples/fleet: run where what they need is installed, looked through where it is not.

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, cleanEnvironment, type Program, SAMPLES } from "../cli/program.ts";
import { contents } from "../merge/rows.ts";
import { hasYaml } from "../sql/shell.ts";
import { hasClickhouse, startClickhouse } from "./clickhouse.ts";
import { DROPS_EACH, fleetLogs } from "./logs.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const hasParallel =
  spawnSync("parallel", ["--version"]).stdout?.toString().startsWith("GNU parallel") === true;
const HOSTS = 12;
const DROPS = HOSTS * DROPS_EACH;
const MINUTES = 3 * 60_000;

let program: Program;
let folder: string;
const at = (name: string) => join(folder, name);
const sample = (name: string) => join(SAMPLES, "fleet", name);
const shell = (script: string, env: Readonly<Record<string, string>>) =>
  spawnSync("sh", [script], { encoding: "utf8", env: { ...cleanEnvironment(), ...env } });

beforeAll(() => {
  program = buildProgram();
  folder = mkdtempSync(join(tmpdir(), "conntrail-fleet-"));
  fleetLogs(at("logs"), HOSTS);
  writeFileSync(at("conntrail"), `#!/bin/sh\nexec "${process.execPath}" "${program.script}" "$@"\n`);
  chmodSync(at("conntrail"), 0o755);
  // \`parse\` asks for no zone of the process, and takes UTC.
  const alone = program.run(["ingest", at("logs"), "--db", at("one.db")], { env: { TZ: "UTC" } });
  expect(alone.status, alone.err).toBe(0);
}, MINUTES);
afterAll(() => {
  program?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("xargs over a list of files", () => {
  it(
    "fails where a shard fails, makes only what is missing when it is run again, and gives the rows of one ingest",
    () => {
      const failing = at("failing");
      writeFileSync(
        failing,
        `#!/bin/sh\ncase "$*" in *"--shard 2/4"*) exit 1;; esac\nexec ${at("conntrail")} "$@"\n`,
      );
      chmodSync(failing, 0o755);
      const env = { LOGS: at("logs"), OUT: at("out"), SHARDS: "4", JOBS: "2" };
      expect(shell(sample("shell/xargs.sh"), { ...env, CONNTRAIL: failing }).status).not.toBe(0);
      const first = readFileSync(at("out/shards/1.ndjson"), "utf8");
      expect(shell(sample("shell/xargs.sh"), { ...env, CONNTRAIL: at("conntrail") }).status).toBe(0);
      expect(readFileSync(at("out/shards/1.ndjson"), "utf8")).toBe(first);
      expect(contents(at("out/fleet.db"), ["ingested_time"])).toEqual(
        contents(at("one.db"), ["ingested_time"]),
      );
      expect(readFileSync(at("out/fleet.txt"), "utf8")).toContain(
        `${HOSTS} of ${HOSTS} hosts dropped packets`,
      );
    },
    MINUTES,
  );
});

describe.runIf(hasParallel)("GNU parallel over a list of files (skipped where it is not installed)", () => {
  it(
    "tries a shard that failed again, and gives the rows of one ingest",
    () => {
      const failing = at("failing-once");
      const [failed, real] = [at("failed"), at("conntrail")];
      writeFileSync(
        failing,
        `#!/bin/sh\ncase "$*" in *"--shard 2/4"*) [ -e ${failed} ] || { : >${failed}; exit 1; };; esac\nexec ${real} "$@"\n`,
      );
      chmodSync(failing, 0o755);
      const env = { LOGS: at("logs"), OUT: at("by-parallel"), SHARDS: "4", JOBS: "2" };
      const { status, stderr } = shell(sample("shell/parallel.sh"), { ...env, CONNTRAIL: failing });
      expect(status, stderr).toBe(0);
      expect(existsSync(failed)).toBe(true);
      expect(contents(at("by-parallel/fleet.db"), ["ingested_time"])).toEqual(
        contents(at("one.db"), ["ingested_time"]),
      );
      // A line a job under a line of names, in the log that --resume-failed reads.
      expect(readFileSync(at("by-parallel/parallel.log"), "utf8").trim().split("\n").length).toBe(5);
    },
    MINUTES,
  );
});

describe.runIf(hasClickhouse)("ClickHouse (skipped where its server is not installed)", () => {
  it(
    "has the totals that SQLite has, also after a second load",
    async () => {
      const server = await startClickhouse();
      try {
        const out = at("lake");
        expect(program.run(["export", "--format", "ndjson", "--out", out, "--db", at("one.db")]).status).toBe(
          0,
        );
        const env = { LAKE: out, CLICKHOUSE: server.client };
        for (let i = 0; i < 2; i++)
          expect(shell(sample("clickhouse/load.sh"), env)).toMatchObject({ status: 0 });
        expect(server.ask("select sum(drop_lines) from minutes")).toBe(String(DROPS));
        expect(server.ask("select sum(drops_min), count(distinct host) from bursts")).toBe(
          `${DROPS}\t${HOSTS}`,
        );
        expect(server.ask("select sum(amount) from events where kind = 'drop' and speaks = 1")).toBe(
          String(DROPS),
        );
      } finally {
        server.stop();
      }
    },
    MINUTES,
  );
});

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly parallelism?: number;
    readonly backoffLimit: number;
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly containers: readonly {
          readonly env?: readonly { readonly name: string; readonly value: string }[];
          readonly args: readonly string[];
          readonly volumeMounts: readonly { readonly name: string }[];
        }[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

describe.runIf(hasYaml)("Kubernetes manifests (skipped where nothing reads YAML)", () => {
  const load = (name: string): Manifest => {
    const script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.read())))";
    const text = readFileSync(sample(`kubernetes/${name}`), "utf8");
    return JSON.parse(
      spawnSync("python3", ["-c", script], { input: text, encoding: "utf8" }).stdout,
    ) as Manifest;
  };

  it.each(["indexed-job.yaml", "merge-job.yaml"])("%s is a Job whose volumes are all there", (name) => {
    const { apiVersion, kind, spec } = load(name);
    expect([apiVersion, kind]).toEqual(["batch/v1", "Job"]);
    const { containers, volumes, restartPolicy } = spec.template.spec;
    expect(["Never", "OnFailure"]).toContain(restartPolicy);
    const names = volumes.map((volume) => volume.name);
    for (const { volumeMounts, args } of containers) {
      for (const mount of volumeMounts) expect(names).toContain(mount.name);
      expect(spawnSync("sh", ["-n", "-c", args.join("\n")]).status).toBe(0);
    }
  });

  beforeAll(() => symlinkSync(join(ROOT, "node_modules"), at("node_modules")));
  it.each(["indexed-job.yaml", "merge-job.yaml"])(
    "%s fits the types of Kubernetes, and has no key beyond",
    (name) => {
      const typed = (manifest: unknown) => {
        const path = at("manifest.ts");
        const type = 'import type { Job } from "kubernetes-types/batch/v1";\n';
        writeFileSync(path, `${type}export const job: Job = ${JSON.stringify(manifest)};\n`);
        const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
        const flags = [
          "--noEmit",
          "--strict",
          "--skipLibCheck",
          "--module",
          "esnext",
          "--moduleResolution",
          "bundler",
          "--types",
          "",
          path,
        ];
        const { stdout } = spawnSync(process.execPath, [tsc, "--ignoreConfig", ...flags], {
          encoding: "utf8",
        });
        rmSync(path);
        return stdout;
      };
      const { spec, ...rest } = load(name);
      expect(typed({ ...rest, spec })).toBe("");
      expect(typed({ ...rest, spec: { ...spec, completionz: 2 } })).toContain(
        "'\"completionz\"' does not exist",
      );
      expect(typed({ ...rest, spec: { ...spec, backoffLimit: "many" } })).toContain(
        "not assignable to type 'number'",
      );
    },
  );

  it("the shards are as many as the job has indexes", () => {
    const { spec } = load("indexed-job.yaml");
    expect(spec.completionMode).toBe("Indexed");
    const shards = spec.template.spec.containers[0]?.env?.find((one) => one.name === "SHARDS")?.value;
    expect(Number(shards)).toBe(spec.completions);
  });
});

it("the Spark example says that it was not run, and is Python", () => {
  const text = readFileSync(sample("spark/parse_to_parquet.py"), "utf8");
  expect(text).toContain("Not run here");
  expect(
    spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: text }).status,
  ).toBe(0);
});
