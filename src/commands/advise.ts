// conntrail advise: what to set and what it costs, from numbers or from what is in the database.

import type { Argv } from "yargs";
import { commonOptions, NUMBER, usage } from "./options.ts";

export const command = "advise";
export const describe = "sizing advice from what is in the database, or from numbers alone";

export function builder(yargs: Argv) {
  return commonOptions(yargs)
    .option("max", { ...NUMBER, describe: "limit to cost: entries" })
    .option("bytes-per-entry", {
      ...NUMBER,
      describe: "memory of one entry, bytes (from the boot banner or slabinfo)",
    })
    .option("memory", { type: "string", requiresArg: true, describe: "memory to spend (20MiB, 1GiB)" })
    .option("buckets", { ...NUMBER, describe: "hash buckets" })
    .option("host", { type: "string", requiresArg: true, describe: "only this host of the database" })
    .example("$0 advise --max 65536 --bytes-per-entry 228 --memory 20MiB", "the arithmetic alone")
    .example("$0 advise --host gw1", "from the evidence");
}

/** Bursts whose lines are cited beside the proposal: the largest. */
const MOST_BURSTS = 100;

type Arguments = Awaited<ReturnType<typeof builder>["argv"]>;

export async function handler(argv: Arguments): Promise<void> {
  const numbers = argv.max ?? argv.memory ?? argv.bytesPerEntry ?? argv.buckets;
  const lines = numbers === undefined ? await fromDatabase(argv) : await fromNumbers(argv);
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function fromNumbers(argv: Arguments): Promise<string[]> {
  const { bucketBytes, mebibytes, parseSize, size } = await import("../analysis/sizing.ts");
  const { ASSUMED_ENTRY_BYTES } = await import("../analysis/advise.ts");
  const memory = argv.memory === undefined ? null : parseSize(argv.memory);
  if (argv.memory !== undefined && memory === null)
    throw usage(`--memory ${argv.memory} is not a size`, "for example 20MiB");
  for (const [name, value] of [
    ["max", argv.max],
    ["bytes-per-entry", argv.bytesPerEntry],
    ["buckets", argv.buckets],
  ] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0))
      throw usage(`--${name} is a whole number above 0`);
  }
  if (argv.max === undefined && memory === null && argv.buckets === undefined) {
    throw usage("nothing to cost", "say --max, --memory or --buckets");
  }
  if (memory !== null && /^\d+$/.test(argv.memory ?? "") && memory < 4096) {
    throw usage(`--memory ${argv.memory} is so many bytes`, "say a unit, for example 20MiB");
  }
  const entryBytes = argv.bytesPerEntry ?? ASSUMED_ENTRY_BYTES;
  const sized = size(argv.max ?? null, entryBytes, memory);
  const buckets = argv.buckets ?? null;
  const lines: string[] = [];
  if (argv.bytesPerEntry === undefined) {
    lines.push(
      `assumed: ${ASSUMED_ENTRY_BYTES} bytes an entry (64-bit kernels have 256 to 320; say --bytes-per-entry)`,
    );
  }
  if (sized.max !== null && sized.memoryBytes !== null) {
    lines.push(`${sized.max} entries of ${entryBytes} bytes: ${mebibytes(sized.memoryBytes)} now`);
  }
  if (sized.entriesFor !== null) {
    lines.push(`${argv.memory}: ${sized.entriesFor.entries} entries of ${entryBytes} bytes`);
  }
  for (const [what, count] of tables(sized.max, sized.entriesFor?.entries ?? null, buckets)) {
    const { pointer, pair } = bucketBytes(count);
    lines.push(
      `hash table ${what}: ${mebibytes(pointer)} at 8 bytes a bucket, ${mebibytes(pair)} at 16 (kernels before 2.6.24)`,
    );
  }
  return lines;
}

/** Bucket counts to cost: the given one, or what kernels make of a limit by themselves. */
function tables(max: number | null, entries: number | null, buckets: number | null): [string, number][] {
  if (buckets !== null) return [[`of ${buckets} buckets`, buckets]];
  const out: [string, number][] = [];
  for (const n of [max, entries]) {
    if (n === null) continue;
    out.push([
      `beside ${n} entries, a bucket for every eight (${Math.ceil(n / 8)} buckets)`,
      Math.ceil(n / 8),
    ]);
  }
  return out;
}

async function fromDatabase(argv: Arguments): Promise<string[]> {
  const [{ openForReading }, { buildReport }, { adviceLines }] = await Promise.all([
    import("../store/open.ts"),
    import("../pipeline/reporting/report.ts"),
    import("../render/text/advice-lines.ts"),
  ]);
  const db = openForReading(argv.db);
  try {
    const report = buildReport(db, {
      host: argv.host ?? null,
      sinceUs: null,
      untilUs: null,
      gapUs: null,
      mostBursts: MOST_BURSTS,
      evidence: true,
      undated: true,
      trustedOnly: false,
      displayTz: "UTC",
      lang: "en",
    });
    const advised = report.hosts.filter((host) => (host.advice?.items.length ?? 0) > 0);
    if (advised.length === 0) {
      return report.totals.dropLines === 0
        ? ["nothing to propose: no drops in the evidence"]
        : ["nothing to propose: packets were dropped, but neither a limit nor a count is in the evidence"];
    }
    return advised.flatMap((host, i) => [...(i > 0 ? [""] : []), ...adviceLines(host)]);
  } finally {
    db.close();
  }
}
