// TABLE: what the small files of a bundle say of its machine: name, zone, kernel, boot, the moment it was made.

export interface Fact {
  readonly key: "hostname" | "zone" | "boot_uuid" | "kernel" | "now";
  readonly value: string;
}

interface FactRow {
  /** Role that the bundle's table gives the file. */
  readonly role: string;
  readonly key: Fact["key"];
  /** First group: the value. */
  readonly pattern: RegExp;
  readonly samples: readonly { readonly text: string; readonly value: string }[];
}

export const FACTS: readonly FactRow[] = [
  {
    role: "hostname",
    key: "hostname",
    pattern: /^\s*(?:Static hostname:\s*)?([A-Za-z0-9][\w.-]*)\s*$/m,
    samples: [
      { text: "gw1.example.net\n", value: "gw1.example.net" },
      { text: "   Static hostname: gw1\n         Icon name: computer-vm\n", value: "gw1" },
    ],
  },
  {
    role: "uname",
    key: "kernel",
    pattern: /^Linux \S+ (\d+\.\d+\S*) /m,
    samples: [
      { text: "Linux gw1 5.4.0-99-generic #112-Ubuntu SMP x86_64 GNU/Linux\n", value: "5.4.0-99-generic" },
    ],
  },
  {
    role: "uname",
    key: "hostname",
    pattern: /^Linux (\S+) \d+\.\d+\S* /m,
    samples: [{ text: "Linux gw1 5.4.0-99-generic #112-Ubuntu SMP x86_64 GNU/Linux\n", value: "gw1" }],
  },
  {
    role: "boot-id",
    key: "boot_uuid",
    pattern: /^([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})\s*$/m,
    samples: [
      { text: "eae3987d-4b3a-438d-9d0b-f5edc8bdbf97\n", value: "eae3987d-4b3a-438d-9d0b-f5edc8bdbf97" },
    ],
  },
  {
    role: "timedatectl",
    key: "zone",
    pattern: /^\s*Time ?zone:\s*([A-Z][\w+-]*(?:\/[\w+-]+)*)/im,
    samples: [{ text: "       Time zone: Europe/Madrid (CEST, +0200)\n", value: "Europe/Madrid" }],
  },
  {
    role: "localtime",
    key: "zone",
    pattern:
      /(?:zoneinfo\/(?:posix\/|right\/)?|^\s*(?:ZONE|TIMEZONE)\s*=\s*"?|^)([A-Z][\w+-]*(?:\/[\w+-]+)+|UTC)"?\s*$/m,
    samples: [
      { text: "../usr/share/zoneinfo/Europe/Berlin", value: "Europe/Berlin" },
      { text: "Europe/Madrid\n", value: "Europe/Madrid" },
      { text: 'TIMEZONE="America/St_Johns"\n', value: "America/St_Johns" },
    ],
  },
  {
    role: "date",
    key: "now",
    pattern: /^(\S.*\d\d:\d\d:\d\d.*)$/m,
    samples: [{ text: "Mon Apr 27 21:52:03 CEST 2026\n", value: "Mon Apr 27 21:52:03 CEST 2026" }],
  },
];

/** Roles whose files tell facts. */
export const FACT_ROLES: ReadonlySet<string> = new Set(FACTS.map((row) => row.role));

/** Facts that a file of this role tells; compiled zone files (TZif) name none. */
export function readFacts(role: string, text: string): Fact[] {
  if (text.startsWith("TZif")) return [];
  return FACTS.flatMap((row) => {
    const value = row.role === role ? row.pattern.exec(text)?.[1]?.trim() : undefined;
    return value === undefined ? [] : [{ key: row.key, value }];
  });
}
