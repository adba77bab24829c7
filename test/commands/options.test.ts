// Instants as people type them, to the microsecond: that is what a line of a log can tell.

import { describe, expect, it } from "vitest";
import { readInstant } from "../../src/commands/options.ts";
import { UserError } from "../../src/errors.ts";

// date -u -d 2021-03-10T10:00:00Z +%s
const TEN = 1_615_370_400_000_000;

describe("an instant", () => {
  it.each([
    ["2021-03-10T10:00:00Z", TEN],
    ["2021-03-10T10:00:00", TEN],
    ["2021-03-10 10:00", TEN],
    ["2021-03-10T11:00:00+01:00", TEN],
    ["2021-03-10", TEN - 36_000_000_000],
    ["2021-03-10T10:00:00.000001Z", TEN + 1],
    ["2021-03-10T10:00:00.000001", TEN + 1],
    ["2021-03-10T10:00:00,5Z", TEN + 500_000],
    ["2021-03-10T10:00:00.123456+00:00", TEN + 123_456],
    ["2021-03-10T11:30:00.999999+0130", TEN + 999_999],
    ["20210310T100000.25Z", TEN + 250_000],
    ["2021-03-10T10:00:00.0000019Z", TEN + 1],
    ["1969-12-31T23:59:59.999999Z", -1],
  ])("%s", (text, us) => {
    expect(readInstant(text, "--since")).toBe(us);
  });

  it.each(["soon", "2021-02-31", "2021-03-10T10:00:61.5Z"])("%s is none", (text) => {
    expect(() => readInstant(text, "--since")).toThrow(UserError);
  });
});
