import { describe, expect, it } from "vitest";
import { MESSAGES } from "../../src/messages/catalogue.ts";
import { completed, isFragment, joins, mayGoOn } from "../../src/messages/fragments.ts";
import { MESSAGE_NEEDLES, recognise } from "../../src/messages/recognise.ts";
import { unwrapRepeat } from "../../src/messages/repeats.ts";

const kernel = { fromKernel: true, tag: "kernel" };
const writers = [
  kernel,
  { fromKernel: false, tag: "rsyslogd" },
  { fromKernel: false, tag: "systemd-journald" },
];

describe("every message form proves itself", () => {
  for (const form of MESSAGES) {
    const writer = form.from === "kernel" ? kernel : writers.find((w) => (form.from as RegExp).test(w.tag));
    it(`${form.id}: its samples are read as it says`, () => {
      if (!writer) throw new Error("no writer");
      for (const sample of form.samples) {
        expect(
          form.needles.some((needle) => sample.text.includes(needle)),
          sample.text,
        ).toBe(true);
        const found = recognise(sample.text, writer);
        expect(found?.message, sample.text).toBe(form.id);
        if (sample.amount !== undefined) expect(found?.amount, sample.text).toBe(sample.amount);
        if (sample.netns !== undefined) expect(found?.netns, sample.text).toBe(sample.netns);
      }
    });
    it(`${form.id}: its lookalikes are not it`, () => {
      for (const text of form.lookalikes) {
        for (const w of writers) expect(recognise(text, w)?.message, text).not.toBe(form.id);
      }
    });
    it(`${form.id}: a program that quotes it is not believed`, () => {
      for (const sample of form.samples) {
        expect(recognise(sample.text, { fromKernel: false, tag: "ceilometer" })?.message).not.toBe(form.id);
        expect(recognise(`WARNING - found '${sample.text}'`, kernel)?.kind).not.toBe("drop");
      }
    });
  }
});

describe("who may tell of lost lines", () => {
  const lost = (tag: string, text: string) =>
    recognise(text, { fromKernel: tag === "kernel", tag })?.kind ?? null;
  it("is a daemon by the names it goes by", () => {
    expect(lost("journal", "Suppressed 9668 messages from /user.slice/user-0.slice")).toBe("loss");
    expect(lost("journald-export", "Suppressed 9668 messages from /user.slice/user-0.slice")).toBeNull();
    expect(lost("syncd#rsyslogd", "imuxsock[pid: 51]: 5 messages lost due to rate-limiting")).toBe("loss");
    expect(lost("syncd#app", "imuxsock[pid: 51]: 5 messages lost due to rate-limiting")).toBeNull();
    const overrun = "/dev/kmsg buffer overrun, some messages lost.";
    for (const tag of ["systemd-journald", "journal"]) expect(lost(tag, overrun)).toBe("loss");
    expect(lost("kernel", `systemd-journald[123]: ${overrun}`)).toBe("loss");
    expect(lost("app", overrun)).toBeNull();
  });
});

describe("repeats", () => {
  it("reads the wrappers", () => {
    expect(unwrapRepeat("last message repeated 3 times")).toEqual({
      times: 3,
      inner: null,
      innerStart: null,
    });
    expect(unwrapRepeat("message repeated 9 times: [ nf_conntrack: table full, dropping packet]")).toEqual({
      times: 9,
      inner: "nf_conntrack: table full, dropping packet",
      innerStart: null,
    });
    expect(
      unwrapRepeat("Last message 'nf_conntrack: table ' repeated 4 times, suppressed by syslog-ng on gw1"),
    ).toEqual({ times: 4, inner: null, innerStart: "nf_conntrack: table " });
    // As syslog-ng spelt it once.
    expect(
      unwrapRepeat("Last message 'ip_conntrack: table ' repeated 3 times, supressed by syslog-ng on rhino"),
    ).toEqual({ times: 3, inner: null, innerStart: "ip_conntrack: table " });
    expect(unwrapRepeat("message repeated many times: [x]")).toBeNull();
    expect(unwrapRepeat("--- last message repeated 3 times ---")?.times).toBe(3);
    expect(unwrapRepeat("-- last message repeated 3 times --")?.times).toBe(3);
    expect(unwrapRepeat("Last message repeated 3 times.")?.times).toBe(3);
    expect(unwrapRepeat("The last message repeated 3 times")).toBeNull();
    // metalog's counter is that of further copies, and says "twice" for one.
    expect(unwrapRepeat("- Last output repeated twice -")?.times).toBe(1);
    expect(unwrapRepeat("- Last output repeated 9 times -")?.times).toBe(9);
    expect(unwrapRepeat("the last output repeated 9 times")).toBeNull();
  });
});

describe("fragments", () => {
  it("knows the beginnings of messages, not the messages", () => {
    expect(isFragment("nf_conntrack: nf_conntrack: table full, dropping")).toBe(true);
    expect(isFragment("nf_conntrack:")).toBe(true);
    expect(isFragment("net_ratelimit: 12")).toBe(true);
    expect(isFragment("net_ratelimit: 12 callbacks suppressed")).toBe(false);
    expect(isFragment("eth0: link up")).toBe(false);
  });
  it("joins lines broken between words, within one, and by quoted-printable", () => {
    const whole = "nf_conntrack: table full, dropping packet";
    expect(joins("nf_conntrack: table full, dropping ", "packet")).toContain(whole);
    expect(joins("nf_conntrack: table full, dropping pa", "cket")).toContain(whole);
    expect(joins("nf_conntrack: table full, drop=", "ping packet")).toEqual([whole]);
    expect(joins("[", "1512.000000] nf_conntrack: table full, dropping packet")).toContain(whole);
    expect(isFragment("nf_conntrack: table full, drop=")).toBe(true);
    expect(isFragment("[ 1512.000000]")).toBe(true);
  });
  it("knows beginnings that a pager cut, by their mark", () => {
    for (const mark of [">", "\u2026", "..."]) {
      expect(isFragment(`nf_conntrack: table full, dropping pac${mark}`), mark).toBe(true);
      expect(isFragment(`eth0: link ${mark}`), mark).toBe(false);
      expect(isFragment(mark), mark).toBe(false);
    }
    expect(recognise("nf_conntrack: table full, dropping packe>", kernel)).toBeNull();
  });
  it("lets the notice of another limiter go on, too", () => {
    for (const text of ["gmc_interrupt:", "gmc_interrupt: 6", "[ 1512.000000] foo.part.0: 6 callbacks"]) {
      expect(mayGoOn(text), text).toBe(true);
      expect(isFragment(text), text).toBe(false);
    }
    expect(mayGoOn("eth0: link up")).toBe(false);
  });
  it("lets a repeat that breaks off within its quote go on", () => {
    for (const text of ["message repeated 4 times: [", "message repeated 4 times: [ nf_conntrack: table"]) {
      expect(mayGoOn(text), text).toBe(true);
      expect(isFragment(text), text).toBe(false);
    }
    expect(mayGoOn("message repeated 4 times: [ eth0: link up]")).toBe(false);
    expect(mayGoOn("last message repeated 4 times")).toBe(false);
  });
  it("completes what breaks off behind its telling words, and nothing else", () => {
    for (const end of ["", " supp", " suppresse", " su>", " sup\u2026"]) {
      expect(completed(`net_ratelimit: 12 callbacks${end}`), end).toBe(
        "net_ratelimit: 12 callbacks suppressed",
      );
    }
    expect(completed("printk: 4 messages sup")).toBe("printk: 4 messages suppressed");
    expect(completed("net_ratelimit: 12")).toBeNull();
    expect(completed("nf_conntrack: table full, dropping pack")).toBe(
      "nf_conntrack: table full, dropping packet",
    );
    expect(completed("nf_conntrack: table full, drop")).toBeNull();
  });
  it("joins lines whose blanks at the end mail encoded", () => {
    const whole = "nf_conntrack: table full, dropping packet";
    expect(isFragment("nf_conntrack: table full, dropping=20")).toBe(true);
    expect(joins("nf_conntrack: table full, dropping=20", "packet")).toContain(whole);
    expect(joins("nf_conntrack: table full, dropping=20=", "packet=20")).toContain(whole);
  });
  it("frees a message of what mail encoded at its end", () => {
    for (const [text, kind, amount] of [
      ["nf_conntrack: table full, dropping packet=20", "drop", 1],
      ["nf_conntrack: table full, dropping packet.=20=20", "drop", 1],
      ["net_ratelimit: 10 callbacks suppressed=0A=", "suppression", 10],
      ["net_ratelimit: 10 callbacks suppressed=20=0D=0A=", "suppression", 10],
      ["** 143 printk messages dropped **=0A=", "loss", 143],
    ] as const) {
      expect(recognise(text, kernel), text).toMatchObject({ kind, amount });
    }
    expect(recognise("nf_conntrack: table full, dropping packet=41", kernel)).toBeNull();
  });
  it("frees a message of a viewer's priority, of blanks in twos, of a line not ended before it", () => {
    for (const [text, kind, amount] of [
      ["net_ratelimit: 10 callbacks suppressed [kern.warning]", "suppression", 10],
      ["nf_conntrack: table full, dropping packet [kern.warn]", "drop", 1],
      ["printk: 124 messages  suppressed.", "suppression", 124],
      ["ip_conntrack: table full, dropping  packet.", "drop", 1],
      ["sda:<4>printk: 3 messages suppressed.", "suppression", 3],
      ["UUUUU** 57 printk messages dropped **", "loss", 57],
    ] as const) {
      expect(recognise(text, kernel), text).toMatchObject({ kind, amount });
    }
    expect(recognise("nf_conntrack: table full, dropping packet [user.notice]", kernel)).toBeNull();
    expect(recognise('it says "<4>printk: 3 messages suppressed."', kernel)).toBeNull();
  });
  it("frees a message of a poster's remark, which is no part of what the kernel counts", () => {
    const full = "nf_conntrack: table full, dropping packet.";
    for (const remark of [
      " (by the way, I have raised the limit since)",
      "   <--- it begins here",
      " <- here",
      " --> five hundred of these",
      " \u2190 here",
      "  # the site was down",
      " // the site was down",
    ]) {
      expect(recognise(`${full}${remark}`, kernel)?.kind, remark).toBe("drop");
      expect(recognise(`net_ratelimit: 31 callbacks suppressed.${remark}`, kernel), remark).toMatchObject({
        kind: "suppression",
        amount: 31,
      });
      expect(recognise(`saw ${full}${remark}`, kernel), remark).toBeNull();
    }
    for (const rest of [" (4000/4096)", " (one) (two)", " and so on (see above)", " ==="]) {
      expect(recognise(`${full}${rest}`, kernel), rest).toBeNull();
    }
    expect(recognise(`${full.slice(0, -1)} (in a sentence)`, kernel)).toBeNull();
  });
  it("frees a message of what web pages leave around it", () => {
    for (const text of [
      "nf_conntrack: table full, dropping packet.*",
      "nf_conntrack: table full, dropping packet**",
      "nf_conntrack: table full, dropping packet_",
      "nf_conntrack: table full, dropping packet{noformat}",
      "nf_conntrack: table full, dropping packet }}}",
      "nf_conntrack: table full, dropping packet[/COLOR]",
      '<pre lang="text">nf_conntrack: table full, dropping packet</pre>',
      '<div class="log">nf_conntrack: table full, dropping packet</div>',
      "nf_conntrack: table full, dropping packet<br>",
      "nf_conntrack: table full, dropping packet<br /></p>",
      "nf\\_conntrack: table full, dropping packet",
      "nf_conntrack: table full, dropping packet...",
      "nf_conntrack: table full, dropping packet.&nbsp;",
      "nf_conntrack: table full, dropping packet.```",
      "nf_conntrack: table  full, dropping packet",
      "nf_conntrack: table full, dropping packet>",
      "nf_conntrack: table full, dropping packetMar  3 09:12:01 gw1 kernel: foo",
    ]) {
      expect(recognise(text, kernel)?.kind, text).toBe("drop");
    }
  });
  it("frees a message of empty cells and of a word of the page's language behind it", () => {
    for (const [text, kind, amount] of [
      ["nf_conntrack: table full, dropping packet. | |", "drop", 1],
      ["ip_conntrack: table full, dropping packet |", "drop", 1],
      ["net_ratelimit: 41 callbacks suppressed | |", "suppression", 41],
      ["nf_conntrack: table full, dropping packet.\u7f51\u7edc", "drop", 1],
    ] as const) {
      expect(recognise(text, kernel), text).toMatchObject({ kind, amount });
    }
    for (const text of [
      "nf_conntrack: table full, dropping packet | raise the limit |",
      "| nf_conntrack: table full, dropping packet |",
      "nf_conntrack: table full, dropping packet\u8fd9\u4e2a\u9519\u8bef",
      "nf_conntrack: table full, dropping packet.\u8fd9\u4e2a\u9519\u8bef\u662f\u56e0\u4e3a\u8868\u6ee1",
    ]) {
      expect(recognise(text, kernel), text).toBeNull();
    }
  });
  it("frees a line of a log of what its poster wrote behind it", () => {
    const headed = [kernel, { ...kernel, tag: null, uptimeUs: 5 }, { ...kernel, tag: null, stamp: {} }];
    for (const [text, kind, amount] of [
      ["nf_conntrack: table full, dropping packet. # here it begins", "drop", 1],
      ["nf_conntrack: table full, dropping packet <--- here", "drop", 1],
      ["nf_conntrack: table full, dropping packet. \u2190 \u4e22\u5305", "drop", 1],
      ["nf_conntrack: table full, dropping packet\uff08\u8868\u6ee1\uff09", "drop", 1],
      ["nf_conntrack: table full, dropping packet (\u8868\u6ee1)", "drop", 1],
      ["ip_conntrack: table full, dropping packet // again", "drop", 1],
      ["net_ratelimit: 3606 callbacks suppressed # many", "suppression", 3606],
    ] as const) {
      for (const writer of headed) expect(recognise(text, writer), text).toMatchObject({ kind, amount });
      expect(recognise(text, { ...kernel, tag: null }), text).toBeNull();
    }
    for (const text of [
      "nf_conntrack: table full, dropping packet (64000/65536)",
      "nf_conntrack: table full, dropping packet is what # it says",
      "nf_conntrack: table full, dropping packet#5",
      "nf_conntrack: table full, dropping packet\uff0c\u600e\u4e48\u529e",
    ]) {
      expect(recognise(text, kernel), text).toBeNull();
    }
  });
  it("finds a notice within what another CPU wrote on the console", () => {
    for (const [text, kind, amount] of [
      ["[<c0210a4e>] ip_fragprintk: 14 messages suppressed.", "suppression", 14],
      [" [<ffffffff8021a0b3>] ip_rcv+0x12/NET: 6 messages suppressed.", "suppression", 6],
      ["CCCC** 210 printk messages dropped **", "loss", 210],
    ] as const) {
      expect(recognise(text, kernel), text).toMatchObject({ kind, amount });
    }
    for (const text of [
      "[<c0210a4e>] says printk: 14 messages suppressed.",
      "ip_fragprintk: 14 messages suppressed.",
      '"** 210 printk messages dropped **',
      "dropped ** 210 printk messages dropped **",
    ]) {
      expect(recognise(text, kernel), text).toBeNull();
    }
  });
  it("reads a drop line that was typed without its blanks, where the kernel's tag stands before it", () => {
    const dense = [
      "nf_conntrack:table full, dropping packet.",
      "ip_conntrack:table full,dropping packet",
      "nf_conntrack: table full,dropping packet",
    ];
    for (const text of dense) {
      expect(recognise(text, kernel)?.kind, text).toBe("drop");
      expect(recognise(text, { fromKernel: true, tag: null }), text).toBeNull();
      expect(
        MESSAGE_NEEDLES.some((needle) => text.includes(needle)),
        text,
      ).toBe(true);
    }
    expect(recognise("nf_conntrack:tablefull,droppingpacket", kernel)).toBeNull();
  });
});
