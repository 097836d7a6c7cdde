// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { dispatchSample, emptySamples } from "../../lib/trial/samples.ts";

Deno.test("a row dispatched holds what is known by then; the rest is unknown, in every column", () => {
  const samples = emptySamples();
  const request = { path: "/a", k: 2, planned: 10, start: 11, attempt: 1 };
  assertEquals(dispatchSample(samples, request), 0);
  assertEquals(dispatchSample(samples, { ...request, path: "/b" }), 1);
  const { path, k, planned, start, attempt, status, bytes, error, ...unknown } = samples;
  assertEquals([path, k, planned, start, attempt], [["/a", "/b"], [2, 2], [10, 10], [11, 11], [
    1,
    1,
  ]]);
  assertEquals([status, bytes, error], [[0, 0], [0, 0], ["", ""]]);
  for (const column of Object.values(unknown)) assertEquals(column, [NaN, NaN]);
});
