// Small logs of many hosts, each with its own clock and its own incident; the same for the same number.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Drop lines in each host's log: two of three lines. */
export const DROPS_EACH = 26;
const LINES = 40;
/** 2026-04-27T00:00:00Z. */
const START_S = 1_777_248_000;

/** Writes `count` logs of a few kilobytes below `folder`, one host each. */
export function fleetLogs(folder: string, count: number): void {
  for (let i = 0; i < count; i++) {
    const host = `host${String(i).padStart(5, "0")}`;
    mkdirSync(join(folder, host), { recursive: true });
    writeFileSync(join(folder, host, "kern.log"), log(host, i));
  }
}

function log(host: string, i: number): string {
  let text = "";
  for (let s = 0; s < LINES; s++) {
    const atS = START_S + ((i * 37) % 80_000) + s;
    const time = `${new Date(atS * 1000).toISOString().slice(0, 19)}.${String((i * 7919) % 1_000_000).padStart(6, "0")}+00:00`;
    const uptime = (1000 + i * 7.31 + s + ((i * 7919) % 1_000_000) / 1e6).toFixed(6).padStart(12);
    text +=
      s % 3 === 0
        ? `${time} ${host} sshd[1]: Accepted publickey for deploy\n`
        : `${time} ${host} kernel: [${uptime}] nf_conntrack: nf_conntrack: table full, dropping packet\n`;
  }
  return text;
}
