// All formats say the same facts: what one of them tells about a burst, every one of them tells.

import { describe, expect, test } from "vitest";
import type { Burst, Report } from "../../src/model/report.ts";
import type { FormatName } from "../../src/render/formats.ts";
import { LANGUAGES } from "../../src/render/words.ts";
import { wall } from "../../src/render/zone.ts";
import {
  BARE,
  burst,
  DOUBTED,
  host,
  IN_BERLIN,
  ONE_HOST,
  report,
  TRUSTED,
  TWO_HOSTS,
  UNDATED,
  YEAR,
} from "./fixtures.ts";
import { NAMES, rendered } from "./rendered.ts";

/** Numbers that differ from each other, so that finding one is not finding another. */
const DISTINCT = report([
  host("fact-host-7", [
    burst({
      burstId: 77,
      dropLines: 1_000_101,
      dropsMin: 1_000_203,
      dropsReported: 1_000_307,
      dropsMax: 1_000_409,
      limitValue: 1_000_503,
    }),
  ]),
]);

const ENGLISH: Readonly<Record<string, Report>> = { DISTINCT, ONE_HOST, IN_BERLIN, TWO_HOSTS, UNDATED, YEAR };

/** Every report in every language: log text, names and numbers are the same. */
const REPORTS = LANGUAGES.flatMap((lang) =>
  Object.entries(ENGLISH).map(([name, own]) => [`${name} in ${lang}`, { ...own, lang }] as const),
);

function facts(one: Burst, { displayTz }: Report): readonly string[] {
  const amounts = [one.dropLines, one.dropsMin, one.dropsReported, one.dropsMax, one.limitValue];
  const start = one.startUs === null ? null : wall(one.startUs, displayTz);
  const numbers = amounts.filter((n) => n !== null).map(String);
  return [one.host, ...numbers, ...(start === null ? [] : [`${start.date} ${start.time}`])];
}

/** Grouped or not, a number is the same fact; JSON and CSV tell the instant in UTC as well. */
function told(format: FormatName, own: Report): string {
  const text = rendered(format, own).replace(/(?<=\d)[,\u00a0](?=\d{3}(?!\d))/g, "");
  return format === "json" ? `${text}${localTimes(own)}` : text;
}

/** JSON tells instants as microseconds and in UTC only, with the zone beside; that is checked on its own. */
function localTimes(own: Report): string {
  const text = rendered("json", own);
  const starts = own.hosts.flatMap((h) => h.bursts.map((b) => b.startUs));
  return starts
    .filter((us) => us !== null && text.includes(`"start_us": ${us}`))
    .map((us) => {
      const { date, time } = wall(us ?? 0, own.displayTz);
      return `${date} ${time}`;
    })
    .join("\n");
}

describe.each(REPORTS)("%s", (_, own) => {
  test.each(NAMES)("%s tells every burst's host, start, amounts, bounds and limit", (format) => {
    const text = told(format, own);
    for (const one of own.hosts.flatMap((h) => h.bursts)) {
      for (const fact of facts(one, own)) expect(text).toContain(fact);
    }
  });
});

test.each(["text", "html", "markdown"] as const)("%s cites path, offset and line of a burst", (format) => {
  const text = rendered(format, ONE_HOST);
  for (const fact of [
    "var/log/messages.1",
    "1184233",
    "table full, dropping packet",
    "sos_commands/kernel",
  ]) {
    expect(text).toContain(fact);
  }
});

test.each(["text", "html", "markdown"] as const)(
  "%s in Spanish cites the same lines and names no rule raw",
  (format) => {
    const text = rendered(format, { ...ONE_HOST, lang: "es" }).replace(/\s+/g, " ");
    for (const fact of [
      "var/log/messages.1",
      "1184233",
      "table full",
      "net.netfilter.nf_conntrack_max = 131072",
    ]) {
      expect(text).toContain(fact);
    }
    expect(text).toContain("Se descartaron");
    expect(text).toContain("La tabla estaba en su límite");
    for (const raw of [
      /\bthe table\b/i,
      /\bAt least\b/,
      /contention-uncounted/,
      /rotation-missing/,
      /undefined|\{\w+\}/,
    ]) {
      expect(text.replace(/<(script|style)>.*?<\/\1>/g, "")).not.toMatch(raw);
    }
  },
);

test("JSON is the same in every language but for its name", () => {
  const inSpanish = JSON.parse(rendered("json", { ...ONE_HOST, lang: "es" }));
  expect({ ...inSpanish, lang: "en" }).toEqual(JSON.parse(rendered("json", ONE_HOST)));
});

test.each(["text", "html", "markdown"] as const)("%s tells no drops from no logs", (format) => {
  const silent = rendered(format, report([host("web-01", [])]));
  const empty = rendered(format, report([], { sources: [], problems: [] }));
  expect(silent).toContain("No drops in the logs read");
  expect(empty).toContain("No logs have been read.");
  expect(empty).not.toContain("No drops");
});

describe.each([
  ["en", "may not be the kernel's own", "a process id stands behind its name", "Left out"],
  ["es", "no ser del núcleo", "tras su nombre hay un identificador de proceso", "Se omiten"],
] as const)("in %s", (lang, said, why, leftOut) => {
  const plain = (format: FormatName, own: Report) =>
    told(format, { ...own, lang })
      .replaceAll("&#39;", "'")
      .replace(/\s+/g, " ");

  test.each(["text", "html", "markdown"] as const)("%s says what is doubted, and why", (format) => {
    const text = plain(format, DOUBTED);
    for (const fact of [said, why, "--trusted-only"]) expect(text).toContain(fact);
    expect(text).not.toMatch(/no-uptime|tag-pid/);
    expect(plain(format, ONE_HOST)).not.toContain(said);
  });
  test.each(["text", "html", "markdown"] as const)("%s says what was left out", (format) => {
    expect(plain(format, TRUSTED)).toContain(leftOut);
    expect(plain(format, TRUSTED)).not.toContain("--trusted-only");
  });
  test.each(["text", "html", "markdown"] as const)("%s tells no drops from only doubted ones", (format) => {
    const [own] = TRUSTED.hosts;
    if (own === undefined) throw new Error("no host");
    const none = { ...TRUSTED.totals, bursts: 0, dropLines: 0, dropsMin: 0, dropsReported: 0, fromUs: null };
    const text = plain(format, { ...TRUSTED, totals: none, hosts: [{ ...own, bursts: [], totals: none }] });
    expect(text).toContain(leftOut);
    expect(text).not.toMatch(/No drops in the logs|Ningún descarte en/);
  });
});

test("JSON and CSV say what is doubted, and why", () => {
  const { totals, hosts, trusted_only } = JSON.parse(rendered("json", DOUBTED));
  expect(trusted_only).toBe(false);
  expect(totals).toMatchObject({ doubted_lines: 3, doubted_suppressed: 900 });
  expect(hosts[0].bursts[0]).toMatchObject({
    doubted_lines: 3,
    doubted_suppressed: 900,
    doubts: ["no-uptime", "tag-pid"],
  });
  expect(rendered("csv", DOUBTED)).toContain(",3,900,no-uptime; tag-pid,84,");
});

test.each(["text", "html", "markdown"] as const)("%s says that a burst is not dated", (format) => {
  expect(rendered(format, report([host("web-01", [BARE])]))).toContain("not dated");
});
