// Dumps of the table: who filled it, exactly where there is room, within a stated error where there is not.

import { describe, expect, test } from "vitest";
import { detectDocument } from "../../src/observations/documents.ts";
import { facts } from "./observe.ts";
import { ANY, read } from "./read-document.ts";

describe("table dumps", () => {
  const tcp = (source: string, state: string, port: number, flags = "[ASSURED] ") =>
    `tcp      6 431999 ${state} src=${source} dst=192.0.2.1 sport=40000 dport=${port} src=192.0.2.1 dst=${source} sport=${port} dport=40000 ${flags}mark=0 use=1`;
  const udp =
    "udp      17 29 src=10.0.0.9 dst=192.0.2.53 sport=5353 dport=53 [UNREPLIED] src=192.0.2.53 dst=10.0.0.9 sport=53 dport=5353 mark=0 use=1";
  const icmp =
    "icmp     1 29 src=10.0.0.9 dst=192.0.2.1 type=8 code=0 id=7 src=192.0.2.1 dst=10.0.0.9 type=0 code=0 id=7 use=1";

  const words = (entries: number) =>
    `conntrack v1.4.6 (conntrack-tools): ${entries} flow entries have been shown.`;

  test.each([
    ["# conntrack -L | tail -1", words(77), 77],
    ["# conntrack -L | tail -1", "", null],
    ["# conntrack -L | sort", "", 1],
    ["# conntrack -L > /tmp/table", words(1), 1],
    ["# conntrack -L -p tcp", words(1), null],
    ["# head -1 /proc/net/nf_conntrack", "", null],
    ["# grep dport=443 /proc/net/ip_conntrack", "", null],
    ["# cat /proc/net/ip_conntrack", "", 1],
  ])("%s: what is shown is not taken for the whole table", (command, told, entries) => {
    const text = `${command}\n${tcp("10.0.0.1", "ESTABLISHED", 443)}\n${told}\n`;
    expect(facts(read("conntrack-list", text).observations)).toEqual(
      entries === null ? [] : [["entries", "nf_conntrack_count", entries]],
    );
  });

  test("old and new columns, a command above, the tool's words below", () => {
    const text = [
      "# conntrack -L",
      tcp("10.0.0.1", "ESTABLISHED", 443),
      `ipv4     2 ${tcp("10.0.0.1", "TIME_WAIT", 443)}`,
      tcp("10.0.0.2", "SYN_SENT", 80, "[UNREPLIED] "),
      udp,
      icmp,
      "conntrack v1.4.6 (conntrack-tools): 5 flow entries have been shown.",
      "",
    ].join("\n");
    expect(detectDocument(text, ANY)).toBe("conntrack-list");
    const { observations, occupancy, problems } = read("conntrack-list", text);
    expect(facts(observations)).toEqual([["entries", "nf_conntrack_count", 5]]);
    expect([observations[0]?.offset, observations[0]?.length]).toEqual([0, Buffer.byteLength(text)]);
    expect(occupancy).toEqual({
      total: 5,
      assured: 2,
      unreplied: 2,
      byProtoState: [
        { label: "icmp", entries: 1 },
        { label: "tcp ESTABLISHED", entries: 1 },
        { label: "tcp SYN_SENT", entries: 1 },
        { label: "tcp TIME_WAIT", entries: 1 },
        { label: "udp UNREPLIED", entries: 1 },
      ],
      bySource: [
        { label: "10.0.0.1", entries: 2 },
        { label: "10.0.0.9", entries: 2 },
        { label: "10.0.0.2", entries: 1 },
      ],
      byDestPort: [
        { label: "tcp/443", entries: 2 },
        { label: "tcp/80", entries: 1 },
        { label: "udp/53", entries: 1 },
      ],
      exact: true,
      missedMost: 0,
    });
    expect(problems).toEqual({});
  });

  test("a log that quotes a few entries is no dump", () => {
    expect(detectDocument(`Mar 1 00:00:00 fw kernel: hello\n${udp}\nand so on\n`, ANY)).toBe(null);
  });

  test("more sources than there is room for: the large ones are found, within the stated error", () => {
    const lines: string[] = [];
    for (let flow = 0; flow < 60_000; flow += 1) {
      const source = flow % 10 === 0 ? "10.9.9.9" : `10.${flow >> 16}.${(flow >> 8) & 255}.${flow & 255}`;
      lines.push(tcp(source, "ESTABLISHED", 443));
    }
    const { occupancy } = read("conntrack-list", `${lines.join("\n")}\n`);
    const [first] = occupancy?.bySource ?? [];
    expect(occupancy?.total).toBe(60_000);
    expect(occupancy?.exact).toBe(false);
    expect(first?.label).toBe("10.9.9.9");
    expect(first?.entries).toBeLessThanOrEqual(6000);
    expect((first?.entries ?? 0) + (occupancy?.missedMost ?? 0)).toBeGreaterThanOrEqual(6000);
    expect(occupancy?.byProtoState).toEqual([{ label: "tcp ESTABLISHED", entries: 60_000 }]);
  });
});
