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
  const begun = withBlanks(text).replace(UPTIME_BEGUN, "").replace(SOFT_BREAK, "").replace(CUT, "").trimEnd();
  return TEMPLATES.some((template) => begins(template, begun));
}

/** The notice of another limiter, broken off behind the function's name or later. */
const OTHER_NOTICE = /^[\w.]{3,64}:(?: \d+(?: callbacks)?)?$/;

/** A repeat that breaks off within the message it quotes. */
const OPEN_REPEAT = /^message repeated \d+ times: \[[^\]]{0,80}$/;

/** True where the next line may end what `text` begins: a message of ours, a repeat, or the notice of another limiter. */
export function mayGoOn(text: string): boolean {
  return (
    isFragment(text) ||
    OPEN_REPEAT.test(text) ||
    OTHER_NOTICE.test(withBlanks(text).replace(UPTIME, "").trimEnd())
  );
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
/** Quoted-printable: blanks at a line's end, behind which the line may or may not go on. */
const ENCODED_BLANKS = /(?:=20)+=?$/;
/** A pager's mark at the edge of the screen, or an ellipsis: what comes behind it is not in the text. */
const CUT = /(?<=.{4})(?:>|\u2026|\.{3})$/;

function withBlanks(text: string): string {
  return text.replace(ENCODED_BLANKS, " ");
}

/** The messages that two lines may make: broken between words, or (by a terminal's edge) within one. */
export function joins(first: string, second: string): string[] {
  const begun = withBlanks(first);
  const soft = SOFT_BREAK.test(begun);
  const [a, b] = [begun.replace(SOFT_BREAK, "").trimEnd(), withBlanks(second).trim()];
  const whole = [`${a}${b}`.replace(UPTIME, "")];
  return soft ? whole : [`${a} ${b}`.replace(UPTIME, ""), ...whole];
}

/** A notice that breaks off behind its number, a drop line that does behind "dropping". */
const COMPLETIONS = [
  { pattern: /^(.*: \d+ (?:callbacks|messages))(?: [a-z]*)?(?:>|\u2026|\.{3})?$/, end: " suppressed" },
  { pattern: /^(.*\btable full\b.*\bdropping)(?: [a-z]*)?(?:>|\u2026|\.{3})?$/, end: " packet" },
];

/** A fragment made whole where nothing is missing that could say otherwise; else null. */
export function completed(fragment: string): string | null {
  for (const { pattern, end } of COMPLETIONS) {
    const told = pattern.exec(fragment)?.[1];
    if (told !== undefined) return `${told}${end}`;
  }
  return null;
}
