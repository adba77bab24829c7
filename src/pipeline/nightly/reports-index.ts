// The index page: every host's days with their drops, a link to each report, and runs that came to no good end.

import { visible } from "../../render/escape.ts";
import { wall } from "../../render/zone.ts";
import type { Db } from "../../store/open.ts";
import { statement } from "../../store/statements.ts";
import type { BurstMark } from "./days.ts";
import { encodeHost } from "./paths.ts";

interface DayRow {
  readonly atLeast: number;
  readonly reported: number;
}

interface TroubleRow {
  readonly started_time: string;
  readonly command: string;
  readonly status: string;
  readonly message: string | null;
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.25rem 1.25rem .25rem 0;border-bottom:1px solid #8886}
.n{text-align:right}h2{overflow-wrap:anywhere}`;

/** The page as text; the same rows and files give the same page. */
export function indexPage(db: Db, files: readonly string[], tz: string, lang: string): string {
  const drops = dropsByDay(db, tz);
  const have = new Set(files);
  const hosts = [...hostsOf(db, drops, files)].sort((a, b) => (a < b ? -1 : 1));
  const body = [
    "<h1>conntrail: full connection-tracking tables</h1>",
    `<p>Days are those of ${html(tz)}. Packets are bounded from below by what was printed; what was reported`,
    "adds what the kernel says it kept back. A day that is not here had nothing to tell in the logs that were",
    "read: that is no proof of silence.</p>",
    ...troubles(db),
    ...hosts.flatMap((host) => hostTable(host, drops.get(host) ?? new Map(), have)),
    ...(hosts.length === 0 ? ["<p>Nothing has been told yet.</p>"] : []),
  ];
  return [
    "<!doctype html>",
    `<html lang="en" data-reports="${html(lang)}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>conntrail reports</title><style>${STYLE}</style></head>`,
    "<body>",
    ...body,
    "</body></html>",
    "",
  ].join("\n");
}

function dropsByDay(db: Db, tz: string): Map<string, Map<string, DayRow>> {
  const out = new Map<string, Map<string, DayRow>>();
  const add = (host: string, date: string, printed: number, hidden: number) => {
    const days = out.get(host) ?? new Map<string, DayRow>();
    out.set(host, days);
    const known = days.get(date) ?? { atLeast: 0, reported: 0 };
    days.set(date, { atLeast: known.atLeast + printed, reported: known.reported + printed + hidden });
  };
  const rows = statement(db, "drop_minutes").iterate() as Iterable<{
    host: string;
    minute_us: number;
    drop_lines: number;
    suppressed: number;
  }>;
  for (const row of rows) add(row.host, wall(row.minute_us, tz).date, row.drop_lines, row.suppressed);
  for (const mark of statement(db, "burst_marks").all() as BurstMark[]) {
    if (mark.start_us === null) add(mark.host, "no date", mark.drop_lines, mark.suppressed);
  }
  return out;
}

/** Hosts with drops, and hosts of the database that have a folder of reports. */
function hostsOf(db: Db, drops: ReadonlyMap<string, unknown>, files: readonly string[]): Set<string> {
  const folders = new Set(files.map((file) => file.split("/", 1)[0]));
  const known = statement(db, "report_hosts").all({ host: null }) as { name: string }[];
  return new Set([
    ...drops.keys(),
    ...known.map((row) => row.name).filter((name) => folders.has(encodeHost(name))),
  ]);
}

function hostTable(host: string, days: ReadonlyMap<string, DayRow>, have: ReadonlySet<string>): string[] {
  const folder = encodeHost(host);
  const written = [...have]
    .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(".html"))
    .map((path) => path.slice(folder.length + 1, -".html".length));
  const dates = [...new Set([...days.keys(), ...written])].sort().reverse();
  const rows = dates.map((date) => {
    const { atLeast, reported } = days.get(date) ?? { atLeast: 0, reported: 0 };
    return `<tr><th scope="row">${html(date)}</th><td class="n">${atLeast}</td><td class="n">${reported}</td><td>${links(folder, date, have)}</td></tr>`;
  });
  return [
    `<h2>${html(host)}</h2>`,
    '<table><thead><tr><th>day</th><th class="n">dropped, at least</th><th class="n">reported</th><th>report</th></tr></thead>',
    `<tbody>\n${rows.join("\n")}\n</tbody></table>`,
  ];
}

function links(folder: string, date: string, have: ReadonlySet<string>): string {
  return ["html", "md", "json"]
    .filter((extension) => have.has(`${folder}/${date}.${extension}`))
    .map((extension) => {
      // The folder's name has percent signs of its own.
      const address = `${encodeURIComponent(folder)}/${date}.${extension}`;
      return `<a href="${html(address)}">${extension}</a>`;
    })
    .join(" ");
}

function troubles(db: Db): string[] {
  const rows = statement(db, "runs_in_trouble").all() as TroubleRow[];
  if (rows.length === 0) return [];
  const items = rows.map(
    ({ started_time, command, status, message }) =>
      `<li>${html(started_time)}: ${html(command)} ${html(status)}${message === null ? "" : `: ${html(message)}`}</li>`,
  );
  return ["<h2>Runs that came to no good end</h2>", `<ul>\n${items.join("\n")}\n</ul>`];
}

function html(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
