/** Scales and ticks. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertGreater } from "@std/assert";
import { logTicks, numberAxis, ratioAxis, ticksAt, timeAxis } from "../../lib/charts/axes.ts";

Deno.test("a log axis over decades has 1, 2 and 5 of each", () => {
  assertEquals(logTicks(0.008, 1), [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
});

Deno.test("a log axis over little more than one has 3 and 7 too, so that its ends are labelled", () => {
  assertEquals(logTicks(6.1, 80), [7, 10, 20, 30, 50, 70]);
});

Deno.test("a log axis over many decades has the powers of ten alone", () => {
  assertEquals(logTicks(0.001, 100), [0.001, 0.01, 0.1, 1, 10, 100]);
});

Deno.test("a log axis with little between its ends has even steps, three at least", () => {
  assertEquals(logTicks(0.85, 1.1), [0.85, 0.9, 0.95, 1, 1.05, 1.1]);
  for (const [low, high] of [[0.97, 1.02], [3, 7], [0.6, 1.3], [140, 180]]) {
    assertGreater(logTicks(low, high).length, 2, `${low} to ${high}`);
  }
});

Deno.test("an axis is linear from 0 until the largest is twenty times the smallest", () => {
  assertEquals(numberAxis("y", [50, 90]).on.scale.domain[0], 0);
  assertEquals([[5, 100], [5, 101], [0, 101]].map((values) => numberAxis("y", values).log), [
    false,
    true,
    false,
  ]);
  assertEquals(numberAxis("y", [5, 1000], { log: false }).log, false);
  assertEquals(numberAxis("y", [5, 6], { log: true }).log, true);
});

Deno.test("an axis of time says its unit, and an axis of ratios has 1 on it", () => {
  assertEquals(timeAxis("time", [1999]).axis.title, "time, ms");
  assertEquals(timeAxis("time", [NaN, 2000]).axis.title, "time, s");
  const [low, high] = ratioAxis("÷ ours", [0.2, 0.5]).on.scale.domain;
  assertEquals([low < 0.2, high > 1], [true, true]);
});

Deno.test("ticks stand at the data, the last one surely, as far as labels have room", () => {
  const values = [1, 2, 5, 10, 20, 50, 100];
  assertEquals(ticksAt(values, numberAxis("x", values), 400), values);
  assertEquals(ticksAt(values, numberAxis("x", values, { log: false }), 250), [5, 20, 50, 100]);
  assertEquals(ticksAt([3, 3], numberAxis("x", [3]), 400), [3]);
});
