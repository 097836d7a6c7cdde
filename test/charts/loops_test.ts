/** The explorable figure: the same requests by several loops, moved by sliders. */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as charts from "../../lib/charts/mod.ts";
import { renderSVG } from "../../lib/render/mod.ts";
import { needs } from "../needs.ts";
import { launchChromium } from "../press/browser.ts";
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
    assertStringIncludes(spec.description, `${name}: took `);
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
  assertThrows(draw({ requests: 5 }), RangeError, "requests must be a whole number from 1 to 4");
});

/**
 * What JupyterLab draws with. Read in a process of its own: beside the lab's Vega 6, a Vega 5 would
 * be in the tests' lockfile, and in all their warnings.
 */
async function scripts(): Promise<string[]> {
  const code = `
    import vega from "npm:vega@5.33.1/build/vega.min.js" with { type: "text" };
    import lite from "npm:vega-lite@5.23.0/build/vega-lite.min.js" with { type: "text" };
    import embed from "npm:vega-embed@6.24.0/build/vega-embed.min.js" with { type: "text" };
    console.log(JSON.stringify([vega, lite, embed]));`;
  const args = ["eval", "--quiet", "--no-config", "--no-lock", code];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Left, top, width and height of every bar, panel by panel. */
type Panels = number[][][];

const PANELS = `[...document.querySelectorAll("#chart svg g.cell > g")].map((panel) =>
  [...panel.querySelectorAll('[aria-roledescription="bar"]')].map((bar) => {
    const { x, y, width, height } = bar.getBBox();
    return [x, y, width, height].map((each) => Math.round(each * 100) / 100);
  })
).filter((bars) => bars.length > 0)`;

needs("chromium")(
  "charts.loops: sliders move every panel, in Chromium through vega-embed",
  async () => {
    const spec = charts.loops(loopSamples(draws, config.handshake), { variants: looped, config });
    await using browser = await launchChromium();
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => faults.push(message.text()));
    await page.setContent(`<div id="chart"></div>`);
    for (const content of await scripts()) await page.addScriptTag({ content });
    const drawing = `vegaEmbed("#chart", ${JSON.stringify(spec)}, { renderer: "svg" })`;
    await page.evaluate(`${drawing}.then(({ view }) => { globalThis.chart = view; })`);
    const slider = (label: string) => page.locator("label", { hasText: label }).locator("input");
    const set = async (label: string, value: number) => {
      await slider(label).fill(String(value));
      await page.evaluate("chart.runAsync().then(() => {})");
    };
    const panels = () => page.evaluate(PANELS) as Promise<Panels>;
    const ideals = () => page.locator("#chart svg text", { hasText: /^ideal/ }).allTextContents();
    const before = await panels();
    assertEquals(before.length, 4);
    assertEquals(before[1], before[2], "naive and sequential on a kept connection are one picture");
    assert(JSON.stringify(before[0]) !== JSON.stringify(before[1]));
    assertEquals(await ideals(), ["ideal 600 ms", "ideal 300 ms", "ideal 300 ms", "ideal 180 ms"]);

    await set("set-up of a connection", 10);
    assertEquals(await ideals(), ["ideal 240 ms", "ideal 210 ms", "ideal 210 ms", "ideal 90 ms"]);
    const after = await panels();
    for (const [i, panel] of after.entries()) {
      assert(JSON.stringify(panel) !== JSON.stringify(before[i]), `panel ${i} moved`);
    }
    await set("median answer", 80);
    assertEquals(await ideals(), ["ideal 440 ms", "ideal 410 ms", "ideal 410 ms", "ideal 170 ms"]);

    await set("set-up of a connection", 0);
    const [fresh, kept, naive] = await panels();
    assertEquals(fresh, kept, "without set-up, a new connection costs nothing");
    assertEquals(kept, naive);

    await set("requests", 2);
    assertEquals(await ideals(), ["ideal 200 ms", "ideal 200 ms", "ideal 200 ms", "ideal 120 ms"]);
    assertEquals(
      (await panels()).map((bars) => bars.length),
      [4, 4, 4, 4],
      "two bars of two parts",
    );
    assertEquals(faults, []);
  },
);
