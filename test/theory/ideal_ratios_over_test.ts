import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { idealRatiosOver } from "../../lib/theory/ideal_ratios_over.ts";
import { sensitivity } from "../../lib/charts/sensitivity.ts";
import { drawn } from "../../lib/ideal/mod.ts";

const fresh = { name: "one at a time, new", concurrency: 1, connections: "new" as const };
const kept = { name: "one at a time, kept", concurrency: 1, connections: "kept" as const };
const all = { name: "concurrent", concurrency: Infinity, connections: "kept" as const };
const paths = Array.from({ length: 30 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const config = { median: 45, sigma: 0.4, handshake: 119, capacity: Infinity };
const headline = { variants: [fresh, kept, all], baseline: fresh, paths, config };

Deno.test("over the handshake the ratios are those of the closed forms", () => {
  const rows = idealRatiosOver({ ...headline, over: "handshake", values: [0, 200], seeds: 3 });
  assertEquals(rows.map((row) => [row.x, row.series]), [
    [0, kept.name],
    [0, all.name],
    [200, kept.name],
    [200, all.name],
  ]);
  // Without set-up, reuse changes nothing.
  assertAlmostEquals(rows[0].ratio, 1, 1e-12);
  const logs = [1, 2, 3].map((seed) => {
    const sum = drawn(paths, seed, config).reduce((a, b) => a + b, 0);
    return Math.log((sum + 200) / (sum + 200 * 30));
  });
  assertAlmostEquals(rows[2].ratio, Math.exp((logs[0] + logs[1] + logs[2]) / 3), 1e-12);
  assertEquals([rows[2].parameter, rows[2].default], ["handshake h, ms", 119]);
});

Deno.test("more requests make overlap worth more, and the ends hold the middle", () => {
  const rows = idealRatiosOver({ ...headline, over: "requests", values: [1, 10, 100] })
    .filter((row) => row.series === all.name);
  assertAlmostEquals(rows[0].ratio, 1, 1e-12);
  assertLess(rows[2].ratio, rows[1].ratio);
  for (const row of rows.slice(1)) {
    assertLess(row.low, row.ratio);
    assertGreater(row.high, row.ratio);
  }
});

Deno.test("without spread all at once takes as long as one, so the ratio is 1/n without set-up", () => {
  const [row] = idealRatiosOver({
    ...{ variants: [kept, all], baseline: kept.name, paths, config: { ...config, handshake: 0 } },
    ...{ over: "sigma", values: [0], seeds: 2 },
  });
  assertAlmostEquals(row.ratio, 1 / 30, 1e-12);
  assertEquals([row.low, row.high].map((x) => Math.round(1 / x)), [30, 30]);
});

Deno.test("the rows are those that the chart of them takes", () => {
  const capacity = idealRatiosOver({ ...headline, over: "capacity", values: [1, 10, 30] });
  assertEquals(capacity[0].default, NaN);
  const handshake = idealRatiosOver({ ...headline, over: "handshake", values: [0, 100, 200] });
  const { description } = sensitivity([...capacity, ...handshake]);
  assertStringIncludes(description, "handshake h, ms: one at a time, kept from 1.00 at 0");
});

Deno.test("an option that makes no sense is named with its value", () => {
  const over = { over: "handshake" as const, values: [1] };
  const fails = (change: Record<string, unknown>, words: string) =>
    assertThrows(
      () =>
        idealRatiosOver(
          { ...headline, ...over, ...change } as Parameters<typeof idealRatiosOver>[0],
        ),
      Error,
      words,
    );
  fails({ over: "weather" }, `"requests", not "weather"`);
  fails({ values: [1, -1] }, "values[1] must be a whole number from 0 up, not -1");
  fails({ values: [1.5] }, "not 1.5");
  fails({ values: [] }, "values");
  fails({ over: "sigma", values: [Infinity] }, "not Infinity");
  fails({ baseline: "none" }, `or "concurrent", not "none"`);
  fails({ variants: [] }, "variants");
  fails({ paths: [] }, "paths");
  fails({ seeds: 0 }, "not 0");
});
