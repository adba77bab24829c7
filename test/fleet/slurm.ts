// A private Slurm on the loopback of this machine, in a folder of its own: controller, node and credentials.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PROGRAMS = ["slurmctld", "slurmd", "munged", "sbatch"];
const PATH = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
const TRIES = 60;

/** Slurm is installed, and this user may start it. */
export const hasSlurm =
  process.getuid?.() === 0 &&
  PROGRAMS.every((name) => spawnSync("sh", ["-c", `command -v ${name}`], { env: { PATH } }).status === 0);

export interface Slurm {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Output of one of its commands; throws where it fails. */
  run(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

function configuration(folder: string, ports: readonly number[]): string {
  const at = (name: string) => join(folder, name);
  return Object.entries({
    ClusterName: "conntrail",
    SlurmctldHost: "localhost(127.0.0.1)",
    SlurmctldPort: ports[0],
    SlurmdPort: ports[1],
    SlurmUser: "root",
    SlurmdUser: "root",
    AuthType: "auth/munge",
    AuthInfo: `socket=${at("munge.sock")}`,
    CredType: "cred/munge",
    StateSaveLocation: at("state"),
    SlurmdSpoolDir: at("spool"),
    SlurmctldPidFile: at("slurmctld.pid"),
    SlurmdPidFile: at("slurmd.pid"),
    SlurmctldLogFile: at("slurmctld.log"),
    SlurmdLogFile: at("slurmd.log"),
    ProctrackType: "proctrack/linuxproc",
    TaskPlugin: "task/none",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_CPU",
    SlurmdParameters: "config_overrides",
    ReturnToService: 2,
    MailProg: "/bin/true",
    MpiDefault: "none",
    AccountingStorageType: "accounting_storage/none",
    JobAcctGatherType: "jobacct_gather/none",
    SchedulerParameters: "sched_interval=1,batch_sched_delay=0",
    KillWait: 2,
    NodeName: `localhost NodeAddr=127.0.0.1 NodeHostname=${hostname().split(".")[0]} CPUs=4 RealMemory=4096 State=UNKNOWN`,
    PartitionName: "main Nodes=localhost Default=YES MaxTime=INFINITE State=UP",
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}

/** Starts it and waits until its node takes work. */
export async function startSlurm(): Promise<Slurm> {
  const folder = mkdtempSync(join(tmpdir(), "conntrail-slurm-"));
  const conf = join(folder, "slurm.conf");
  for (const name of ["state", "spool"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "munge.key"), randomBytes(1024), { mode: 0o400 });
  writeFileSync(conf, configuration(folder, [await freePort(), await freePort()]));
  const env = { ...process.env, PATH, SLURM_CONF: conf };
  const started: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]) =>
    started.push(spawn(program, args, { env, stdio: "ignore" }));
  const munge = ["key-file", "socket", "pid-file", "log-file", "seed-file"].map(
    (name, i) =>
      `--${name}=${join(folder, ["munge.key", "munge.sock", "m.pid", "m.log", "m.seed"][i] ?? "")}`,
  );
  start("munged", ["--force", "--foreground", ...munge]);
  await sleep(1000);
  start("slurmctld", ["-D", "-f", conf]);
  start("slurmd", ["-D", "-N", "localhost", "-f", conf]);
  const slurm: Slurm = {
    env,
    run(program, args, more = {}) {
      const done = spawnSync(program, args, { env: { ...env, ...more }, encoding: "utf8" });
      if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`);
      return done.stdout;
    },
    async stop() {
      // The node's daemon goes before the controller, which writes its state until its end.
      for (const child of started.reverse()) {
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await ended;
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
  for (let i = 0; i < TRIES; i++) {
    if (spawnSync("sinfo", ["-h", "-o", "%T"], { env, encoding: "utf8" }).stdout?.trim() === "idle")
      return slurm;
    await sleep(500);
  }
  await slurm.stop();
  throw new Error("Slurm did not come up");
}
