// Lines as other loggers, collectors and pages pass them on: what they put around a line is no part of it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDatabase, freshFolder } from "../support/fresh.ts";

const path = join(freshFolder(), "passed-on.log");
const made = freshDatabase();

const FULL = "nf_conntrack: table full, dropping packet";

async function read(...lines: string[]): Promise<void> {
  writeFileSync(path, `${lines.join("\n")}\n`);
  await made.ingest([path], { year: 2026, tz: "UTC" });
}
const told = () =>
  made.all("select kind, amount, substr(time, 1, 19) as time, host from events order by event_id");

describe("metalog", () => {
  it("names the program in brackets, and tells repeats without a stamp", async () => {
    await read(
      `Mar  7 16:13:16 [kernel] ${FULL}`,
      "                - Last output repeated twice -",
      "Mar  7 16:13:18 [sshd] Server listening on 0.0.0.0 port 22.",
      "                - Last output repeated 4 times -",
      "Mar  7 16:13:21 [kernel] net_ratelimit: 12 callbacks suppressed",
      `Mar  7 16:13:21 [kernel] [ 1234.567890] ${FULL}`,
      "                - Last output repeated 9 times -",
      `Mar  7 16:13:22 [logger] ${FULL}`,
    );
    const [first, second] = ["2026-03-07T16:13:16", "2026-03-07T16:13:21"];
    expect(
      made.all("select kind, amount, substr(time, 1, 19) as time from events order by event_id"),
    ).toEqual([
      { kind: "drop", amount: 1, time: first },
      { kind: "drop", amount: 1, time: first },
      { kind: "suppression", amount: 12, time: second },
      { kind: "drop", amount: 1, time: second },
      { kind: "drop", amount: 9, time: second },
    ]);
    // Each citation is of the line itself.
    expect(made.one("select text from events where amount = 9")).toBe(
      "                - Last output repeated 9 times -",
    );
  });
});

describe("a repeat between dashes", () => {
  it("counts as any", async () => {
    await read(
      `Mar  7 16:13:16 gw1 kernel: ${FULL}`,
      "Mar  7 16:13:46 --- last message repeated 3 times ---",
    );
    expect(told()).toEqual([
      { kind: "drop", amount: 1, time: "2026-03-07T16:13:16", host: "gw1" },
      { kind: "drop", amount: 3, time: "2026-03-07T16:13:46", host: "gw1" },
    ]);
  });
});

describe("what a collector, a log server or a page puts around a line", () => {
  const at = "2026-05-14T05:37:26";
  const drop = { kind: "drop", amount: 1, host: "gw1" };

  it.each([
    [
      "Google's agent",
      `{"insertId":"a","jsonPayload":{"MESSAGE":"${FULL}","_TRANSPORT":"kernel","_HOSTNAME":"gw1"},"timestamp":"${at}.25Z"}`,
    ],
    ["Logstash", `{"@timestamp":"${at}.1Z","host":"gw1","message":"[  123.456789] ${FULL}"}`],
    [
      "Azure's agent",
      `{"TimeGenerated":"${at}Z","Computer":"gw1","Facility":"kern","ProcessName":"kernel","SyslogMessage":"${FULL}"}`,
    ],
    [
      "CloudWatch",
      `{"@timestamp":"2026-05-14 05:37:26.000","@message":"May 14 05:37:26 gw1 kernel: ${FULL}"}`,
    ],
    ["Loki", `{"labels":{"host":"gw1"},"line":"May 14 05:37:26 gw1 kernel: ${FULL}","timestamp":"${at}Z"}`],
    ["Elasticsearch", `{"_index":"a","_source":{"message":"May 14 05:37:26 gw1 kernel: ${FULL}"}}`],
    ["fluentd", `2026-05-14 05:37:26 +0000 kern.kernel: {"host":"gw1","ident":"kernel","message":"${FULL}"}`],
    ["a service that stamps lines anew", `2026-05-14T05:40:00.123Z May 14 05:37:26 gw1 kernel: ${FULL}`],
    ["Kiwi", `2026-05-14\t05:37:26\tKernel.Warning\tgw1\tkernel: ${FULL}`],
    ["Grafana", `2026-05-14 05:37:26.123\t{"_HOSTNAME":"gw1","MESSAGE":"${FULL}","_TRANSPORT":"kernel"}`],
    ["Graylog", `"${at}.123Z","gw1","kernel: [  123.456789] ${FULL}"`],
    ["Splunk", `"${at}.000+0000","May 14 05:37:26 gw1 kernel: ${FULL}",gw1,syslog`],
    ["docker compose", `collector-1  | May 14 05:37:26 gw1 kernel: ${FULL}`],
    ["a forum", `[code]May 14 05:37:26 gw1 kernel: ${FULL}[/code]`],
    ["a page's source", `&gt; May 14 05:37:26 gw1 kernel: ${FULL}<br />`],
    ["two marks", `<pre><code>May 14 05:37:26 gw1 kernel: ${FULL}</code></pre>`],
    ["bold type", `* **May 14 05:37:26 gw1 kernel: ${FULL}**`],
    ["a wiki's table", `|| May 14 05:37:26 gw1 kernel: ${FULL} ||`],
    ["pretty JSON", `      "message": "May 14 05:37:26 gw1 kernel: ${FULL}",`],
    ["rsyslog, a newline and all", `May 14 05:37:26 gw1 kernel: ${FULL}#012`],
    ["a string of a program", `May 14 05:37:26 gw1 kernel: ${FULL}.\\n`],
    ["a viewer's ^M", `May 14 05:37:26 gw1 kernel: ${FULL}^M`],
    ["Kibana", `May 14, 2026 @ 05:37:26.123 gw1 kernel: ${FULL}`],
    ["socklog behind a host", `May 14 05:37:26 gw1 kern.warn: [  123.456789] ${FULL}`],
    [
      "a switch",
      `2026 May 14 05:37:26 gw1 May 14 05:37:26 %KERN-4-SYSTEM_MSG: [  123.456789] ${FULL}.  - kernel`,
    ],
    ["a gateway", `May 14 05:37:26 [gw1] [kernel] ${FULL}`],
    ["a router's slashes", `2026/05/14 05:37:26 gw1 kernel: ${FULL}`],
  ])("%s", async (_, line) => {
    await read(line);
    const [event, ...more] = told();
    expect(more).toEqual([]);
    expect(event).toMatchObject(drop);
    expect(event?.time === null || event?.time === at).toBe(true);
  });

  it.each([
    `&lt;4&gt;[  123.456789] ${FULL}`,
    `[&nbsp; 123.456789] ${FULL}`,
    `[quote][  123.456789] ${FULL}[/quote]`,
    `[2026-05-14 05:37:26] [  123.456789] ${FULL}`,
    `[05:37:26] [  123.456789] ${FULL}`,
    `05:37:26.123 [  123.456789] ${FULL}`,
    `2026-05-14_05:37:26.12345 kern.warn: [  123.456789] ${FULL}`,
    `1778737046123\t[  123.456789] ${FULL}`,
    `<4>[  123.456789]  [0:        swapper/0:    0] ${FULL}`,
  ])("the kernel's own stamp stays: %s", async (line) => {
    await read(line);
    expect(made.all("select kind, amount, uptime_us from events")).toEqual([
      { kind: "drop", amount: 1, uptime_us: 123_456_789 },
    ]);
  });

  it.each([
    `{"message":"${FULL}","program":"check"}`,
    `{"level":"error","message":"saw ${FULL}","ident":"kernel-check"}`,
    `{"log":"${FULL}","hostname":"gw1"}`,
    `{"SyslogMessage":"${FULL}","ProcessName":"check"}`,
    `{"event":"${FULL}"}`,
    `May 14 05:40:00 gw1 app: May 14 05:37:26 kernel: ${FULL}`,
    `app-1  | ${FULL}`,
    `[2026-05-14 05:37:26] ${FULL}`,
    `&quot;${FULL}&quot;`,
    `"message": "${FULL}",`,
    `[b]${FULL}[/b]`,
    `**${FULL}**`,
    `[COLOR=#000000]It says [B]${FULL}[/B] again[/COLOR]`,
    `05-14 05:37:26.123   512   530 W kernel  : ${FULL}`,
  ])("a quotation stays one: %s", async (line) => {
    await read(line);
    expect(told()).toEqual([]);
  });
});

describe("lines that a page glued", () => {
  it.each(["<br>", "<br />", "\\n", " <br/> "])("with %s between them", async (seam) => {
    const line = (second: number) => `May 14 05:37:0${second} gw1 kernel: ${FULL}.`;
    await read(`${line(1)}${seam}${line(2)}${seam}${line(3)}`);
    expect(told().map(({ time }) => time)).toEqual([
      "2026-05-14T05:37:01",
      "2026-05-14T05:37:02",
      "2026-05-14T05:37:03",
    ]);
  });
});

describe("records of a log service", () => {
  const record = (second: number, payload: object) => ({
    insertId: `i${second}`,
    resource: { labels: { node: "n1" } },
    timestamp: `2026-05-14T05:37:0${second}Z`,
    ...payload,
  });
  const kernel = { SYSLOG_IDENTIFIER: "kernel", _HOSTNAME: "gw1" };
  const records = [
    record(1, { jsonPayload: { ...kernel, MESSAGE: FULL } }),
    record(2, { jsonPayload: { ...kernel, MESSAGE: "net_ratelimit: 7 callbacks suppressed" } }),
    record(3, { jsonPayload: { ...kernel, SYSLOG_IDENTIFIER: "check", MESSAGE: FULL } }),
    record(4, { protoPayload: { methodName: "x" } }),
    record(5, { textPayload: `May 14 05:37:05 gw1 kernel: ${FULL}` }),
  ];

  it.each([
    ["spread over lines", JSON.stringify(records, null, 2)],
    ["in a list", JSON.stringify(records)],
    ["a line each", records.map((one) => JSON.stringify(one)).join("\n")],
  ])("%s", async (_, text) => {
    await read(text);
    expect(told()).toEqual([
      { kind: "drop", amount: 1, time: "2026-05-14T05:37:01", host: "gw1" },
      { kind: "suppression", amount: 7, time: "2026-05-14T05:37:02", host: "gw1" },
      { kind: "drop", amount: 1, time: "2026-05-14T05:37:05", host: "gw1" },
    ]);
    expect(made.one("select count(*) from problems")).toBe(0);
  });
});

describe("kube-proxy's line", () => {
  const line =
    "I0514 05:37:26.123456       1 conntrack.go:103] Set sysctl 'net/netfilter/nf_conntrack_max' to 196608";

  it.each([
    ["grep -n", `12:${line}`],
    ["a list", `- \`${line}\``],
    ["docker compose", `kube-proxy-1  | ${line}`],
    ["Google's agent", JSON.stringify({ textPayload: line, timestamp: "2026-05-14T05:37:26Z" })],
    ["a page's source", `&gt; ${line.replaceAll("'", "&#39;")}`],
  ])("behind what %s puts there", async (_, text) => {
    await read(text);
    expect(made.all("select key, value, origin from limits")).toEqual([
      { key: "nf_conntrack_max", value: 196_608, origin: "effective" },
    ]);
  });
});
