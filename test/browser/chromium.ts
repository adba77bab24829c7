// A headless browser that may reach nothing but the page it is given. Neither the browser nor the two packages that
// drive it are needed to build or to use conntrail: without them these tests are skipped, and say so.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Debian's package; CONNTRAIL_CHROMIUM names another one. */
const PROGRAM = process.env.CONNTRAIL_CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What of a page these tests use: the packages' own types are not at hand where they are not installed. */
export interface Page {
  goto(url: string): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
  click(selector: string): Promise<void>;
  on(event: string, listener: (said: Said) => void): void;
  waitForTimeout(ms: number): Promise<void>;
  readonly mouse: {
    move(x: number, y: number, options?: { steps: number }): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
    dblclick(x: number, y: number): Promise<void>;
  };
  readonly keyboard: { press(key: string): Promise<void> };
  close(): Promise<void>;
}

/** A message of the console, an error of the page or a request. */
interface Said {
  type?(): string;
  text?(): string;
  url?(): string;
  readonly message?: string;
}

interface Context {
  newPage(): Promise<Page>;
  grantPermissions(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

interface Playwright {
  readonly chromium: {
    launchPersistentContext(folder: string, options: Readonly<Record<string, unknown>>): Promise<Context>;
  };
}

export interface Look {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

export interface Opened {
  readonly page: Page;
  /** Errors of the console and of scripts, and every request but that for the page itself. */
  readonly complaints: string[];
}

export interface Browser {
  /** Source of axe-core, to be run in a page. */
  readonly axe: string;
  open(html: string, look: Look): Promise<Opened>;
  close(): Promise<void>;
}

/** Where node finds a package from here; null where it is not installed. */
function find(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return null;
  }
}

/** Why there is no browser to test with, or null where there is one. */
export function whyNot(): string | null {
  if (!existsSync(PROGRAM)) return `no browser at ${PROGRAM}`;
  for (const name of ["playwright-core", "axe-core"]) {
    if (find(name) === null) return `${name} is not installed`;
  }
  return null;
}

export async function launch(): Promise<Browser> {
  const [driver, axe] = [find("playwright-core"), find("axe-core")];
  if (driver === null || axe === null) throw new Error(whyNot() ?? "no browser");
  const loaded = (await import(pathToFileURL(driver).href)) as Playwright & { readonly default?: Playwright };
  const { chromium } = loaded.default ?? loaded;
  const folder = mkdtempSync(join(tmpdir(), "conntrail-browser-"));
  const contexts = new Map<string, Context>();
  let files = 0;
  const contextFor = async ({ width, scheme }: Look) => {
    const name = `${width}-${scheme}`;
    const known = contexts.get(name);
    if (known !== undefined) return known;
    const made = await chromium.launchPersistentContext(join(folder, name), {
      executablePath: PROGRAM,
      headless: true,
      args: FLAGS,
      viewport: { width, height: 900 },
      colorScheme: scheme,
      bypassCSP: false,
    });
    await made.grantPermissions(["clipboard-read", "clipboard-write"]);
    contexts.set(name, made);
    return made;
  };
  return {
    axe,
    async open(html, look) {
      files += 1;
      const path = join(folder, `${files}.html`);
      writeFileSync(path, html);
      const page = await (await contextFor(look)).newPage();
      const complaints: string[] = [];
      const own = pathToFileURL(path).href;
      page.on("console", (said) => {
        if (said.type?.() === "error" || said.type?.() === "warning") complaints.push(said.text?.() ?? "");
      });
      page.on("pageerror", (said) => complaints.push(said.message ?? "error"));
      page.on("request", (said) => {
        if (said.url?.() !== own) complaints.push(`request for ${said.url?.()}`);
      });
      await page.goto(own);
      return { page, complaints };
    },
    async close() {
      for (const context of contexts.values()) await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
