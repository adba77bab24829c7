// Lengths of time in microseconds.

export const SECOND_US = 1_000_000;
export const MINUTE_US = 60_000_000;
