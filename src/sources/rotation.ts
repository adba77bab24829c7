// What a log's name tells: which log it is, and its place among its rotated siblings (logrotate.conf(5), savelog(8)).

export interface Rotation {
  /** The name without its rotation and compression: `kern.log` of `kern.log-20210314.xz`. */
  readonly stem: string;
  /** Folder and stem: rotated siblings share it. */
  readonly family: string;
  readonly channel: string;
  /** Ascending is older first; null where the name says nothing of its place. */
  readonly rank: number | null;
  /** `YYYYMMDD` out of the name, or null. */
  readonly nameDate: string | null;
}

/** The file being written. Dated names rank by their seconds, far below; numbered ones just below. */
const CURRENT = 1e12;

const COMPRESSED = /\.(?:gz|bz2|xz|zst|lz4|Z|tgz|txz|tbz)$/;

/** Stems whose log is known by name alone. The first that fits. */
const CHANNELS: readonly { readonly stem: RegExp; readonly channel: string }[] = [
  { stem: /^(?:dmesg|console|pmsg|ftrace)-(?:efi|ramoops|erst|nvram|pstore)/, channel: "pstore" },
  { stem: /^vmcore-dmesg/, channel: "dmesg" },
  { stem: /^(?:var\.log\.)?messages(?:\.log)?$/, channel: "messages" },
  { stem: /^kern(?:\.log)?$/, channel: "kern" },
  { stem: /^syslog(?:\.log)?$/, channel: "syslog" },
  { stem: /^dmesg/, channel: "dmesg" },
  { stem: /^journal/, channel: "journal" },
  { stem: /^(?:console|boot\.(?:log|msg|omsg)$)/, channel: "console" },
];

interface Suffix {
  readonly pattern: RegExp;
  readonly read: (groups: Record<string, string | undefined>) => Place | null;
}

interface Place {
  readonly rank: number;
  readonly nameDate: string | null;
}

/** How rotation marks a name, behind its stem. The first that reads. */
const SUFFIXES: readonly Suffix[] = [
  {
    // -20190106, .2019-01-06, -2019010603, -20190106-030501, -20190106.1, and -20190106-1700000000 (%Y%m%d-%s)
    pattern:
      /[-._](?<y>(?:19|20)\d\d)-?(?<m>\d\d)-?(?<d>\d\d)(?:[-_T.]?(?<H>\d\d)(?:[-:]?(?<M>\d\d)(?:[-:]?(?<S>\d\d))?)?|[-.](?<epoch>1\d{9})|[-.](?<n>\d{1,3}))?$/,
    read: readDate,
  },
  {
    pattern: /[-.](?<epoch>1\d{9})$/,
    read: ({ epoch }) => ({ rank: Number(epoch), nameDate: null }),
  },
  { pattern: /\.(?<n>\d{1,5})$/, read: ({ n }) => ({ rank: CURRENT - 1 - Number(n), nameDate: null }) },
  { pattern: /[.-](?:old|prev|bak)$|~$/, read: () => ({ rank: CURRENT - 1, nameDate: null }) },
];

/** True where the name says that the log was set aside: nothing is added to it any more. */
export function isRotated(path: string): boolean {
  const { rank, nameDate } = readRotation(path);
  return nameDate !== null || (rank !== null && rank !== CURRENT);
}

/** `path` may be a bare name, a path, or a member's label. */
export function readRotation(path: string): Rotation {
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash + 1);
  const name = path.slice(slash + 1);
  const { stem, place } = pstorePlace(name) ?? rotatedPlace(name);
  const known = CHANNELS.find((row) => row.stem.test(stem));
  return {
    stem,
    family: folder + stem,
    channel: known?.channel ?? withoutExtension(stem),
    rank: place === null ? null : place.rank,
    nameDate: place?.nameDate ?? null,
  };
}

/** A part of a file: `#title@offset`. */
const SECTION = /#[^!]*@\d+$/;

/** The same of a source: a file, or a member in the archives around it. Null for a section, whose title tells it. */
export function memberRotation(path: string, member: string | null): Rotation | null {
  if (member === null) return readRotation(path);
  if (SECTION.test(member)) return null;
  const cut = member.lastIndexOf("!") + 1;
  const named = readRotation(member.slice(cut));
  return { ...named, family: `${path}!${member.slice(0, cut)}${named.family}` };
}

interface Named {
  readonly stem: string;
  readonly place: Place | null;
}

function rotatedPlace(name: string): Named {
  let bare = name.replace(/\.tailed$/, "");
  while (COMPRESSED.test(bare)) bare = bare.replace(COMPRESSED, "");
  if (!isAddress(bare)) {
    // logrotate's `extension .log` puts the mark before it: kern-20190106.log
    for (const extension of ["", ".log"]) {
      if (!bare.endsWith(extension)) continue;
      const marked = bare.slice(0, bare.length - extension.length);
      const found = readSuffix(marked);
      if (found !== null) return { stem: found.stem + extension, place: found.place };
    }
  }
  return { stem: bare, place: { rank: CURRENT, nameDate: null } };
}

function readSuffix(name: string): Named | null {
  for (const { pattern, read } of SUFFIXES) {
    const match = pattern.exec(name);
    if (match === null || match.index === 0) continue;
    const place = read(match.groups ?? {});
    if (place !== null) return { stem: name.slice(0, match.index), place };
  }
  return null;
}

function readDate(groups: Record<string, string | undefined>): Place | null {
  const { y = "", m = "", d = "", H = "0", M = "0", S = "0", epoch, n } = groups;
  const day = Date.UTC(Number(y), Number(m) - 1, Number(d));
  if (new Date(day).toISOString().slice(0, 10) !== `${y}-${m}-${d}`) return null;
  if (Number(H) > 23 || Number(M) > 59 || Number(S) > 60) return null;
  const seconds = day / 1000 + Number(H) * 3600 + Number(M) * 60 + Number(S);
  // Of several files of one day, the one without a number is the newest, then 1, 2, ... A rank is whole: it is stored.
  const order = n === undefined ? 0 : -(Number(n) + 1);
  return { rank: epoch === undefined ? seconds + order : Number(epoch), nameDate: y + m + d };
}

// A host's address is a name too: 192.168.1.20 is no twentieth rotation.
function isAddress(name: string): boolean {
  return /(?:^|[^\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\.log)?$|^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * efi-pstore ids are (seconds * 100 + part) * 1000 + count (linux drivers/firmware/efi/efi-pstore.c, generic_id);
 * the higher part is the older text. Ids of the other stores say nothing of time.
 */
function pstorePlace(name: string): Named | null {
  const match =
    /^(?<stem>(?:dmesg|console|pmsg|ftrace)-(?:efi|ramoops|erst|nvram)[a-z_]*)-(?<id>\d+)(?:\.enc\.z)?$/.exec(
      name,
    );
  if (match === null) return null;
  const { stem = name, id = "0" } = match.groups ?? {};
  if (!stem.startsWith("dmesg-efi")) return { stem, place: null };
  const seconds = Math.floor(Number(id) / 100_000);
  const part = Math.floor(Number(id) / 1000) % 100;
  return { stem, place: { rank: seconds * 100 + 99 - part, nameDate: null } };
}

function withoutExtension(stem: string): string {
  const dot = stem.lastIndexOf(".");
  return dot > 0 ? stem.slice(0, dot) : stem;
}
