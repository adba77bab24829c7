// Each target for a moment, so that none falls into disrepair; `npm run fuzz -- --minutes N` is the long form.

import { expect, it } from "vitest";
import { fuzz } from "./fuzz.ts";
import { TARGETS } from "./targets.ts";

const NONE = Number.POSITIVE_INFINITY;
const SEED = Number(process.env.CONNTRAIL_SEED ?? Date.now() % 1_000_000_000);

for (const name of Object.keys(TARGETS)) {
  it(`${name} takes what it is given (CONNTRAIL_SEED=${SEED})`, async () => {
    const { executions, find } = await fuzz(name, SEED, {
      seconds: 30,
      executions: 60,
      mostMs: NONE,
      mostMib: NONE,
    });
    expect(find).toBeNull();
    expect(executions).toBeGreaterThan(0);
  });
}
