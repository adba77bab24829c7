// What takes more than one line: times, forces, namespaces, citations, problems.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveKey, resolvePath } from "../../src/observations/keys.ts";
import { needsEveryLine } from "../../src/observations/whole.ts";
import { facts, NOWHERE, observe, spokenBy, stripHeader } from "./observe.ts";

function stamps(text: string): unknown[] {
  return observe(text).observations.map(({ stamp }) => stamp);
}

describe("times", () => {
  const count = "net.netfilter.nf_conntrack_count = 5";
  const at = Date.parse("2026-04-27T19:49:38Z") * 1000;

  test.each([
    "# 2026-04-27 21:49:38 +0200",
    "Mon Apr 27 19:49:38 UTC 2026",
    "Mon, 27 Apr 2026 21:49:38 +0200",
    "Mon 27 Apr 2026 07:49:38 PM UTC",
    "=== 2026-04-27T19:49:38Z ===",
    "# 1777319378",
  ])("%s dates what follows", (line) => {
    expect(stamps(`${count}\n${line}\n${count}`)).toEqual([
      null,
      { kind: "instant", atUs: at, resolutionUs: 1e6 },
    ]);
  });

  test("the head of a watched screen dates what is below it", () => {
    const screen = "Every 2.0s: conntrack -C      fw1: Mon Apr 27 19:49:38 2026\n\n4321";
    const wall = { kind: "wall", localUs: at, resolutionUs: 1e6, derived: false, zoneName: null };
    expect(stamps(screen)).toEqual([wall]);
  });

  test("without a zone, or with an ambiguous one, the wall clock is kept", () => {
    const wall = { kind: "wall", localUs: at, resolutionUs: 1e6, derived: false };
    expect(stamps(`2026-04-27 19:49:38\n${count}`)).toEqual([{ ...wall, zoneName: null }]);
    expect(stamps(`Mon Apr 27 19:49:38 CST 2026\n${count}`)).toEqual([{ ...wall, zoneName: "CST" }]);
  });

  test("an impossible date dates nothing", () => {
    expect(stamps(`2026-02-30 19:49:38\n${count}`)).toEqual([null]);
  });

  test("a wrapper's time has the year that klog has not", () => {
    const log = (time: string) =>
      `{"log":"I0602 07:02:20.807902       1 conntrack.go:52] Setting nf_conntrack_max to 131072\\n","stream":"stderr","time":"${time}"}`;
    expect(stamps(log("2019-06-02T07:02:20.808076239Z"))).toEqual([
      { kind: "instant", atUs: Date.parse("2019-06-02T07:02:20Z") * 1000 + 808076, resolutionUs: 1 },
    ]);
    expect(
      stamps("I1115 11:57:00.639450       1 conntrack.go:52] Setting nf_conntrack_max to 131072"),
    ).toEqual([
      {
        kind: "yearless",
        ofYearUs: (Date.parse("2000-11-15T11:57:00Z") - Date.parse("2000-01-01T00:00:00Z")) * 1000 + 639450,
        resolutionUs: 1,
        weekday: null,
      },
    ]);
  });
});

describe("what is in force", () => {
  test("a pasted file is configured, its like from the kernel effective", () => {
    const text = [
      "# cat /etc/sysctl.conf | grep conntrack",
      "net.ipv4.ip_conntrack_max = 262144",
      "# sysctl net.ipv4.ip_conntrack_max",
      "net.ipv4.ip_conntrack_max = 65536",
      "then I put this into /etc/sysctl.d/90-conntrack.conf:",
      "net.netfilter.nf_conntrack_max = 131072",
      "* Applying /etc/sysctl.d/90-conntrack.conf ...",
      "# sysctl -p /etc/sysctl.d/90-conntrack.conf",
      "net.netfilter.nf_conntrack_max = 131072",
      "# grep -rh conntrack_max /etc/sysctl.d",
      "net.netfilter.nf_conntrack_max = 196608",
    ].join("\n");
    expect(observe(text).observations.map(({ value, force }) => [value, force])).toEqual([
      [262144, "configured"],
      [65536, "effective"],
      [131072, "configured"],
      [131072, "effective"],
      [196608, "configured"],
    ]);
  });

  test("what a command is given to write is not in force", () => {
    const text =
      "# cat > /etc/sysctl.d/x.conf <<EOF\nnet.nf_conntrack_max = 5\nEOF\nnet.nf_conntrack_max = 7";
    expect(facts(observe(text).observations)).toEqual([["limit", "nf_conntrack_max", 7]]);
  });

  test("configuration files, wherever they lie, are configured", () => {
    for (const path of ["etc/sysctl.conf", "usr/lib/sysctl.d/50-x.conf", "inner.tar!etc/sysctl.d/x.conf"]) {
      const { observations } = observe("net.nf_conntrack_max=5", { ...NOWHERE, path: "a.tar", member: path });
      expect(observations.map(({ force, origin }) => [force, origin])).toEqual([
        ["configured", "sysctl-conf"],
      ]);
    }
    const modprobe = observe("options nf_conntrack hashsize=9", { ...NOWHERE, role: "modprobe-conf" });
    expect(modprobe.observations[0]?.force).toBe("configured");
  });
});

describe("namespaces", () => {
  test("a command may name one, else the source's place does", () => {
    const text = "# ip netns exec blue conntrack -C\n5\n# conntrack -C\n6";
    const read = observe(text, { ...NOWHERE, netns: "red" }).observations;
    expect(read.map(({ netns, value }) => [netns, value])).toEqual([
      ["blue", 5],
      ["red", 6],
    ]);
  });
});

describe("citations", () => {
  test("reach from the command to the value, and over a whole table", () => {
    const text = "x\n# conntrack -C\n\n65536\ncpu=0 found=1 drop=2\ncpu=1 found=1 drop=2\nend";
    const cited = observe(text).observations.map(({ offset, length }) => text.slice(offset, offset + length));
    expect(cited).toEqual([
      "# conntrack -C\n\n65536",
      "cpu=0 found=1 drop=2\ncpu=1 found=1 drop=2",
      "cpu=0 found=1 drop=2\ncpu=1 found=1 drop=2",
    ]);
  });

  test("a banner's first line is told at once, its second adds the size", () => {
    const text = "ip_conntrack version 2.4 (8192 buckets, 65536 max) -\n228 bytes per conntrack";
    expect(observe(text).observations.map(({ key, length }) => [key, length])).toEqual([
      ["nf_conntrack_max", 52],
      ["nf_conntrack_buckets", 52],
      ["entry_bytes", text.length],
    ]);
  });

  test("a half banner and a line of elsewhere are not joined", () => {
    const text =
      "Mar 25 15:32:48 fw kernel: ip_conntrack (480 buckets, 3840 \nMar 25 15:32:49 fw kernel: max)";
    expect(observe(text, NOWHERE, stripHeader).observations).toEqual([]);
  });
});

describe("numbers and names", () => {
  test("what cannot be counted with is a problem, not a value", () => {
    const text = "net.nf_conntrack_max = 9007199254740993\nnet.netfilter.nf_conntrack_count = -4";
    const { observations, problems } = observe(text);
    expect(observations).toEqual([]);
    expect(problems.map(({ kind, offset, count }) => [kind, offset, count])).toEqual([
      ["number-too-large", 0, 1],
      ["impossible-value", 40, 1],
    ]);
  });

  test("names of one limit that disagree in one dump", () => {
    const dump = (other: number) =>
      `net.netfilter.nf_conntrack_max = 5\nnet.ipv4.ip_conntrack_max = ${other}`;
    expect(observe(dump(5)).problems).toEqual([]);
    const { observations, problems } = observe(dump(6));
    expect(facts(observations).map(([, , value]) => value)).toEqual([5, 6]);
    expect(problems.map(({ kind }) => kind)).toEqual(["alias-conflict"]);
    const apart = dump(6).replace("\n", "\n# sysctl net.ipv4.ip_conntrack_max\n");
    expect(observe(apart).problems).toEqual([]);
  });

  test("every era's spelling is the same key", () => {
    const spellings = [
      ["net.netfilter.nf_conntrack_max", "nf_conntrack_max"],
      ["net.nf_conntrack_max", "nf_conntrack_max"],
      ["net.ipv4.ip_conntrack_max", "nf_conntrack_max"],
      ["net.ipv4.netfilter.ip_conntrack_buckets", "nf_conntrack_buckets"],
      ["net.ipv4.netfilter.ip_conntrack_udp_timeout", "nf_conntrack_udp_timeout"],
      ["net.core.message_burst", "message_burst"],
    ];
    for (const [written = "", key] of spellings) expect(resolveKey(written)?.key).toBe(key);
    expect(resolvePath("host!proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established")?.unit).toBe(
      "seconds",
    );
    expect(resolvePath("/proc/sys/net/ipv4/ip_forward")).toBe(null);
  });

  test("lines after a log's header keep their own stamp, host and uptime", () => {
    const [limit] = observe(
      "nf_conntrack version 0.5.0 (16384 buckets, 65536 max)",
      NOWHERE,
      spokenBy({ fromKernel: true, tag: "kernel" }),
    ).observations;
    expect([limit?.host, limit?.stamp, limit?.force]).toEqual(["fw", null, "effective"]);
  });
});

test("a source's role can say what its only number is", () => {
  expect(facts(observe("65536\n", { ...NOWHERE, role: "conntrack-count" }).observations)).toEqual([
    ["entries", "nf_conntrack_count", 65536],
  ]);
});

test("sources that needles would not find are read in full", () => {
  expect(needsEveryLine("entries  searched found new\n", { role: null })).toBe(true);
  expect(needsEveryLine("# 1773216914.004 up 46.578 count 0 max 2048\n", { role: null })).toBe(true);
  expect(needsEveryLine("", { role: "sysctl" })).toBe(true);
  expect(needsEveryLine("Mar 25 15:32:48 fw kernel: up 5\n", { role: "log" })).toBe(false);
});

test("text of any kind is read without a throw, and cites bytes that are there", () => {
  const word = fc.constantFrom(
    "net.nf_conntrack_max = 5",
    "cat /proc/sys/net/nf_conntrack_max",
    "65536",
    "conntrack -S",
    "cpu=0 drop=1",
    "entries found drop",
    "00000001 00000002 00000003",
    "ip_conntrack (480 buckets, 3840",
    "max)",
    "2026-04-27 21:49:38",
    "",
    "{",
    "# conntrack -C",
    "<<EOF cat",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ unit: "binary" }))), (lines) => {
      const text = lines.join("\n");
      for (const { offset, length } of observe(text).observations) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset + length).toBeLessThanOrEqual(Buffer.byteLength(text));
      }
    }),
  );
});
