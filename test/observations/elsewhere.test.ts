// Values that were read on other machines or in containers: whose they are, and what is none.

import { describe, expect, test } from "vitest";
import { observe } from "./observe.ts";

const COUNT = "/proc/sys/net/netfilter/nf_conntrack_count";
const read = (text: string) =>
  observe(text).observations.map(({ key, value, host, netns }) => [
    key.replace("nf_conntrack_", ""),
    value,
    host,
    netns,
  ]);

describe("a command that runs another", () => {
  test.each([
    [`kubectl exec -n kube-system kube-proxy-x7k2p -- cat ${COUNT}`, null, null],
    [`kubectl -n web exec -it shop-5d9c -c app -- cat ${COUNT}`, null, "shop-5d9c"],
    [`oc exec shop-5d9c -- sh -c 'cat ${COUNT}'`, null, "shop-5d9c"],
    [`kubectl debug node/worker3 -it --image=busybox -- cat ${COUNT}`, null, null],
    [`ssh -p 2222 core@worker3.example sudo cat ${COUNT}`, null, null],
    [`ssh -t 192.0.2.7 "sudo conntrack -C"`, null, null],
    [`for h in a b; do ssh $h cat ${COUNT}; done`, null, null],
    [`docker exec -it gw sh -c "cat ${COUNT}"`, null, "gw"],
    [`lxc exec gw -- cat ${COUNT}`, null, "gw"],
    [`nsenter -t 4711 -n cat ${COUNT}`, null, "pid 4711"],
    [`nsenter --net=/run/netns/blue conntrack -C`, null, "blue"],
    [`adb shell cat ${COUNT}`, null, null],
    [`colima ssh -- cat ${COUNT}`, null, null],
    [`minikube ssh "cat ${COUNT}"`, null, null],
    [`minikube ssh -p lab -n lab-m02 -- "cat ${COUNT}"`, null, null],
  ])("%s", (command, host, netns) => {
    expect(read(`$ ${command}\n4711`)).toEqual([["count", 4711, host, netns]]);
  });

  test("that is typed here is told of here", () => {
    const text = `$ ansible web -m shell -a 'cat ${COUNT}'\nweb-a | CHANGED | rc=0 >>\n41\n$ cat ${COUNT}\n42`;
    expect(read(text)).toEqual([
      ["count", 41, "web-a", null],
      ["count", 42, null, null],
    ]);
  });

  test("says nothing of what stands far below", () => {
    const far = "prose\n".repeat(60);
    const text = `web-a | CHANGED | rc=0 >>\nnet.nf_conntrack_max = 41\n${far}net.nf_conntrack_max = 42`;
    expect(read(text).at(-1)).toEqual(["max", 42, null, null]);
  });

  test.each([
    "[sudo] password for kim:",
    "root@192.0.2.7's password:",
    'Defaulted container "app" out of: app, proxy',
    "Warning: Permanently added '192.0.2.7' (ED25519) to the list of known hosts.",
  ])("may talk first: %s", (talk) => {
    expect(read(`$ sudo sh -c 'cat ${COUNT}'\n${talk}\n4711`)).toEqual([["count", 4711, null, null]]);
  });

  test("is not told by what it does not show", () => {
    expect(read(`$ kubectl exec shop-5d9c -- cat /etc/hosts\n4711`)).toEqual([]);
    expect(read(`$ ssh gw1 ./check ${COUNT}\n4711`)).toEqual([]);
  });
});

describe("lines of many machines", () => {
  test("have its name in front", () => {
    const text = `# pdsh -w n[1-2] cat ${COUNT}\nn1: 512\nn2: 4096\n# clush -a sysctl net.nf_conntrack_max\nn2: net.nf_conntrack_max = 8192`;
    expect(read(text)).toEqual([
      ["count", 512, "n1", null],
      ["count", 4096, "n2", null],
      ["max", 8192, "n2", null],
    ]);
  });

  test("or above them", () => {
    const text = `$ ansible web -m shell -a 'cat ${COUNT}'\nweb-a | CHANGED | rc=0 >>\n41\nweb-b | SUCCESS | rc=0 >>\n42`;
    expect(read(text)).toEqual([
      ["count", 41, "web-a", null],
      ["count", 42, "web-b", null],
    ]);
  });

  test("are none where no command for many machines stands above: a name may be any label", () => {
    for (const line of [
      "12: net.netfilter.nf_conntrack_max = 8192",
      "n1: net.netfilter.nf_conntrack_max = 8192",
      "n1: 8192",
      "Note: net.netfilter.nf_conntrack_max = 8192",
      "90-ours.conf: net.netfilter.nf_conntrack_max = 8192",
    ]) {
      expect(read(line), line).toEqual([]);
    }
  });
});
