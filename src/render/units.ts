// Quantities as words and digits: grouped by commas everywhere, binary units for memory,
// never rounded up to a whole (99.96 % full is not full).

export function grouped(n: number): string {
  const [whole = "", fraction] = String(n).split(".");
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

export function percent(ratio: number): string {
  return `${Math.floor(ratio * 1000 + 1e-9) / 10} %`;
}

/** Two units at most: `0.4 s`, `2 min 5 s`, `3 d 4 h`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  const sizes = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ] as const;
  const at = sizes.findIndex(([, size]) => whole >= size);
  const [unit, size] = sizes[at] ?? ["s", 1];
  const [nextUnit, nextSize] = sizes[at + 1] ?? ["", whole + 1];
  const count = Math.floor(whole / size);
  const rest = Math.floor((whole % size) / nextSize);
  return rest === 0 ? `${count} ${unit}` : `${count} ${unit} ${rest} ${nextUnit}`;
}

export function bytes(n: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = n;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${grouped(Math.round(value * 100) / 100)} ${units[at]}`;
}
