// `name = value` as sysctl prints it and reads it, and the watch over names that are one variable.

import { type KeyMeaning, resolveKey } from "./keys.ts";
import type { Tally } from "./tally.ts";

export interface Assignment {
  /** As written: `net.ipv4.ip_conntrack_max`, `net/netfilter/nf_conntrack_max`. */
  readonly name: string;
  readonly meaning: KeyMeaning;
  readonly value: string;
}

/** All assignments of ours in a text; more than one where lines were glued or a command sets several. */
export function readAssignments(text: string): Assignment[] {
  return [...text.matchAll(/((?:net|kernel)[./][\w./-]+?) ?= ?(-?\d+)(?![\d.])/g)].flatMap((match) => {
    const [, name = "", value = ""] = match;
    const meaning = resolveKey(name);
    return meaning === null ? [] : [{ name, meaning, value }];
  });
}

export interface AliasWatch {
  see(assignments: readonly Assignment[], offset: number): void;
  /** Another dump begins. */
  reset(): void;
}

/** Tells when two names of one variable disagree inside one dump. */
export function createAliasWatch(tally: Tally): AliasWatch {
  let seen = new Map<string, Map<string, string>>();
  return {
    reset() {
      seen = new Map();
    },
    see(assignments, offset) {
      for (const { name, meaning, value } of assignments) {
        const written = name.replaceAll("/", ".");
        const names = seen.get(meaning.key) ?? new Map<string, string>();
        // The same name again: the value was read, or set, a second time.
        if (names.has(written)) names.clear();
        if ([...names.values()].some((other) => other !== value)) tally.add("alias-conflict", offset);
        names.set(written, value);
        seen.set(meaning.key, names);
      }
    },
  };
}
