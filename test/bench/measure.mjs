// What a command costs: CPU of it and its children, time on the wall, the most memory that one process held.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

const GNU_TIME = "/usr/bin/time";
const POLL_MS = 10;

export const hasTool = (name) => spawnSync("bash", ["-c", `command -v ${name}`]).status === 0;

/** The words of a shell command that mean just themselves. */
export const quote = (word) => `'${String(word).replaceAll("'", "'\\''")}'`;

/** Runs a shell command. Times in seconds, memory in MiB (null where nothing tells it). */
export async function measure(command, folder) {
  const told = join(folder, "peak");
  const byTime = existsSync(GNU_TIME);
  const wrapped = byTime
    ? `${GNU_TIME} -f %M -o ${quote(told)} bash -c ${quote(command)}`
    : `bash -c ${quote(command)}`;
  const child = spawn("bash", ["-c", `TIMEFORMAT='%3U %3S %3R'; time ${wrapped}`], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  const peak = byTime ? null : watchMemory(child.pid);
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  const lines = err.trimEnd().split("\n");
  const [user, system, wall] = (lines.pop() ?? "").split(" ").map(Number);
  const memoryKib = byTime ? Number(readFileSync(told, "utf8").trim().split("\n").pop()) : peak();
  rmSync(told, { force: true });
  return {
    status,
    out,
    err: lines.join("\n"),
    cpuS: user + system,
    wallS: wall,
    peakMib: memoryKib === null ? null : memoryKib / 1024,
  };
}

/** Without GNU time: the largest VmHWM seen of any process below `pid`, in KiB. */
function watchMemory(pid) {
  let most = null;
  const look = (id) => {
    try {
      const status = readFileSync(`/proc/${id}/status`, "utf8");
      const kib = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
      if (kib > (most ?? 0)) most = kib;
      const children = readFileSync(`/proc/${id}/task/${id}/children`, "utf8");
      for (const child of children.trim().split(" ")) if (child !== "") look(child);
    } catch {
      // It has ended, or this system has no /proc.
    }
  };
  const timer = setInterval(() => look(pid), POLL_MS);
  return () => {
    clearInterval(timer);
    return most;
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The machine, as far as figures depend on it. */
export function machine() {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: spawnSync("uname", ["-sr"]).stdout?.toString().trim() ?? "unknown",
    node: process.version,
  };
}
