import { expect, test } from "vitest";
import { readRotation } from "../../src/sources/rotation.ts";

test.each([
  ["messages", "messages", "messages", null],
  ["messages.1", "messages", "messages", null],
  ["messages.2.gz", "messages", "messages", null],
  ["messages-20190106", "messages", "messages", "20190106"],
  ["messages-20190106.gz", "messages", "messages", "20190106"],
  ["messages-20190106-1700000000.gz", "messages", "messages", "20190106"],
  ["messages-2019010603", "messages", "messages", "20190106"],
  ["messages-20190106-030501.xz", "messages", "messages", "20190106"],
  ["messages.2019-01-06", "messages", "messages", "20190106"],
  ["messages.20190106", "messages", "messages", "20190106"],
  ["messages-1700000000", "messages", "messages", null],
  ["kern.log.1", "kern.log", "kern", null],
  ["kern.log-20210314.xz", "kern.log", "kern", "20210314"],
  ["kern-20210314.log", "kern.log", "kern", "20210314"],
  ["kern", "kern", "kern", null],
  ["syslog.0", "syslog", "syslog", null],
  ["daemon.log.old", "daemon.log", "daemon", null],
  ["kernel.log", "kernel.log", "kernel", null],
  ["dmesg.0", "dmesg", "dmesg", null],
  ["dmesg_-T", "dmesg_-T", "dmesg", null],
  ["vmcore-dmesg.txt", "vmcore-dmesg.txt", "dmesg", null],
  ["journalctl_--no-pager_--boot", "journalctl_--no-pager_--boot", "journal", null],
  ["console.log", "console.log", "console", null],
  ["boot.log-20190106", "boot.log", "console", "20190106"],
  ["dmesg-ramoops-0", "dmesg-ramoops", "pstore", null],
  ["dmesg-efi-156779236801001", "dmesg-efi", "pstore", null],
  // A date that no calendar has, and an address, are part of the name.
  ["messages-20190231", "messages-20190231", "messages-20190231", null],
  ["192.168.1.20", "192.168.1.20", "192.168.1", null],
  ["host-192.168.1.20.log", "host-192.168.1.20.log", "host-192.168.1.20", null],
])("%s is of %s, channel %s, date %s", (name, stem, channel, nameDate) => {
  expect(readRotation(name)).toMatchObject({ stem, channel, nameDate });
});

test("the folder is part of the family, the rotation is not", () => {
  expect(readRotation("/a/messages.1.gz").family).toBe("/a/messages");
  expect(readRotation("/a/messages-20190106").family).toBe("/a/messages");
  expect(readRotation("/b/messages").family).toBe("/b/messages");
});

test.each([
  ["numbers", ["m.10.gz", "m.2.gz", "m.1", "m"]],
  ["numbers from 0, as savelog makes them", ["m.2.gz", "m.1.gz", "m.0", "m"]],
  ["dates", ["m-20181230.gz", "m-20190106", "m-20190113", "m"]],
  ["dates with hours and epochs", ["m-2019010602", "m-2019010603", "m-20190107-1546905600.gz", "m"]],
  ["several files of one day", ["m-20190105", "m-20190106.2", "m-20190106.1", "m-20190106", "m"]],
  ["schemes mixed", ["m-20181230.gz", "m-20190106", "m.2.gz", "m.1", "m.old", "m"]],
  [
    "parts of a crash in pstore, the higher part first",
    [
      "dmesg-efi-156779236803001",
      "dmesg-efi-156779236802001",
      "dmesg-efi-156779236801001",
      "dmesg-efi-156779240002001",
    ],
  ],
])("%s rank oldest first", (_, names) => {
  const ranks = names.map((name) => readRotation(name).rank ?? Number.NaN);
  const rising = ranks.slice(1).every((rank, i) => rank >= (ranks[i] ?? Number.NaN));
  expect({ rising, distinct: new Set(ranks).size >= names.length - 1 }).toEqual({
    rising: true,
    distinct: true,
  });
});

test("the index of a ramoops record says nothing of its time", () => {
  expect(readRotation("dmesg-ramoops-1").rank).toBeNull();
});
