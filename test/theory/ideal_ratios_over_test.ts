// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assertAlmostEquals,
  assertEquals,
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
  const rows = idealRatiosOver({ ...headline, over: "handshake", values: [0, 200] });
  assertEquals(rows.map((row) => [row.x, row.series]), [
    [0, kept.name],
    [0, all.name],
    [200, kept.name],
    [200, all.name],
  ]);
  // Without set-up, reuse changes nothing.
  assertAlmostEquals(rows[0].ratio, 1, 1e-12);
  const logs = Array.from({ length: 100 }, (_, i) => {
    const sum = drawn(paths, i + 1, config).reduce((a, b) => a + b, 0);
    return Math.log((sum + 200) / (sum + 200 * 30));
  });
  assertAlmostEquals(rows[2].ratio, Math.exp(logs.reduce((a, b) => a + b, 0) / 100), 1e-12);
  assertEquals([rows[2].parameter, rows[2].default], ["handshake h, ms", 119]);
});

Deno.test("more requests make overlap worth more", () => {
  const rows = idealRatiosOver({ ...headline, over: "requests", values: [1, 10, 100] })
    .filter((row) => row.series === all.name);
  assertAlmostEquals(rows[0].ratio, 1, 1e-12);
  assertLess(rows[2].ratio, rows[1].ratio);
});

Deno.test("without spread all at once takes as long as one, so the ratio is 1/n without set-up", () => {
  const [row] = idealRatiosOver({
    ...{ variants: [kept, all], baseline: kept, paths, config: { ...config, handshake: 0 } },
    ...{ over: "sigma", values: [0] },
  });
  assertAlmostEquals(row.ratio, 1 / 30, 1e-12);
});

Deno.test("the rows are those that the chart of them takes", () => {
  const spread = idealRatiosOver({ ...headline, over: "sigma", values: [0, 1] });
  const handshake = idealRatiosOver({ ...headline, over: "handshake", values: [0, 100, 200] });
  const { description, title } = sensitivity([...spread, ...handshake]);
  assertStringIncludes(description, "Handshake h, ms: one at a time, kept from 1.00 at 0");
  assertStringIncludes(title.subtitle[0], `Each ideal ÷ ${headline.baseline.name}’s`);
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
  fails(
    { baseline: "none" },
    `baseline must be a variant, such as variant(strategy, keptAlive), not "none"`,
  );
  fails({ variants: [] }, "variants");
  fails({ paths: [] }, "paths");
  fails({ over: "sigma", values: [1], config: { ...config, replay: {} } }, "of a replay");
});
