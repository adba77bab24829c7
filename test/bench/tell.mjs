// Figures as a table for a terminal and as Markdown.

const seconds = (s) => (s === null ? "" : s.toFixed(2));
const whole = (n) => (n === null ? "" : n.toFixed(0));
const times = (n) => (n === null ? "" : `${n.toFixed(2)}x`);

export function size(bytes) {
  for (const [unit, name] of [
    [2 ** 30, "GiB"],
    [2 ** 20, "MiB"],
    [2 ** 10, "KiB"],
  ]) {
    if (bytes >= unit) return `${Number((bytes / unit).toFixed(1))} ${name}`;
  }
  return `${bytes} B`;
}

const HEADS = [
  "input",
  "size",
  "what",
  "CPU s",
  "wall s",
  "peak MiB",
  "CPU ratio",
  "hashing",
  "wall ratio",
  "counts",
];
const RIGHT = [1, 3, 4, 5, 6, 7, 8];

function cells(result) {
  return [
    result.input,
    size(result.bytes),
    result.what,
    seconds(result.cpuS),
    seconds(result.wallS),
    whole(result.peakMib),
    times(result.cpuRatio),
    times(result.cpuRatioHashing),
    times(result.wallRatio),
    result.agrees === null ? "" : result.agrees ? "agree" : "DIFFER",
  ];
}

/** One row a command, columns aligned. */
export function asText(results) {
  const rows = [HEADS, ...results.map(cells)];
  const widths = HEADS.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (RIGHT.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The same with the machine and the way it was measured. */
export function asMarkdown({ machine, pairs, results }) {
  const row = (all) => `| ${all.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = HEADS.map((_, i) => (RIGHT.includes(i) ? "--:" : "---"));
  return [
    `Measured on ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGib} GiB, ${machine.kernel}, Node ${machine.node}:`,
    `medians of ${pairs} runs in turn, CPU is user and system of all processes with their start, page cache warm,`,
    "a fresh database each time. The ratios are those of conntrail (without hashing, with it) to the command of the row.",
    "",
    row(HEADS),
    row(rule),
    ...results.map((one) => row(cells(one))),
    "",
  ].join("\n");
}
