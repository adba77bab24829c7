// TABLE: what kernel and logger messages mean. Patterns are anchored and run on the message alone (header,
// uptime and tag taken off); each row proves itself by its samples and names what it must not match.

import type { EventKind, NoticeForm } from "../model/event.ts";

export interface MessageSample {
  readonly text: string;
  readonly amount?: number | null;
  readonly netns?: string | null;
}

export interface MessageForm {
  readonly id: string;
  readonly kind: EventKind;
  /** What a line of this form tells, in one sentence. */
  readonly means: string;
  /** Literals of which every such line holds one: what the prefilter looks for. Rare ones keep the scan quick. */
  readonly needles: readonly string[];
  /** Named groups: `n` the amount, `netns`, `ct`, `ve` the namespace. */
  readonly pattern: RegExp;
  /** `one`: each line stands for one; `told`: group `n`, NULL where the form has none; `none`: carries no amount. */
  readonly amount: "one" | "told" | "none";
  /** Who must have written it: the kernel, or a logging daemon whose tag matches. */
  readonly from: "kernel" | RegExp;
  readonly notice: NoticeForm | null;
  /** True where the line spends the budget of net_ratelimit(). */
  readonly limited: boolean;
  readonly source: string;
  readonly samples: readonly MessageSample[];
  readonly lookalikes: readonly string[];
}

// SONiC writes a container's name in front: `syncd#rsyslogd`.
const RSYSLOG = /^(?:[\w.-]+#)?(?:rsyslogd|imjournal|imuxsock|rsyslog)/;
// RHEL 7 writes `journal`.
const JOURNALD = /^(?:systemd-journal|journal$)/;

const drop = { kind: "drop", amount: "one", from: "kernel", notice: null, limited: true } as const;
const notice = { kind: "suppression", amount: "told", from: "kernel", limited: false } as const;
const other = { kind: "limiter_other", amount: "none", from: "kernel", notice: null, limited: true } as const;
const LOGGER = /^(?:rsyslogd|syslogd|syslog-ng|systemd-journald?|journal)/;
const logger = { amount: "none", from: LOGGER, notice: null, limited: false } as const;
const loss = { kind: "loss", amount: "told", notice: null, limited: false } as const;

export const MESSAGES: readonly MessageForm[] = [
  {
    ...drop,
    id: "table-full-ip",
    means: "a new connection was refused: the table was at its limit (ip_conntrack, 2.4 to 2.6.21)",
    needles: ["_conntrack: "],
    pattern: /^ip_conntrack: (?:(?<ct>CT \S+(?=: )|VPS \S+?):? )?table full, dropping packet\.?$/,
    source: "linux net/ipv4/netfilter/ip_conntrack_core.c, init_conntrack; OpenVZ adds the container",
    samples: [
      { text: "ip_conntrack: table full, dropping packet.", netns: null, amount: 1 },
      { text: "ip_conntrack: CT 101: table full, dropping packet.", netns: "CT 101" },
      { text: "ip_conntrack: VPS 7: table full, dropping packet.", netns: "VPS 7" },
      { text: "ip_conntrack: VPS 101 table full, dropping packet.", netns: "VPS 101" },
    ],
    lookalikes: [
      "ip_conntrack: expectation table full",
      "ip_conntrack: VPS table full, dropping packet.",
      "ip_conntrack: VPS 101 and VPS 102 table full, dropping packet.",
      "found 'ip_conntrack: table full, dropping packet.'",
    ],
  },
  {
    ...drop,
    id: "table-full",
    means: "a new connection was refused: the table was at its limit",
    needles: ["_conntrack: "],
    pattern:
      /^nf_conntrack: (?:nf_conntrack: )?(?:(?<ct>(?:CT|VPS) \S+): )?table full, dropping packet(?:\. Line: \d+|\.?)$/,
    source:
      "linux net/netfilter/nf_conntrack_core.c, __nf_conntrack_alloc; SerComm's routers add the line of it",
    samples: [
      { text: "nf_conntrack: table full, dropping packet.", netns: null, amount: 1 },
      { text: "nf_conntrack: table full, dropping packet" },
      { text: "nf_conntrack: nf_conntrack: table full, dropping packet" },
      { text: "nf_conntrack: table full, dropping packet. Line: 764" },
    ],
    lookalikes: [
      "nf_conntrack: expectation table full",
      "nf_ct_ftp: dropping packet: too many",
      "conntrack: connection tracking table full (64000/65536 entries)",
      "nf_conntrack: table full, dropping packet (64000/65536)",
      "nf_conntrack: table full, dropping packet. Line: lost",
      "nf_conntrack: nf_conntrack: nf_conntrack: table full, dropping packet",
    ],
  },
  {
    ...drop,
    id: "table-full-netns",
    means: "a new connection was refused in a network namespace other than the first one (6.17 and later)",
    needles: ["_conntrack: "],
    pattern: /^nf_conntrack: (?:nf_conntrack: )?table full in netns (?<netns>\d+), dropping packet\.?$/,
    source: "linux net/netfilter/nf_conntrack_core.c, __nf_conntrack_alloc (6.17)",
    samples: [
      {
        text: "nf_conntrack: nf_conntrack: table full in netns 4026532281, dropping packet",
        netns: "4026532281",
        amount: 1,
      },
    ],
    lookalikes: ["nf_conntrack: nf_conntrack: table full in netns , dropping packet"],
  },
  {
    ...drop,
    id: "table-full-ve",
    means: "a new connection was refused in a Virtuozzo container",
    needles: ["nf_conntrack table full"],
    pattern: /^VE(?<ve>\S+): nf_conntrack table full, dropping packet\.?$/,
    source: "Virtuozzo 7 net/netfilter/nf_conntrack_core.c",
    samples: [{ text: "VE101: nf_conntrack table full, dropping packet", netns: "VE 101", amount: 1 }],
    lookalikes: ["VE 101: nf_conntrack table full, dropping packet"],
  },
  {
    id: "limit-exceeded",
    kind: "limit_exceeded",
    means: "a flow came while the table was at its limit; the packet itself passed untracked",
    needles: ["maximum limit of "],
    pattern: /^ip_conntrack: maximum limit of (?<n>\d+) entries exceeded\.?$/,
    amount: "none",
    from: "kernel",
    notice: null,
    limited: true,
    source: "linux 2.4.0 net/ipv4/netfilter/ip_conntrack_core.c",
    samples: [{ text: "ip_conntrack: maximum limit of 2048 entries exceeded", amount: null }],
    lookalikes: ["ip_conntrack: maximum limit of entries exceeded"],
  },
  {
    id: "expectation-full",
    kind: "expectation_full",
    means: "the table of expected connections was full; no packet was dropped for it",
    needles: ["expectation table full"],
    pattern: /^[ni][fp]_conntrack: (?:[ni][fp]_conntrack: )?expectation table full\.?$/,
    amount: "none",
    from: "kernel",
    notice: null,
    limited: true,
    source: "linux net/netfilter/nf_conntrack_expect.c",
    samples: [
      { text: "nf_conntrack: expectation table full", amount: null },
      { text: "nf_conntrack: nf_conntrack: expectation table full" },
    ],
    lookalikes: ["nf_conntrack: table full, dropping packet"],
  },
  {
    ...notice,
    id: "net-messages",
    notice: "NET",
    means: "N messages of the network limiter were left out (2.4, token bucket)",
    needles: ["messages suppressed"],
    pattern: /^NET: (?<n>\d+) messages suppressed\.?$/,
    source: "linux 2.4 net/core/utils.c, net_ratelimit",
    samples: [{ text: "NET: 66 messages suppressed.", amount: 66 }],
    lookalikes: ["NET: Registered protocol family 2", "NET: messages suppressed."],
  },
  {
    ...notice,
    id: "printk-messages",
    notice: "printk",
    means: "N messages of the bucket that network and other messages share were left out (2.6.5 to 2.6.25)",
    needles: ["messages suppressed"],
    pattern: /^printk: (?<n>\d+) messages suppressed\.?$/,
    source: "linux 2.6 kernel/printk.c, __printk_ratelimit",
    samples: [{ text: "printk: 443 messages suppressed.", amount: 443 }],
    lookalikes: ["printk: console [ttyS0] enabled"],
  },
  {
    ...notice,
    id: "ratelimit-messages",
    notice: "__ratelimit-messages",
    means: "N messages of the shared bucket were left out (2.6.26)",
    needles: ["messages suppressed"],
    pattern: /^__ratelimit: (?<n>\d+) messages suppressed\.?$/,
    source: "linux 2.6.26 lib/ratelimit.c",
    samples: [{ text: "__ratelimit: 12 messages suppressed", amount: 12 }],
    lookalikes: ["__ratelimit: messages suppressed"],
  },
  {
    ...notice,
    id: "ratelimit-callbacks",
    notice: "__ratelimit-callbacks",
    means:
      "N messages of one limiter were left out; the name is the same for every limiter (2.6.27 to 2.6.34)",
    needles: ["callbacks suppressed"],
    pattern: /^__ratelimit: (?<n>\d+) callbacks suppressed\.?$/,
    source: "linux 2.6.27 lib/ratelimit.c",
    samples: [{ text: "__ratelimit: 2291 callbacks suppressed", amount: 2291 }],
    lookalikes: ["my__ratelimit: 2291 callbacks suppressed"],
  },
  {
    ...notice,
    id: "net-ratelimit",
    notice: "net_ratelimit",
    means: "N messages of the network limiter were left out",
    needles: ["callbacks suppressed"],
    pattern: /^net_ratelimit: (?<n>\d+) callbacks suppressed\.?$/,
    source: "linux lib/ratelimit.c, ___ratelimit, called from net_ratelimit",
    samples: [
      { text: "net_ratelimit: 2699 callbacks suppressed", amount: 2699 },
      { text: "net_ratelimit: 99999999999999999999 callbacks suppressed", amount: null },
    ],
    lookalikes: ["kauditd_printk_skb: 46 callbacks suppressed", "net_ratelimit: callbacks suppressed"],
  },
  {
    id: "other-callbacks",
    kind: "suppression_other",
    means: "another limiter left out N messages; none of them can have been a drop line",
    needles: ["callbacks suppressed"],
    // ext4 names its limiters after what they print, not after a function.
    pattern:
      /^(?!net_ratelimit:|__ratelimit:)(?:[\w.]+|[A-Z][\w-]*(?: [a-z]+)?): (?<n>\d+) callbacks suppressed\.?$/,
    amount: "told",
    from: "kernel",
    notice: null,
    limited: false,
    source: "linux lib/ratelimit.c, ___ratelimit",
    samples: [
      { text: "kauditd_printk_skb: 46 callbacks suppressed", amount: 46 },
      { text: "btrfs_printk.part.0: 3 callbacks suppressed", amount: 3 },
      { text: "EXT4-fs warning: 7 callbacks suppressed", amount: 7 },
      { text: "EXT4-fs: 2 callbacks suppressed", amount: 2 },
    ],
    lookalikes: [
      "net_ratelimit: 5 callbacks suppressed",
      "__ratelimit: 5 callbacks suppressed",
      "it says foo: 5 callbacks suppressed",
    ],
  },
  {
    id: "other-output-lines",
    kind: "suppression_other",
    means: "a program that writes to /dev/kmsg was limited by N lines",
    needles: ["output lines suppressed"],
    pattern: /^.{1,16}: (?<n>\d+) output lines suppressed due to ratelimiting\.?$/,
    amount: "told",
    from: "kernel",
    notice: null,
    limited: false,
    source: "linux kernel/printk/printk.c, devkmsg_release",
    samples: [{ text: "systemd-udevd: 14 output lines suppressed due to ratelimiting", amount: 14 }],
    lookalikes: ["systemd-udevd: output lines suppressed due to ratelimiting"],
  },
  {
    ...loss,
    id: "rsyslog-begin",
    means: "rsyslog began to leave out messages of one of its inputs; how many is told later, if at all",
    needles: ["to drop messages"],
    pattern:
      /^(?:rsyslogd[^ ]*: ?)?(?:[\w/-]+(?:\[pid:? \d+(?:, name: [^\]]*)?\])?(?: from (?:<[^>]*>|[^:]*))?: )?(?:imuxsock )?begins? to drop messages (?:from pid \d+ )?due to rate-limiting/,
    from: RSYSLOG,
    source: "rsyslog runtime/ratelimit.c",
    samples: [
      { text: "imjournal: begin to drop messages due to rate-limiting", amount: null },
      { text: "imuxsock[pid 1234]: begin to drop messages due to rate-limiting", amount: null },
      {
        text: "imuxsock[pid: 51, name: /usr/bin/syncd]: begin to drop messages due to rate-limiting",
        amount: null,
      },
      { text: "imjournal from <barbados:nova>: begin to drop messages due to rate-limiting", amount: null },
      { text: "imuxsock begins to drop messages from pid 4321 due to rate-limiting", amount: null },
    ],
    lookalikes: ["begin to drop privileges"],
  },
  {
    ...loss,
    id: "rsyslog-lost",
    means: "rsyslog left out N messages of one of its inputs",
    needles: ["due to rate-limiting"],
    pattern:
      /^(?:rsyslogd[^ ]*: ?)?(?:(?:[\w/-]+(?:\[pid:? \d+(?:, name: [^\]]*)?\])?(?: from <[^>]*>)?: )?(?<n>\d+) messages lost|imuxsock lost (?<m>\d+) messages from pid \d+) due to rate-limiting(?: \(\d+ allowed within \d+ seconds\))?(?: \[v\d[^\]]*\])?$/,
    from: RSYSLOG,
    source: "rsyslog runtime/ratelimit.c, plugins/imuxsock",
    samples: [
      { text: "imjournal: 236 messages lost due to rate-limiting", amount: 236 },
      {
        text: "imjournal: 12 messages lost due to rate-limiting (20000 allowed within 600 seconds)",
        amount: 12,
      },
      { text: "rsyslogd: imjournal: 84667 messages lost due to rate-limiting", amount: 84667 },
      { text: "3120 messages lost due to rate-limiting", amount: 3120 },
      {
        text: "imjournal: 31 messages lost due to rate-limiting [v8.24.0-57.el7 try http://www.rsyslog.com/e/2177 ]",
        amount: 31,
      },
      {
        text: "imuxsock[pid: 51, name: /usr/bin/syncd]: 48814808 messages lost due to rate-limiting (20000 allowed within 300 seconds)",
        amount: 48_814_808,
      },
      { text: "imjournal from <barbados:nova>: 12 messages lost due to rate-limiting", amount: 12 },
      { text: "imuxsock lost 141 messages from pid 1234 due to rate-limiting", amount: 141 },
    ],
    lookalikes: ["app: 12 messages lost due to network", "some 12 messages lost due to rate-limiting"],
  },
  {
    ...loss,
    id: "imkmsg-overwritten",
    means:
      "kernel messages were overwritten before rsyslog read them; how many is not told, and any may be among them",
    needles: ["in circular buffer got overwritten"],
    pattern:
      /^(?:rsyslogd[^ ]*: ?)?imkmsg: some messages in circular buffer got overwritten(?: \[v\d[^\]]*\])?$/,
    from: RSYSLOG,
    source: "rsyslog plugins/imkmsg/kmsg.c, readkmsg",
    samples: [
      { text: "imkmsg: some messages in circular buffer got overwritten", amount: null },
      {
        text: "rsyslogd: imkmsg: some messages in circular buffer got overwritten [v8.2302.0]",
        amount: null,
      },
    ],
    lookalikes: ["imkmsg: error reading kernel log"],
  },
  {
    ...loss,
    id: "journald-suppressed",
    means: "journald left out N messages of one service; kernel messages are not limited by it",
    needles: ["Suppressed "],
    pattern: /^(?:systemd-journald?(?:\[\d+\])?: )?Suppressed (?<n>\d+) messages from \S+.*$/,
    from: JOURNALD,
    source: "systemd src/journal/journald-rate-limit.c",
    samples: [{ text: "Suppressed 917 messages from /", amount: 917 }],
    lookalikes: ["Suppressed messages from /system.slice"],
  },
  {
    ...loss,
    id: "journald-missed",
    means: "N kernel messages were overwritten before journald read them; any line may be among them",
    needles: ["kernel messages"],
    pattern: /^(?:systemd-journald?(?:\[\d+\])?: )?Missed (?<n>\d+) kernel messages$/,
    from: JOURNALD,
    source: "systemd src/journal/journald-kmsg.c",
    samples: [
      { text: "Missed 1427 kernel messages", amount: 1427 },
      { text: "systemd-journal[1770]: Missed 1427 kernel messages", amount: 1427 },
    ],
    lookalikes: ["Missed 3 kernel messages since boot"],
  },
  {
    ...loss,
    id: "journald-forward",
    means:
      "the syslog daemon was too slow for N messages of journald; its files lack them, the journal has them",
    needles: ["to syslog missed "],
    pattern: /^(?:systemd-journald?(?:\[\d+\])?: )?Forwarding to syslog missed (?<n>\d+) messages\.?$/,
    from: JOURNALD,
    source: "systemd src/journal/journald-syslog.c, server_maybe_warn_forward_syslog_missed",
    samples: [{ text: "Forwarding to syslog missed 12 messages.", amount: 12 }],
    lookalikes: ["Forwarding to syslog missed messages."],
  },
  {
    ...loss,
    id: "journald-overrun",
    means: "kernel messages were overwritten before journald read them; how many is not told",
    needles: ["kmsg buffer overrun"],
    pattern: /^(?:systemd-journald?(?:\[\d+\])?: )?\/dev\/kmsg buffer overrun, some messages lost\.?$/,
    // Before the journal is open, and by choice, journald writes into the kernel's buffer.
    from: /^(?:systemd-journal|journal$|kernel$|vmunix$)/,
    source: "systemd src/journal/journald-kmsg.c",
    samples: [
      { text: "/dev/kmsg buffer overrun, some messages lost.", amount: null },
      { text: "systemd-journald[381]: /dev/kmsg buffer overrun, some messages lost.", amount: null },
    ],
    lookalikes: [
      "/dev/kmsg buffer overrun, some messages lost in 2019",
      "buffer overrun, some messages lost.",
    ],
  },
  {
    ...loss,
    id: "printk-dropped",
    from: "kernel",
    means: "this console lost N messages, and so did its log; the ring buffer may still have held them",
    needles: ["printk messages dropped"],
    pattern: /^\*\* (?<n>\d+) printk messages dropped \*\* ?$/,
    source: "linux kernel/printk/printk.c, console_unlock",
    samples: [
      { text: "** 120 printk messages dropped **", amount: 120 },
      { text: "** 7 printk messages dropped ** ", amount: 7 },
    ],
    lookalikes: ["** replaying previous printk message **"],
  },
  {
    ...loss,
    id: "printk-livelock",
    from: "kernel",
    means: "a panicking kernel stopped printing on its other CPUs",
    needles: ["Too many dropped messages"],
    pattern:
      /^printk: Too many dropped messages\. Suppress messages on non-panic CPUs to prevent livelock\.$/,
    source: "linux kernel/printk/printk.c",
    samples: [
      {
        text: "printk: Too many dropped messages. Suppress messages on non-panic CPUs to prevent livelock.",
        amount: null,
      },
    ],
    lookalikes: ["printk: messages dropped"],
  },
  {
    ...logger,
    id: "logger-stop",
    kind: "logger_stop",
    means: "a log daemon ended: nothing is logged until it starts again",
    needles: ["exiting on signal", "Journal stopped"],
    pattern:
      /^(?:\[origin software="rsyslogd".*\] exiting on signal \d+\.|[Ee]xiting on signal \d+\.?|Journal stopped)$/,
    source: "rsyslog tools/rsyslogd.c; sysklogd syslogd.c, die; systemd journald-server.c",
    samples: [
      {
        text: '[origin software="rsyslogd" swVersion="8.2302.0" x-pid="156" x-info="https://www.rsyslog.com"] exiting on signal 15.',
        amount: null,
      },
      { text: "exiting on signal 15", amount: null },
      { text: "Journal stopped", amount: null },
    ],
    lookalikes: ["Journal stopped by request of the operator"],
  },
  {
    ...logger,
    id: "logger-start",
    kind: "logger_start",
    means: "a log daemon started",
    needles: ["] start", ": restart", "Journal started"],
    pattern:
      /^(?:\[origin software="rsyslogd".*\] (?:re)?start|(?:syslogd )?[\d.]+(?:#\S+)?: restart\.?|Journal started)$/,
    source: "rsyslog tools/rsyslogd.c; sysklogd syslogd.c; systemd journald-server.c",
    samples: [
      {
        text: '[origin software="rsyslogd" swVersion="8.2302.0" x-pid="156" x-info="https://www.rsyslog.com"] start',
        amount: null,
      },
      { text: "1.4.1: restart.", amount: null },
      { text: "Journal started", amount: null },
    ],
    lookalikes: ["Starting the Journal started earlier"],
  },
  {
    id: "linux-version",
    kind: "boot",
    means: "a kernel started",
    needles: ["Linux version "],
    pattern: /^Linux version (?<version>\d+\.\d+\S*)(?: .*)?$/,
    amount: "none",
    from: "kernel",
    notice: null,
    limited: false,
    source: "linux init/version.c, linux_banner",
    samples: [{ text: "Linux version 6.1.0-56-amd64 (debian-kernel@lists.debian.org) #1 SMP", amount: null }],
    lookalikes: ["Linux version unknown", "Starting Linux version 5"],
  },
  {
    ...other,
    id: "neighbour-overflow",
    means: "the neighbour table overflowed",
    needles: ["table overflow"],
    pattern:
      /^(?:(?:(?:ip|IP)v[46]: )?Neighbour table overflow\.?|(?:neighbour: )?\w+_cache: neighbor table overflow!)$/,
    source:
      "linux net/ipv4/route.c, net/ipv6/route.c (2.6.37 and later name the protocol); net/core/neighbour.c",
    samples: [
      { text: "Neighbour table overflow." },
      { text: "ipv6: Neighbour table overflow." },
      { text: "IPv4: Neighbour table overflow" },
      { text: "neighbour: arp_cache: neighbor table overflow!" },
      { text: "neighbour: ndisc_cache: neighbor table overflow!" },
    ],
    lookalikes: [
      "TCP: time wait bucket table overflow",
      "eth0: Neighbour table overflow.",
      "Neighbour table overflow: ARP table full",
    ],
  },
  {
    ...other,
    id: "martian",
    means: "a packet with an impossible source or destination came in",
    needles: ["martian "],
    pattern: /^(?:IPv4: )?martian (?:source|destination) .+$/,
    source: "linux net/ipv4/route.c, ip_handle_martian_source",
    samples: [
      { text: "martian source 10.0.0.1 from 10.0.0.2, on dev eth0" },
      { text: "IPv4: martian source 10.0.0.1 from 10.0.0.2, on dev eth0" },
      { text: "IPv4: martian source (src=10.0.0.2, dst=10.0.0.1, dev=eth0)" },
    ],
    lookalikes: ["ll header: 00000000: ff ff ff"],
  },
  {
    ...other,
    id: "own-address",
    means: "a bridge saw its own address as a source",
    needles: ["own address as source"],
    pattern: /^\S+: received packet (?:on \S+ )?with {1,2}own address as source address.*$/,
    source: "linux net/bridge/br_fdb.c",
    samples: [
      { text: "br-lan: received packet on wlan0 with own address as source address" },
      { text: "eth1.7: received packet with  own address as source address" },
      {
        text: "br0: received packet on eth0 with own address as source address (addr:00:11:22:33:44:55, vlan:0)",
      },
    ],
    lookalikes: ["received packet on wlan0 with address as source"],
  },
  {
    ...other,
    id: "neighbour-discovery",
    means: "IPv6 met a message of neighbour discovery that it cannot take (3.5 and later)",
    needles: ["ICMPv6: N", "ICMPv6: R"],
    pattern: /^ICMPv6: (?:N[AS]|R[AS]|Redirect): .+$/,
    source: "linux net/ipv6/ndisc.c, ND_PRINTK, net_warn_ratelimited",
    samples: [
      { text: "ICMPv6: NA: 02:00:00:00:00:07 advertised our address fe80::7 on br0!" },
      { text: "ICMPv6: RA: ndisc_router_discovery failed to add default route" },
    ],
    lookalikes: ["ICMPv6: process `rdisc' is using deprecated sysctl", "ICMPv6: Registered"],
  },
  {
    ...other,
    id: "time-wait-overflow",
    means: "TCP gave up a TIME-WAIT bucket",
    needles: ["table overflow"],
    pattern: /^TCP: time wait bucket table overflow(?: \(CT\d+\))?$/,
    source: "linux net/ipv4/tcp_minisocks.c, LIMIT_NETDEBUG",
    samples: [{ text: "TCP: time wait bucket table overflow" }],
    lookalikes: ["Neighbour table overflow."],
  },
  {
    ...other,
    id: "tcp-limits",
    means: "TCP met one of its own limits",
    needles: ["orphaned sockets", "consider tuning tcp_mem", "drop open request"],
    pattern:
      /^TCP: (?:too many orphaned sockets|too many of orphaned sockets|out of memory -- consider tuning tcp_mem|drop open request from .+)$/,
    source: "linux net/ipv4/tcp.c, tcp_input.c",
    samples: [
      { text: "TCP: too many orphaned sockets" },
      { text: "TCP: out of memory -- consider tuning tcp_mem" },
      { text: "TCP: drop open request from 10.0.0.1/4711" },
    ],
    lookalikes: ["TCP: Hash tables configured (established 262144 bind 65536)"],
  },
  {
    ...other,
    id: "shrinks-window",
    means: "a TCP peer withdrew window it had offered",
    needles: ["shrinks window", "shrunk window", "Treason uncloaked"],
    pattern:
      /^(?:TCP: peer \S+ shrinks window \S+ Bad, what else can I say\?|TCP: (?:Peer|Treason) .*window.*)$/,
    source: "linux net/ipv4/tcp_timer.c",
    samples: [
      {
        text: "TCP: peer 216.41.36.109:80/2882 shrinks window 1109891031:1:1109891568. Bad, what else can I say?",
      },
      { text: "TCP: Peer 10.0.0.1:80/2882 unexpectedly shrunk window 1:2 (repaired)" },
    ],
    lookalikes: ["TCP: window scaling enabled"],
  },
  {
    ...other,
    id: "syn-flood-address",
    means: "a listening socket answers with SYN cookies (6.2 and later, which name the address)",
    needles: ["SYN flooding on port ["],
    pattern:
      /^TCP: request_sock_(?:TCP|subflow_v[46]): Possible SYN flooding on port \[.+\]:\d+\. Sending cookies\.$/,
    source: "linux net/ipv4/tcp_input.c, tcp_syn_flood_action, net_info_ratelimited",
    samples: [{ text: "TCP: request_sock_TCP: Possible SYN flooding on port [::]:8080. Sending cookies." }],
    // Older wordings were not limited, or only once per listener: they close no window.
    lookalikes: [
      "TCP: request_sock_TCP: Possible SYN flooding on port 8080. Sending cookies.  Check SNMP counters.",
      "possible SYN flooding on port 80. Sending cookies.",
    ],
  },
  {
    ...other,
    id: "route-cache",
    means: "the routing cache was full",
    needles: ["cache overflow", "cache is full"],
    pattern: /^(?:dst cache overflow|(?:ipv4: |ipv6: )?Route cache is full.*)$/i,
    source: "linux net/ipv4/route.c (to 3.5)",
    samples: [
      { text: "dst cache overflow" },
      { text: "Route cache is full: consider increasing sysctl net.ipv4.route.max_size." },
    ],
    lookalikes: ["IP: routing cache hash table of 8192 buckets, 64Kbytes"],
  },
  {
    ...other,
    id: "nat-untracked",
    means: "NAT dropped a packet that connection tracking had not taken on (2.4)",
    needles: ["dropping untracked packet"],
    pattern: /^NAT: \d+ dropping untracked packet .+$/,
    source: "linux 2.4 net/ipv4/netfilter/ip_nat_standalone.c",
    samples: [{ text: "NAT: 0 dropping untracked packet c1e69980 6 192.168.1.2 -> 206.251.7.30" }],
    lookalikes: ["NAT: dropping untracked packet"],
  },
  {
    ...other,
    id: "conntrack-hook",
    means: "connection tracking met a packet it cannot take",
    needles: ["_hook: happy cracking"],
    pattern: /^(?:ipt|ip_nat|ip_conntrack|iptable_\w+)_hook: happy cracking\.?$/,
    source: "linux 2.6 net/ipv4/netfilter",
    samples: [{ text: "ipt_hook: happy cracking." }],
    lookalikes: ["ipt_hook: cracking"],
  },
  {
    ...other,
    id: "conntrack-fragment",
    means: "connection tracking met a fragment after defragmentation",
    needles: ["ip_conntrack_in: Frag"],
    pattern: /^ip_conntrack_in: Frag of proto \d+ \(hook=\d+\)$/,
    source: "linux 2.6 net/ipv4/netfilter/ip_conntrack_core.c",
    samples: [{ text: "ip_conntrack_in: Frag of proto 17 (hook=0)" }],
    lookalikes: ["ip_conntrack_in: ok"],
  },
  {
    ...other,
    id: "udp-checksum",
    means: "a broken UDP packet came in",
    needles: ["bad checksum. From", "short packet: From"],
    pattern: /^UDP(?:v6|-Lite)?: (?:bad checksum\. From .+|short packet: From .+)$/,
    source: "linux net/ipv4/udp.c, LIMIT_NETDEBUG",
    samples: [{ text: "UDP: bad checksum. From 10.0.0.1:53 to 10.0.0.2:4711 ulen 77" }],
    lookalikes: ["UDP: reserved port"],
  },
  {
    ...other,
    id: "icmp-broadcast-error",
    means: "a host answered a broadcast with an ICMP error",
    needles: ["sent an invalid ICMP type"],
    pattern: /^\S+ sent an invalid ICMP type \d+, code \d+ error to a broadcast: .+$/,
    source: "linux net/ipv4/icmp.c, icmp_unreach",
    samples: [
      { text: "10.0.0.9 sent an invalid ICMP type 3, code 1 error to a broadcast: 10.0.0.255 on eth0" },
    ],
    lookalikes: ["10.0.0.9 sent an ICMP error"],
  },
];
