// Which log of a machine places the uptimes of another, by the counts that both tell.

import { describe, expect, it } from "vitest";
import { matchNotices, mostAgreeing, type Told } from "../../src/clock/lend.ts";

const S = 1_000_000;
const told = (...list: (readonly [count: number, atS: number])[]): Told[] =>
  list.map(([count, atS], id) => ({ text: `net_ratelimit ${count}`, us: atS * S, id }));
const offsets = (pairs: readonly { uptimeUs: number; atUs: number }[]) =>
  pairs.map(({ uptimeUs, atUs }) => (atUs - uptimeUs) / S);

/** Windows of one second: small counts. */
const DUMP = told([7, 6479], [9, 6482], [12, 6492], [31, 6500], [3, 6504]);

describe("counts that two logs tell", () => {
  it("place a dump where they agree on the instant of booting", () => {
    expect(offsets(matchNotices(DUMP, told([7, 7479], [12, 7492])))).toEqual([1000, 1000]);
  });

  it("do not where more of them disagree: two small counts come in another boot, too", () => {
    const other = told([7, 90_479], [9, 90_482], [12, 91_900], [31, 93_000], [3, 94_000]);
    expect(matchNotices(DUMP, other)).toEqual([]);
  });
});

describe("several logs", () => {
  const ofBoot = matchNotices(DUMP, told([7, 7479], [9, 7482]));
  const byChance = matchNotices(DUMP, told([12, 96_492], [31, 96_500]));

  it("say nothing where as many counts speak for one boot as for another", () => {
    expect([ofBoot.length, byChance.length]).toEqual([2, 2]);
    expect(mostAgreeing([byChance, ofBoot, []])).toEqual([]);
  });

  it("are heard where they agree, or one says more", () => {
    const more = matchNotices(DUMP, told([7, 7479], [9, 7482], [3, 7504]));
    expect(offsets(mostAgreeing([byChance, more]))).toEqual([1000, 1000, 1000]);
    expect(offsets(mostAgreeing([ofBoot, ofBoot]))).toEqual([1000, 1000]);
    expect(mostAgreeing([[], []])).toEqual([]);
  });
});
