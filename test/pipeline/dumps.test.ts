// Dumps of one boot, in one folder: each tells the same drops again, whatever clock it is stamped by. Six lines and two
// notices, worked out by hand: 3 printed, 5 held back, 2 printed, 7 held back, 1 printed.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpus } from "../support/corpus.ts";
import { freshDatabase } from "../support/fresh.ts";

const DROP = "nf_conntrack: table full, dropping packet";
/** Uptime in microseconds, text. */
const LINES = [
  [0, "Linux version 4.9.0"],
  [1_000_000, "usb 1-1: new high-speed USB device number 2 using ehci-pci"],
  [50_000_101, DROP],
  [50_000_202, DROP],
  [50_000_303, DROP],
  [55_100_000, "net_ratelimit: 5 callbacks suppressed"],
  [55_100_011, DROP],
  [55_100_022, DROP],
  [60_200_000, "net_ratelimit: 7 callbacks suppressed"],
  [60_200_033, DROP],
  [90_000_000, "usb 1-1: USB disconnect, device number 2"],
] as const;
const uptime = (us: number) => `[${(us / 1e6).toFixed(6).padStart(12)}] `;
/** The boot began at 2026-03-14T10:00:00Z. */
const BEGAN_MS = Date.UTC(2026, 2, 14, 10);
const ctime = (us: number) => {
  const [, , clock = ""] = new Date(BEGAN_MS + us / 1000).toISOString().split(/[T.]/).toSpliced(1, 0, "");
  return `[Sat Mar 14 ${clock} 2026] `;
};
const FORMS = {
  raw: (us: number) => uptime(us),
  levels: (us: number) => `<4>${uptime(us)}`,
  monotonic: (us: number) => `${uptime(us)}gw kernel: `,
  ctime,
  full: (us: number) =>
    `Sat 2026-03-14 ${new Date(BEGAN_MS + us / 1000).toISOString().slice(11, 19)} UTC gw kernel: `,
} as const;
type Form = keyof typeof FORMS;

const made = freshDatabase();

async function dump(...forms: Form[]) {
  const folder = join(dirname(made.path), "dumps");
  mkdirSync(folder);
  for (const form of forms) {
    const text = LINES.map(([us, line]) => `${FORMS[form](us)}${line}\n`).join("");
    writeFileSync(join(folder, `${form}.txt`), text);
  }
  await made.ingest([folder]);
  return made.all(
    "select drop_lines, suppressed, start_time is not null as dated, (select sum(amount) from events where kind = 'drop' and speaks = 1) as spoken from bursts",
  );
}

const ONE = { drop_lines: 6, suppressed: 12, spoken: 6 };

describe("dumps of one boot", () => {
  it.each<[Form[]]>([[["raw"]], [["raw", "levels"]], [["raw", "levels", "monotonic"]]])(
    "without any instant (%s) are one burst",
    async (forms) => {
      expect(await dump(...forms)).toEqual([{ ...ONE, dated: 0 }]);
    },
  );

  it.each<[Form[]]>([
    [["ctime"]],
    [["ctime", "raw"]],
    [["full", "raw"]],
    [["full", "raw", "monotonic"]],
    [["full", "levels", "raw", "monotonic", "ctime"]],
  ])("with an instant in one of them (%s) are one burst with a time", async (forms) => {
    expect(await dump(...forms)).toEqual([{ ...ONE, dated: 1 }]);
  });
});

// 121 lines were printed (truth.json); `dmesg -T` has stamps that the kernel's uptimes beside it cannot better.
describe.skipIf(corpus === null)("dumps of a recorded boot", () => {
  it.each([
    ["kernel.log", "dmesg-T.txt"],
    ["kernel.log", "dmesg-T.txt", "dmesg-raw-level.txt"],
    ["journal-k-short-full.txt", "journal-k-short-monotonic.txt", "kernel.log"],
  ])("%s, %s, %s are one burst with a time", async (...names) => {
    const folder = join(dirname(made.path), "dumps");
    mkdirSync(folder);
    for (const name of names.filter((one) => one !== undefined)) {
      copyFileSync(`${corpus}/ground-truth/6.1-S5/${name}`, join(folder, name));
    }
    await made.ingest([folder]);
    expect(made.all("select drop_lines, start_time is not null as dated from bursts")).toEqual([
      { drop_lines: 121, dated: 1 },
    ]);
  });
});
