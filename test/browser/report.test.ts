// The HTML report in a real browser: silent, self-contained, accessible, and its handles do what they say.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { rendered } from "../render/rendered.ts";
import { type Browser, type Look, launch, type Page, whyNot } from "./chromium.ts";
import { PAGES } from "./reports.ts";

const missing = whyNot();
if (missing !== null) console.warn(`the report is not looked at in a browser: ${missing}`);

const LOOKS: readonly Look[] = [1280, 390].flatMap((width) => [
  { width, scheme: "light" },
  { width, scheme: "dark" },
]);
const WIDE: Look = { width: 1280, scheme: "light" };

/** A long page takes its time: it is looked at in two ways instead of four. */
function looksAt(report: Report): readonly Look[] {
  const isLong = report.hosts.length > 20 || report.totals.bursts > 100;
  return isLong ? LOOKS.filter(({ width, scheme }) => (width === 1280) === (scheme === "light")) : LOOKS;
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(missing !== null)("the page", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 120_000);
  afterAll(() => browser?.close());

  describe.each(Object.entries(PAGES))("of %s", (_, report) => {
    const html = rendered("html", report);

    test.each(looksAt(report))(
      "at $width px, $scheme: silent, alone, within its width, and accessible",
      async (look) => {
        const { page, complaints } = await browser.open(html, look);
        expect(await overflow(page)).toEqual([]);
        expect(await violations(page, browser)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      },
    );
  });

  test("dragging zooms, a double click shows all again", async () => {
    const { page, complaints } = await browser.open(rendered("html", PAGES["one host"] ?? fail()), WIDE);
    const all = await range(page);
    const { x, y, width } = await plot(page);
    await page.mouse.move(x + width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, y, { steps: 5 });
    await page.mouse.up();
    const zoomed = await range(page);
    const share = (zoomed.to - zoomed.from) / (all.to - all.from);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect((zoomed.from - all.from) / (all.to - all.from)).toBeCloseTo(0.25, 1);
    expect(await labels(page)).toBeGreaterThan(1);
    await page.mouse.dblclick(x + width / 2, y);
    expect(await range(page)).toEqual(all);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("keys zoom and read, and what is read is said", async () => {
    const { page } = await browser.open(rendered("html", PAGES["one host"] ?? fail()), WIDE);
    const all = await range(page);
    await page.evaluate(`document.querySelector(".chart").focus()`);
    await page.keyboard.press("+");
    const zoomed = await range(page);
    expect(zoomed.to - zoomed.from).toBeLessThan(all.to - all.from);
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate<string>(`document.querySelector(".readout").textContent`)).toMatch(
      /printed \d/,
    );
    await page.keyboard.press("Escape");
    expect(await range(page)).toEqual(all);
    await page.close();
  });

  test("a burst of the table leads to its place in the timeline", async () => {
    const { page, complaints } = await browser.open(rendered("html", PAGES["a busy year"] ?? fail()), WIDE);
    const all = await range(page);
    const burst = await page.evaluate<{ from: number; to: number }>(
      `(({dataset:d})=>({from:+d.from,to:+d.to}))(document.querySelectorAll("a.jump")[130])`,
    );
    await page.evaluate(`document.querySelectorAll("a.jump")[130].click()`);
    await page.waitForTimeout(1_500);
    const shown = await range(page);
    expect(shown.from).toBeLessThanOrEqual(burst.from);
    expect(shown.to).toBeGreaterThanOrEqual(burst.to);
    expect(shown.to - shown.from).toBeLessThan((all.to - all.from) / 5);
    const numbers = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll("svg.plot text.num:not(.off)")].map((text) => text.textContent)`,
    );
    expect(numbers).toContain("131");
    const top = await page.evaluate<number>(
      `document.querySelector("figure.timeline").getBoundingClientRect().top`,
    );
    expect(Math.abs(top)).toBeLessThan(50);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a citation is copied whole", async () => {
    const { page } = await browser.open(rendered("html", PAGES["one host"] ?? fail()), WIDE);
    await page.click(".cites button");
    const wanted = await page.evaluate<string>(`document.querySelector("[data-cite]").dataset.cite`);
    expect(await page.evaluate<string>("navigator.clipboard.readText()")).toBe(wanted);
    expect(wanted).toMatch(/^var\/log\/messages\.1 @1184233\+84 sha256:[0-9a-f]{64}: Mar 10 /);
    expect(await page.evaluate<string>(`document.querySelector(".cites button").textContent`)).toBe("copied");
    await page.close();
  });
});

function fail(): never {
  throw new Error("no such page");
}

/** What stands out of the page's width, unless it lies in a box that scrolls. */
function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth > width ? ["page " + document.documentElement.scrollWidth] : [];
    const out = [...document.querySelectorAll("main *")].filter((e) => {
      if (e.closest(".scroll,pre,svg,nav")) return false;
      const r = e.getBoundingClientRect();
      return r.width > 0 && (r.right > width + 1 || r.left < -1);
    });
    return [...wide, ...out.map((e) => e.tagName + "." + e.className)];
  })()`);
}

/** Everything axe-core finds, whatever its impact. It is run from outside of the page's policy, as an extension is. */
async function violations(page: Page, browser: Browser): Promise<readonly string[]> {
  await page.evaluate(readFileSync(browser.axe, "utf8"));
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
  );
}

function range(page: Page): Promise<{ readonly from: number; readonly to: number }> {
  return page.evaluate(`(({chart:c})=>({from:c.from,to:c.to}))(document.querySelector("figure.timeline"))`);
}

function plot(page: Page): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  return page.evaluate(`(() => {
    const svg = document.querySelector("svg.plot");
    svg.scrollIntoView();
    const r = svg.getBoundingClientRect();
    return { x: r.left, y: r.top + 100, width: r.width };
  })()`);
}

function labels(page: Page): Promise<number> {
  return page.evaluate(`document.querySelectorAll("svg.plot .own text").length`);
}
