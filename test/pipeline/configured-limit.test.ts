// A limit that a file configures is not the limit in force: a report says which of the two it knows.

import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FORMATS } from "../../src/render/formats.ts";
import { freshDatabase, freshFolder } from "../support/fresh.ts";
import { reportOf } from "../support/report.ts";

const folder = freshFolder();
const made = freshDatabase();

const read = async (name: string, text: string) => {
  mkdirSync(join(folder, "etc"), { recursive: true });
  const line = "nf_conntrack: nf_conntrack: table full, dropping packet";
  writeFileSync(join(folder, "messages"), `2026-03-01T10:00:00+00:00 gw1 kernel: ${line}\n`);
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), 0, Date.UTC(2026, 2, 1, 9) / 1000);
  await made.ingest([folder], { host: "gw1" });
  const report = reportOf(made.path);
  const text80 = [...FORMATS.text.render(report, { width: 80, colour: false, ascii: false })].join("");
  return { advice: report.hosts[0]?.advice, text: text80.replaceAll(/\s+/g, " ") };
};

it("is told as what a file says, in the answer, beside the burst and in the advice", async () => {
  const { text, advice } = await read("etc/sysctl.conf", "net.netfilter.nf_conntrack_max = 262144\n");
  expect(text).toContain("A file configures a limit of 262,144; no reading shows that it was in force.");
  expect(text).toContain("The limit in force is not known; a file configures 262,144.");
  expect(text).not.toMatch(/at its limit of 262,144|Limit in force: 262,144|now 262,144/);
  expect(advice?.items[0]).toMatchObject({ value: 524_288, current: null });
  expect(advice?.items[0]?.assumption).toContain(
    "the limit that a file configures was in force; every refused",
  );
  expect(advice?.memoryNowBytes).toBeNull();
});

it("is the limit in force where the kernel was asked", async () => {
  const dump = "net.netfilter.nf_conntrack_max = 262144\nnet.netfilter.nf_conntrack_generic_timeout = 600\n";
  const { text, advice } = await read("sysctl-a.txt", dump);
  expect(text).toContain("must have been full at its limit of 262,144 connections");
  expect(text).toContain("Limit in force: 262,144, known from a dump of the kernel's settings.");
  expect(advice?.items[0]).toMatchObject({ value: 524_288, current: 262_144 });
  expect(advice?.items[0]?.assumption).not.toContain("a file configures");
});
