import { assertEquals, assertGreater } from "@std/assert";
import { logScale } from "../../lib/charts/time_axis.ts";

Deno.test("a log axis over decades has 1, 2 and 5 of each", () => {
  assertEquals(logScale(0.03, 1, 1).values, [0.05, 0.1, 0.2, 0.5, 1]);
});

Deno.test("a log axis over many decades has the powers of ten alone", () => {
  assertEquals(logScale(0.001, 100, 1).values, [0.001, 0.01, 0.1, 1, 10, 100]);
});

Deno.test("a log axis with little between its ends has even steps, three at least", () => {
  assertEquals(logScale(0.85, 1.1, 1).values, [0.85, 0.9, 0.95, 1, 1.05, 1.1]);
  for (const [low, high] of [[0.97, 1.02], [3, 7], [0.6, 1.3], [140, 180]]) {
    assertGreater(logScale(low, high, 1.05).values.length, 2, `${low} to ${high}`);
  }
});
