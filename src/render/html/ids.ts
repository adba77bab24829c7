// Names of places in the page. Counted, never made from log text.

export const hostId = (host: number) => `host-${host + 1}`;
export const timelineId = (host: number) => `host-${host + 1}-timeline`;
export const burstId = (host: number, burst: number) => `host-${host + 1}-burst-${burst + 1}`;
export const burstRowId = (host: number, burst: number) => `host-${host + 1}-row-${burst + 1}`;
