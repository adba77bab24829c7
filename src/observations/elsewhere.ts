// What only says where, how often or as whom a command runs: loops, containers, other machines. And whose a line is
// that a shell for many machines has gathered. A machine that only a command names (ssh) is no host: what else was
// pasted would be taken for its own.

export interface Bare {
  /** The command alone. */
  readonly text: string;
  /** Namespace or container that it ran in. */
  readonly netns: string | null;
  readonly repeats: boolean;
  /** True: it ran on many machines, which are named in front of their lines. */
  readonly many: boolean;
}

interface Wrapper {
  /** Named groups: `netns`, `pid` (of a process in the namespace). */
  readonly pattern: RegExp;
  readonly repeats?: true;
  readonly many?: true;
}

const KUBE_OPTIONS = String.raw`(?: (?:-n|--namespace|--context|-c|--container)[ =]\S+| -{1,2}[a-z]\S*)*`;

const WRAPPERS: readonly Wrapper[] = [
  { pattern: /^(?:sudo (?:-\w+ )*|time |exec |chroot \S+ |\w+=\S* )/ },
  { pattern: /^(?:\S*\/)?(?:ba|da|a)?sh (?:-\w+ )*?-\w*c / },
  { pattern: /^(?:while|until) [^;]*; *do |^for [^;]*; *do /, repeats: true },
  { pattern: /^watch (?:-\S+ ?(?:[\d.]+ )?)*/, repeats: true },
  { pattern: /^(?:\S*\/)?ip netns exec (?<netns>\S+) / },
  { pattern: /^(?:\S*\/)?nsenter --net=\S*\/(?<netns>[^\s/]+) (?:-- )?/ },
  {
    pattern:
      /^(?:\S*\/)?nsenter(?=.{0,80}? (?:-t|--target)[ =]?(?<pid>\d+))(?: (?:-t|--target)[ =]?\d+| -{1,2}[a-z]\S*)+ (?:-- )?/i,
  },
  { pattern: /^(?:docker|podman|nerdctl|crictl|docker[ -]compose) exec (?:-\S+ )*(?<netns>\S+) / },
  { pattern: /^(?:lxc|incus|pct|vzctl) exec (?<netns>\S+) (?:-- )?/ },
  // kube-proxy is in the network of its node; of other pods nothing is known.
  {
    pattern: new RegExp(
      `^(?:k3s |microk8s )?(?:kubectl|oc)${KUBE_OPTIONS} exec${KUBE_OPTIONS} ` +
        String.raw`(?:(?:pods?/|ds/)?kube-proxy\S*|(?<netns>[^\s-]\S*))${KUBE_OPTIONS} (?:-- )?`,
    ),
  },
  { pattern: /^(?:k3s |microk8s )?(?:kubectl|oc) debug nodes?\/\S+(?: -{1,2}[a-z]\S*)* -- / },
  { pattern: /^ssh(?: -[bFiJLloRp] ?\S+| -\w+)* (?:[^\s@]+@)?(?:\$\{?\w+\}?|[A-Za-z\d][\w.-]*) (?:-- )?/ },
  {
    pattern:
      /^(?:minikube|vagrant|colima)(?: (?:-[pn]|--profile|--node)[ =]\S+)* ssh (?:(?:-[pn]|--profile|--node)[ =]\S+ |-\S+ )*/,
  },
  { pattern: /^adb (?:-s \S+ )?shell (?:su -c )?/ },
  { pattern: /^(?:pdsh|clush|dsh|pssh|xdsh)(?: -[wgxlfRtuXH] ?\S+| -\w+)* /, repeats: true, many: true },
  {
    pattern: /^ansible(?: -[iufmle] ?\S+| -[bkKv]+| [^\s-]\S*)*? (?:-a|--args)[ =]/,
    repeats: true,
    many: true,
  },
];

/** The command without what is around it. */
export function unwrapCommand(command: string): Bare {
  let bare: Bare = {
    text: command.replace(/["']/g, ""),
    netns: null,
    repeats: false,
    many: false,
  };
  for (;;) {
    const { text, netns, repeats, many } = bare;
    const wrapper = WRAPPERS.find(({ pattern }) => pattern.test(text));
    const match = wrapper?.pattern.exec(text);
    if (wrapper === undefined || match === null || match === undefined) return bare;
    const { pid } = match.groups ?? {};
    bare = {
      text: text.slice(match[0].length),
      netns: match.groups?.netns ?? (pid === undefined ? netns : `pid ${pid}`),
      repeats: repeats || wrapper.repeats === true,
      many: many || wrapper.many === true,
    };
  }
}

/** A line of output, and the machine that it names. */
export interface Gathered {
  readonly host: string | null;
  readonly text: string;
}

/** pdsh and its like write the machine in front of each line. */
const OF_MACHINE =
  /^(?!\S+\.conf:)(?<host>[A-Za-z\d][\w.-]{0,254}): (?<text>(?:-?\d+$|(?:net|kernel)[./]\S+ ?= ?\d|cpu=\d).*)$/;
/** ansible writes it above them. */
const MACHINE_LINE = /^(?<host>[A-Za-z\d][\w.-]{0,254}) \| (?:CHANGED|SUCCESS)(?: \| rc=0)? (?:>>|=>)$/;

/** The line of one of many machines; null where it names none. `known`: a command for many of them stands above. */
export function gathered(text: string, known: boolean): Gathered | null {
  const above = MACHINE_LINE.exec(text)?.groups;
  if (above !== undefined) return { host: above.host ?? null, text: "" };
  // Without the command a name in front of a colon may be any label.
  const { host = "", text: rest = "" } = (known && OF_MACHINE.exec(text)?.groups) || {};
  return host === "" ? null : { host, text: rest };
}
