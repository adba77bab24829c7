// A log excerpt as limiter records: just enough parsing for the tests of the analysis.

import type { LimiterRecord } from "../../src/analysis/windows-records.ts";
import type { NoticeForm } from "../../src/model/event.ts";

const LINE = /^\s*(?:<\d+>)?\[\s*(\d+\.\d+|\d+)\]\s?(?:\[[TC\s\d]+\] )?(?:(\d+)x )?(.*)$/;
const DROP =
  /(?:_conntrack: ){1,2}(?:CT (?<ct>\d+): )?table full(?: in netns (?<netns>\d+))?, dropping packet\.?$/;
const NOTICE =
  /^(?:(?<form>NET|printk|net_ratelimit)|__ratelimit): (?<count>\d+|\?+) (?<what>messages|callbacks) suppressed\.?$/;
const OTHER = /martian source|[Nn]eighbou?r table overflow|received packet on/;
const LOSS = /messages lost|missed \d+ kernel messages/;

export const FULL = "nf_conntrack: nf_conntrack: table full, dropping packet";

/** `count` drop lines 10 ms apart, as the kernel prints a window. */
export function drops(fromS: number, count: number, text = FULL): string {
  return Array.from({ length: count }, (_, i) => `[${(fromS + i / 100).toFixed(6)}] ${text}`).join("\n");
}

export function notice(atS: number, count: number, form = "net_ratelimit"): string {
  return `[${atS.toFixed(6)}] ${form}: ${count} callbacks suppressed`;
}

/** `[uptime] text` per line; `9x text` is a repeat of 9; an uptime without a fraction is good to a second. */
export function readLog(log: string): LimiterRecord[] {
  const records: LimiterRecord[] = [];
  for (const line of log.split("\n")) {
    const [, stamp, times, text] = LINE.exec(line) ?? [];
    if (stamp === undefined || text === undefined) continue;
    const blank = {
      atUs: Math.round(Number(stamp) * 1e6),
      resolutionUs: stamp.includes(".") ? 1 : 1_000_000,
      amount: Number(times ?? 1),
      netns: null,
      form: null,
      multi: 1,
      ref: records.length,
      ...(times === undefined ? {} : { repeat: true }),
    };
    const drop = DROP.exec(text)?.groups;
    const notice = NOTICE.exec(text)?.groups;
    if (drop !== undefined) records.push({ ...blank, kind: "drop", netns: drop.netns ?? drop.ct ?? null });
    else if (notice !== undefined) records.push({ ...blank, kind: "notice", ...told(notice) });
    else if (OTHER.test(text)) records.push({ ...blank, kind: "other" });
    else if (LOSS.test(text)) records.push({ ...blank, kind: "loss" });
  }
  return records;
}

function told({ form, count, what }: Record<string, string | undefined>) {
  const name = (form ?? `__ratelimit-${what}`) as NoticeForm;
  return { amount: count?.startsWith("?") ? null : Number(count), form: name };
}
