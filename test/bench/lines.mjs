// How fast lines are read: every line through split2 (frame) beside the search (scan), over generated lines.
// Run after a build: node test/bench/lines.mjs [MiB] [share of lines with a needle]

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frame } from "../../dist/lines/frame.js";
import { scan } from "../../dist/lines/scan.js";
import { plainSearch } from "../../dist/lines/search-plain.js";
import { Ledger } from "../../dist/sources/ledger.js";
import { readChunks } from "../../dist/sources/read.js";

const [mebibytes = "1024", share = "0.002"] = process.argv.slice(2);
const OPTIONS = {
  needles: ["table full", "callbacks suppressed", "messages suppressed", "Linux version ", "table overflow"],
  clockNeedles: ["setting system clock to"],
  everyLine: false,
  waymarkBytes: 256 * 1024,
  maxLineBytes: 64 * 1024,
  startOffset: 0,
  startLine: 1,
};
const WAYS = {
  "scan with SIMD": (file) => scan(file, OPTIONS),
  "scan without SIMD": (file) => scan(file, OPTIONS, plainSearch),
  frame: (file) => frame(file, OPTIONS),
};
const ORDINARY = [
  "sshd[20133]: Accepted publickey for deploy from 203.0.113.8 port 50222 ssh2: RSA SHA256:abcdef",
  "kernel: FW-DROP: IN=eth0 OUT= SRC=192.0.2.77 DST=198.51.100.9 LEN=60 TTL=52 ID=39821 DF PROTO=TCP SYN URGP=0",
  "systemd[1]: Started Session 4711 of user backup.",
  "named[811]: client @0x7f00 10.1.2.3#5353 (www.example.org): query: www.example.org IN A +E(0)K (10.0.0.53)",
  "CRON[9981]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)",
];

/** The same lines each time: a generator of pseudo-random numbers with a fixed seed (Numerical Recipes' constants). */
function write(path, bytes) {
  const fd = openSync(path, "w");
  let seed = 1;
  let written = 0;
  for (let second = 0; written < bytes; ) {
    let text = "";
    while (text.length < 1 << 20) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      if (seed % 4 === 0) second += 1;
      const clock = new Date(second * 1000).toISOString().slice(11, 19);
      const told =
        seed / 2 ** 32 < Number(share)
          ? "kernel: nf_conntrack: table full, dropping packet"
          : ORDINARY[seed % 5];
      text += `Jan 12 ${clock} gw1 ${told}\n`;
    }
    written += writeSync(fd, text, null, "latin1");
  }
  closeSync(fd);
  return written;
}

const folder = mkdtempSync(join(tmpdir(), "lines-"));
try {
  const path = join(folder, "messages");
  const bytes = write(path, Number(mebibytes) * 1024 * 1024);
  for (const [name, way] of Object.entries(WAYS)) {
    for (let round = 0; round < 3; round++) {
      const file = await open(path);
      const began = process.hrtime.bigint();
      const cpu = process.cpuUsage();
      const reading = way(readChunks(file, 0, bytes, new Ledger()));
      let kept = 0;
      for await (const batch of reading.batches) kept += batch.length;
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const { user, system } = process.cpuUsage(cpu);
      const rate = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`.padStart(10);
      const used = `${((user + system) / 1e6).toFixed(2)} s CPU`;
      process.stdout.write(
        `${name.padEnd(18)} ${rate}  ${used}  ${kept} of ${reading.summary().lines} lines kept\n`,
      );
      await file.close();
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
