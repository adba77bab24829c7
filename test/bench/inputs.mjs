// Logs to measure with: the same bytes each time, of any size, and what is true of them counted while they are made.

import { closeSync, openSync, utimesSync, writeSync } from "node:fs";

/** 2025-01-01T00:00:00Z: what logs begin at. */
const BEGIN_S = 1_735_689_600;
/** The limiter's window: ten lines, then silence, then a notice of what was held back. */
const WINDOW_S = 5;
const LINES_A_WINDOW = 10;
/** One line in so many quotes the message, and is no drop. */
const DECOY_EVERY = 20_011;
/** Lines of a second, on average. */
const LINES_A_SECOND = 4;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Pseudo-random numbers below `n`, the same on every machine (xorshift32). */
function numbers(seed) {
  let state = seed;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

const pick = (random, list) => list[random(list.length)];
const address = (random) => `${1 + random(222)}.${random(256)}.${random(256)}.${1 + random(254)}`;
const inside = (random) => `10.${random(16)}.${random(256)}.${1 + random(254)}`;
const USERS = ["root", "deploy", "backup", "git", "nagios", "www-data"];

/** What a busy gateway's daemons and kernel say, commonest first. */
const ORDINARY = [
  (r) =>
    `kernel: FW-DROP: IN=eth0 OUT= SRC=${address(r)} DST=${inside(r)} LEN=${40 + r(1400)} TTL=${32 + r(200)} ID=${r(65536)} DF PROTO=TCP SPT=${1024 + r(60000)} DPT=${pick(r, [22, 23, 80, 443, 445])} SYN URGP=0`,
  (r) =>
    `sshd[${300 + r(60000)}]: Failed password for ${pick(r, USERS)} from ${address(r)} port ${1024 + r(60000)} ssh2`,
  (r) =>
    `named[811]: client @0x7f${r(65536).toString(16)} ${inside(r)}#${1024 + r(60000)} (www${r(400)}.example.org): query: www${r(400)}.example.org IN A +E(0)K`,
  (r) => `systemd[1]: Started Session ${r(99999)} of user ${pick(r, USERS)}.`,
  (r) =>
    `CRON[${300 + r(60000)}]: (${pick(r, USERS)}) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)`,
  (r) =>
    `postfix/smtpd[${300 + r(60000)}]: ${pick(r, ["connect", "disconnect"])} from unknown[${address(r)}]`,
  (r) => `dhclient[900]: DHCPREQUEST for ${inside(r)} on eth${r(4)} to ${inside(r)} port 67`,
];
const DROP = "kernel: nf_conntrack: nf_conntrack: table full, dropping packet";
const QUOTED = "check_log[77]: WARNING - found 'nf_conntrack: table full, dropping packet' in a log";

/** `Jan 12 08:30:01`, or as rsyslog's own format has it. Seconds repeat, and so does their text. */
function stamper(iso) {
  let last = -1;
  let text = "";
  return (second) => {
    if (second === last) return text;
    last = second;
    const at = new Date(second * 1000);
    const clock = at.toISOString();
    text = iso
      ? `${clock.slice(0, 19)}.000000+00:00`
      : `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${clock.slice(11, 19)}`;
    return text;
  };
}

/**
 * Writes a log of at least `bytes` and tells what is true of it: bytes, lines, drops, notices and the sum of what
 * they say, lines with the words (decoys among them), bursts.
 * `share`: of lines that are drops or notices. `longLines`: ordinary lines of about 2 KB. `part`: which of several.
 */
export function writeLog(path, { bytes, share, iso = false, longLines = false, part = 0 }) {
  const random = numbers(88_675_123 + part);
  const stamp = stamper(iso);
  const truth = { bytes: 0, lines: 0, drops: 0, notices: 0, suppressed: 0, worded: 0, bursts: 0 };
  let second = BEGIN_S + part * 86_400 * 30;
  let lastDrop = Number.NEGATIVE_INFINITY;
  // The shortest log has a window.
  let owed = (LINES_A_WINDOW + 1) * (1 - share);
  const host = ` gw${part + 1} `;
  const fd = openSync(path, "w");
  const line = (text) => {
    truth.lines += 1;
    return `${stamp(second)}${host}${text}\n`;
  };
  const windowOfDrops = () => {
    second += WINDOW_S;
    const held = 1 + random(500);
    truth.notices += 1;
    truth.suppressed += held;
    let text = line(`kernel: net_ratelimit: ${held} callbacks suppressed`);
    for (let i = 0; i < LINES_A_WINDOW; i++) text += line(DROP);
    truth.drops += LINES_A_WINDOW;
    truth.worded += LINES_A_WINDOW;
    if (second - lastDrop > 60) truth.bursts += 1;
    lastDrop = second;
    return text;
  };
  const ordinary = () => {
    if (random(LINES_A_SECOND) === 0) second += 1;
    if (truth.lines % DECOY_EVERY === DECOY_EVERY - 1) {
      truth.worded += 1;
      return line(QUOTED);
    }
    const text = ORDINARY[Math.min(random(ORDINARY.length), random(ORDINARY.length))](random);
    return line(longLines ? `${text} ${`"field${random(900)}":"${random(2 ** 31)}",`.repeat(80)}` : text);
  };
  while (truth.bytes < bytes) {
    let text = "";
    while (text.length < 1 << 20 && truth.bytes + text.length < bytes) {
      owed += share;
      if (owed >= (LINES_A_WINDOW + 1) * (1 - share)) {
        owed -= (LINES_A_WINDOW + 1) * (1 - share);
        text += windowOfDrops();
      }
      text += ordinary();
    }
    truth.bytes += writeSync(fd, text, null, "latin1");
  }
  closeSync(fd);
  // A yearless stamp is of the year that the file's own time says.
  utimesSync(path, second, second);
  return truth;
}

/** One line of `bytes`, a window of drops before and after it. */
export function writeOneLine(path, bytes) {
  const fd = openSync(path, "w");
  const drops = `Jan  1 00:00:05 gw1 ${DROP}\n`.repeat(LINES_A_WINDOW);
  writeSync(fd, drops);
  const block = Buffer.alloc(1 << 20, "x");
  let written = 0;
  while (written < bytes) written += writeSync(fd, block, 0, Math.min(block.length, bytes - written));
  writeSync(fd, `\n${drops}`);
  closeSync(fd);
  utimesSync(path, BEGIN_S + 60, BEGIN_S + 60);
  return { bytes: bytes + 1 + 2 * drops.length, lines: 2 * LINES_A_WINDOW + 1, drops: 2 * LINES_A_WINDOW };
}

/** /proc/net/nf_conntrack of so many entries. */
export function writeTableDump(path, entries) {
  const random = numbers(521_288_629);
  const fd = openSync(path, "w");
  let bytes = 0;
  for (let left = entries; left > 0; ) {
    let text = "";
    for (let i = 0; i < 5000 && left > 0; i++, left--) {
      const [from, to, port] = [inside(random), address(random), 1024 + random(60_000)];
      text += `ipv4     2 tcp      6 ${random(432_000)} ESTABLISHED src=${from} dst=${to} sport=${port} dport=443 src=${to} dst=${from} sport=443 dport=${port} [ASSURED] mark=0 zone=0 use=2\n`;
    }
    bytes += writeSync(fd, text);
  }
  closeSync(fd);
  utimesSync(path, BEGIN_S, BEGIN_S);
  return { bytes, lines: entries, entries };
}
