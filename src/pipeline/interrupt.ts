// SIGINT and SIGTERM: what is half done is taken back and told, before the process ends.

import { constants } from "node:os";
import { UserError } from "../errors.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Does `work` unless a signal comes first; then `stop` is called at once, between two steps of the work, and the
 * promise is rejected. What is still under way is left to fail.
 * @throws UserError with exit code 128 + the signal's number.
 */
export async function interruptible<T>(work: () => Promise<T>, stop: (signal: string) => void): Promise<T> {
  let onSignal: NodeJS.SignalsListener = () => {};
  const stopped = new Promise<never>((_, reject) => {
    onSignal = (signal) => {
      const ended = new UserError(`interrupted by ${signal}: what was half read is taken back`, {
        hint: "the next run reads it again and loses nothing",
        exitCode: 128 + constants.signals[signal],
      });
      try {
        stop(signal);
      } finally {
        reject(ended);
      }
    };
  });
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
