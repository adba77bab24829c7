// A source that is no log: samples, metrics, a dump of the table. Every reading goes to the stream of its host.

import type { Observation } from "../../model/observation.ts";
import type { SourceFacts } from "../../model/source.ts";
import { storeStamp } from "../../model/stored.ts";
import { createDocumentReader } from "../../observations/documents.ts";
import type { DumpShare, SourceSink } from "../../store/sink.ts";
import { keepSample } from "./marks-kept.ts";
import type { ProblemLog } from "./read-line.ts";
import type { Placed } from "./standing.ts";
import { createStreamTracker, NAMELESS } from "./streams.ts";

/** Reads a whole document. Returns how many readings it held. */
export async function takeDocument(
  id: string,
  chunks: AsyncIterable<Uint8Array>,
  facts: SourceFacts,
  sink: SourceSink,
  problems: ProblemLog,
): Promise<number> {
  const reader = createDocumentReader(id, facts);
  const tracker = createStreamTracker(sink, problems);
  let count = 0;
  let last: Placed | null = null;
  const take = (found: readonly Observation[]) => {
    for (const one of found) {
      count++;
      const stamp = storeStamp(one.stamp, 0);
      const header = { host: one.host, uptimeUs: one.uptimeUs, bootId: null, atUs: stamp.stamp_us };
      last = tracker.place(header, count, false, null);
      if (one.kind !== "uptime") sink.observation(last.streamId, stamp, last.uptimeUs, one);
      else keepSample(sink, last, stamp, count, one);
    }
  };
  for await (const chunk of chunks) take(reader.push(chunk));
  take(reader.end());
  const dump = reader.occupancy();
  if (dump !== null) {
    last ??= tracker.place(NAMELESS, 1, false, null);
    const shares: DumpShare[] = [
      ...dump.byProtoState.map((share) => ({ facet: "state" as const, ...share })),
      ...dump.bySource.map((share) => ({ facet: "source" as const, ...share })),
      ...dump.byDestPort.map((share) => ({ facet: "port" as const, ...share })),
    ];
    sink.dump(last.streamId, dump.total, dump.exact, shares);
  }
  tracker.end();
  problems.addAll(reader.problems());
  return count;
}
