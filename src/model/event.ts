// What a log line can mean here, and how the limiter words its notices.

export type EventKind =
  | "drop"
  | "suppression"
  | "suppression_other"
  | "limiter_other"
  | "limit_exceeded"
  | "expectation_full"
  | "loss"
  | "boot"
  | "limit_change"
  | "logger_stop"
  | "logger_start"
  | "clock";

/** Wording of a suppression notice; it tells the limiter's family. */
export type NoticeForm =
  | "NET"
  | "printk"
  | "__ratelimit-messages"
  | "__ratelimit-callbacks"
  | "net_ratelimit";
