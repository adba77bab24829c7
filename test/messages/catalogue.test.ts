import { describe, expect, it } from "vitest";
import { MESSAGES } from "../../src/messages/catalogue.ts";
import { isFragment, join } from "../../src/messages/fragments.ts";
import { recognise } from "../../src/messages/recognise.ts";
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

describe("repeats", () => {
  it("reads the three wrappers", () => {
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
    expect(unwrapRepeat("message repeated many times: [x]")).toBeNull();
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
  it("joins wrapped and quoted-printable lines", () => {
    expect(join("nf_conntrack: table full, dropping ", "packet")).toBe(
      "nf_conntrack: table full, dropping packet",
    );
    expect(join("nf_conntrack: table full, drop=", "ping packet")).toBe(
      "nf_conntrack: table full, dropping packet",
    );
  });
});
