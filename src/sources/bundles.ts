// TABLE: collections of a host's files that support tools make, and which files in them matter. Paths are relative
// to the bundle's root. Layouts: sos and insights-core sources, supportutils, systemd-pstore(8), kdump.

export type Role =
  | "log"
  | "dmesg"
  | "journal"
  | "sysctl"
  | "sysctl-conf"
  | "conntrack-stat"
  | "conntrack-list"
  | "conntrack-count"
  | "proc-stat"
  | "proc-file"
  | "slabinfo"
  | "hostname"
  | "date"
  | "uname"
  | "timedatectl"
  | "localtime"
  | "boot-id"
  | "uptime"
  | "modprobe-conf"
  | "cpuinfo"
  | "pstore";

export interface RoleRow {
  readonly path: RegExp;
  readonly role: Role;
  /** Where the name does not tell the channel. */
  readonly channel?: string;
}

export interface BundleKind {
  readonly id: string;
  readonly means: string;
  /** Paths that give the kind away; the group `root` is the bundle's root, empty or ending in a slash. */
  readonly marks: readonly RegExp[];
  /** Names directly in a folder that make the folder a root of this kind. */
  readonly entries: readonly string[];
  /** Folders between root and the host's own files, as in `data/var/log`. */
  readonly inner: RegExp | null;
  /** True: what has no role is left unread. */
  readonly closed: boolean;
  readonly rows: readonly RoleRow[];
}

/** A host's own files, at their own places, in any bundle or copied tree. */
export const HOST_ROWS: readonly RoleRow[] = [
  { path: /^(?:var\/log|run\/log)\//, role: "log" },
  { path: /^(?:sys\/fs|var\/lib\/systemd)\/pstore\//, role: "pstore", channel: "pstore" },
  { path: /^proc\/sys\/kernel\/random\/boot_id$/, role: "boot-id" },
  { path: /^proc\/sys\/kernel\/hostname$/, role: "hostname" },
  { path: /^proc\/sys\/net\/(?:netfilter|ipv4\/netfilter)\/[^/]*conntrack[^/]*$/, role: "proc-file" },
  { path: /^proc\/sys\/net\/(?:ipv4\/)?(?:nf|ip)_conntrack_max$/, role: "proc-file" },
  { path: /^proc\/sys\/net\/core\/message_(?:cost|burst)$/, role: "proc-file" },
  { path: /^proc\/sys\/kernel\/printk_ratelimit(?:_burst)?$/, role: "proc-file" },
  { path: /^sys\/module\/(?:nf|ip)_conntrack[^/]*\/parameters\/[^/]+$/, role: "proc-file" },
  { path: /^proc\/net\/stat\/(?:nf|ip)_conntrack$/, role: "proc-stat" },
  { path: /^proc\/net\/(?:nf|ip)_conntrack$/, role: "conntrack-list" },
  { path: /^proc\/slabinfo$/, role: "slabinfo" },
  { path: /^proc\/cpuinfo$/, role: "cpuinfo" },
  { path: /^proc\/uptime$/, role: "uptime" },
  { path: /^proc\/version$/, role: "uname" },
  { path: /^etc\/(?:hostname|HOSTNAME)$/, role: "hostname" },
  { path: /^etc\/(?:localtime|timezone|sysconfig\/clock)$/, role: "localtime" },
  { path: /^etc\/sysctl\.conf$/, role: "sysctl-conf" },
  { path: /^(?:etc|run|(?:usr\/(?:local\/)?)?lib)\/sysctl\.d\/[^/]+\.conf$/, role: "sysctl-conf" },
  { path: /^etc\/modprobe\.conf$|^(?:etc|run|(?:usr\/)?lib)\/modprobe\.d\/[^/]+$/, role: "modprobe-conf" },
];

/** Output of commands, by the file name made of the command line. Shared by sos and insights. */
const COMMAND_ROWS: readonly RoleRow[] = [
  { path: /(?:^|\/)(?:ip_netns_exec_.+_)?sysctl_-a[^/]*$/, role: "sysctl" },
  { path: /(?:^|\/)(?:ip_netns_exec_.+_)?conntrack_-S[^/]*$/, role: "conntrack-stat" },
  { path: /(?:^|\/)(?:ip_netns_exec_.+_)?conntrack_-C[^/]*$/, role: "conntrack-count" },
  { path: /(?:^|\/)(?:ip_netns_exec_.+_)?conntrack_-L[^/]*$/, role: "conntrack-list" },
  { path: /(?:^|\/)(?:ip_netns_exec_.+_)?cat_\.?proc\.net\.(?:nf|ip)_conntrack$/, role: "conntrack-list" },
  { path: /(?:^|\/)(?:ip_netns_exec_.+_)?cat_\.?proc\.net\.stat\.(?:nf|ip)_conntrack$/, role: "proc-stat" },
  { path: /(?:^|\/)dmesg(?:_[^/]*)?$/, role: "dmesg", channel: "dmesg" },
  {
    path: /(?:^|\/)journalctl_(?!.*(?:list-boots|disk-usage|verify|header))[^/]*$/,
    role: "journal",
    channel: "journal",
  },
  { path: /(?:^|\/)hostname(?:_-f)?$/, role: "hostname" },
  { path: /(?:^|\/)date(?:_--?u[tc]*)?$/, role: "date" },
  { path: /(?:^|\/)uname(?:_-a)?$/, role: "uname" },
  { path: /(?:^|\/)timedatectl(?:_status)?$/, role: "timedatectl" },
  { path: /(?:^|\/)uptime$/, role: "uptime" },
];

const below = (folder: string, rows: readonly RoleRow[]): RoleRow[] =>
  rows.map((row) => ({ ...row, path: new RegExp(`^${folder}(?=/).*?${row.path.source}`) }));

export const BUNDLES: readonly BundleKind[] = [
  {
    id: "sosreport",
    means: "sos report (sosreport): copied files below a root folder, command output in sos_commands",
    marks: [
      /^(?<root>sosreport[-_][^/]+\/)/,
      /^(?<root>(?:[^/]+\/)?)sos_(?:commands|reports|logs|strings)\//,
    ],
    entries: ["sos_commands", "sos_reports"],
    inner: null,
    closed: true,
    rows: [
      ...below("sos_commands", COMMAND_ROWS),
      // Links and files that sos keeps at the root for the reader's comfort.
      { path: /^(?:dmesg)$/, role: "dmesg", channel: "dmesg" },
      { path: /^hostname$/, role: "hostname" },
      { path: /^date$/, role: "date" },
      { path: /^uname$/, role: "uname" },
      { path: /^uptime$/, role: "uptime" },
      // Logs over the size limit are kept here cut to their tails.
      { path: /^sos_strings\/.*(?:messages|syslog|kern\.log|dmesg)[^/]*\.tailed$/, role: "log" },
      { path: /^sos_strings\/.*journalctl[^/]*\.tailed$/, role: "journal", channel: "journal" },
    ],
  },
  {
    id: "supportconfig",
    means: "SUSE supportconfig: text files of sections, each a command's output or a file",
    marks: [
      /^(?<root>(?:scc|nts)_[^/]+\/)/,
      /^(?<root>(?:[^/]+\/)?)(?:basic-environment|supportconfig)\.txt$/,
    ],
    entries: ["basic-environment.txt"],
    inner: null,
    closed: true,
    // The sections inside carry the roles (sections.ts); here only the files that are worth opening.
    rows: [{ path: /^[^/]+\.txt$/, role: "log" }],
  },
  {
    id: "insights",
    means: "Red Hat insights-core archive: copied files, command output in insights_commands",
    marks: [/^(?<root>(?:[^/]+\/)?)(?:data\/)?insights_commands\//, /^(?<root>insights-[^/]+\/)/],
    entries: ["insights_commands", "insights_archive.txt"],
    inner: /^data\//,
    closed: true,
    rows: below("insights_commands", COMMAND_ROWS),
  },
];

/** Files known by their own name, wherever they were copied to; their folder is their bundle. */
export const LOOSE_ROWS: readonly (RoleRow & { readonly kind: string })[] = [
  { path: /(?:^|\/)vmcore-dmesg[^/]*\.txt$/, role: "dmesg", channel: "dmesg", kind: "crash" },
  {
    path: /(?:^|\/)(?:dmesg|console|pmsg|ftrace)-(?:efi|ramoops|erst|nvram|pstore)[a-z_]*-\d+(?:\.enc\.z)?$/,
    role: "pstore",
    channel: "pstore",
    kind: "pstore",
  },
];

/** Where a host's own files begin in a tree of unknown make. */
export const HOST_TREE =
  /^(?<root>(?:.*?\/)?)(?<inner>(?:var\/(?:log|lib\/systemd\/pstore)|run\/log|etc|proc|sys|(?:usr\/(?:local\/)?)?lib\/(?:sysctl|modprobe)\.d)\/.+)$/;

/** Binary records that live among logs (utmp(5), lastlog(8), faillog(5), sa1(8)), and memory images. */
export const NON_LOG =
  /(?:^|\/)(?:[ubw]tmpx?|lastlog|faillog|tallylog|vmcore[^/]*|sa\/sa\d+)(?:[-._]\d[^/]*)?(?:\.(?:gz|bz2|xz|zst))?$/;

/** How a bundle names the network namespace a file is about. */
export const NETNS_PATHS: readonly RegExp[] = [
  /(?:^|\/)ip_netns_exec_(?<ns>.+?)_(?:conntrack|sysctl|cat|ip6?tables|ip|ss|netstat|nft|bridge|ethtool)(?:[_-]|$)/,
  /(?:^|\/)networking\/namespaces\/(?<ns>[^/]+)\//,
];

export interface SectionRow {
  readonly title: RegExp;
  readonly role: Role;
  readonly channel: string | null;
}

/** Sections of supportconfig files by their title, a command line. Those titled by a path go by HOST_ROWS. */
export const SECTION_ROWS: readonly SectionRow[] = [
  { title: /^(?:\/\S*\/)?dmesg\b/, role: "dmesg", channel: "dmesg" },
  {
    title: /^(?:\/\S*\/)?journalctl\b(?!.*--(?:list-boots|disk-usage))/,
    role: "journal",
    channel: "journal",
  },
  { title: /^(?:\/\S*\/)?sysctl\s+-a/, role: "sysctl", channel: null },
  { title: /^(?:\/\S*\/)?conntrack\s+-S/, role: "conntrack-stat", channel: null },
  { title: /^(?:\/\S*\/)?conntrack\s+-C/, role: "conntrack-count", channel: null },
  { title: /^(?:\/\S*\/)?conntrack\s+-L/, role: "conntrack-list", channel: null },
  { title: /^(?:\/\S*\/)?date\b/, role: "date", channel: null },
  { title: /^(?:\/\S*\/)?uname\s+-a/, role: "uname", channel: null },
  { title: /^(?:\/\S*\/)?hostname\b/, role: "hostname", channel: null },
  { title: /^(?:\/\S*\/)?uptime\b/, role: "uptime", channel: null },
  { title: /^(?:\/\S*\/)?timedatectl\b/, role: "timedatectl", channel: null },
];
