// A report of more hosts than anybody reads: the worst are shown, the others are counted, and nothing is lost in the
// totals.

import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { FORMATS } from "../../src/render/formats.ts";
import { type Made, makeDatabase } from "../support/database.ts";
import { reportOf } from "../support/report.ts";
import { DROPS_EACH, fleetLogs } from "./logs.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);

const HOSTS = 103;
const MORE = 5;
/** One host has a drop line of another day more than the others, the last by name. */
const WORST = "host00102";

let folder: string;
let made: Made;
const report = (host: string | null = null): Report => reportOf(made.path, { host });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "conntrail-fleet-"));
  fleetLogs(folder, HOSTS);
  for (let i = 0; i < MORE; i++) {
    const line = `2026-04-28T12:00:0${i}.000000+00:00 ${WORST} kernel: nf_conntrack: table full, dropping packet\n`;
    appendFileSync(join(folder, WORST, "kern.log"), line);
  }
  made = makeDatabase();
  await made.ingest([folder]);
});
afterAll(() => {
  made?.remove();
  rmSync(folder, { recursive: true, force: true });
});

it("shows the hundred worst hosts, the worst first, and counts the others", () => {
  const { hosts, fleet, totals } = report();
  expect(hosts).toHaveLength(100);
  expect(hosts[0]?.host).toBe(WORST);
  expect(fleet).toMatchObject({ hosts: HOSTS, shown: 100, dropping: HOSTS });
  expect(fleet?.rest.dropsMin).toBe(3 * DROPS_EACH);
  expect(totals.dropsMin).toBe(HOSTS * DROPS_EACH + MORE);
  expect(fleet?.hours.reduce((sum, hour) => sum + hour.dropLines, 0)).toBe(totals.dropLines);
});

it("shows any one host on demand", () => {
  const { hosts, fleet } = report("host00101");
  expect(hosts.map(({ host }) => host)).toEqual(["host00101"]);
  expect(fleet).toBeUndefined();
});

describe.each(["text", "html", "markdown", "json"] as const)("as %s", (format) => {
  it("says how many hosts there are, and how many are shown", () => {
    const text = [...FORMATS[format].render(report(), { width: 80, colour: false, ascii: false })].join("");
    const said = text.replaceAll(/\s+/g, " ");
    if (format === "json") {
      const json = JSON.parse(text) as object;
      expect(json).toMatchObject({ fleet: { hosts: HOSTS, shown: 100 } });
      validate(json);
      expect(validate.errors).toBeNull();
    } else expect(said).toContain(`The 100 worst of ${HOSTS} hosts are shown. The other 3 have`);
  });
});
