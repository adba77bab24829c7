import { describe, expect, it } from "vitest";
import { bucketBytes, mebibytes, parseSize, size } from "../../src/analysis/sizing.ts";

describe("the worked example of the contract", () => {
  it("65536 entries of 228 bytes take 14.25 MiB; 20 MiB hold 91980", () => {
    const found = size(65536, 228, 20 * 1024 * 1024);
    expect(found.memoryBytes).toBe(14942208);
    expect(mebibytes(found.memoryBytes ?? 0)).toBe("14.25 MiB");
    expect(found.entriesFor?.entries).toBe(91980);
  });
  it("tells the hash table beside it", () => {
    expect(bucketBytes(8192)).toEqual({ pointer: 65536, pair: 131072 });
  });
  it("reads sizes as people write them", () => {
    expect(parseSize("20MiB")).toBe(20971520);
    expect(parseSize("1.5g")).toBe(1610612736);
    expect(parseSize("4096")).toBe(4096);
    expect(parseSize("much")).toBeNull();
  });
});
