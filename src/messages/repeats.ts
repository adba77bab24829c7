// "repeated N times" wrappers: syslog daemons that fold equal lines. N counts further copies, not the first.

/** Literals of which every wrapper holds one. */
export const REPEAT_NEEDLES: readonly string[] = [
  "message repeated ",
  "pressed by syslog-ng",
  "Last output repeated ",
];

/** The problem of a repeat at the head of a file: what it repeats is the end of another one. */
export const UNKNOWN_REPEAT = "unknown-repeat";

export interface Repeat {
  /** Further copies of the line; null where the number is beyond what can be counted exactly. */
  readonly times: number | null;
  /** The repeated message where the wrapper quotes it whole; null: the line before in the same file. */
  readonly inner: string | null;
  /** First characters of the message where the wrapper quotes only these (syslog-ng), else null. */
  readonly innerStart: string | null;
}

// rsyslog action.c: " message repeated %d times: [%.800s]"
const QUOTED = /^message repeated (\d+) times: \[ ?(.*)\]$/s;
// sysklogd syslogd.c and rsyslog: "last message repeated %d times"; Apple's and others' put it between dashes
const BARE = /^(?:-{2,3} )?[Ll]ast message repeated (\d+) times?\.?(?: -{2,3})?$/;
// metalog metalog.h, LAST_OUTPUT and LAST_OUTPUT_TWICE: no stamp in front; "twice" is one further copy
const METALOG = /^- Last output repeated (?:(\d+) times|twice) -$/;
// syslog-ng lib/logwriter.c: "Last message '%.20s' repeated %d times, suppressed by syslog-ng on %s"; 2.0 and 3.0 have
// "supressed"
const SYSLOG_NG = /^Last message '(.*)' repeated (\d+) times?, supp?ressed by syslog-ng on \S+$/s;

function counted(digits: string): number | null {
  const n = Number(digits);
  return Number.isSafeInteger(n) ? n : null;
}

/** The wrapper a message is, or null. `text` is the message without header and tag. */
export function unwrapRepeat(text: string): Repeat | null {
  const quoted = QUOTED.exec(text);
  if (quoted) return { times: counted(quoted[1] ?? ""), inner: (quoted[2] ?? "").trim(), innerStart: null };
  const bare = BARE.exec(text);
  if (bare) return { times: counted(bare[1] ?? ""), inner: null, innerStart: null };
  const metalog = METALOG.exec(text);
  if (metalog) return { times: counted(metalog[1] ?? "1"), inner: null, innerStart: null };
  const ng = SYSLOG_NG.exec(text);
  if (ng) return { times: counted(ng[2] ?? ""), inner: null, innerStart: ng[1] ?? "" };
  return null;
}
