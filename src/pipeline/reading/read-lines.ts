// A log of lines: those that may matter are taken, and where nothing is in the air a point is noted from which the
// reading can be gone on with once the log has grown.

import { BORDER_BYTES, type Identity, type IdentityState } from "../../evidence/identity.ts";
import type { LineOptions } from "../../lines/options.ts";
import { scan } from "../../lines/scan.ts";
import { MESSAGE_NEEDLES } from "../../messages/recognise.ts";
import type { ByteStream } from "../../model/bytes.ts";
import type { Line } from "../../model/line.ts";
import type { Problem } from "../../model/problem.ts";
import { OBSERVATION_NEEDLES } from "../../observations/needles.ts";
import type { Observer } from "../../observations/observer.ts";
import type { ResumePoint } from "../../store/sink.ts";
import type { LaneState, LineLane } from "./line-lane.ts";
import { CLOCK_NEEDLES, CLOCK_TEXT_NEEDLES } from "./marks.ts";
import type { ProblemLog } from "./read-line.ts";
import type { StreamState, StreamTracker } from "./streams.ts";
import type { LineTaker, TakerState } from "./take-lines.ts";

/** A longer line is passed over with a problem. */
const MAX_LINE_BYTES = 1 << 20;
/** Points are noted near the end only: the last one is wanted. */
export const POINTS_WITHIN_BYTES = 1 << 20;

const NEEDLES = [...new Set([...MESSAGE_NEEDLES, ...OBSERVATION_NEEDLES, ...CLOCK_TEXT_NEEDLES])];

/** Raised with every change of what is kept or of what it means: an older state is read anew. */
export const STATE_VERSION = 5;

/** What a resume point knows of its source. */
export interface ReadState {
  readonly version: number;
  readonly identity: IdentityState;
  readonly lane: LaneState;
  readonly taker: TakerState;
  readonly streams: readonly StreamState[];
  readonly problems: readonly Problem[];
}

export interface LinesInput {
  readonly bytes: ByteStream;
  readonly everyLine: boolean;
  /** Line that the bytes begin with: offset of its first byte, and its number. */
  readonly start: { readonly offset: number; readonly line: number };
  /** Offset from which on points are noted; infinite: none. */
  readonly pointsFrom: number;
  readonly lane: LineLane;
  readonly taker: LineTaker;
  readonly tracker: StreamTracker;
  readonly observer: Observer;
  readonly identity: Identity;
  readonly problems: ProblemLog;
}

export interface LinesRead {
  readonly lines: number;
  readonly resume: ResumePoint | null;
}

/** Reads to the end. */
export async function readLines(input: LinesInput): Promise<LinesRead> {
  const { lane, problems } = input;
  const reading = scan(input.bytes, lineOptions(input));
  let resume: ResumePoint | null = null;
  let stretch = Math.floor(input.start.offset / BORDER_BYTES);
  let wanted = false;
  const take = (line: Line) => {
    const own = Math.floor(line.offset / BORDER_BYTES);
    if (own > stretch) {
      stretch = own;
      wanted = line.offset >= input.pointsFrom;
    }
    // Where something goes on across a border, the next line may do.
    if (wanted) {
      const point = pointAt(line, own * BORDER_BYTES, input);
      wanted = point === null;
      resume = point ?? resume;
    }
    lane.see(line);
  };
  for await (const batch of reading.batches) for (const line of batch) take(line);
  lane.end();
  const summary = reading.summary();
  problems.addAll(summary.problems);
  // Where lines were passed over, how many of them stood before a point is not known.
  return { lines: summary.lines, resume: summary.problems.length === 0 ? resume : null };
}

/** A point noted where streams went by other numbers. */
export function withStreamIds(point: ResumePoint, idOf: (streamId: number) => number): ResumePoint {
  const state = point.state as ReadState;
  const streams = state.streams.map((stream) => ({ ...stream, streamId: idOf(stream.streamId) }));
  return { ...point, streamIds: streams.map((one) => one.streamId), state: { ...state, streams } };
}

/** The point before a line that begins behind `border`; null where something goes on across it. */
function pointAt(line: Line, border: number, input: LinesInput): ResumePoint | null {
  const lane = input.lane.rest();
  const taker = lane === null ? null : input.taker.rest(line.number);
  if (lane === null || taker === null) return null;
  const identity = input.identity.stateAt(border);
  const streams = input.tracker.state();
  if (identity === null || streams === null) return null;
  const problems = [...input.problems.all().map((one) => ({ ...one })), ...input.observer.problems()];
  const state: ReadState = { version: STATE_VERSION, identity, lane, taker, streams, problems };
  return { offset: line.offset, line: line.number, streamIds: streams.map((one) => one.streamId), state };
}

function lineOptions({ everyLine, start }: LinesInput): LineOptions {
  return {
    needles: NEEDLES,
    clockNeedles: CLOCK_NEEDLES,
    everyLine,
    waymarkBytes: BORDER_BYTES,
    maxLineBytes: MAX_LINE_BYTES,
    startOffset: start.offset,
    startLine: start.line,
  };
}
