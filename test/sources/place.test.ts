import { describe, expect, test } from "vitest";
import { MemberPlacer, placeFile } from "../../src/sources/place.ts";

describe("in a sosreport", () => {
  const root = "sosreport-web1-2019-01-06-abcdefg/";
  const place = (path: string) => new MemberPlacer().place(root + path);

  test.each([
    ["var/log/messages-20190106.gz", "log", null],
    ["var/log/remote/web2.log", "log", null],
    ["sos_commands/kernel/dmesg", "dmesg", "dmesg"],
    ["sos_commands/kernel/dmesg_-T", "dmesg", "dmesg"],
    ["sos_commands/kernel/sysctl_-a", "sysctl", null],
    ["sos_commands/logs/journalctl_--no-pager_--boot", "journal", "journal"],
    ["sos_commands/conntrack/conntrack_-S", "conntrack-stat", null],
    ["sos_commands/conntrack/conntrack_-L_-o_extended", "conntrack-list", null],
    ["sos_commands/networking/conntrack_-C", "conntrack-count", null],
    ["proc/net/stat/nf_conntrack", "proc-stat", null],
    ["proc/net/nf_conntrack", "conntrack-list", null],
    ["proc/sys/net/netfilter/nf_conntrack_max", "proc-file", null],
    ["proc/sys/net/nf_conntrack_max", "proc-file", null],
    ["proc/sys/net/ipv4/ip_conntrack_max", "proc-file", null],
    ["proc/sys/kernel/random/boot_id", "boot-id", null],
    ["sys/module/nf_conntrack/parameters/hashsize", "proc-file", null],
    ["proc/slabinfo", "slabinfo", null],
    ["proc/cpuinfo", "cpuinfo", null],
    ["etc/sysctl.conf", "sysctl-conf", null],
    ["etc/sysctl.d/99-conntrack.conf", "sysctl-conf", null],
    ["usr/lib/sysctl.d/50-default.conf", "sysctl-conf", null],
    ["etc/modprobe.d/conntrack.conf", "modprobe-conf", null],
    ["etc/localtime", "localtime", null],
    ["etc/hostname", "hostname", null],
    ["hostname", "hostname", null],
    ["sos_commands/host/hostname", "hostname", null],
    ["sos_commands/general/date", "date", null],
    ["sos_commands/kernel/uname_-a", "uname", null],
    ["sos_commands/systemd/timedatectl", "timedatectl", null],
    ["uptime", "uptime", null],
    ["sys/fs/pstore/dmesg-efi-156779236801001", "pstore", "pstore"],
    ["var/lib/systemd/pstore/1567792368/dmesg.txt", "pstore", "pstore"],
    ["var/crash/127.0.0.1-2019-01-06-03:12:00/vmcore-dmesg.txt", "dmesg", "dmesg"],
    ["sos_strings/logs/var.log.messages.tailed", "log", null],
  ])("%s plays the role %s", (path, role, channel) => {
    expect(place(path)).toMatchObject({ root, kind: "sosreport", role, channel, read: true });
  });

  test.each([
    "etc/passwd",
    "sos_commands/rpm/package-data",
    "sos_commands/logs/journalctl_--list-boots",
    "proc/meminfo",
    "version.txt",
    "sos_reports/sos.html",
  ])("%s is left unread", (path) => {
    expect(place(path)).toMatchObject({ root, role: null, read: false });
  });

  test.each([
    ["sos_commands/networking/namespaces/blue/sysctl_-a", "sysctl", "blue"],
    ["sos_commands/conntrack/ip_netns_exec_qrouter-1_2_conntrack_-S", "conntrack-stat", "qrouter-1_2"],
    ["sos_commands/networking/namespaces/red/ip_netns_exec_red_sysctl_-a", "sysctl", "red"],
    ["sos_commands/conntrack/conntrack_-S", "conntrack-stat", null],
  ])("%s is %s of namespace %s", (path, role, netns) => {
    expect(place(path)).toMatchObject({ role, netns });
  });
});

test("a sosreport with another root is known from its first telling path on", () => {
  const placer = new MemberPlacer();
  expect(placer.place("case42/etc/passwd")).toMatchObject({ root: null, read: true });
  expect(placer.place("case42/var/log/messages")).toMatchObject({
    root: "case42/",
    kind: "host-tree",
    role: "log",
  });
  placer.place("./case42/sos_commands/kernel/dmesg");
  expect(placer.place("case42/etc/passwd")).toMatchObject({
    root: "case42/",
    kind: "sosreport",
    read: false,
  });
});

test("a bundle without a root folder is one", () => {
  const placer = new MemberPlacer();
  placer.place("sos_commands/kernel/dmesg");
  expect(placer.place("./var/log/messages")).toMatchObject({ root: "", kind: "sosreport", role: "log" });
});

test("several bundles in one archive are kept apart", () => {
  const placer = new MemberPlacer();
  const roots = ["sosreport-a/var/log/messages", "sosreport-b/var/log/messages", "notes/todo.txt"].map(
    (path) => placer.place(path).root,
  );
  expect(roots).toEqual(["sosreport-a/", "sosreport-b/", null]);
});

test.each([
  ["insights-web1-20190106/data/insights_commands/dmesg", "dmesg"],
  ["insights-web1-20190106/data/insights_commands/sysctl_-a", "sysctl"],
  ["insights-web1-20190106/insights_commands/conntrack_-S", "conntrack-stat"],
  ["insights-web1-20190106/data/var/log/messages", "log"],
  ["insights-web1-20190106/data/etc/sysctl.conf", "sysctl-conf"],
])("%s of an insights archive is %s", (path, role) => {
  expect(new MemberPlacer().place(path)).toMatchObject({
    root: "insights-web1-20190106/",
    kind: "insights",
    role,
  });
});

test("of a supportconfig its text files are read, and nothing else", () => {
  const placer = new MemberPlacer();
  expect(placer.place("scc_web1_190106_0312/messages.txt")).toMatchObject({
    kind: "supportconfig",
    read: true,
  });
  expect(placer.place("scc_web1_190106_0312/crash/core")).toMatchObject({
    kind: "supportconfig",
    read: false,
  });
});

test.each([
  ["/var/log/messages", "/", "host-tree", "log"],
  ["copies/web1/var/log/kern.log.1", "copies/web1/", "host-tree", "log"],
  ["var/log/messages", "", "host-tree", "log"],
  ["copies/web1/etc/hostname", "copies/web1/", "host-tree", "hostname"],
  ["/case/127.0.0.1/vmcore-dmesg.txt", "/case/127.0.0.1/", "crash", "dmesg"],
  ["/case/dmesg-ramoops-0", "/case/", "pstore", "pstore"],
  ["/home/me/etc/messages", null, null, null],
  ["messages", null, null, null],
])("the file %s is of the tree %s (%s) as %s", (path, root, kind, role) => {
  expect(placeFile(path, null)).toMatchObject({ root, kind, role, read: true });
});

test("a file of an unpacked bundle goes by the bundle's table", () => {
  const bundle = { kind: "sosreport", root: "./case" };
  expect(placeFile("./case/sos_commands/kernel/dmesg", bundle)).toMatchObject({
    root: "./case",
    role: "dmesg",
  });
  expect(placeFile("./case/etc/passwd", bundle)).toMatchObject({ root: "./case", read: false });
});
