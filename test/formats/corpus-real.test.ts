// Logs that real machines wrote: the stamps that the manifest names, as a reader of it would work them out, are what
// the parser sees.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/formats/catalogue.ts";
import type { Entry } from "../../src/model/line.ts";
import { CORPUS, HAS_CORPUS, isDrop, lines, parseAll } from "./corpus.ts";

interface Expectation {
  readonly drops: number;
  readonly first_ts: string | null;
  readonly last_ts: string | null;
  readonly first_drop_ts?: string;
  readonly last_drop_ts?: string;
  readonly first_kernel_ts?: string;
  readonly last_kernel_ts?: string;
}

interface Excerpt {
  readonly file: string;
  readonly expected: Expectation;
}

const EXCERPTS: readonly Excerpt[] = HAS_CORPUS
  ? JSON.parse(readFileSync(join(CORPUS, "real", "manifest.json"), "utf8"))
  : [];

function uptimeOf(text: string): number {
  const digits = /^\[ *(\d+)\.(\d{6})\]$/.exec(text);
  return Number(`${digits?.[1]}${digits?.[2]}`);
}

/** What the manifest's text means, by Date and not by our own reading. Yearless dates are put into the year 2000. */
function meaningOf(text: string): string {
  if (/^\d{16}$/.test(text)) return `instant ${text}`;
  if (/^\[ *\d+\.\d{6}\]$/.test(text)) return `uptime ${uptimeOf(text)}`;
  const klog = /^[IWE](\d\d)(\d\d) (\S{8})\.(\d{6})$/.exec(text);
  if (klog) {
    const second = Date.parse(`2000-${klog[1]}-${klog[2]}T${klog[3]}Z`) - Y2K;
    return `yearless ${second / 1000}${klog[4]}`;
  }
  const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})\d*(\S+)$/.exec(text);
  if (iso) return `instant ${Date.parse(`${iso[1]}${iso[3]}`) / 1000}${iso[2]}`;
  const plain = text.replace(/[[\]]/g, "").replace(/ +/g, " ");
  if (/\d{4}$/.test(plain)) return `wall ${Date.parse(`${plain} UTC`)}000`;
  return `yearless ${Date.parse(`${plain.replace(/^(\w+ \d+)/, "$1 2000")} UTC`) - Y2K}000`;
}

const Y2K = Date.UTC(2000, 0, 1);

function seen(entry: Entry | undefined): string | null {
  const stamp = entry?.stamp ?? null;
  if (entry === undefined || (stamp === null && entry.uptimeUs === null)) return null;
  switch (stamp?.kind) {
    case undefined:
      return `uptime ${entry.uptimeUs}`;
    case "instant":
      return `instant ${stamp.atUs}`;
    case "wall":
      return `wall ${stamp.localUs}`;
    case "yearless":
      return `yearless ${stamp.ofYearUs}`;
    default:
      return `bad ${stamp?.text}`;
  }
}

describe.skipIf(!HAS_CORPUS)("logs of real machines (the corpus is not part of the repository)", () => {
  it("are there", () => {
    expect(EXCERPTS.length).toBeGreaterThan(50);
  });

  it.each(EXCERPTS)("$file: first and last stamp", ({ file, expected }) => {
    const dated = parseAll(lines("real", file)).filter((entry) => seen(entry) !== null);
    expect(seen(dated[0])).toBe(expected.first_ts === null ? null : meaningOf(expected.first_ts));
    expect(seen(dated.at(-1))).toBe(expected.last_ts === null ? null : meaningOf(expected.last_ts));
  });

  it.each(EXCERPTS)("$file: drop lines and their stamps", ({ file, expected }) => {
    const drops = parseAll(lines("real", file)).filter(isDrop);
    expect(drops.length).toBe(expected.drops);
    if (expected.first_drop_ts !== undefined) expect(seen(drops[0])).toBe(meaningOf(expected.first_drop_ts));
    if (expected.last_drop_ts !== undefined)
      expect(seen(drops.at(-1))).toBe(meaningOf(expected.last_drop_ts));
  });

  const withKernelStamps = EXCERPTS.filter(({ expected }) => expected.first_kernel_ts !== undefined);
  it.each(withKernelStamps)("$file: first and last uptime", ({ file, expected }) => {
    const uptimes = parseAll(lines("real", file)).flatMap((entry) => entry.uptimeUs ?? []);
    expect(uptimes[0]).toBe(uptimeOf(expected.first_kernel_ts ?? ""));
    expect(uptimes.at(-1)).toBe(uptimeOf(expected.last_kernel_ts ?? ""));
  });

  it("have no line that two dated rows of the table take", () => {
    for (const { file } of EXCERPTS) {
      for (const line of lines("real", file)) {
        const rows = FORMATS.filter((row) => row.pattern.test(line)).map((row) => row.id);
        expect(rows.length, `${file}: ${line}: ${rows.join(", ")}`).toBeLessThan(2);
      }
    }
  });

  it("name their hosts", () => {
    const hosts = (file: string) => [...new Set(parseAll(lines("real", file)).map((entry) => entry.host))];
    expect(hosts("d45-messages-aliyun-masked-hostname.log")).toEqual(["i-***"]);
    expect(hosts("d19-messages-el6-kernel-colon-colon-bracket.log")).toEqual(["digoal_host"]);
    expect(hosts("d42-kernlog-comment-prefixed-haproxy.log")).toEqual(["dc2"]);
    expect(hosts("n37-syslog-busybox-alpine-facility-level.log")).toEqual(["alpine"]);
    expect(hosts("n29-thomson-router-year-after-time-repeated.log")).toEqual([null]);
    expect(hosts("f07-sosreport-openstack-journal-short.log")).toEqual(["compute4"]);
    expect(hosts("f09-lnav-journald-json.log")).toEqual(["imx6ul-medusa"]);
  });

  it("are the kernel's only where the line says so", () => {
    const users = parseAll(lines("real", "f08-sosreport-openstack-authlog-message-repeated.log"));
    expect(users.filter((entry) => entry.fromKernel)).toEqual([]);
    const mixed = parseAll(lines("real", "f07-sosreport-openstack-journal-short.log"));
    // grep -c ' compute4 kernel: '
    expect(mixed.filter((entry) => entry.fromKernel).length).toBe(
      lines("real", "f07-sosreport-openstack-journal-short.log").filter((line) =>
        line.includes(" compute4 kernel: "),
      ).length,
    );
  });

  it("lose their wrapping, and no more", () => {
    const qp = parseAll(lines("real", "n22-dmesg-caller-id-syzbot-quoted-printable.log")).map(
      (entry) => entry.text,
    );
    expect(qp).toContain("audit: type=1804 audit(1709708427.439:32130):");
    expect(qp).toContain("pid=88573 uid=0 auid=0 ses=1 subj=unconfined op=invalid_pcr cau=");
    expect(qp).toContain("kauditd_printk_skb: 1253 callbacks suppressed");
    const old = parseAll(lines("real", "b02-messages-249ac10-boot-oops.log"));
    expect(old.find((entry) => entry.text.startsWith("device eth0 left"))?.priority).toBe(6);
  });
});
