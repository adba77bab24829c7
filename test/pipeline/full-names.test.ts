// One machine logs under its short and its full name: its drops are counted once, and its limit is that of its bursts.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { withFullNames } from "../../src/analysis/full-names.ts";
import { freshDatabase } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const DROP = "nf_conntrack: nf_conntrack: table full, dropping packet";

const made = freshDatabase();

async function ingest(files: Readonly<Record<string, string>>) {
  const folder = join(dirname(made.path), "logs");
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  await made.ingest([folder]);
}

/** Five drops, a second apart, as syslog writes them. */
const messages = (host: string) =>
  [0, 1, 2, 3, 4].map((s) => `2026-03-14T10:00:0${s}Z ${host} kernel: ${DROP}\n`).join("");
/** The same five, as the journal of the machine tells them. */
const journal = (host: string) =>
  [0, 1, 2, 3, 4]
    .map((s) =>
      JSON.stringify({
        __REALTIME_TIMESTAMP: `${1_773_482_400 + s}000000`,
        _TRANSPORT: "kernel",
        SYSLOG_IDENTIFIER: "kernel",
        _HOSTNAME: host,
        MESSAGE: DROP,
      }),
    )
    .join("\n");

const bursts = "select host, drops_min, witnesses, limit_value from bursts order by host";

it("five drops that syslog tells of gw1 and the journal of gw1.example.net are five", async () => {
  await ingest({ messages: messages("gw1"), "journal.json": `${journal("gw1.example.net")}\n` });
  expect(made.all(bursts)).toEqual([
    { host: "gw1.example.net", drops_min: 5, witnesses: 2, limit_value: null },
  ]);
  expect(made.one("select sum(drop_lines) from minutes")).toBe(5);
  expect(reportOf(made.path).hosts[0]?.names).toContain("gw1");
});

it("the sysctls of a bundle whose hostname is the full name are those of its logs", async () => {
  const root = "sosreport-gw1-2026-03-14";
  await ingest({
    [`${root}/version.txt`]: "sosreport: 4.3\n",
    [`${root}/hostname`]: "gw1.example.net\n",
    [`${root}/var/log/messages`]: messages("gw1"),
    [`${root}/sos_commands/kernel/sysctl_-a`]: "net.netfilter.nf_conntrack_max = 2048\n",
  });
  expect(made.all("select distinct host from sources")).toEqual([{ host: "gw1.example.net" }]);
  expect(made.all("select host, value from limits")).toEqual([{ host: "gw1.example.net", value: 2048 }]);
});

it("where two full names begin with it, a short name is a machine of its own", async () => {
  await ingest({ a: messages("gw1"), b: messages("gw1.example.net"), c: messages("gw1.example.org") });
  expect(made.all("select host, drops_min from bursts order by host")).toEqual([
    { host: "gw1", drops_min: 5 },
    { host: "gw1.example.net", drops_min: 5 },
    { host: "gw1.example.org", drops_min: 5 },
  ]);
});

it("a command finds a machine by any name it logged under", async () => {
  await ingest({ messages: messages("gw1"), "journal.json": `${journal("gw1.example.net")}\n` });
  expect(reportOf(made.path, { host: "gw1" }).hosts.map(({ host }) => host)).toEqual(["gw1.example.net"]);
  expect(() => reportOf(made.path, { host: "gw" })).toThrow(/^no host gw in /);
});

const names = (...given: (readonly [name: string | null, bundleHost?: string])[]) =>
  withFullNames(given.map(([name, bundleHost = null]) => ({ name, bundleHost, optionHost: null }))).map(
    ({ name }) => name,
  );

it("takes addresses, and names that many machines carry, for no full names", () => {
  expect(names(["10"], ["10.0.0.1"])).toEqual(["10", "10.0.0.1"]);
  expect(names(["localhost"], ["localhost.localdomain"])).toEqual(["localhost", "localhost.localdomain"]);
});

it("believes the bundle of a log, where all that was read leaves a choice", () => {
  expect(names(["gw1", "gw1.example.net"], ["gw1", "gw1.example.org"], ["gw1"])).toEqual([
    "gw1.example.net",
    "gw1.example.org",
    "gw1",
  ]);
});
