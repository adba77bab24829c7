// SIGINT and SIGTERM: what is half done is taken back and told, before the process ends.

import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";
import { UserError } from "../errors.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

interface Work {
  readonly stop: (signal: string) => void;
  readonly reject: (error: UserError) => void;
}

/** What can be stopped now, outermost first. */
const working: Work[] = [];
let holders = 0;

/**
 * Keeps signals from ending the process while `work` goes on, which puts its house in order itself: work within it
 * that is interruptible is stopped, and what comes after that (closing the database) is not.
 */
export async function holdingSignals<T>(work: () => Promise<T>): Promise<T> {
  if (holders++ === 0) for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    if (--holders === 0) for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

/**
 * Does `work` unless a signal comes first; then `stop` is called at once, between two steps of the work, and the
 * promise is rejected. What is still under way is left to fail. A signal that comes while a step keeps the process
 * busy waits for the end of the step, the last one included.
 * @throws UserError with exit code 128 + the signal's number.
 */
export function interruptible<T>(work: () => Promise<T>, stop: (signal: string) => void): Promise<T> {
  return holdingSignals(async () => {
    let reject: Work["reject"] = () => {};
    const stopped = new Promise<never>((_, no) => {
      reject = no;
    });
    const own: Work = { stop, reject };
    working.push(own);
    try {
      return await Promise.race([letThrough(work), stopped]);
    } finally {
      working.splice(working.indexOf(own), 1);
    }
  });
}

/**
 * Signals that waited are delivered in the event loop's next whole turn: the first may be what is left of the turn in
 * which the work ended, behind the place where it asks for them.
 */
async function letThrough<T>(work: () => Promise<T>): Promise<T> {
  const result = await work();
  await setImmediate();
  await setImmediate();
  return result;
}

function onSignal(signal: NodeJS.Signals): void {
  const ended = new UserError(`interrupted by ${signal}: what was half read is taken back`, {
    hint: "the next run reads it again and loses nothing",
    exitCode: 128 + constants.signals[signal],
  });
  try {
    working.at(-1)?.stop(signal);
  } finally {
    for (const { reject } of working) reject(ended);
  }
}
