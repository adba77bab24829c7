// Every line form that tells a limit, a count, a size or a counter of connection tracking. A new form is a row
// here with its samples; the forms that are whole documents (CSV, JSON, table dumps) are in documents.ts.

import type { ObservationRow } from "./row.ts";

const KERNEL = { fromKernel: true, tag: "kernel" };
const SUDO = { fromKernel: false, tag: "sudo" };
const KUBE_PROXY = { fromKernel: false, tag: "kube-proxy" };
const SHELL = { fromKernel: false, tag: "bash" };

export const CATALOGUE: readonly ObservationRow[] = [
  {
    id: "banner",
    means: "the limit and the buckets at the moment the module was loaded, and the bytes of one entry",
    source:
      "linux net/netfilter/nf_conntrack_core.c nf_conntrack_init, net/ipv4/netfilter/ip_conntrack_core.c",
    reader: "banner",
    speaker: "kernel",
    needles: ["_conntrack (", "_conntrack version", "buckets,"],
    inLogs: true,
    pattern:
      /(?:^(?:\d{1,9} Time\(s\): )?|^(?:[-*+|"'\u2022]|\d{1,4}[.)]|[\w./-]{1,64}:) ?|(?<=[a-z]|\d\.)(?=[ni][fp]_conntrack version )|(?<= )(?=(?:ip|nf)_conntrack[^()]{0,40}\([^()]{0,40}\)(?: -? ?\d+ bytes per conntrack)? ip_tables: \(C\) )|<(?:[0-7]|br|p|pre|code|li|td)>|\bkernel: (?:\[ ?\d+\.\d+\] )?)(?:ip|nf)_conntrack(?: version (?<version>[\w.]+))? ?\( ?(?<buckets>\d+) buckets, ?(?<max>\d+) max ?\)(?: ?--? ?(?<bytes>\d+) bytes)?/,
    opening:
      /(?:^|(?<= )|<(?:[0-7]|br|p|pre|code|li|td)>|\bkernel: (?:\[ ?\d+\.\d+\] )?)(?:ip|nf)_conntrack(?!.* bytes)(?: ?\([^:]*| version[^:]*)?$/,
    samples: [
      {
        text: "ip_conntrack version 2.4 (8192 buckets, 65536 max) - 228 bytes per conntrack",
        by: KERNEL,
        yields: [
          ["limit", "nf_conntrack_max", 65536],
          ["buckets", "nf_conntrack_buckets", 8192],
          ["entry_bytes", "entry_bytes", 228],
        ],
      },
      {
        text: "nf_conntrack version 0.5.0 (16384 buckets, 65536 max)",
        by: KERNEL,
        yields: [
          ["limit", "nf_conntrack_max", 65536],
          ["buckets", "nf_conntrack_buckets", 16384],
        ],
      },
      {
        text: "ip_conntrack (8192 buckets, 65536 max)",
        yields: [
          ["limit", "nf_conntrack_max", 65536],
          ["buckets", "nf_conntrack_buckets", 8192],
        ],
      },
      {
        text: "ip_conntrack version 2.1 (4095\u00a0buckets, 32760 max) \u2013 300 bytes per conntrack",
        yields: [
          ["limit", "nf_conntrack_max", 32760],
          ["buckets", "nf_conntrack_buckets", 4095],
          ["entry_bytes", "entry_bytes", 300],
        ],
      },
      // A page that took the lines for one paragraph: what the kernel printed next tells it from prose.
      {
        text: "common for all mice nf_conntrack version 0.5.0 (2048 buckets, 8192\nmax) ip_tables: (C) 2000-2006 Netfilter Core Team TCP vegas",
        yields: [
          ["limit", "nf_conntrack_max", 8192],
          ["buckets", "nf_conntrack_buckets", 2048],
        ],
      },
      {
        // Logwatch counts equal lines.
        text: " 2 Time(s): nf_conntrack version 0.5.0 (7964 buckets, 31856 max)",
        yields: [
          ["limit", "nf_conntrack_max", 31856],
          ["buckets", "nf_conntrack_buckets", 7964],
        ],
      },
      {
        text: "- nf_conntrack version 0.5.0 (7964 buckets, 31856 max)",
        yields: [
          ["limit", "nf_conntrack_max", 31856],
          ["buckets", "nf_conntrack_buckets", 7964],
        ],
      },
      {
        text: "/var/log/dmesg.0:ip_conntrack (7964 buckets, 63712 max)",
        yields: [
          ["limit", "nf_conntrack_max", 63712],
          ["buckets", "nf_conntrack_buckets", 7964],
        ],
      },
      // Glued to the line before.
      {
        text: "ip_tables: (C) 2000-2006 Netfilter Core Teamnf_conntrack version 0.5.0 (7964 buckets, 31856 max)",
        yields: [
          ["limit", "nf_conntrack_max", 31856],
          ["buckets", "nf_conntrack_buckets", 7964],
        ],
      },
      {
        text: "<pre>ip_conntrack (512 buckets, 4096 max)</pre>",
        yields: [
          ["limit", "nf_conntrack_max", 4096],
          ["buckets", "nf_conntrack_buckets", 512],
        ],
      },
      {
        text: "ip_conntrack version 2.3 (512 buckets, 4096 max) -- 344 bytes per conntrack",
        yields: [
          ["limit", "nf_conntrack_max", 4096],
          ["buckets", "nf_conntrack_buckets", 512],
          ["entry_bytes", "entry_bytes", 344],
        ],
      },
      {
        text: "ip_conntrack version 2.1 (6656  \nbuckets, 53248 max) - 296 bytes per conntrack",
        yields: [
          ["limit", "nf_conntrack_max", 53248],
          ["buckets", "nf_conntrack_buckets", 6656],
          ["entry_bytes", "entry_bytes", 296],
        ],
      },
      {
        text: "ip_conntrack version 2.1 (4096 buckets, 3276=\n8 max) - 304 bytes per conntrack",
        yields: [
          ["limit", "nf_conntrack_max", 32768],
          ["buckets", "nf_conntrack_buckets", 4096],
          ["entry_bytes", "entry_bytes", 304],
        ],
      },
      {
        text: "ip_conntrack version 2.4 (8192 buckets, 65536 max) \u2212\n228 bytes per conntrack",
        yields: [
          ["limit", "nf_conntrack_max", 65536],
          ["buckets", "nf_conntrack_buckets", 8192],
          ["entry_bytes", "entry_bytes", 228],
        ],
      },
    ],
    lookalikes: [
      {
        text: "dmesg said nf_conntrack version 0.5.0 (16384 buckets, 65536 max) at boot",
        by: { fromKernel: false, tag: "logger" },
      },
      { text: "TCP: Hash tables configured (established 262144 bind 65536)", by: KERNEL },
      { text: "IP: routing cache hash table of 8192 buckets, 64Kbytes", by: KERNEL },
      { text: "ip_conntrack version 2.1 (6656\nusb 2-1: new full speed USB device", by: KERNEL },
      {
        text: "it printed nf_conntrack version 0.5.0 (2048 buckets, 8192\nmax) and then ip_tables: (C) 2000-2006",
      },
      { text: "I saw it 2 Time(s): nf_conntrack version 0.5.0 (16384 buckets, 65536 max)" },
      { text: "I think nf_conntrack version 0.5.0 (16384 buckets, 65536 max) is the default" },
      { text: "it printed: nf_conntrack version 0.5.0 (16384 buckets, 65536 max)" },
      { text: "the line 'nf_conntrack version 0.5.0 (16384 buckets, 65536 max)'" },
    ],
  },
  {
    id: "limit_exceeded",
    means: "the limit, told by the oldest form of the table-full message",
    source: "linux 2.4.0 net/ipv4/netfilter/ip_conntrack_core.c init_conntrack",
    reader: "exceeded",
    speaker: "kernel",
    needles: ["ip_conntrack: maximum"],
    inLogs: true,
    pattern: /^ip_conntrack: maximum limit of (?<max>\d+) entries exceeded\.?$/,
    opening: /^ip_conntrack: maximum(?: limit(?: of(?: \d+(?: entries(?: exce?e?d?e?)?)?)?)?)?$/,
    samples: [
      {
        text: "ip_conntrack: maximum limit of 2048 entries exceeded",
        by: KERNEL,
        yields: [["limit", "nf_conntrack_max", 2048]],
      },
      {
        text: "ip_conntrack: maximum limit of 2048\nentries exceeded",
        yields: [["limit", "nf_conntrack_max", 2048]],
      },
      {
        text: "ip_conntrack: maximum limit of 4080 entries excee\nded",
        yields: [["limit", "nf_conntrack_max", 4080]],
      },
      {
        text: "ip_conntrack: maximum limit of 7936 entries exceed\ned",
        yields: [["limit", "nf_conntrack_max", 7936]],
      },
    ],
    lookalikes: [
      { text: "ip_conntrack: maximum limit of 2048 entries exceeded", by: SHELL },
      { text: "ip_conntrack: maximum limit of 2048 entries excee\ntrunk: port 1 up" },
      { text: "nf_conntrack: table full, dropping packet", by: KERNEL },
    ],
  },
  {
    id: "sudo-sysctl",
    means: "someone set a value through sudo: what was asked for, from then on",
    source: "sudo plugins/sudoers/logging.c, the log line of an allowed command",
    reader: "sudo",
    speaker: "program",
    needles: ["_conntrack_", "message_cost", "message_burst", "printk_ratelimit"],
    inLogs: true,
    pattern: /^\S+ : [A-Z]+=.* ; COMMAND=(?:\S*\/)?sysctl (?<words>.+)$/,
    samples: [
      {
        text: "kim : TTY=pts/0 ; PWD=/home/kim ; USER=root ; COMMAND=/sbin/sysctl -w net.netfilter.nf_conntrack_max=262144",
        by: SUDO,
        yields: [["limit", "nf_conntrack_max", 262144]],
      },
      {
        text: "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/sbin/sysctl net.ipv4.ip_conntrack_max=131072 net.core.message_cost=20",
        by: SUDO,
        yields: [
          ["limit", "nf_conntrack_max", 131072],
          ["setting", "message_cost", 20],
        ],
      },
    ],
    lookalikes: [
      {
        text: "kim : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/sbin/sysctl -w net.netfilter.nf_conntrack_max=9",
        by: SUDO,
      },
      {
        text: "kim : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/sbin/sysctl -w net.nf_conntrack_max=9",
        by: SUDO,
      },
      {
        text: "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/echo net.netfilter.nf_conntrack_max=262144",
        by: SUDO,
      },
      {
        text: "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/tee /proc/sys/net/netfilter/nf_conntrack_max",
        by: SUDO,
      },
      {
        text: "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/sbin/sysctl net.netfilter.nf_conntrack_max",
        by: SUDO,
      },
      {
        text: "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/sbin/sysctl -w net.nf_conntrack_max=9",
        by: SHELL,
      },
    ],
  },
  {
    id: "kube-proxy",
    means: "kube-proxy set the limit, the buckets or a timeout when it started",
    source: "kubernetes cmd/kube-proxy/app/conntrack.go",
    reader: "kube",
    speaker: "any",
    needles: ["_conntrack_", "conntrack hashsize"],
    inLogs: true,
    pattern:
      /^(?:"?Set sysctl"? (?:entry=)?['"](?<entry>[\w/.]+)['"] (?:to |value="?)(?<value>\d+)"?|"?Setting (?:(?<name>nf_conntrack_(?:max|tcp_timeout_established))|conntrack hashsize)"? (?:to |[\w ]+="?)(?<amount>\d+)"?)(?: ?#.*)?$/,
    samples: [
      {
        text: "I1115 11:57:00.639419       1 conntrack.go:100] Set sysctl 'net/netfilter/nf_conntrack_max' to 131072",
        yields: [["limit", "nf_conntrack_max", 131072]],
      },
      {
        text: "Setting nf_conntrack_max to 131072",
        by: KUBE_PROXY,
        yields: [["limit", "nf_conntrack_max", 131072]],
      },
      {
        text: 'I0211 19:15:13.116948   77707 conntrack.go:83] "Setting conntrack hashsize" conntrack hashsize=32768',
        by: { fromKernel: false, tag: "kube-proxy.daemon" },
        yields: [["buckets", "nf_conntrack_buckets", 32768]],
      },
      {
        text: 'I0211 19:15:13.097603   77707 conntrack.go:100] "Set sysctl" entry="net/netfilter/nf_conntrack_tcp_timeout_close_wait" value=3600',
        by: { fromKernel: false, tag: "k3s" },
        yields: [["setting", "nf_conntrack_tcp_timeout_close_wait", 3600]],
      },
      {
        text: "@400000005cbea9a82be9b8dc I0423 13:58:54.736512   14016 conntrack.go:52] Setting nf_conntrack_max to 786432",
        yields: [["limit", "nf_conntrack_max", 786432]],
      },
      {
        text: "[pod/kube-proxy-x92wc/kube-proxy] I0423 13:58:54.736512       1 conntrack.go:52] Setting nf_conntrack_max to 786432",
        yields: [["limit", "nf_conntrack_max", 786432]],
      },
      {
        text: "I1125 16:30:28.249456   26185 conntrack.go:62] Setting nf_conntrack_tcp_timeout_established to 86400",
        yields: [["setting", "nf_conntrack_tcp_timeout_established", 86400]],
      },
      {
        text: '{"log":"I0602 07:02:20.807902       1 conntrack.go:52] Setting nf_conntrack_max to 131072\\n","stream":"stderr","time":"2019-06-02T07:02:20.808076239Z"}',
        yields: [["limit", "nf_conntrack_max", 131072]],
      },
      {
        text: "2021-06-02T07:02:20.808076239Z stderr F I0602 07:02:20.807902       1 conntrack.go:66] Setting conntrack hashsize to 32768",
        yields: [["buckets", "nf_conntrack_buckets", 32768]],
      },
      {
        text: `time="2022-03-21T16:31:52.123Z" level=info msg="Set sysctl 'net/netfilter/nf_conntrack_max' to 196608"`,
        yields: [["limit", "nf_conntrack_max", 196608]],
      },
      {
        text: `time="2022-03-21T16:31:52+01:00" level=info msg="Set sysctl 'net/netfilter/nf_conntrack_max' to 196608"`,
        by: { fromKernel: false, tag: "k3s" },
        yields: [["limit", "nf_conntrack_max", 196608]],
      },
      {
        text: "INFO[2022-03-21T16:31:52.123456789Z] Set sysctl 'net/netfilter/nf_conntrack_max' to 196608",
        yields: [["limit", "nf_conntrack_max", 196608]],
      },
      {
        text: 'sysctls.go:147] "Setting nf_conntrack_max" nfConntrackMax=1048576',
        yields: [["limit", "nf_conntrack_max", 1048576]],
      },
      {
        text: '{"ts":1612345678901.25,"caller":"app/conntrack.go:52","msg":"Setting nf_conntrack_max","v":0,"nfConntrackMax":131072}',
        yields: [["limit", "nf_conntrack_max", 131072]],
      },
    ],
    lookalikes: [
      { text: "Setting nf_conntrack_max to 131072", by: SHELL },
      { text: "Setting nf_conntrack_max to 131072 did not help" },
      { text: "main.go:147] Setting nf_conntrack_max to 131072" },
      { text: "WARN[2022-03-21T16:31:52Z] Set sysctl 'net/netfilter/nf_conntrack_max' to 196608" },
      { text: "@400000005cbea9a82be9b8dc Setting nf_conntrack_max to 131072" },
      { text: "I0914 12:02:35.522521    2373 conntrack.go:62] Setting nf_conntrack_tcp_timeout_e... 86400" },
      {
        text: `time="2022-03-21T16:31:52.123Z" level=info msg="Set sysctl 'net/netfilter/nf_conntrack_max' to 196608"`,
        by: SHELL,
      },
      {
        text: `time="2022-03-21T16:31:52.123Z" level=error msg="Set sysctl 'net/netfilter/nf_conntrack_max' to 196608"`,
      },
      {
        text: `time="2022-03-21T16:31:52.123Z" level=info msg="Set sysctl 'net/netfilter/nf_conntrack_max' to 196608 failed"`,
      },
      {
        text: `log: time="2022-03-21T16:31:52.123Z" level=info msg="Set sysctl 'net/netfilter/nf_conntrack_max' to 196608"`,
      },
      {
        text: "kube-proxy printed: I1115 11:57:00.639419 1 conntrack.go:52] Setting nf_conntrack_max to 131072",
      },
      {
        text: "E1115 11:57:00.636106       1 proxier.go:389] can't set sysctl net/ipv4/vs/conn_reuse_mode, kernel version must be at least 4.1",
      },
      {
        text: "I1115 11:57:00.639419       1 conntrack.go:100] Set sysctl 'net/ipv4/conf/all/route_localnet' to 1",
      },
    ],
  },
  {
    id: "sysctl",
    means: "a value read from the kernel, as sysctl prints it",
    source:
      "procps sysctl(8): `name = value`; names of linux net/netfilter/nf_conntrack_standalone.c, net/core/sysctl_net_core.c",
    reader: "sysctl",
    speaker: "any",
    needles: ["_conntrack_", "nf_flowtable_", "message_cost", "message_burst", "printk_ratelimit"],
    inLogs: true,
    pattern: /^(?:(?:net|kernel)[./][\w./-]+ ?= ?-?\d+[,;]? ?)+(?:(?:#|\uff03|\/\/|<-|\u2190|\(|\uff08).*)?$/,
    samples: [
      {
        text: "net.netfilter.nf_conntrack_max = 65536",
        yields: [["limit", "nf_conntrack_max", 65536]],
      },
      { text: "net.nf_conntrack_max=65536", yields: [["limit", "nf_conntrack_max", 65536]] },
      {
        text: "net/netfilter/nf_conntrack_count\t=\t65535",
        yields: [["entries", "nf_conntrack_count", 65535]],
      },
      {
        text: "net.ipv4.ip_conntrack_max = 16777216\uff03\u3000\u8aac\u660e",
        yields: [["limit", "nf_conntrack_max", 16777216]],
      },
      { text: "net.ipv4.ip_conntrack_max = 34576", yields: [["limit", "nf_conntrack_max", 34576]] },
      {
        text: "net.ipv4.netfilter.ip_conntrack_tcp_timeout_established = 432000",
        yields: [["setting", "nf_conntrack_tcp_timeout_established", 432000]],
      },
      {
        text: "net.ipv4.netfilter.ip_conntrack_buckets = 8192",
        yields: [["buckets", "nf_conntrack_buckets", 8192]],
      },
      {
        text: "net.core.message_cost = 5\nnet.core.message_burst = 10\nkernel.printk_ratelimit = 5",
        yields: [
          ["setting", "message_cost", 5],
          ["setting", "message_burst", 10],
          ["setting", "printk_ratelimit", 5],
        ],
      },
      {
        text: "net.netfilter.nf_conntrack_count = 256",
        by: { fromKernel: false, tag: "ctcheck" },
        yields: [["entries", "nf_conntrack_count", 256]],
      },
      {
        text: "[SIZE=2][B]net.netfilter.nf_conntrack_max = 31856[/B][/SIZE]",
        yields: [["limit", "nf_conntrack_max", 31856]],
      },
      {
        text: "net.netfilter.nf_conntrack_max = 196608 | |",
        yields: [["limit", "nf_conntrack_max", 196608]],
      },
      {
        text: "# sysctl -w net.netfilter.nf_conntrack_max=9\nnet.netfilter.nf_conntrack_max = 9",
        yields: [["limit", "nf_conntrack_max", 9]],
      },
    ],
    lookalikes: [
      { text: "$ sysctl net.netfilter.nf_conntrack_max" },
      { text: "# sysctl -w net.netfilter.nf_conntrack_max=262144" },
      { text: "echo net.netfilter.nf_conntrack_max = 262144 >> /etc/sysctl.conf" },
      { text: "#net.netfilter.nf_conntrack_max = 262144" },
      { text: 'error: "net.ipv4.netfilter.ip_conntrack_max" is an unknown key' },
      { text: "sysctl: cannot stat /proc/sys/net/netfilter/nf_conntrack_max: No such file or directory" },
      { text: "net.ipv4.tcp_max_syn_backlog = 65536" },
      { text: "net.netfilter.nf_log.2 = NONE" },
      { text: "kernel.printk = 1\t4\t1\t7" },
      { text: "net.netfilter.nf_conntrack_max = 65536", by: KERNEL },
      { text: "please set net.netfilter.nf_conntrack_max = 65536 and try again" },
      { text: "net.netfilter.nf_conntrack_max = 65536 | too low |" },
    ],
  },
  {
    id: "proc-file",
    means: "a value read from a file below /proc/sys or /sys/module",
    source: "linux Documentation/networking/nf_conntrack-sysctl.rst; module parameter hashsize",
    reader: "path-value",
    speaker: "bare",
    needles: ["_conntrack", "message_", "printk_ratelimit"],
    inLogs: false,
    pattern:
      /^(?:current )?(?<path>\/\S*(?:proc\/sys|sys\/module)\/[^\s:=]+|(?:nf|ip)_conntrack_count|(?<=^current )(?:nf|ip)_conntrack_(?:max|buckets)|(?:nf|ip)_conntrack_\w+(?=:\d))(?: ?[:=] ?| )(?<value>-?\d+)(?: ?(?:#.*|\([\d.]+ ?%[^()]*\)))?$/i,
    // the names alone, one below the other: what a count stands beside is read as well
    opening: /^(?:(?:nf|ip)_conntrack_(?:count|max|buckets) ?[:=] ?\d+(?:,? |$)){1,2}$/,
    samples: [
      {
        text: "$  cat /proc/sys/net/netfilter/nf_conntrack_max\n131072",
        yields: [["limit", "nf_conntrack_max", 131072]],
      },
      {
        text: "$ cat /proc/sys/net/netfilter/nf_conntrack_count\n4711   # at noon\n$ cat /proc/sys/net/netfilter/nf_conntrack_max\n31856  <-- the limit",
        yields: [
          ["entries", "nf_conntrack_count", 4711],
          ["limit", "nf_conntrack_max", 31856],
        ],
      },
      {
        text: "# grep . /proc/sys/net/netfilter/nf_conntrack_count\n4711",
        yields: [["entries", "nf_conntrack_count", 4711]],
      },
      {
        text: "[root@fw ~]# cat /proc/sys/net/ipv4/netfilter/ip_conntrack_count\n\n65535",
        yields: [["entries", "nf_conntrack_count", 65535]],
      },
      {
        text: "$ cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max\n4090   # nearly full\n4096 \u2190 the limit",
        yields: [
          ["entries", "nf_conntrack_count", 4090],
          ["limit", "nf_conntrack_max", 4096],
        ],
      },
      {
        text: "cat /proc/sys/net/ipv4/ip_conntrack_max; cat /proc/sys/net/ipv4/netfilter/ip_conntrack_count\n65528\n62001",
        yields: [
          ["limit", "nf_conntrack_max", 65528],
          ["entries", "nf_conntrack_count", 62001],
        ],
      },
      {
        text: "root@fw:~# cat /proc/sys/net/netfilter/nf_conntrack_{count,max}\n211\n262144",
        yields: [
          ["entries", "nf_conntrack_count", 211],
          ["limit", "nf_conntrack_max", 262144],
        ],
      },
      {
        text: "# sysctl -n net.netfilter.nf_conntrack_count net.nf_conntrack_max\n211\n262144",
        yields: [
          ["entries", "nf_conntrack_count", 211],
          ["limit", "nf_conntrack_max", 262144],
        ],
      },
      {
        text: "/proc/sys/net/netfilter/nf_conntrack_count 211",
        yields: [["entries", "nf_conntrack_count", 211]],
      },
      {
        text: "/proc/sys/net/netfilter/nf_conntrack_buckets:65536\nnf_conntrack_max:262144",
        yields: [
          ["buckets", "nf_conntrack_buckets", 65536],
          ["limit", "nf_conntrack_max", 262144],
        ],
      },
      {
        text: "root@fw:/proc/sys/net/netfilter# cat nf_conntrack_count\n211",
        yields: [["entries", "nf_conntrack_count", 211]],
      },
      {
        text: "<pre># cat /proc/sys/net/ipv4/ip_conntrack_max\n65536</pre>",
        yields: [["limit", "nf_conntrack_max", 65536]],
      },
      {
        text: "=== nf_conntrack_count ===\n211\n--- nf_conntrack_max: ---\n4096",
        yields: [
          ["entries", "nf_conntrack_count", 211],
          ["limit", "nf_conntrack_max", 4096],
        ],
      },
      {
        text: "Current nf_conntrack_max: 4096\nnf_conntrack_count = 392 (9 %)\nip_conntrack_count\t512",
        yields: [
          ["limit", "nf_conntrack_max", 4096],
          ["entries", "nf_conntrack_count", 392],
          ["entries", "nf_conntrack_count", 512],
        ],
      },
      {
        text: "nf_conntrack_count: 211\nnf_conntrack_max:   62976",
        yields: [
          ["entries", "nf_conntrack_count", 211],
          ["limit", "nf_conntrack_max", 62976],
        ],
      },
      {
        text: "nf_conntrack_buckets = 16384\nnf_conntrack_count = 211\nnf_conntrack_max = 65536",
        yields: [
          ["buckets", "nf_conntrack_buckets", 16384],
          ["entries", "nf_conntrack_count", 211],
          ["limit", "nf_conntrack_max", 65536],
        ],
      },
      {
        text: "ip_conntrack_count=211, ip_conntrack_max=4096",
        yields: [
          ["entries", "nf_conntrack_count", 211],
          ["limit", "nf_conntrack_max", 4096],
        ],
      },
      {
        text: "nf_conntrack_count:\n211\nip_conntrack_count\n4096",
        yields: [
          ["entries", "nf_conntrack_count", 211],
          ["entries", "nf_conntrack_count", 4096],
        ],
      },
      {
        text: "==> /sys/module/nf_conntrack/parameters/hashsize <==\n32768",
        yields: [["buckets", "nf_conntrack_buckets", 32768]],
      },
      {
        text: "while true; do cat /proc/sys/net/netfilter/nf_conntrack_count; sleep 1; done\n100\n120",
        yields: [
          ["entries", "nf_conntrack_count", 100],
          ["entries", "nf_conntrack_count", 120],
        ],
      },
      {
        text: "65536\n",
        path: "case/proc/sys/net/netfilter/nf_conntrack_max",
        yields: [["limit", "nf_conntrack_max", 65536]],
      },
    ],
    lookalikes: [
      { text: "$ cat /proc/sys/net/netfilter/nf_conntrack_max\n4096 is what it says" },
      { text: "$ cat /proc/sys/net/netfilter/nf_conntrack_max\n4096: the limit" },
      // what is to be, in roles and recommendations
      { text: "kernel:\n  sysctl:\n    nf_conntrack_max: 262144" },
      { text: "nf_conntrack_max = 1048576\nnf_conntrack_buckets = 262144" },
      { text: "nf_conntrack_max: 262144\nnf_conntrack_buckets: 65536\nnf_conntrack_expect_max: 211" },
      { text: "nf_conntrack_max = 262144, nf_conntrack_count below it" },
      { text: "nf_conntrack_max\n1000000" },
      { text: "nf_conntrack_max:\n1000000" },
      { text: "echo 65536 > /proc/sys/net/netfilter/nf_conntrack_max\n65536" },
      { text: "cat /proc/sys/net/netfilter/nf_conntrack_max\nbash: cat: command not found\n65536" },
      { text: "cat /proc/sys/net/ipv4/ip_local_port_range\n65536" },
      { text: 'echo "=== nf_conntrack_max ==="\n65536' },
      { text: "=== nf_conntrack_max ===\nis 65536\n65536" },
      { text: "nf_conntrack_max\nis by default\n65536" },
      { text: "The default nf_conntrack_max: 65536" },
      { text: "nf_conntrack_max: 65536 is too low" },
      { text: "nf_conntrack_max: 65536 (default 32768) should do" },
      { text: "- nf_conntrack_max: 65536" },
      { text: "nf_conntrack_max = RAM / 16384 / 2" },
      { text: "nf_conntrack_max 65536 by default" },
      { text: "nf_conntrack_ipv4 20480 1" },
      { text: "nf_conntrack_max: 1,048,576" },
      { text: "nf_conntrack_tcp_timeout_established = 432000" },
      { text: "cat /proc/sys/net/netfilter/nf_conntrack_max\n65536 is the default" },
      { text: "grep 5 /proc/sys/net/netfilter/nf_conntrack_max\n65536" },
      { text: "cat nf_conntrack_notes.txt\n65536" },
      { text: "cat nf_conntrack_expect\n65536" },
      { text: "cat /proc/sys/net/netfilter/nf_conntrack_count > count.txt\n65536" },
      { text: "cat /proc/sys/fs/file-max /proc/sys/net/netfilter/nf_conntrack_max\n98304\n65536" },
      { text: "the file is /proc/sys/net/netfilter/nf_conntrack_max\n65536" },
      { text: "65536" },
    ],
  },
  {
    id: "conntrack-count",
    means: "the number of entries, asked of the kernel over netlink",
    source: "conntrack-tools conntrack(8) -C",
    reader: "typed",
    speaker: "bare",
    needles: [],
    inLogs: false,
    pattern: null,
    samples: [
      { text: "# conntrack -C\n65536", yields: [["entries", "nf_conntrack_count", 65536]] },
      { text: "$ sudo conntrack --count\n17", yields: [["entries", "nf_conntrack_count", 17]] },
      {
        text: "Every 2.0s: conntrack -C      fw1: Wed Nov  6 12:00:00 2019\n\n4321",
        yields: [["entries", "nf_conntrack_count", 4321]],
      },
    ],
    lookalikes: [{ text: "# conntrack -C expect\n3" }, { text: "# conntrack -F\n65536" }],
  },
  {
    id: "table-lines",
    means: "the lines of a table dump, counted: the dump is not atomic, so the count is approximate",
    source: "wc(1) over /proc/net/ip_conntrack, /proc/net/nf_conntrack or `conntrack -L`",
    reader: "table-lines",
    speaker: "bare",
    needles: ["_conntrack"],
    inLogs: false,
    pattern: /^(?<entries>\d+) \S*proc\/(?:\w+\/)?net\/(?:ip|nf)_conntrack$/,
    samples: [
      { text: "65531 /proc/net/ip_conntrack", yields: [["entries", "nf_conntrack_count", 65531]] },
      { text: "fw:~# wc -l < /proc/net/nf_conntrack\n812", yields: [["entries", "nf_conntrack_count", 812]] },
      { text: "cat /proc/net/ip_conntrack | wc -l\n812", yields: [["entries", "nf_conntrack_count", 812]] },
      { text: "# conntrack -L 2>/dev/null | wc -l\n812", yields: [["entries", "nf_conntrack_count", 812]] },
    ],
    lookalikes: [
      { text: "grep -c ESTABLISHED /proc/net/ip_conntrack\n812" },
      { text: "cat /proc/net/ip_conntrack | grep TIME_WAIT | wc -l\n812" },
      { text: "conntrack -L -p udp | wc -l\n812" },
      { text: "8 /proc/net/ip_conntrack_expect" },
    ],
  },
  {
    id: "conntrack-list",
    means: "the entries that a table dump shows: approximate, as a dump takes time",
    source: "conntrack-tools src/conntrack.c, the line after `conntrack -L`",
    reader: "trailer",
    speaker: "bare",
    needles: ["(conntrack-tools): "],
    inLogs: false,
    // A collecting script has begun the line: what it tries, and dots.
    pattern:
      /^(?:[A-Z][a-z]+ [\w /-]{1,60}\.{3} )?conntrack v[\d.]+ \(conntrack-tools\): (?<entries>\d+) flow entries have been shown\.?$/,
    opening:
      /^conntrack v[\d.]+ \(conntrack-tools\): \d+ flow(?! entries have been (?:shown|deleted))[a-z =]*$/,
    samples: [
      {
        text: "conntrack v1.4.6 (conntrack-tools): 34775 flow entries have been shown.",
        yields: [["entries", "nf_conntrack_count", 34775]],
      },
      {
        text: "conntrack v1.4.6 (conntrack-tools): 34775 flow entries have been sh=\nown.",
        yields: [["entries", "nf_conntrack_count", 34775]],
      },
      {
        text: "conntrack v1.4.6 (conntrack-tools): 34775 flow entries\nhave been shown.",
        yields: [["entries", "nf_conntrack_count", 34775]],
      },
      {
        text: "Trying to save the connection table... conntrack v1.4.8 (conntrack-tools): 2203 flow entries have been shown.",
        yields: [["entries", "nf_conntrack_count", 2203]],
      },
    ],
    lookalikes: [
      { text: "conntrack v1.4.6 (conntrack-tools): 34775 flow entries have been deleted." },
      {
        text: "# conntrack -L -p tcp --state TIME_WAIT\nconntrack v1.4.6 (conntrack-tools): 3 flow entries have been shown.",
      },
      {
        text: "# conntrack -L -p tcp\nconntrack v1.4.6 (conntrack-tools): 3 flow entries\nhave been shown.",
      },
      { text: "conntrack v1.4.6 (conntrack-tools): 3 flow entries have been\ndeleted." },
      { text: "It said conntrack v1.4.8 (conntrack-tools): 3 flow entries have been shown." },
      { text: "# conntrack v1.4.8 (conntrack-tools): 1 flow entries have been shown." },
    ],
  },
  {
    id: "conntrack-stats",
    means: "event counters since boot, summed over the CPUs",
    source: "conntrack-tools src/conntrack.c `conntrack -S`, both forms",
    reader: "block",
    speaker: "bare",
    needles: [],
    inLogs: false,
    pattern: null,
    samples: [
      {
        text: "# cpu=0 found=1 drop=3 cpu=1 found=2 drop=4",
        yields: [
          ["counter", "found", 3],
          ["counter", "drop", 7],
        ],
      },
      {
        text: "cpu=0   \tfound=0 drop=7 early_drop=1 \ncpu=1   \tfound=2 drop=5 early_drop=0 ",
        yields: [
          ["counter", "found", 2],
          ["counter", "drop", 12],
          ["counter", "early_drop", 1],
        ],
      },
      {
        text: "# cpu=0         found=0 drop=3 clash_resolve=0",
        yields: [
          ["counter", "found", 0],
          ["counter", "drop", 3],
          ["counter", "clash_resolve", 0],
        ],
      },
      {
        text: "entries             \t1822\nsearched            \t5\ninsert_failed       \t0\ndrop                \t1338",
        yields: [
          ["entries", "nf_conntrack_count", 1822],
          ["counter", "searched", 5],
          ["counter", "insert_failed", 0],
          ["counter", "drop", 1338],
        ],
      },
    ],
    lookalikes: [
      { text: "cpu=0 usage=12 idle=88" },
      { text: "drop 1338" },
      { text: "entries 12" },
      { text: "cpu=0 found=1 drop=7", by: SHELL },
    ],
  },
  {
    id: "proc-stat",
    means: "entries of the namespace and event counters since boot, hexadecimal, a row for each CPU",
    source: "linux net/netfilter/nf_conntrack_standalone.c ct_cpu_seq_show: /proc/net/stat/nf_conntrack",
    reader: "block",
    speaker: "bare",
    needles: [],
    inLogs: false,
    pattern: null,
    samples: [
      {
        text: "entries  searched found drop\n0000071e  0760e6ff 8c03e663 0000053a\n0000071e  00000001 00000000 00000002 ",
        yields: [
          ["entries", "nf_conntrack_count", 1822],
          ["counter", "searched", 123791104],
          ["counter", "found", 2349065827],
          ["counter", "drop", 1340],
        ],
      },
      {
        text: "00000004  00000000 000416b9 0000001f 00000000 0000007e 0000001b 0000001b 0000001f 00000000 00000005 00000000 00000000  00000000 00000000 00000000 00000000",
        path: "proc/net/stat/ip_conntrack",
        yields: [
          ["entries", "nf_conntrack_count", 4],
          ["counter", "searched", 0],
          ["counter", "found", 267961],
          ["counter", "new", 31],
          ["counter", "invalid", 0],
          ["counter", "ignore", 126],
          ["counter", "delete", 27],
          ["counter", "delete_list", 27],
          ["counter", "insert", 31],
          ["counter", "insert_failed", 0],
          ["counter", "drop", 5],
          ["counter", "early_drop", 0],
          ["counter", "icmp_error", 0],
          ["counter", "expect_new", 0],
          ["counter", "expect_create", 0],
          ["counter", "expect_delete", 0],
          ["counter", "search_restart", 0],
        ],
      },
    ],
    lookalikes: [
      { text: "0000071e  0760e6ff 8c03e663 0000053a" },
      {
        text: "entries  allocs destroys hash_grows lookups hits\n00000012  00000000 00000000 00000000 00000000 00000000",
      },
    ],
  },
  {
    id: "lnstat",
    means: "entries of the table at intervals, as lnstat prints them: a reading a row",
    source: "iproute2 misc/lnstat.c, over /proc/net/stat/nf_conntrack and ip_conntrack",
    reader: "block",
    speaker: "bare",
    needles: [],
    inLogs: false,
    pattern: null,
    samples: [
      {
        text: "# lnstat -c 2 -f nf_conntrack\nnf_connt|nf_connt|nf_connt|\n entries|   found|insert_f|\n        |        |   ailed|\n   48211|   10532|       3|\n   48207|      12|       0|",
        yields: [
          ["entries", "nf_conntrack_count", 48211],
          ["entries", "nf_conntrack_count", 48207],
        ],
      },
      {
        text: "rt_cache|ip_connt|ip_connt|\n entries|searched| entries|\n      17|       0|     311|",
        yields: [["entries", "nf_conntrack_count", 311]],
      },
    ],
    lookalikes: [
      { text: "arp_cach|arp_cach|\n entries|  allocs|\n      17|       0|" },
      { text: "nf_connt|nf_connt|\n   found|    drop|\n      17|       0|" },
      { text: "nf_connt|nf_connt|\n entries|    drop|\n      17|" },
      { text: " entries|    drop|\n      17|       0|" },
    ],
  },
  {
    id: "shorewall",
    means: "count and limit above the entries that Shorewall shows",
    source: "shorewall-core lib.cli: `shorewall show connections` and `shorewall dump`",
    reader: "count-of-limit",
    speaker: "bare",
    needles: [" out of "],
    inLogs: false,
    pattern:
      /^(?:Shorewall6?(?:-lite)? \S+ Connections|Connections(?=.*\) at \S+ - )|Conntrack Table) \((?<entries>\d+) out of (?<max>\d+)\)(?: at (?<host>\S+) - .*)?:?$/,
    samples: [
      {
        text: "Shorewall 5.2.8 Connections (3918 out of 65536) at gw1 - Tue Mar  3 10:11:12 CET 2026",
        yields: [
          ["entries", "nf_conntrack_count", 3918],
          ["limit", "nf_conntrack_max", 65536],
        ],
      },
      {
        text: "Conntrack Table (57 out of 16384)",
        yields: [
          ["entries", "nf_conntrack_count", 57],
          ["limit", "nf_conntrack_max", 16384],
        ],
      },
    ],
    lookalikes: [
      { text: "MySQL Connections (12 out of 151)" },
      { text: "Connections (12 out of 151)" },
      { text: "Connections (12 out of 151) were refused" },
    ],
  },
  {
    id: "luci",
    means: "count and limit on the overview page of OpenWrt",
    source:
      "openwrt luci: status overview, Active Connections, of nf_conntrack_count and nf_conntrack_max, in its languages",
    reader: "count-of-limit",
    speaker: "bare",
    needles: ["Active Connections", " / "],
    inLogs: false,
    pattern:
      /^(?:Active Connections:? (?=\d+ ?\/ ?\d+(?: |$))|(?:活动连接|活動連線|Aktive Verbindungen|Conexiones activas|Connexions actives|Connessioni attive|Conexões [Aa]tivas|Aktywne połączenia|Активные (?:соединения|подключения)|アクティブ(?:な接続|コネクション)):? (?=\d+ \/ \d+ \())(?<entries>\d+) ?\/ ?(?<max>\d+)(?: ?\(\d{1,3} ?%\))?$/,
    samples: [
      {
        text: "Active Connections\t5123 / 16384 (31%)",
        yields: [
          ["entries", "nf_conntrack_count", 5123],
          ["limit", "nf_conntrack_max", 16384],
        ],
      },
      {
        text: "活动连接\t812 / 15360 (5%)",
        yields: [
          ["entries", "nf_conntrack_count", 812],
          ["limit", "nf_conntrack_max", 15360],
        ],
      },
    ],
    lookalikes: [
      { text: "Active Connections: 5123" },
      { text: "Active Connections 12/100 per user" },
      { text: "Aktive Verbindungen: 12 / 100" },
    ],
  },
  {
    id: "status-line",
    means: "count and limit as checks of monitoring systems and scripts print them",
    source: "Nagios and Checkmk plugins of several authors, their common form",
    reader: "count-of-limit",
    speaker: "bare",
    needles: ["onntrack", "ONNTRACK"],
    inLogs: false,
    // The local check of Checkmk has its state and figures in front.
    pattern:
      /^(?:\d \S{1,64} \S{1,128} )?(?:[[(]?(?:ok|info|warn(?:ing)?|crit(?:ical)?)[\])]? ?[-:]? ?)?(?:netfilter |nf[_ ]|ip[_ ])?conntrack(?: table)?(?: (?:usage|used|count|entries|ok|warning|critical))?(?: ?[:=-])? ?(?:~?\d{1,3}(?:\.\d{1,9})? ?%(?: (?:full|used))?[:,]? ?)?\(?(?<entries>\d{1,10}) ?(?:\/|(?:out )?of) ?(?<max>\d{3,10})\)?(?: (?:entries|connections))?(?: ?\(~?\d{1,3}(?:\.\d{1,9})? ?%\))?(?: ?\|.*)?$/i,
    samples: [
      {
        text: "OK - conntrack table usage : 3086 / 65536 | count=3086;52428;58982;0;65536",
        yields: [
          ["entries", "nf_conntrack_count", 3086],
          ["limit", "nf_conntrack_max", 65536],
        ],
      },
      {
        text: "[OK] Conntrack usage: 4.7% (3086 / 65536)",
        yields: [
          ["entries", "nf_conntrack_count", 3086],
          ["limit", "nf_conntrack_max", 65536],
        ],
      },
      {
        text: "nf_conntrack: 3086 / 65536",
        yields: [
          ["entries", "nf_conntrack_count", 3086],
          ["limit", "nf_conntrack_max", 65536],
        ],
      },
      {
        text: "0 Conntrack used=3086;52428;58982;0;65536 OK - Conntrack 4% (3086/65536)",
        yields: [
          ["entries", "nf_conntrack_count", 3086],
          ["limit", "nf_conntrack_max", 65536],
        ],
      },
    ],
    lookalikes: [
      { text: "nf_conntrack: table full, dropping packet (64000/65536)" },
      { text: "conntrack: connection tracking table full (64000/65536 entries)" },
      { text: "conntrack 1/2" },
      { text: "conntrack usage: 95% of 65536" },
      { text: "The conntrack usage was 3086 / 65536" },
      { text: "conntrack usage: 3086 / 65536 on most days" },
      { text: "nf_conntrack_count / nf_conntrack_max" },
    ],
  },
  {
    id: "check-count",
    means: "the count alone, as checks and scripts print it",
    source: "check_ip_conntrack.pl, a Nagios plugin, and scripts",
    reader: "table-lines",
    speaker: "bare",
    needles: ["_conntrack OK - ", "onntrack count", "onntrack_count", "onntrack entries"],
    inLogs: false,
    pattern:
      /^(?:(?:nf|ip)_conntrack OK - table usage = \d{1,3}(?:\.\d{1,9})?%, count = |(?:[Cc]urrent )?[Cc]onntrack[ _](?:count|entries) ?[:=] ?)(?<entries>\d{1,10})$/,
    samples: [
      {
        text: "ip_conntrack OK - table usage = 0.3%, count = 214",
        yields: [["entries", "nf_conntrack_count", 214]],
      },
      { text: "Current conntrack count: 214", yields: [["entries", "nf_conntrack_count", 214]] },
    ],
    lookalikes: [
      { text: "ip_conntrack WARNING - 81% used" },
      { text: "squid OK - count = 214" },
      { text: "conntrack count: 214 of them" },
      { text: "conntrack max: 214" },
      { text: "the conntrack count: 214" },
    ],
  },
  {
    id: "routeros",
    means: "limit and count below the settings of connection tracking on MikroTik's routers",
    source: "RouterOS `/ip firewall connection tracking print`",
    reader: "count-of-limit",
    speaker: "bare",
    needles: ["max-entries: "],
    inLogs: false,
    pattern: /^max-entries: (?<max>\d+) total-entries: (?<entries>\d+)$/,
    opening: /^max-entries: \d+$/,
    samples: [
      {
        text: "           max-entries: 458752\n         total-entries: 123",
        yields: [
          ["entries", "nf_conntrack_count", 123],
          ["limit", "nf_conntrack_max", 458752],
        ],
      },
    ],
    lookalikes: [
      { text: "max-entries: 458752\nenabled: auto" },
      { text: "total-entries: 123" },
      { text: "max-entries: 458752" },
    ],
  },
  {
    id: "slab",
    means: "bytes of one entry in the kernel's own cache of them",
    source:
      "linux mm/slab_common.c /proc/slabinfo, vmstat(8) -m; cache names nf_conntrack, nf_conntrack_<id>, ip_conntrack",
    reader: "slab",
    speaker: "bare",
    needles: ["_conntrack"],
    inLogs: false,
    // Active objects are those of all namespaces together, so they are no count of a table.
    pattern: /^(?:nf|ip)_conntrack(?:_[0-9a-f]+)? \d+ \d+ (?<bytes>\d+) \d+(?: \d+)*(?: :.*)?$/,
    samples: [
      {
        text: "nf_conntrack        1234   1300    320   25    2 : tunables    0    0    0 : slabdata     52     52      0",
        yields: [["entry_bytes", "entry_bytes", 320]],
      },
      {
        text: "nf_conntrack_ffffffff81b18540   4608   4608    312   26    2 : tunables    0    0    0",
        yields: [["entry_bytes", "entry_bytes", 312]],
      },
      {
        text: "ip_conntrack       65321  65340    224   17    1 : tunables  120   60    8 : slabdata   3843   3843      0",
        yields: [["entry_bytes", "entry_bytes", 224]],
      },
      // vmstat -m: objects in use, all, bytes, objects a slab.
      {
        text: "ip_conntrack              65321  65340    224     17",
        yields: [["entry_bytes", "entry_bytes", 224]],
      },
    ],
    lookalikes: [
      { text: "nf_conntrack_expect      0      0    224   18    1 : tunables    0    0    0" },
      { text: "ip_conntrack           53281  2 ip_nat_ftp,ip_nat" },
      { text: "ip_conntrack           53281  2 3 (autoclean)" },
      { text: "nf_conntrack          172032  8 xt_conntrack,nf_nat,nf_conntrack_netlink" },
    ],
  },
  {
    id: "prometheus",
    means: "a metric of node_exporter, scraped as text",
    source: "node_exporter collector/conntrack_linux.go; Prometheus text exposition format",
    reader: "prometheus",
    speaker: "bare",
    needles: ["node_nf_conntrack_"],
    inLogs: false,
    pattern:
      /^(?<name>node_nf_conntrack_\w+) ?(?<labels>\{.*\})? ?(?:=> )?(?<value>[-+\w.]+)(?: @?\[?(?<time>\d+(?:\.\d+)?)\]?)?(?: #.*)?$/,
    samples: [
      { text: "node_nf_conntrack_entries 7582", yields: [["entries", "nf_conntrack_count", 7582]] },
      { text: "node_nf_conntrack_entries_limit 262144", yields: [["limit", "nf_conntrack_max", 262144]] },
      {
        text: 'node_nf_conntrack_entries_limit{instance="fw1:9100",job="node"} 1.048576e+06 1700000000000',
        yields: [["limit", "nf_conntrack_max", 1048576]],
      },
      { text: "node_nf_conntrack_stat_drop 12", yields: [["counter", "drop", 12]] },
      {
        text: 'node_nf_conntrack_entries{instance="fw1:9100"} => 7582 @[1700000000.123]',
        yields: [["entries", "nf_conntrack_count", 7582]],
      },
    ],
    lookalikes: [
      {
        text: "# HELP node_nf_conntrack_entries Number of currently allocated flow entries for connection tracking.",
      },
      { text: "# TYPE node_nf_conntrack_entries gauge" },
      { text: "node_nf_conntrack_entries NaN" },
      { text: "node_filefd_allocated 3840" },
      { text: "node_nfs_connections_total 0" },
      { text: "node_nf_conntrack_entries / node_nf_conntrack_entries_limit > 0.9" },
    ],
  },
  {
    id: "telegraf",
    means: "count and limit as Telegraf's conntrack input writes them",
    source: "telegraf plugins/inputs/conntrack/README.md; InfluxDB line protocol",
    reader: "telegraf",
    speaker: "bare",
    needles: ["conntrack,", "conntrack "],
    inLogs: false,
    pattern: /^conntrack(?<tags>(?:,(?:[^ \\]|\\.)+)?) (?<fields>\w+=[^ ]+)(?: (?<time>\d{9,19}))?$/,
    samples: [
      {
        text: "conntrack,host=h ip_conntrack_count=464,ip_conntrack_max=262144 1615233542000000000",
        yields: [
          ["entries", "nf_conntrack_count", 464],
          ["limit", "nf_conntrack_max", 262144],
        ],
      },
      // `entries` of cpu=all is summed over the CPUs, each of which tells the whole table: 12 x 464.
      {
        text: "conntrack,cpu=all,host=h drop=2i,early_drop=0i,entries=5568i 1615233542000000000",
        yields: [
          ["counter", "drop", 2],
          ["counter", "early_drop", 0],
        ],
      },
    ],
    lookalikes: [
      { text: "conntrack,cpu=cpu0,host=h drop=2i,early_drop=0i 1615233542000000000" },
      { text: "netstat,host=h tcp_established=464i 1615233542000000000" },
    ],
  },
  {
    id: "sample-comment",
    means: "time, uptime, count and limit above the counters of one sample",
    source: "the raw form of a sampler: `# <epoch> up <uptime> count <n> max <n>`",
    reader: "sample-comment",
    speaker: "bare",
    needles: [" up "],
    inLogs: false,
    pattern:
      /^# ?(?<time>\d{9,10}(?:\.\d{1,9})?) up (?<uptime>\d+(?:\.\d{1,9})?) count (?<count>\d+) max (?<max>\d+)$/,
    dates: true,
    samples: [
      {
        text: "# 1773216914.004 up 46.578 count 5 max 2048",
        yields: [
          ["entries", "nf_conntrack_count", 5],
          ["limit", "nf_conntrack_max", 2048],
          ["uptime", "uptime", 46578000],
        ],
      },
    ],
    lookalikes: [{ text: "# 08:15:15 up 46 days, 2 users, load average: 0.00" }],
  },
  {
    id: "sysctl-conf",
    means: "a value written in a configuration file: not known to be in force",
    source: "sysctl.conf(5), sysctl.d(5)",
    reader: "grepped-conf",
    speaker: "bare",
    needles: ["sysctl."],
    inLogs: false,
    pattern: /^-?(?<name>(?:net|kernel)[./][\w./-]+)\s*=\s*(?<value>-?\d+)\s*(?:[#;].*)?$/,
    samples: [
      {
        text: "# ours\nnet.netfilter.nf_conntrack_max = 262144\n; old\n-net.ipv4.ip_conntrack_max=262144\n#net.nf_conntrack_max = 5",
        path: "etc/sysctl.d/90-ours.conf",
        yields: [
          ["limit", "nf_conntrack_max", 262144],
          ["limit", "nf_conntrack_max", 262144],
        ],
      },
      {
        text: "/etc/sysctl.conf:net.netfilter.nf_conntrack_max = 262144\n/etc/sysctl.d/90-ours.conf:3:net.ipv4.ip_conntrack_max=5",
        yields: [
          ["limit", "nf_conntrack_max", 262144],
          ["limit", "nf_conntrack_max", 5],
        ],
      },
    ],
    lookalikes: [
      { text: "# net.netfilter.nf_conntrack_max = 262144", path: "etc/sysctl.conf" },
      { text: "/etc/sysctl.conf:#net.netfilter.nf_conntrack_max = 262144" },
      { text: "in /etc/sysctl.conf:net.netfilter.nf_conntrack_max = 262144" },
    ],
  },
  {
    id: "modprobe-conf",
    means: "the buckets that the module is to be loaded with",
    source: "modprobe.d(5); linux net/netfilter/nf_conntrack_core.c module_param hashsize",
    reader: "modprobe",
    speaker: "bare",
    needles: ["_conntrack"],
    inLogs: false,
    pattern: /^options\s+(?:nf|ip)_conntrack\s+(?:.*\s)?hashsize=(?<value>\d+)(?:\s.*)?$/,
    samples: [
      {
        text: "options nf_conntrack hashsize=32768",
        path: "etc/modprobe.d/conntrack.conf",
        yields: [["buckets", "nf_conntrack_buckets", 32768]],
      },
      {
        text: "# vim /etc/modprobe.d/netfilter.conf\noptions nf_conntrack hashsize=65536",
        yields: [["buckets", "nf_conntrack_buckets", 65536]],
      },
    ],
    lookalikes: [
      { text: "options nf_conntrack_ftp ports=21,2121", path: "etc/modprobe.d/ftp.conf" },
      { text: "echo 'options nf_conntrack hashsize=65536' > /etc/modprobe.d/netfilter.conf" },
      { text: "options nf_conntrack hashsize=$SIZE" },
      { text: "# options nf_conntrack hashsize=32768" },
      { text: "# options nf_conntrack hashsize=32768", path: "etc/modprobe.d/conntrack.conf" },
      { text: "options nf_conntrack expect_hashsize=32768", path: "etc/modprobe.d/conntrack.conf" },
    ],
  },
];
