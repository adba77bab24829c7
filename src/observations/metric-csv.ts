// Two columns, a time and a value: what the value measures stands only in the path. collectd's csv plugin
// writes a file for each type and day below the host's name; Zabbix exports one for each item.

import { BAD_ROW, type CsvForm, createCsvReader } from "./csv-reader.ts";
import { epochStamp } from "./dates.ts";
import type { CreateReader } from "./document.ts";
import { wholeNumber } from "./draft.ts";
import { type KeyMeaning, resolveKey } from "./keys.ts";

interface Series {
  readonly meaning: KeyMeaning | null;
  readonly host: string | null;
}

/** `<host>/conntrack/conntrack-2021-03-10`, `.../conntrack-max-2021-03-10` (collectd types.db). */
function collectdSeries(path: string): Series {
  const match = /(?:^|([^/]+)\/)conntrack\/conntrack(-max)?(?:-\d{4}-\d\d-\d\d)?(?:\.csv)?$/.exec(path);
  const [, host = null, max] = match ?? [];
  const name = max === undefined ? "count" : "max";
  return { meaning: match === null ? null : resolveKey(`net.netfilter.nf_conntrack_${name}`), host };
}

function zabbixSeries(path: string): Series {
  const name = /conntrack[._-]?(count|max)/i.exec(path)?.[1]?.toLowerCase();
  return {
    meaning: name === undefined ? null : resolveKey(`net.netfilter.nf_conntrack_${name}`),
    host: null,
  };
}

function metricForm(origin: string, time: string, series: Series): CsvForm {
  return {
    origin,
    mark: time,
    isHeader: (names) => names.includes(time) && names.includes("value"),
    readRow(row) {
      const stamp = epochStamp(row.get(time) ?? "");
      const value = row.get("value");
      if (stamp === null) return BAD_ROW;
      // collectd writes `nan` for an interval without a reading.
      const none = series.meaning === null || value === undefined || /^-?nan$|^U$/i.test(value);
      const drafts = none || series.meaning === null ? [] : [{ ...series.meaning, value: value ?? "" }];
      const good = none || wholeNumber(value) !== null;
      return { drafts, stamp, uptimeUs: null, host: row.get("host") ?? series.host, netns: null, good };
    },
  };
}

export const createCollectdReader: CreateReader = (origin, facts) =>
  createCsvReader(
    metricForm(origin, "epoch", collectdSeries(facts.member ?? facts.path)),
    facts.netns ?? null,
  );

export const createZabbixReader: CreateReader = (origin, facts) =>
  createCsvReader(metricForm(origin, "clock", zabbixSeries(facts.member ?? facts.path)), facts.netns ?? null);
