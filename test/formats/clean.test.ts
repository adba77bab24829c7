// Pasted lines: what was put around them comes off, and nothing else.

import { describe, expect, it } from "vitest";
import { tidy, tidyMessage } from "../../src/formats/clean.ts";
import { createParser } from "../../src/formats/parse.ts";
import { recognise } from "../../src/messages/recognise.ts";

const LINE = "Mar  7 16:13:16 host kernel: [ 8430.420174] nf_conntrack: table full, dropping packet";
const clean = createParser().parse(LINE);

describe("marks of a page around a message", () => {
  it.each([
    ["**nf_conntrack: table full**", "nf_conntrack: table full"],
    ["[b]nf_conntrack: table full[/b]", "nf_conntrack: table full"],
    ["** 7 printk messages dropped **", "** 7 printk messages dropped **"],
    ["**kernel** says no", "**kernel** says no"],
    ["***** stop **", "***** stop **"],
    ["say [COLOR=#ff0000]table full[/COLOR] again", "say table full again"],
    ["[b] of the kernel's own", "[b] of the kernel's own"],
    ["[/dev/sda] is [/b", "[/dev/sda] is [/b"],
  ])("%s", (text, tidied) => expect(tidyMessage(text)).toBe(tidied));
});

describe("a line that was pasted", () => {
  it.each([
    ["tabs and blanks", `\t  ${LINE}  \t`],
    ["carriage returns", `\r${LINE}\r\r`],
    ["NULs of a crash", `\0\0\0${LINE}`],
    ["a byte order mark", `\ufeff${LINE}`],
    ["marks of a quoted mail", `> > >${LINE}`],
    ["a comment sign", `# ${LINE}`],
    ["a comment sign within a quote", `> # ${LINE}`],
    ["double quotes", `"${LINE}"`],
    ["an element of a list of strings", `  "${LINE}",`],
    ["single quotes", `'${LINE}'`],
    ["typographic quotes", `\u201c${LINE}\u201d`],
    ["what was left of a tag", `: ${LINE}`],
    ["a forum's colour", `[COLOR=#000000]${LINE}[/COLOR]`],
    ["several of a forum's marks", `[FONT=courier new][SIZE=2]${LINE}[/SIZE][/FONT]`],
    ["a forum's mark within the line", LINE.replace(/nf_.*$/, "[B]$&[/B]")],
    ["a forum's mark that only ends", `${LINE}[/b]`],
    ["a line that a patch adds", `+${LINE}`],
    ["a page's marks within the line", LINE.replace(/kernel: .*$/, '<b><font color="red">$&</font></b>')],
    ["a page's marks around each word", LINE.replace(/[A-Za-z_]+/g, "<span>$&</span>")],
    ["the first of several cells", `"${LINE}","2026-03-07T16:13:16Z",host,"/var/log/messages"`],
    ["a cell behind others", `x1,"a b","${LINE}",2026-03-07T16:13:16Z`],
    ["a program that asks many machines", `ip-10-0-0-7.example ${LINE}`],
    ["a bullet", `* ${LINE}`],
    ["a dash", `- ${LINE}`],
    ["a number", `12. ${LINE}`],
    ["cat -n", `    12\t${LINE}`],
    ["a page's number", `12 ${LINE}`],
    ["inline code", `\`${LINE}\``],
    ["a code fence on the line", `\`\`\`${LINE}`],
    ["a table's cell", `| ${LINE} |`],
    ["colours", `\u001b[32m${LINE.replace("kernel:", "\u001b[0m\u001b[33mkernel:\u001b[0m")}\u001b[0m`],
    ["a terminal's title", `\u001b]0;root@host\u0007${LINE}`],
    ["escapes as rsyslog writes them", LINE.replace("nf_", "#033[33mnf_").replace("table", "#033[0mtable")],
    ["non-breaking blanks", LINE.replaceAll(" ", "\u00a0")],
    ["zero-width characters", `\u200b${LINE.replace("full", "fu\u200bll")}`],
    [
      "the colours of journalctl",
      LINE.replace("nf_", "\u001b[0;1;38:5:185mnf_").replace("packet", "packet\u001b[0m"),
    ],
    ["a coloured host", LINE.replace("host", "\u001b[1mhost\u001b[0m")],
    ["grep -H", `messages:${LINE}`],
    ["grep -H with a path and a date in it", `/var/log/messages-20190106:${LINE}`],
    ["grep -n", `123:${LINE}`],
    ["grep -Hn", `var/log/messages.1:123:${LINE}`],
    ["a context line of grep -n", `123-${LINE}`],
    ["a context line of grep -Hn", `messages-20190106-123-${LINE}`],
    ["cat -n", `     7\t${LINE}`],
    ["uniq -c", `     12 ${LINE}`],
    ["Markdown's escapes", LINE.replaceAll("_", "\\_").replace("[", "\\[").replace("]", "\\]")],
    ["a quote with initials", `KM> ${LINE}`],
    ["a quote with a name", `kim>> ${LINE}`],
    ["a channel", `<kim> ${LINE}`],
    ["a channel's log", `[16:20] <@kim> ${LINE}`],
    ["emphasis that ends elsewhere", `*${LINE}`],
    ["underscores that end elsewhere", `_${LINE}`],
    ["a tracker's mark", `{noformat}${LINE}`],
    ["a tracker's mark with a language", `{code:none}${LINE}`],
    ["a wiki's mark", `{{{${LINE}`],
    ["a forum's colour", `[COLOR=red]${LINE}`],
    ["a parallel shell", `web-1.example: ${LINE}`],
    ["a program that watches several commands", `[watch-1] ${LINE}`],
    ["several of them", `\t> * "messages:7:${LINE}"`],
  ])("is found within %s", (_, pasted) => {
    expect(createParser().parse(pasted)).toEqual(clean);
  });

  it.each([
    ["dmesg", "[ 8430.420174] nf_conntrack: table full, dropping packet"],
    ["dmesg-ctime", "[Sat May  8 12:40:51 2021] nf_conntrack: table full, dropping packet"],
    ["iso", "2026-05-14T05:37:26 host kernel: nf_conntrack: table full, dropping packet"],
  ])("of %s is found as well", (format, line) => {
    for (const pasted of [`\t${line}`, `> ${line}`, `dmesg.0:${line}`, `\u001b[1m${line}`]) {
      expect(createParser().parse(pasted), pasted).toEqual({ ...createParser().parse(line), format });
    }
  });
});

describe("a rule of a log filter", () => {
  it.each([
    String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ kernel: \[[ .0-9]+\] nf_conntrack: table full, dropping packet$`,
    String.raw`kernel: \[ *[0-9.]+\] nf\_conntrack: table full, dropping packet`,
    String.raw`kernel: \[\d+\.\d+\] nf_conntrack: table full, dropping packet`,
  ])("is no line: %s", (rule) => {
    const { text, uptimeUs } = createParser().parse(rule) ?? { text: "", uptimeUs: null };
    expect(uptimeUs).toBeNull();
    expect(recognise(text, { fromKernel: true, tag: "kernel" })).toBeNull();
  });
});

describe("a forum's colours", () => {
  it("come off the numbers of a line", () => {
    const line = "[   16.167276] net_ratelimit: 7 callbacks suppressed";
    const coloured =
      "[   [COLOR=#f09483]16[/COLOR].[COLOR=#f09483]167276[/COLOR]] net_ratelimit: [color=red]7[/color] callbacks suppressed";
    expect(createParser().parse(coloured)).toEqual(createParser().parse(line));
  });

  it("are text where none ends", () => {
    expect(createParser().parse("draws with [color=red] set")?.text).toBe("draws with [color=red] set");
  });
});

describe("a page's marks", () => {
  it.each([
    ["nf_<i>conntrack</i>: <b class='x'>table</b> full", "nf_conntrack: table full"],
    ["bridge <b> of <span>", "bridge <b> of <span>"],
    ["0x1 </proc> <b>", "0x1 </proc> <b>"],
  ])("%s", (text, rest) => {
    expect(createParser().parse(`Mar  7 16:13:16 host kernel: ${text}`)?.text).toBe(rest);
  });
});

describe("a console", () => {
  const line = "[ 8430.420174] nf_conntrack: table full, dropping packet";

  it.each([
    `** 120 printk messages dropped ** ${line}`,
    `web-1 login: ${line}`,
    `root@edge:/# ${line}`,
    `sh-5.1$ ${line}`,
    `[root@edge ~]# ${line}`,
    `[  OK  ] Started Firewall rules.${line}`,
    `[ ***  ] A start job is running for eth0${line}`,
    `Starting firewall...${line}`,
    `Saving the seed: ${line}`,
  ])("glued %s", (glued) => {
    expect(createParser().parse(glued)).toEqual(createParser().parse(line));
  });

  it.each([
    "root@edge:/# echo nf_conntrack: table full, dropping packet",
    `root@edge:/# echo "${line}"`,
    `Starting to see ${line}`,
    `Saving you the time, it is ${line}`,
  ])("is not what someone writes: %s", (prose) => {
    expect(createParser().parse(prose)).toMatchObject({ format: "bare", uptimeUs: null });
  });

  it("keeps its notice of loss where nothing follows", () => {
    const notice = "** 120 printk messages dropped **";
    expect(createParser().parse(`${notice} `)).toMatchObject({ format: "bare", text: notice });
  });
});

describe("a message without a header", () => {
  const FULL = "nf_conntrack: table full, dropping packet";

  it.each([FULL, `\t${FULL}`, `> ${FULL}`, `>> ${FULL}`, `${FULL}\r`, `\u001b[33m${FULL}\u001b[0m`])(
    "%j is the kernel's",
    (pasted) => {
      expect(createParser().parse(pasted)).toMatchObject({ format: "bare", fromKernel: true, text: FULL });
    },
  );

  it.each([
    `# ${FULL}`,
    `"${FULL}"`,
    `* ${FULL}`,
    `messages:${FULL}`,
    `12:${FULL}`,
    `\`${FULL}\``,
    `<b>${FULL}</b>`,
    ` <strong>kernel: ${FULL}</strong>`,
    `<pre><code>${FULL}</code></pre>`,
    `see ${FULL}`,
  ])("%j is prose that quotes it", (pasted) => {
    const entry = createParser().parse(pasted);
    expect(entry?.format).toBe("bare");
    expect(entry?.text).not.toBe(FULL);
  });
});

describe("text", () => {
  it("loses typographic dashes and quotes, and keeps HTML entities", () => {
    expect(tidy("(8192 buckets, 65536 max) \u2013 228 bytes")).toBe("(8192 buckets, 65536 max) - 228 bytes");
    expect(tidy("a \u2014 b \u2212 c \u2011 d")).toBe("a - b - c - d");
    expect(tidy("\u201cx\u201d \u2018y\u2019")).toBe("\"x\" 'y'");
    expect(tidy("a &amp; b &lt;4&gt;")).toBe("a &amp; b &lt;4&gt;");
  });

  it("is read as quoted-printable only where it cannot be anything else", () => {
    expect(tidy("type=3D1804 subj=3Da")).toBe("type=1804 subj=a");
    expect(tidy("type=3D1804 caf=C3=A9 cau=")).toBe("type=1804 café cau=");
    expect(tidy("status=51 error=04")).toBe("status=51 error=04");
    expect(tidy("ID=3D IN=eth0 OUT=")).toBe("ID=3D IN=eth0 OUT=");
    expect(tidy("(8192 buckets, 3276=")).toBe("(8192 buckets, 3276=");
  });

  it("keeps other scripts", () => {
    expect(tidy("Нет места — 查看最大值")).toBe("Нет места - 查看最大值");
  });
});
