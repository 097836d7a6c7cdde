/** The explorable figure: the same requests by several loops, moved by sliders. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { capital } from "../../lib/ground/words.ts";
import * as charts from "../../lib/charts/mod.ts";
import { renderSVG } from "../../lib/render/mod.ts";
import { looped, loopSamples } from "./gallery.ts";

const config = { handshake: 100, median: 40 };
const draws = [40, 60, 20, 80];

Deno.test("charts.loops at its defaults is the exact schedule of the draws", async () => {
  const rows = loopSamples(draws, config.handshake);
  const spec = charts.loops(rows, { variants: looped, config });
  // One after the other, a new connection each: 4 × 100 + 200. Kept: 100 + 200. All at once: 100 + 80.
  for (
    const [{ name }, ideal] of looped.map((each, i) => [each, [600, 300, 300, 180][i]] as const)
  ) {
    assertStringIncludes(spec.description, `, ideal ${ideal} ms`);
    assertStringIncludes(spec.description, `${capital(name)}: took `);
  }
  const svg = await renderSVG(spec);
  assertEquals(svg.match(/>ideal \d+ ms</g), [600, 300, 300, 180].map((ms) => `>ideal ${ms} ms<`));
});

Deno.test("charts.loops refuses what it cannot lay out, by name", () => {
  const rows = loopSamples(draws, config.handshake);
  const draw = (options: object) => () =>
    charts.loops(rows, { variants: looped, config, ...options });
  const pool = { ...looped[3], concurrency: 2 };
  assertThrows(
    draw({ variants: [pool] }),
    RangeError,
    "must have 1 or all requests in flight, not 2",
  );
  assertThrows(draw({ variants: [] }), RangeError, "charts.loops: variants must be a list");
  assertThrows(draw({ variants: [{ name: "a" }] }), TypeError, "variants[0] must be a variant");
  assertThrows(draw({ variants: [{ ...pool, name: "a" }] }), RangeError, 'no sample of "a"');
  assertThrows(
    draw({ config: { handshake: -1, median: 4 } }),
    RangeError,
    "config must be an origin's config",
  );
  assertThrows(draw({ config: undefined }), TypeError, "config must be");
});
