// What a source turned out to be once it was read, as its row has it.

import type { SourceEnd } from "./sink.ts";

export function endColumns(source_id: number, end: SourceEnd) {
  return {
    source_id,
    identity: end.identity,
    ...{ head: end.head, format: end.format, channel: end.channel, bytes: end.bytes, lines: end.lines },
    complete: end.complete ? 1 : 0,
    is_log: end.isLog ? 1 : 0,
    resume: end.resume === null ? null : JSON.stringify(end.resume),
    events_dated: end.eventsDated,
    line_years: end.lineYears === null ? null : JSON.stringify(end.lineYears),
  };
}
