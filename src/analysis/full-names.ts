// One machine under its short and its full name: syslog writes `gw1` where the journal and `hostname` of the same
// machine write `gw1.example.net`. Told apart, its drops would be counted twice and its limits would be nobody's.

import { isGeneric, type StreamFact } from "./boots.ts";

type Named = Pick<StreamFact, "name" | "bundleHost" | "optionHost">;

/** A host's name and a domain: letters begin the last label, as they never do in an address (10.0.0.1). */
const FULL = /^([^.]+)\.(?:[\w-]+\.)*[A-Za-z][\w-]*$/;

/**
 * The streams with full names in place of short ones. A short name is that of its bundle's full one, else of the only
 * full one that was met; where several begin with it, nobody knows which, and it stays a name of its own.
 */
export function withFullNames<Stream extends Named>(streams: readonly Stream[]): readonly Stream[] {
  const fullOf = findFullNames(streams);
  return streams.map((stream) => {
    const { name, bundleHost, optionHost } = stream;
    const isShort = (one: string | null) => one !== null && fullOf.has(one);
    if (![name, bundleHost, optionHost].some(isShort)) return stream;
    const full = (one: string | null) => {
      if (one === null) return null;
      return shortOf(bundleHost) === one ? bundleHost : (fullOf.get(one) ?? one);
    };
    return { ...stream, name: full(name), bundleHost: full(bundleHost), optionHost: full(optionHost) };
  });
}

/** By short name the full name that begins with it; null where there are several. */
function findFullNames(streams: readonly Named[]): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const { name, bundleHost, optionHost } of streams) {
    for (const full of [name, bundleHost, optionHost]) {
      const short = shortOf(full);
      if (short === null) continue;
      const known = found.get(short);
      found.set(short, known === undefined || known === full ? full : null);
    }
  }
  return found;
}

function shortOf(name: string | null): string | null {
  return name === null || isGeneric(name) ? null : (FULL.exec(name)?.[1] ?? null);
}
