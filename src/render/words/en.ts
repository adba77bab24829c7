// English. Template functions get text that is already formatted; they choose words and order, nothing else.

import { type Part, say, strong } from "../parts.ts";

type Names = Readonly<Record<string, string>>;

const count = (n: number, shown: string, one: string, many: string) => `${shown} ${n === 1 ? one : many}`;
const wasOrWere = (n: number) => (n === 1 ? "was" : "were");

export const en = {
  language: "en",
  digits: { group: ",", groupFrom: 4, point: "." },
  title: "Full connection tracking tables",
  unknown: "unknown",
  none: "none",
  dash: "-",

  // How many
  exactly: (n: string) => `exactly ${n}`,
  atLeast: (n: string) => `at least ${n}`,
  between: (low: string, high: string) => `between ${low} and ${high}`,
  shortAtLeast: (n: string) => `${n} or more`,
  shortBetween: (low: string, high: string) => `${low} to ${high}`,
  packets: (n: number, shown: string) => count(n, shown, "packet", "packets"),
  bursts: (n: number, shown: string) => count(n, shown, "burst", "bursts"),
  hosts: (n: number, shown: string) => count(n, shown, "host", "hosts"),
  sources: (n: number, shown: string) => count(n, shown, "source", "sources"),
  dropLines: (n: number, shown: string) => count(n, shown, "drop line", "drop lines"),
  lines: (n: number, shown: string) => count(n, shown, "line", "lines"),
  seconds: (shown: string) => `${shown} s`,

  // The answer: when
  namelessHost: "A host that no log names",
  whenOne: (host: string, start: string, end: string) =>
    say`${strong(host)} dropped packets from ${strong(start)} to ${strong(end)}.`,
  whenOneAt: (host: string, at: string) => say`${strong(host)} dropped packets at ${strong(at)}.`,
  whenMany: (host: string, bursts: string, start: string, end: string) =>
    say`${strong(host)} dropped packets in ${strong(bursts)} between ${strong(start)} and ${strong(end)}.`,
  whenHosts: (dropping: string, all: string, bursts: string, start: string, end: string) =>
    say`${strong(`${dropping} of ${all} hosts`)} dropped packets, in ${strong(bursts)} between ${strong(start)} and ${strong(end)}.`,
  whenUndated: (who: string, bursts: string) =>
    say`${strong(who)} dropped packets in ${strong(bursts)}, which nothing in the logs dates.`,
  alsoUndated: (bursts: string) =>
    say` Besides, ${bursts} could not be dated, and may be of the same packets.`,
  worstHost: (host: string, reported: string, bounds: string) =>
    say` The most are on ${strong(host)}: ${reported} as reported, ${bounds}.`,

  // The answer: how many
  manyExact: (n: number, packets: string) =>
    say`${strong(`Exactly ${packets}`)} ${wasOrWere(n)} dropped: every one has its line.`,
  manyRange: (n: number, least: string, most: string) =>
    say`${strong(`At least ${least}`)} ${wasOrWere(n)} dropped (each has its line in the log) and ${strong(`at most ${most}`)}.`,
  manyOpen: (n: number, least: string, reported: string) =>
    say`${strong(`At least ${least}`)} ${wasOrWere(n)} dropped (each has its line in the log); the kernel's notices of held-back lines bring that to ${strong(reported)}, and no upper bound can be proved.`,
  manyOpenBare: (n: number, least: string) =>
    say`${strong(`At least ${least}`)} ${wasOrWere(n)} dropped (each has its line in the log); no upper bound can be proved.`,
  manyRangeReported: (reported: string) => say` The kernel's own notices bring it to ${reported}.`,

  // The answer: how full
  theTable: "The table",
  tableOf: (host: string) => `The table of ${host}`,
  fullMeasured: (table: string, entries: string, limit: string, ratio: string, origin: string) =>
    say`${table} was measured at ${strong(`${entries} of ${limit}`)} connections (${ratio}); the limit is known from ${origin}.`,
  fullNearest: (table: string, limit: string, ratio: string, origin: string, age: string | null) =>
    say`${table} must have been full at its limit of ${strong(limit)} connections (known from ${origin}): the line is printed only then. ${age === null ? "The highest measured count" : `The nearest measured count, ${age} earlier,`} is ${ratio} of it.`,
  fullInferred: (table: string, limit: string, origin: string) =>
    say`${table} must have been full at its limit of ${strong(limit)} connections (known from ${origin}): the line is printed only then. No count was measured near it.`,
  fullConfigured: (table: string, limit: string) =>
    say`${table} must have been full, for the line is printed only then. A file configures a limit of ${strong(limit)}; no reading shows that it was in force.`,
  limitsToo: (limits: string) => say` Other bursts met another limit: ${strong(limits)}.`,
  fullNoLimit: (entries: string) =>
    say`Up to ${strong(entries)} connections were measured; the limit in force is ${strong("not known")} from these logs.`,
  fullUnknown: () =>
    say`The table must have been full, for the line is printed only then; its limit is ${strong("not known")} from these logs, and no count was measured.`,

  // The answer: what to set
  set: (setting: string, current: string | null) =>
    say`Set ${strong(setting)}${current === null ? "" : ` (now ${current})`}`,
  setOn: (host: string, setting: string, current: string | null, cost: string | null) => {
    const asides = [
      current === null ? null : `now ${current}`,
      cost === null ? null : `up to ${cost} of memory`,
    ];
    const aside = asides.filter((text) => text !== null).join("; ");
    return say`on ${host} ${strong(setting)}${aside === "" ? "" : ` (${aside})`}`;
  },
  setHosts: (settings: readonly (readonly Part[])[]) =>
    say`Set ${settings.flatMap((part, i) => (i === 0 ? [...part] : ["; ", ...part]))}.`,
  setEach: () => say`What to set differs from host to host: see the advice of each.`,
  costs: (proposed: string, now: string | null) =>
    say`: its entries then take up to ${strong(proposed)} of kernel memory${now === null ? "" : `, ${now} today`}.`,
  costsUnknown: () => say`; what its entries cost in memory is not known.`,
  setOthers: (n: number, shown: string) =>
    say` ${count(n, shown, "other setting", "other settings")}: see advice.`,
  setNothing: () => say`No setting is proposed: the logs do not tell enough.`,

  // The answer: nothing
  noLogs: () =>
    say`${strong("No logs have been read.")} So nothing can be said about drops: read some first, with conntrail ingest PATH.`,
  noLogsInRange: () =>
    say`${strong("No logs in this range.")} Nothing that was read covers it, so nothing can be said about drops in it.`,
  noDrops: (sources: string) => say`${strong("No drops in the logs read")} (${sources}).`,
  noDropsBetween: (sources: string, start: string, end: string) =>
    say`${strong("No drops in the logs read")}: ${sources}, from ${start} to ${end}.`,
  noDropsLimits: () =>
    say` A line is only printed where a new connection was refused; a table that was nearly full leaves none.`,
  undatedLines: (lines: string) => say`Besides, ${strong(lines)} could not be dated.`,
  holeIs: (start: string, end: string, why: string) =>
    `No log from ${start} to ${end}${why === "" ? "" : `: ${why}`}.`,
  logsBegin: (at: string) => `The logs that were read begin at ${at}.`,
  logsEnd: (at: string) => `The logs that were read end at ${at}.`,
  holesLeft: (n: number, shown: string) => `And ${count(n, shown, "more hole", "more holes")}.`,
  overHosts: (hosts: string) => `, added up over ${hosts}`,
  coveredFrom: (at: string) => `No log covers the time shown before ${at}.`,
  coveredTo: (at: string) => `No log covers the time shown after ${at}.`,
  /** `over`: empty, or `overHosts`. */
  holes: (total: string, n: number, shown: string, beyond: string | null, over: string) =>
    say`The logs have ${count(n, shown, "hole", "holes")} (${total} in all)${beyond === null ? "" : `, and no log covers another ${beyond} of the time shown`}${over}: no log is not the same as no drops.`,
  beyond: (total: string, over: string) =>
    say`No log covers ${total} of the time shown${over}: no log is not the same as no drops.`,

  doubtedTotal: (lines: string) =>
    say`${strong(lines)} of these may not be the kernel's own: the bursts say why. conntrail report --trusted-only leaves them out.`,
  leftOut: (lines: string) =>
    say`Left out, since they may not be the kernel's own: ${strong(lines)}. If they are, more was dropped: no upper bound of all can be proved.`,
  lineAndHeld: (lines: string, held: string) => `${lines}, and notices of up to ${held} held-back lines,`,
  onlyDoubted: (sources: string) =>
    say`${strong("No drops but doubted ones in the logs read")} (${sources}).`,
  onlyDoubtedHost: "No drops but doubted ones in the logs read.",

  // Frame of the report
  timesIn: (zone: string) => `Times are in ${zone}.`,
  trustedOnly: "Lines that may not be the kernel's own are left out.",
  gapIs: (gap: string) => `A burst is a run of drop lines with no pause longer than ${gap}.`,
  rangeFrom: (since: string) => `Only from ${since} on.`,
  rangeTo: (until: string) => `Only until ${until}.`,
  range: (since: string, until: string) => `Only from ${since} until ${until}.`,
  toldWhole: "A burst that reaches into this range is told whole.",
  contents: "Contents",
  overview: "Overview",
  fleetShown: (shown: string, all: string, rest: string, bursts: string, drops: string) =>
    `The ${shown} worst of ${all} hosts are shown. The other ${rest} have ${bursts} bursts and dropped at least ${drops} packets; conntrail report --host NAME shows any one of them.`,
  fleetHours: "Hours with the most drops, all hosts together:",
  fleetHour: (time: string, hosts: string, lines: string, suppressed: string) =>
    `${time}: at least ${lines} on ${hosts} hosts, ${suppressed} more messages held back.`,
  fleetLimits: "Limits in force at last differ:",
  fleetLimit: (value: string, hosts: string, example: string) =>
    `${value} on ${hosts} hosts, for example ${example}.`,
  fleetLeftOut: (problems: string, sources: string) =>
    `Not listed below: ${problems} more problems, ${sources} more sources.`,
  overviewText: "One strip per host, all on one time axis.",
  stripDrops: "drops",
  noDropsShort: "no drops",
  noHostDrops: "No drops in the logs read.",
  noLogsShort: "no logs",
  noHostLogs: "No log of it that was read covers this time, so nothing can be said about drops.",
  alsoNamed: (names: string) => `This machine also logged as ${names}.`,
  unseenBriefly: (host: string, packets: string) =>
    say`But the kernel's own counter of dropped packets on ${host} rose by ${strong(packets)}: the logs of that time are missing, or were cut.`,
  unseenGain: (packets: string, start: string, end: string) =>
    `The kernel's own counter of dropped packets rose by ${packets} between ${start} and ${end}, where no log that was read tells of a drop. It counts what a full table refuses, and little else.`,
  undatedHost: (lines: string) => `Without a time that any evidence gives: ${lines}.`,

  // Timeline
  timeline: "Timeline",
  noTimeline: "Nothing here carries a time, so there is no timeline.",
  noTimelineInRange: "No log and no count is of this range, so there is no timeline.",
  dropsPer: (bucket: string) => `Dropped packets per ${bucket}`,
  logScale: "logarithmic scale",
  countAndLimit: "Connections in the table",
  noCounts: "No connection count was found in what was read.",
  coverage: "Log",
  marks: "Marks",
  numbers: "The numbers as a table",
  chartName: (host: string, start: string, end: string) => `Timeline of ${host} from ${start} to ${end}`,
  chartDescription: (drops: string, counts: string, holes: string) => `${drops} ${counts} ${holes}`,
  chartDrops: (bursts: string, most: string) => `${bursts}; most packets reported in one step: ${most}.`,
  chartCounts: (low: string, high: string) => `Connections between ${low} and ${high}.`,
  chartHoles: (n: number, shown: string) =>
    `${count(n, shown, "stretch that no log covers", "stretches that no log covers")}.`,
  legendPrinted: "printed drop lines: the least",
  legendReported: "up to printed and held back together, as the kernel reported",
  legendCount: "connections, least to most of each step",
  legendLimit: "limit",
  legendBurst: "burst",
  legendHole: "no log covers this time (not: no drops)",
  legendMark: "boot or change",
  legendCovered: "logs cover this time",
  legendLetters: "B boot, L limit changed, C clock set",
  legendSeveral: "+ several of these",
  burstTitle: (n: string, start: string, lasted: string, bounds: string) =>
    `Burst ${n}: ${start}, ${lasted}, ${bounds} dropped`,
  chartHelp: "Drag to zoom, double-click for all. Keys: left and right read, + and - zoom, Escape for all.",
  showAll: "Show all",
  showInTimeline: "show in timeline",
  details: "details",
  copy: "copy citation",
  copied: "copied",
  readout: {
    printed: "printed",
    reported: "reported",
    connections: "connections",
    limit: "limit",
    noLog: "no log",
  },
  quiet: "no drop line",
  noLog: "no log",

  // Columns
  col: {
    burst: "burst",
    burstShort: "#",
    start: "start",
    end: "end",
    lasted: "lasted",
    dropped: "packets dropped",
    printed: "lines printed",
    reported: "reported",
    atLeast: "at least",
    atMost: "at most",
    estimate: "estimate",
    limit: "limit",
    full: "full",
    peak: "peak count",
    host: "host",
    netns: "namespace",
    bursts: "bursts",
    from: "from",
    to: "to",
    connections: "connections",
    note: "note",
    key: "key",
    value: "value",
    since: "since",
    until: "until",
    kind: "kind",
    knownFrom: "known from",
    doubted: "doubted",
    configured: "configured",
    effective: "effective",
    state: "state",
    source: "source",
    port: "destination port",
    entries: "entries",
    share: "share",
    now: "now",
    proposed: "proposed",
    why: "why",
    problem: "problem",
    count: "count",
    where: "where",
    message: "message",
    path: "path",
    channel: "channel",
    format: "format",
    bytes: "bytes",
    events: "events",
    problems: "problems",
    complete: "complete",
    sha256: "SHA-256",
    mark: "mark",
    when: "when",
    line: "line",
  },
  figures: {
    atLeast: "dropped at least",
    reported: "dropped as reported",
    atMost: "dropped at most",
    noMost: "not provable",
    limit: "limit of the table",
    hosts: "hosts with drops",
    of: (part: string, whole: string) => `${part} of ${whole}`,
    both: (one: string, other: string) => `${one} and ${other}`,
    bursts: "bursts",
  },
  yes: "yes",
  no: "no",

  // Bursts
  burstsTitle: "Bursts",
  burst: (n: string) => `Burst ${n}`,
  detailsOf: (shown: string, all: string) =>
    `Details of the ${shown} bursts with the most packets reported, of ${all}; the JSON report has those of more.`,
  burstsLeft: (left: number, shown: string) =>
    `${count(left, shown, "burst with fewer packets reported is", "bursts with fewer packets reported are")} left out here, but not in the sums: conntrail query bursts-by-time lists them all.`,
  undated: "not dated",
  boundExact: (n: string) => `Exactly ${n}: every dropped packet has its line.`,
  boundRange: (least: string, most: string) => `At least ${least} and at most ${most}.`,
  boundOpen: (least: string) => `At least ${least}; no upper bound can be proved.`,
  reportedAs: (printed: string, held: string, reported: string) =>
    `${printed} printed, ${held} held back by the kernel's rate limiter: ${reported} reported.`,
  printedOnly: (printed: string) => `${printed} printed, none reported as held back.`,
  sharedPart: (n: string) =>
    `Of those held back, ${n} fell into windows shared with other network namespaces.`,
  estimateIs: (n: string) => `Estimate, not a bound: ${n}.`,
  tailCapIs: (n: string) =>
    `After the last line the kernel may have held back more; the largest earlier window held back ${n}, a practical cap and no guarantee.`,
  doubtedLines: (_n: number, shown: string, why: string) =>
    `Of the printed lines, ${shown} may not be the kernel's own: ${why}.`,
  doubtedHeld: (shown: string, why: string) =>
    `Of those held back, ${shown} are told by notices that may not be the kernel's own: ${why}.`,
  limitIs: (limit: string, origin: string) => `Limit in force: ${limit}, known from ${origin}.`,
  limitConfigured: (limit: string) => `The limit in force is not known; a file configures ${limit}.`,
  limitUnknown: "The limit in force is not known.",
  countPeakIs: (n: string, ratio: string | null) =>
    `Highest measured count: ${n}${ratio === null ? "" : ` (${ratio} of the limit)`}.`,
  fullBefore: (ratio: string, age: string) => `${ratio}, ${age} before`,
  countNearIs: (side: "before" | "after", n: string, age: string | null) =>
    `Count ${side}: ${n}${age === null ? "" : `, ${age} ${side === "before" ? "earlier" : "later"}`}.`,
  noCountNear: "No count was measured near it; the table was full (inferred: the line is printed only then).",
  fullIsInferred: "That the table was full at each drop is inferred: the line is printed only then.",
  farBelow:
    "The measured count is far below the limit. Likelier than an error: the drops were in another network namespace, entries had expired after the count was read, or the limit has changed since.",
  headroom: (n: string) => `Headroom at the highest count: ${n} entries.`,
  witnessIs: (channel: string) => `Told by ${channel}.`,
  witnessOthers: (relation: string, channels: string, lines: string, held: string) =>
    `${relation}: ${channels} (${lines}, ${held} held back).`,
  witnessSilent: (relation: string, channels: string) => `${relation}: ${channels}.`,
  basisIs: (basis: string) => `Dated by ${basis}.`,
  inNetns: (netns: string) => `Network namespace ${netns}.`,
  why: "Why",
  evidence: "Evidence",
  place: (path: string, member: string | null, offset: string, length: string | null) =>
    `${path}${member === null ? "" : `, member ${member}`}, byte ${offset}${length === null ? "" : `, ${length} long`}`,
  firstLine: "first line",
  lastLine: "last line",
  onlyLine: "the line",

  // Limits
  limitsTitle: "Limit history",
  mismatch: (key: string, configured: string, effective: string) =>
    `${key} is configured as ${configured}, but the kernel has ${effective}.`,
  noLimits: "No limit was found in what was read.",
  otherLimits: (n: number, shown: string) =>
    `${count(n, shown, "other setting was", "other settings were")} read and did not change`,
  otherLimitsWhere: "conntrail query 'select * from limits' lists them.",
  pressure: (over90: string, over95: string) =>
    `Measured above 90 % of the limit for ${over90}, above 95 % for ${over95}. Trouble starts before the table is full.`,

  // Occupancy
  occupancyTitle: "Who filled the table",
  occupancyAt: (total: string, at: string) => `A dump of the table at ${at} holds ${total} entries.`,
  occupancyUndated: (total: string) => `A dump of the table without a time holds ${total} entries.`,

  // Advice
  adviceTitle: "Advice",
  noAdvice: "No setting is proposed.",
  memory: (now: string, proposed: string) =>
    `Memory of the entries: ${now} at the present limit, ${proposed} at the proposed one.`,
  memoryProposed: (proposed: string) => `Memory of the entries at the proposed limit: ${proposed}.`,
  amount: (shown: string, unit: string) => `${shown} ${unit}`,
  assumed: (text: string) => `assumed: ${text}`,
  entryBytes: (n: string, origin: string) => `One entry takes ${n} (${origin}).`,
  entryUnknown: (origin: string) => `The size of an entry is not known (${origin}).`,
  assumes: (text: string) => `assumes: ${text}`,
  snippetTitle: "Ready to install, in /etc/sysctl.d:",
  modprobeTitle: "And in /etc/modprobe.d:",
  warning: (text: string) => `Mind: ${text}`,

  // Problems and sources
  problemsTitle: "Problems",
  problemsText: "What could not be read, dated or trusted.",
  noProblems: "None: everything given was read.",
  sourcesTitle: "Sources",
  noSources: "None.",
  notHashed: "not yet",
  sourceIs: (host: string, channel: string, format: string, size: string) =>
    `${host}, ${channel}, ${format}, ${size}`,
  sourceHolds: (events: number, shownEvents: string, problems: number, shownProblems: string) =>
    `${count(events, shownEvents, "event", "events")}, ${count(problems, shownProblems, "problem", "problems")}`,
  complete: "complete",
  incomplete: "incomplete",
  footer: "Every number above can be followed to its bytes: path, byte offset and length stand beside it.",
  hashesElsewhere: "The JSON and CSV reports have the SHA-256 of a burst's lines as well.",
  hashesCopied: "A burst's lines have their SHA-256 as well, in full where a citation is copied.",
  cutting: "Offsets count decompressed bytes. This cuts a line out of a .gz file:",

  // Names from the record
  /** Sentences of verdicts and advice by their id: empty, since the record tells them in English. */
  statements: {} as Names,
  reasons: {
    "open-end":
      "The log ends while the kernel may still have been holding lines back; what its next notice would have told is not counted.",
    "closed-by-size":
      "Nothing later was logged, but the last limiter window printed fewer lines than it may, so nothing of it was held back.",
    "contention-uncounted":
      "This kernel refuses lines uncounted when two CPUs meet in the rate limiter, so more may be dropped than its notices say.",
    "suppressed-unproven":
      "Held-back lines leave no text, and other network messages share the rate limiter: only printed lines are proof of a drop, so they are the least.",
    "shared-limiter":
      "Other network messages share the rate limiter, so not every held-back line need be a drop.",
    "shared-with-printk":
      "On kernels up to 2.6.26 disk and other messages share the rate limiter as well, so part of what was held back may be theirs.",
    "mixed-namespaces":
      "Lines of several network namespaces share a limiter window, so what it held back cannot be divided among them.",
    "edge-booking":
      "At the edge of a full limiter window lines of other CPUs may be counted into the next one: at most as many as there are CPUs.",
    "lines-left-out":
      "Lines that may not be the kernel's own are left out; if they are its own, more was dropped than is told here.",
    "lines-lost": "Lines are known to be missing from the log in this time.",
    "witness-contradicts":
      "Another log of this host has lines or notices of this burst that the fullest one lacks, so none has them all.",
    "notices-missing":
      "The lines come as only a rate limiter at work lets them through, yet no notice of held-back lines is there: the log is an extract.",
    "log-starts-inside": "The log begins inside this burst; what came before is not counted.",
    "window-short":
      "A limiter window shows fewer lines than it must have printed, so lines are missing from the log.",
    "count-unreadable": "A notice of held-back lines tells no number that can be read.",
    "order-unclear":
      "A repeat was written long after the line before it, and when its lines were printed is not known; or a notice came too early for its lines, and may tell of the burst before.",
    "limiter-disabled": "The rate limiter was switched off: every dropped packet printed its line.",
    "limiter-switched":
      "The rate limiter was off at some time, or a file says so: a line printed then does not show that nothing was held back before it.",
    "limiter-unknown":
      "Which rate limiter this kernel has is not known, so its counts cannot be taken as complete.",
    "kernels-mixed":
      "The lines come from kernels with different rate limiters, and which line is whose cannot be told.",
    "version-contradicted":
      "The messages do not fit the kernel release that the log names; the messages were believed.",
    "window-default":
      "The limiter's window is assumed to be the kernel's default, 5 seconds and 10 lines: no setting was read that surely held then.",
    "window-inferred":
      "The limiter's window was inferred from the pattern of the lines; no setting was read that surely held then.",
    "counter-ceiling":
      "The upper bound is the rise of the kernel's own drop counter between two samples around the burst; it counts other drops as well.",
    "counter-moving":
      "The drop counter was moving beside the burst, so the upper bound holds only if samples and log agree on the time to the second.",
    "counter-other-namespace":
      "The drop counter at hand may be another network namespace's, so it is no upper bound here.",
    "counter-reset":
      "The drop counter went backwards between its samples (a reboot or a reloaded module), so it is no upper bound here.",
    "counter-not-enclosing":
      "No two samples of the drop counter enclose this burst, so it gives no upper bound.",
  } as Names,
  doubts: {
    "tag-pid": "a process id stands behind its name",
    "pri-facility": "its facility is not the kernel's",
    transport: "the journal got it from a program",
    "no-uptime": "it has no uptime, while the kernel's lines before and behind it have one",
  } as Names,
  relations: {
    speaks: "Speaking",
    agrees: "Agreeing",
    fewer: "With fewer lines",
    contradicts: "Contradicting",
    silent: "Covering the time without a line",
  } as Names,
  bases: {
    explicit: "a full date and zone in the line",
    option: "a year or zone given as an option",
    "anchored-zone": "a zone that other evidence proves",
    "assumed-zone": "an assumed zone, that of the machine that read the log",
    "inferred-year": "an inferred year",
    "boot-anchor": "its kernel uptime and the nearest anchor of that boot",
    derived: "the time that dmesg worked out from an uptime",
    "file-time": "the time of the file it stands in",
    undated: "nothing: no evidence gives it a time",
  } as Names,
  basisAnd: " and ",
  roles: {
    limit: "limit in force",
    "count-before": "count before",
    "count-peak": "highest count",
    "count-after": "count after",
  } as Names,
  origins: {
    banner: "the module's line at boot",
    limit_exceeded: "a kernel line that prints the limit",
    "sudo-sysctl": "a sysctl command run through sudo",
    "kube-proxy": "the log of kube-proxy",
    sysctl: "a dump of the kernel's settings",
    "proc-file": "a copy of the file below /proc/sys",
    "conntrack-count": "conntrack -C",
    "table-lines": "the lines of a table dump, counted",
    "conntrack-list": "a dump of the table",
    "conntrack-stats": "conntrack -S",
    "proc-stat": "/proc/net/stat/nf_conntrack",
    lnstat: "lnstat",
    shorewall: "a list that Shorewall shows",
    luci: "the overview page of OpenWrt",
    "status-line": "a check's or script's line",
    "check-count": "a check's line",
    routeros: "RouterOS",
    slab: "the kernel's slab figures",
    prometheus: "metrics of node_exporter",
    "prometheus-json": "Prometheus",
    telegraf: "Telegraf",
    "collectd-csv": "collectd",
    "zabbix-csv": "Zabbix",
    "sample-comment": "a sample log",
    "sample-csv": "a sample log",
    "sysctl-conf": "a sysctl configuration file",
    "modprobe-conf": "a modprobe configuration file",
    assumed: "assumed: 64-bit kernels have 256 to 320 bytes an entry",
  } as Names,
  coverageReasons: {
    log: "a log",
    "no-log": "no file that was read covers it",
    "rotation-missing": "a file of the rotation is missing",
    "daemon-down": "the log daemon was not running",
    "lines-lost": "the log itself tells of lost lines",
  } as Names,
  problemKinds: {
    "no-such-day": "a date that its year does not have",
    "no-such-file": "no such file",
    "run-failed": "a run failed",
    "run-interrupted": "a run was interrupted",
    "permission-denied": "may not be read",
    "special-file": "not a file",
    "read-error": "read error",
    truncated: "cut short",
    corrupt: "damaged",
    "trailing-rubbish": "bytes behind the end",
    "compression-bomb": "grows past the limit",
    "no-decoder": "decompressor missing",
    "decoder-failed": "decompressor failed",
    "nested-too-deep": "nested too deep",
    "too-many-members": "too many members",
    "member-name-too-long": "member name cut",
    "unsupported-member": "member not readable",
    "unseekable-zip": "zip inside a stream",
    "binary-journal": "binary journal",
    "not-text": "no log text",
    "field-too-long": "field too long",
    "bad-record": "unreadable record",
    "cut-record": "record cut short",
    "alias-conflict": "two names, two values",
    "number-too-large": "number too large",
    "impossible-value": "impossible value",
    "bad-row": "unreadable row",
    "cut-row": "row cut short",
    "cut-document": "document cut short",
    "unnamed-series": "unnamed series",
    "line-too-long": "line too long",
    "nul-bytes": "NUL bytes",
    "cut-line": "line cut short",
    "unknown-repeat": "repeat of an unknown line",
    "bad-stamp": "impossible time",
    "ambiguous-hour": "hour that passes twice",
    "skipped-hour": "hour that clocks skip",
    "option-contradicts": "option against the evidence",
    "too-many-hosts": "too many hosts",
  } as Names,
  units: { entries: "entries", buckets: "buckets", seconds: "s" } as Names,
  forces: { effective: "effective", configured: "configured" } as Names,
  markKinds: { boot: "boot", limit: "limit changed", clock: "clock set" } as Names,
  markLetters: { boot: "B", limit: "L", clock: "C" } as Names,
};

export type Words = typeof en;
