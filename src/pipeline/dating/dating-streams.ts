// Every stream of the database as far as boots and hosts are decided by it: what dating holds of a fleet at once.

import type { StreamFact } from "../../analysis/boots.ts";
import { withFullNames } from "../../analysis/full-names.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";

/** A stream with what was found of it the last time. Its times change when its source is dated. */
export interface KnownStream extends Omit<StreamFact, "firstUs" | "lastUs" | "bootUs"> {
  readonly kernel: string | null;
  readonly bootId: number | null;
  readonly hostId: number | null;
  readonly hostBasis: string | null;
  firstUs: number | null;
  lastUs: number | null;
  bootUs: number | null;
}

interface Row {
  readonly stream_id: number;
  readonly source_id: number;
  readonly name: string | null;
  readonly boot_uuid: string | null;
  readonly kernel: string | null;
  readonly boot_id: number | null;
  readonly host_id: number | null;
  readonly host_basis: string | null;
  readonly last_uptime_us: number | null;
  readonly uptime_base_us: number;
  readonly first_us: number | null;
  readonly last_us: number | null;
  readonly boot_us: number | null;
  readonly path: string;
  readonly family: string;
  readonly bundle: string | null;
  readonly option_host: string | null;
}

/** All streams, by id. */
export function datingStreams(db: Db): readonly KnownStream[] {
  const hosts = statement(db, "bundle_hosts").all() as { bundle: string; value: string }[];
  const hostOfBundle = new Map(hosts.map(({ bundle, value }) => [bundle, value]));
  const streams: KnownStream[] = [];
  for (const row of statement(db, "dating_streams").iterate() as Iterable<Row>) {
    const before = streams.at(-1);
    // Texts of a source are held once, however many hosts it tells of.
    const { family, folder, bundle, optionHost, bundleHost } =
      before?.sourceId === row.source_id ? before : placeOf(row, hostOfBundle);
    streams.push({
      streamId: row.stream_id,
      sourceId: row.source_id,
      name: row.name,
      family,
      folder,
      bundle,
      optionHost,
      bundleHost,
      uuid: row.boot_uuid,
      hasUptime: row.last_uptime_us !== null,
      lastUptimeUs: row.last_uptime_us === null ? null : row.last_uptime_us - row.uptime_base_us,
      kernel: row.kernel,
      bootId: row.boot_id,
      hostId: row.host_id,
      hostBasis: row.host_basis,
      firstUs: row.first_us,
      lastUs: row.last_us,
      bootUs: row.boot_us,
    });
  }
  return withFullNames(streams);
}

function placeOf({ path, family, bundle, option_host }: Row, hostOfBundle: ReadonlyMap<string, string>) {
  const bundleHost = bundle === null ? null : (hostOfBundle.get(bundle) ?? null);
  return { family, folder: folderOf(path), bundle, optionHost: option_host, bundleHost };
}

/** Folder of a path as given; `-` for standard input, which lies beside nothing. */
function folderOf(path: string): string {
  if (path === "-") return "-";
  const cut = path.lastIndexOf("/");
  return cut < 0 ? "." : path.slice(0, cut);
}
