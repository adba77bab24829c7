// Log lines that a page or a form glued onto one line, its marks of a new one between them. Each is a line of its own
// where a whole message of ours ends and a stamp begins.

/** A part of a line: from its first character to before `to`. */
export interface Glued {
  readonly from: number;
  readonly to: number;
}

/** What the messages end in. */
const ENDS = ["dropping packet", "suppressed", "table overflow", "printk messages dropped **"];
/** A stamp and a message are longer than this. */
const SHORTEST = 24;
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const DAY_AND_TIME = String.raw`${MONTH} {1,2}\d{1,2} \d\d:\d\d:\d\d `;
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,+Z-]`;
/** dmesg -T of any language; read as bytes, so that a blank is a blank. */
const CTIME = String.raw`\[[^ \t\d[\]]{1,24} {1,3}[^ \t[\]]{1,24} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}\] `;
/** What is left of a line whose date was cut off. */
const KERNEL = String.raw`kernel: (?=(?:\[ *\d|[in][fp]_conntrack: |NET: |printk: |__ratelimit: |net_ratelimit: ))`;
const STAMP = String.raw`\[ *\d{1,10}\.\d{6}\] |${DAY_AND_TIME}|${CTIME}|${ISO}|${KERNEL}`;
const SEAM = new RegExp(
  String.raw`(?<=(?:dropping packet|suppressed|table overflow)[.!]?|printk messages dropped \*\*)(?:\s|<br ?/?>|\\[nr])*(?=${STAMP})`,
  "g",
);

/** The lines that one line is, in their order; null where it is one. */
export function splitGlued(raw: string): readonly Glued[] | null {
  if (!ENDS.some((end) => goesOn(raw, end))) return null;
  const lines: Glued[] = [];
  let from = 0;
  for (const { 0: blanks, index } of raw.matchAll(SEAM)) {
    lines.push({ from, to: index });
    from = index + blanks.length;
  }
  if (lines.length === 0) return null;
  lines.push({ from, to: raw.length });
  return lines;
}

/** Most lines end where their message does. */
function goesOn(raw: string, end: string): boolean {
  const at = raw.indexOf(end);
  return at >= 0 && raw.length - at - end.length > SHORTEST;
}
