// What the kernel, and whoever read it, put in front of a message: a second colon, a level, the uptime, the caller.

import { SECOND_US } from "../model/units.ts";
import { readPri } from "./priority.ts";

export interface KernelText {
  readonly uptimeUs: number | null;
  /** The level an old klogd left in the text (`<6>`), or null. */
  readonly priority: number | null;
  readonly text: string;
}

// linux kernel/printk/printk.c, print_time: "[%5lu.%06lu]"; print_caller: "[%6s]" with T<pid> or C<cpu>.
// Vendor kernels write the CPU into the brackets, as Amlogic's `[    8.482359@0]` and Motorola's `[    8.482359,0]`, or
// behind them: MediaTek's state, CPU, process and its name `[    0.161563] .(0)[1:swapper/0]`, Samsung's CPU, name and
// process `[0:  swapper/0:    0]`, Qualcomm's CPU and process `c0   1234`, Spreadtrum's CPU alone, HiSilicon's unit of
// the uptime, process, CPU and name `[    0.161563s][pid:1,cpu0,swapper/0]`.
// RHEL 6's rsyslog writes `kernel: : [...]`, relays that add their own tag write `kernel: kernel: [...]`.
// Fewer than six digits are what a poster or a relay left of an uptime: too little to tell windows of the limiter by.
const HEAD =
  /^ *(?:: |kernel: )?(?:<(\d{1,3})>)? *(?:\[ *(\d{1,10})\.(\d{1,6})(?:s|[@,] ?\d{1,3})?\](?: ?\[ *[TC]\d{1,10}\](?: {0,2}\[\d{1,2}: {0,16}[^\]:]{1,16}: {0,8}\d{1,7}\])?| ?\[pid:\d{1,7},cpu\d{1,2},[^\]]{1,32}\]| {0,2}\[\d{1,2}: {0,16}[^\]:]{1,16}: {0,8}\d{1,7}\]| c\d(?: {1,6}\d{1,7})?(?= )| ?[ .*-]?\([\da-f]{1,2}\)\[\d{1,7}:[^\]]{1,16}\])? ?)?/;

export function readKernelText(text: string): KernelText {
  const match = HEAD.exec(text);
  if (match === null) return { uptimeUs: null, priority: null, text };
  const [head, pri, seconds, micros] = match;
  return {
    uptimeUs: seconds === undefined || micros?.length !== 6 ? null : uptimeUs(seconds, micros),
    priority: readPri(pri),
    text: text.slice(head.length),
  };
}

/** Uptime as written; null where it is beyond what can be counted exactly. */
export function uptimeUs(seconds: string, micros: string): number | null {
  const us = Number(seconds) * SECOND_US + Number(micros);
  return Number.isSafeInteger(us) ? us : null;
}
