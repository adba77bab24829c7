// Messages that were cut: wrapped over two lines by a mail program, or broken off at the end of a file.

// `#` stands for a run of digits. Only forms that carry drops or their suppressions are worth joining.
const TEMPLATES: readonly string[] = [
  "nf_conntrack: nf_conntrack: table full, dropping packet",
  "nf_conntrack: table full, dropping packet",
  "ip_conntrack: table full, dropping packet",
  "nf_conntrack: nf_conntrack: table full in netns #, dropping packet",
  "ip_conntrack: CT #: table full, dropping packet",
  "ip_conntrack: VPS #: table full, dropping packet",
  "ip_conntrack: VPS # table full, dropping packet",
  "VE#: nf_conntrack table full, dropping packet",
  "ip_conntrack: maximum limit of # entries exceeded",
  "NET: # messages suppressed",
  "printk: # messages suppressed",
  "__ratelimit: # messages suppressed",
  "__ratelimit: # callbacks suppressed",
  "net_ratelimit: # callbacks suppressed",
];

/** True where `text` is the beginning of a message of ours, but not the whole of it. An empty text is one. */
export function isFragment(text: string): boolean {
  const begun = text.replace(UPTIME_BEGUN, "").replace(SOFT_BREAK, "").trimEnd();
  return TEMPLATES.some((template) => begins(template, begun));
}

function begins(template: string, text: string): boolean {
  let t = 0;
  let i = 0;
  while (i < text.length) {
    const want = template[t];
    if (want === undefined) return false;
    if (want === "#") {
      const from = i;
      while (i < text.length && isDigit(text.charCodeAt(i))) i++;
      if (i === from) return false;
    } else if (want === text[i]) i++;
    else return false;
    t++;
  }
  return t < template.length;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The kernel's own stamp, or the beginning of it, in front of a message. */
const UPTIME_BEGUN = /^\[[ \d.]*\]? ?/;
const UPTIME = /^\[ *\d+\.\d+\] */;
/** Quoted-printable: the line goes on without a break. */
const SOFT_BREAK = /=$/;

/** The messages that two lines may make: broken between words, or (by a terminal's edge) within one. */
export function joins(first: string, second: string): string[] {
  const soft = SOFT_BREAK.test(first);
  const [a, b] = [first.replace(SOFT_BREAK, "").trimEnd(), second.trim()];
  const whole = [`${a}${b}`.replace(UPTIME, "")];
  return soft ? whole : [`${a} ${b}`.replace(UPTIME, ""), ...whole];
}
