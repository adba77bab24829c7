// Quantities as words and digits, in the language's own signs; binary units for memory,
// never rounded up to a whole (99.96 % full is not full).

/** How a language writes numbers. */
export interface Digits {
  readonly group: string;
  /** Whole numbers of at least this many digits are grouped. */
  readonly groupFrom: number;
  readonly point: string;
}

interface Spoken {
  readonly digits: Digits;
}

export function grouped(n: number, { digits }: Spoken): string {
  const [whole = "", fraction] = String(n).split(".");
  const long = whole.replace("-", "").length >= digits.groupFrom;
  const shown = long ? whole.replace(/\B(?=(\d{3})+$)/g, digits.group) : whole;
  return fraction === undefined ? shown : `${shown}${digits.point}${fraction}`;
}

export function percent(ratio: number, spoken: Spoken): string {
  return `${grouped(Math.floor(ratio * 1000 + 1e-9) / 10, spoken)} %`;
}

/** Two units at most: `0.4 s`, `2 min 5 s`, `3 d 4 h`. */
export function duration(seconds: number, spoken: Spoken): string {
  if (seconds < 10) return `${grouped(Math.round(seconds * 10) / 10, spoken)} s`;
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

export function bytes(n: number, spoken: Spoken): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = n;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${grouped(Math.round(value * 100) / 100, spoken)} ${units[at]}`;
}
