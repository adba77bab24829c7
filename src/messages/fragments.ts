// Messages that were cut: wrapped over two lines by a mail program, or broken off at the end of a file.

// `#` stands for a run of digits. Only forms that carry drops or their suppressions are worth joining.
const TEMPLATES: readonly string[] = [
  "nf_conntrack: nf_conntrack: table full, dropping packet",
  "nf_conntrack: table full, dropping packet",
  "ip_conntrack: table full, dropping packet",
  "nf_conntrack: nf_conntrack: table full in netns #, dropping packet",
  "ip_conntrack: CT #: table full, dropping packet",
  "ip_conntrack: maximum limit of # entries exceeded",
  "NET: # messages suppressed",
  "printk: # messages suppressed",
  "__ratelimit: # messages suppressed",
  "__ratelimit: # callbacks suppressed",
  "net_ratelimit: # callbacks suppressed",
];

/** True where `text` is the beginning of a message of ours, but not the whole of it. An empty text is one. */
export function isFragment(text: string): boolean {
  const begun = text.trimEnd();
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

/** The message that two lines make, a quoted-printable soft break (`=` at the end) undone. */
export function join(first: string, second: string): string {
  if (first.endsWith("=")) return first.slice(0, -1) + second.trimEnd();
  return `${first.trimEnd()} ${second.trim()}`;
}
