import { test } from "vitest";
import { createDocumentReader, detectDocument } from "../../src/observations/documents.ts";
import { createObserver } from "../../src/observations/observer.ts";
function* chunks(make: (i: number) => string, n: number, head = "", tail = "") {
  let buf = head;
  for (let i = 0; i < n; i++) { buf += make(i); if (buf.length > 65536) { yield Buffer.from(buf); buf = ""; } }
  yield Buffer.from(buf + tail);
}
function run(id: string, it: Iterable<Uint8Array>) {
  const r = createDocumentReader(id, { path: "x", member: null, role: null });
  const all = [...it];
  const t = process.cpuUsage().user; let n = 0, bytes = 0;
  for (const c of all) { n += r.push(c).length; bytes += c.length; }
  n += r.end().length;
  console.log(id, n, (bytes / 1e6).toFixed(0) + "MB", (process.cpuUsage().user - t) / 1000 | 0, "ms cpu", Math.round(process.memoryUsage().rss / 1e6), "MB rss", r.occupancy()?.bySource.length);
}
const L = { fromLog: false, fromKernel: true, tag: null, stamp: null, uptimeUs: null, host: null, offset: 0, length: 1 };
test("perf", () => {
  const ip = (i: number) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
  run("conntrack-list", chunks((i) => `ipv4     2 tcp      6 431999 ESTABLISHED src=${ip(i)} dst=198.51.100.1 sport=${1024 + i % 60000} dport=${i % 60000} src=198.51.100.1 dst=${ip(i)} sport=443 dport=40000 [ASSURED] mark=0 zone=0 use=2\n`, 500_000));
  run("sample-csv", chunks((i) => `${1700000000000 + i * 1000},${i}.5,${i % 65536},65536,${i},0,0\n`, 100_000, "epoch_ms,uptime_s,count,max,drop,early_drop,insert_failed\n"));
  run("prometheus-json", chunks((i) => `${i ? "," : ""}[${1700000000 + i},"${i % 65536}"]`, 200_000, '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"node_nf_conntrack_entries","instance":"h:9100"},"values":[', "]}]}}"));
  const o = createObserver({ role: null, path: "x", member: null, netns: null });
  let t = process.cpuUsage().user; let k = 0; let num = 0;
  for (let i = 0; i < 500_000; i++) k += o.push({ ...L, text: "nf_conntrack: nf_conntrack: table full, dropping packet", raw: "x", fromLog: true, tag: "kernel",  number: ++num }).length;
  console.log("observer drop lines 500k", (process.cpuUsage().user - t)/1000);
  t = process.cpuUsage().user;
  for (let i = 0; i < 200_000; i++) k += o.push({ ...L, text: "some prose that a person wrote about the outage # of things > and more", raw: "x", number: ++num }).length;
  console.log("observer bare lines 200k", (process.cpuUsage().user - t)/1000, k);
  const cases: Record<string, string> = { hash: "#".repeat(1e5), neta: "net.a = 5".repeat(1e4), netmax: "net.netfilter.nf_conntrack_max = 5 ".repeat(3000) + "x", netlong: "net." + "nf_conntrack_".repeat(8000), banner: "ip_conntrack (".repeat(7000), cpu: "cpu=1 a=".repeat(1e4), cat: "cat " + "{a,b}".repeat(1e4), sudo: "sudo ".repeat(2e4) + "cat x", prom: 'node_nf_conntrack_x{' + 'a="'.repeat(3e4), prom2: 'node_nf_conntrack_entries{' + 'a'.repeat(1e5) + "} 5", tele: "conntrack," + "a\\".repeat(5e4), watch: "watch " + "-1 ".repeat(3e4), quote: " >".repeat(5e4), klog: "_conntrack_ " + " I1115 11:57:00.639419 ".repeat(5000), date: "=".repeat(1e5), spaces: "- ".repeat(5e4), every: "Every 2.0s: " + "  x".repeat(3e4), err: "x: cannot open ".repeat(1e4), slab: "nf_conntrack " + "1 ".repeat(5e4), hex: "00000000 ".repeat(1e4), path: "/proc/sys/net/" + "a/proc/sys/net/".repeat(5000), conf: "sysctl -".repeat(1e4) + " etc/sysctl.conf" };
  for (const [name, text] of Object.entries(cases)) { const t0 = performance.now(); o.push({ ...L, text, raw: text, number: ++num }); const d = performance.now() - t0; if (d > 5) console.log(name, d | 0, "ms"); }
  const heads: Record<string, string> = { json: '{"metric": {'.repeat(5400), json2: '{' + '"metric": {} , '.repeat(4000), csv: "epoch_ms,count,".repeat(4000), hashes: "#\n".repeat(32000), blank: "\n".repeat(65000), spaces: " ".repeat(65000), dump: "tcp 6 ".repeat(9000), clock: "clock,value,".repeat(5000) };
  for (const [name, text] of Object.entries(heads)) { const t0 = performance.now(); detectDocument(text, { path: "conntrack_count", member: null, role: null }); const d = performance.now() - t0; if (d > 5) console.log("head", name, d | 0, "ms"); }
}, 120000);
