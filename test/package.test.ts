// What is shipped: the files that are needed and nothing else, from dependencies that are pinned and run nothing when
// they are installed. The tarball does the main job out of an empty folder.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildProgram, cleanEnvironment } from "./cli/program.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGES = ["ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "package.json"];

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
  readonly scripts: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as Manifest;
const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, "utf8")) as {
  packages: Record<string, Locked>;
};
const installed = Object.entries(packages).filter(([name]) => name !== "");

describe("dependencies", () => {
  it("have exact versions, in the manifest and as they are locked", () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(wanted)) {
      expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
    expect(installed.length).toBeGreaterThan(100);
  });
  it("are known by their hash, and by no registry's address", () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(installed.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ""))).toEqual([]);
  });
  it("run no script when they are installed, but the two that are compiled", () => {
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(scripted.map(([name]) => name)).toEqual(["node_modules/better-sqlite3", "node_modules/zstd-napi"]);
    // Nothing is lost where that cannot be had.
    expect(manifest.optionalDependencies).toEqual({
      "zstd-napi": packages["node_modules/zstd-napi"]?.version,
    });
    for (const name of ["preinstall", "install", "postinstall"])
      expect(manifest.scripts[name]).toBeUndefined();
  });
});

function filesBelow(folder: string): string[] {
  const names = (readdirSync(join(ROOT, folder), { recursive: true }) as string[]).map(
    (name) => `${folder}/${name}`,
  );
  return names.filter((name) => statSync(join(ROOT, name)).isFile());
}

describe("the package", () => {
  let home: string;
  let packed: { filename: string; files: { path: string }[] };
  const at = (...parts: string[]) => join(home, ...parts);

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "conntrail-package-"));
    const program = buildProgram();
    mkdirSync(at("tree"));
    for (const name of [...PAGES, "samples", "sql", "src", "test", "biome.json"]) {
      cpSync(join(ROOT, name), at("tree", name), { recursive: true });
    }
    cpSync(join(program.script, "../.."), at("tree/dist"), { recursive: true });
    program.remove();
    const args = ["pack", "--json", "--ignore-scripts", "--offline", "--pack-destination", home];
    const { stdout, stderr } = spawnSync("npm", args, { cwd: at("tree"), env: cleanEnvironment() });
    const told: unknown = JSON.parse(stdout.toString() || "null");
    const [first] = Object.values((told ?? {}) as Record<string, typeof packed>);
    if (first?.files === undefined) throw new Error(`npm packed nothing: ${stderr}${stdout}`);
    packed = first;
  }, 300_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it("holds what was bundled, the SQL, the samples and the pages, and nothing else", () => {
    const bundled = (readdirSync(at("tree/dist/bundle")) as string[]).map((name) => `dist/bundle/${name}`);
    expect(bundled).toContain("dist/bundle/conntrail.cjs");
    // What is bundled of others comes with its licence.
    const licences = readFileSync(at("tree/dist/bundle/licences.txt"), "utf8");
    for (const name of ["yargs", "date-fns", "split2", "valibot"])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
    const expected = [...PAGES, ...bundled, ...filesBelow("sql"), ...filesBelow("samples")];
    expect(packed.files.map(({ path }) => path).sort()).toEqual(expected.sort());
  });

  it("reads logs and reports, unpacked in an empty folder", () => {
    mkdirSync(at("empty"));
    const unpacked = spawnSync("tar", ["-xzf", at(packed.filename), "-C", at("empty")]);
    expect(unpacked.status, unpacked.stderr.toString()).toBe(0);
    symlinkSync(join(ROOT, "node_modules"), at("empty/package/node_modules"));
    const run = (...args: string[]) => {
      const script = at("empty/package/dist/bundle/conntrail.cjs");
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
        cwd: at("empty"),
        env: { ...cleanEnvironment(), TZ: "UTC" },
      });
      return { status, out: stdout.toString(), err: stderr.toString() };
    };
    expect(run("ingest", "package/samples/router-2026").err).toContain("events added to conntrail.db");
    const { status, out } = run("report");
    expect(status).toBe(0);
    expect(out).toMatch(/drop/);
    const asked = run("query", "select sum(drop_lines) n from bursts", "--format", "json");
    const told = JSON.parse(asked.out) as { n: number }[];
    expect(told[0]?.n).toBeGreaterThan(0);
  });
});
