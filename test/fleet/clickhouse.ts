// A private ClickHouse server on the loopback of this machine, in a folder of its own.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const TRIES = 60;
const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

export const hasClickhouse = has("clickhouse-server") && has("clickhouse-client");

export interface Clickhouse {
  /** The client and its options, for a shell. */
  readonly client: string;
  /** What a query prints. */
  ask(sql: string): string;
  stop(): void;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

const PROFILE = "<profiles><default/></profiles><quotas><default/></quotas>";
const USER =
  "<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile>" +
  "<quota>default</quota></default></users>";

/** Starts it and waits until it answers. */
export async function startClickhouse(): Promise<Clickhouse> {
  const folder = mkdtempSync(join(tmpdir(), "conntrail-clickhouse-"));
  const [tcp, http, inner] = [await freePort(), await freePort(), await freePort()];
  for (const name of ["data", "tmp"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "users.xml"), `<yandex>${PROFILE}${USER}</yandex>`);
  writeFileSync(
    join(folder, "config.xml"),
    `<yandex><logger><level>warning</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
    <tcp_port>${tcp}</tcp_port><http_port>${http}</http_port><interserver_http_port>${inner}</interserver_http_port>
    <listen_host>127.0.0.1</listen_host><path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path>
    <users_config>users.xml</users_config><default_profile>default</default_profile><timezone>UTC</timezone>
    <default_database>default</default_database><mark_cache_size>100000000</mark_cache_size></yandex>`,
  );
  const config = `--config-file=${join(folder, "config.xml")}`;
  const server = spawn("clickhouse-server", [config], { cwd: folder, stdio: "ignore" });
  const client = `clickhouse-client --host 127.0.0.1 --port ${tcp}`;
  const ask = (sql: string) =>
    spawnSync("sh", ["-c", `${client} --query "$1"`, "sh", sql], { encoding: "utf8" }).stdout.trim();
  const stop = () => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  for (let i = 0; i < TRIES; i++) {
    if (ask("select 1") === "1") return { client, ask, stop };
    await sleep(500);
  }
  stop();
  throw new Error("ClickHouse did not come up");
}
