/** Specs that a reader makes: by hand, or of the lab's charts, edited, layered and side by side. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assert,
  assertEquals,
  assertGreater,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import pl from "nodejs-polars";
import * as charts from "../../lib/charts/mod.ts";
import { isSpec, renderSVG, type Spec } from "../../lib/render/mod.ts";
import { PAGES } from "../../lib/render/pages.ts";
import { NEUTRAL } from "../../lib/render/theme.ts";
import { gallery, growth } from "../charts/gallery.ts";
import { stored } from "./stored.ts";

const byHand = {
  data: { values: [{ wait: 1, times: 2, who: "a" }, { wait: 3, times: 5, who: "b" }] },
  mark: "bar",
  encoding: {
    x: { field: "wait", type: "quantitative" },
    y: { field: "times", type: "quantitative" },
    color: { field: "who" },
  },
};

Deno.test("show: a spec made by hand has the lab's letters, lines and colours, light and dark", async () => {
  const { config } = await stored(byHand);
  const { font, axis, range } = config as Record<string, Record<string, unknown>>;
  assertEquals([axis.domain, range.category], [false, NEUTRAL.variants]);
  assertEquals(config, (gallery.times as Spec).config, "as the lab's own charts have it");
  assertStringIncludes(String(font), "sans-serif");
  for (const scheme of ["light", "dark"] as const) {
    const svg = await renderSVG(await stored(byHand), { scheme });
    const [first, second] = PAGES[scheme].palette.variants;
    assert(svg.includes(first) && svg.includes(second), `${scheme} has its own colours`);
    assert(!svg.includes(NEUTRAL.variants[0]), `${scheme} has none for any page`);
    assertEquals(svg, await renderSVG(byHand, { scheme }), "shown or not, it is drawn the same");
  }
});

Deno.test("show: what a spec's own config says goes over the lab's", async () => {
  const config = { mark: { color: "#123456" }, axis: { domain: true }, font: "Georgia" };
  const { color: _, ...encoding } = byHand.encoding;
  const own = await stored({ ...byHand, encoding, config });
  assertEquals((own.config!.axis as Record<string, unknown>).domain, true);
  assertEquals(own.config!.font, "Georgia");
  for (const scheme of ["light", "dark"] as const) {
    assertStringIncludes(await renderSVG(own, { scheme }), 'fill="#123456"');
  }
});

Deno.test("show: charts stand below and beside each other, and keep their colours", async () => {
  const { times, ratios, scaling } = gallery;
  for (const spec of [{ vconcat: [times, ratios] }, { hconcat: [scaling, times] }]) {
    assert(isSpec(spec));
    const shown = await stored(spec);
    assertEquals(shown.config, times.config);
    for (const scheme of ["light", "dark"] as const) {
      const colors = (await renderSVG(times, { scheme })).match(/#[0-9a-f]{6}/g);
      const together = await renderSVG(shown, { scheme });
      for (const color of new Set(colors)) assert(together.includes(color), `${scheme}: ${color}`);
    }
  }
});

Deno.test("show: a chart of the lab takes a layer, a title and an axis of one's own", async () => {
  const { layer, encoding } = gallery.scaling as Spec & {
    layer: unknown[];
    encoding: { x: object };
  };
  const rule = { mark: { type: "rule", color: "#ff00aa" }, encoding: { y: { datum: 400 } } };
  const spec = {
    ...gallery.scaling,
    title: "My own",
    layer: [...layer, rule],
    encoding: { ...encoding, x: { ...encoding.x, axis: { title: "my axis" } } },
  };
  const svg = await renderSVG(await stored(spec));
  for (const text of ["#ff00aa", ">My own<", ">my axis<"]) assertStringIncludes(svg, text);
  // A chart with a plot a variant takes it in each plot.
  const { spec: inner } = gallery.times as unknown as { spec: { layer: unknown[] } };
  const line = { mark: { type: "rule", color: "#ff00aa" }, encoding: { x: { datum: 1000 } } };
  const lined = { ...gallery.times, spec: { ...inner, layer: [...inner.layer, line] } };
  assertStringIncludes(await renderSVG(await stored(lined)), "#ff00aa");
});

Deno.test("show: an edited chart leaves the others as they were", () => {
  const draw = () => charts.scaling(growth);
  const [edited, untouched] = [draw(), JSON.stringify(draw())];
  // Everything that can be reached, as somebody might who tries things out.
  const spoil = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      spoil(inner);
      if (typeof inner !== "object") (value as Record<string, unknown>)[key] = "spoilt";
    }
  };
  spoil(edited);
  assertEquals(JSON.stringify(draw()), untouched);
});

for (const [name, chart] of Object.entries(gallery)) {
  Deno.test(`show: charts.${name} stands above itself, and beside another`, async () => {
    const words = async (spec: Spec) => (await renderSVG(spec)).match(/>[^<]*[a-z][^<]*</g)!.length;
    const shown = await stored({ vconcat: [chart, { hconcat: [chart, byHand] }] });
    assertGreater(await words(shown), 2 * await words(chart), "both of it, and the other");
  });
}

Deno.test("show: sliders of charts that stand together are the whole's, and two of a name agree", async () => {
  const names = (params: unknown) => (params as { name: string }[]).map(({ name }) => name);
  const { vconcat, params } = await stored({ vconcat: [gallery.loops, gallery.loops] });
  assertEquals(names(params), names(gallery.loops.params));
  assert((vconcat as Spec[]).every((view) => names(view.params).length === 0));
  const other = structuredClone(gallery.loops);
  other.params[0].value += 1;
  await assertRejects(
    () => stored({ vconcat: [gallery.loops, other] }),
    RangeError,
    `two of these charts have a slider "${other.params[0].name}"`,
  );
});

Deno.test("show: what is chosen within a plot stays that plot's", async () => {
  const brush = { name: "brush", select: "interval" };
  const { vconcat } = await stored({ vconcat: [{ ...byHand, params: [brush] }, byHand] });
  assertEquals((vconcat as Spec[])[0].params, [brush]);
});

Deno.test("show: a layer that is a chart of several plots is refused in a sentence", async () => {
  const rule = { mark: "rule", encoding: { y: { datum: 3 } } };
  for (const chart of [gallery.times, gallery.costs]) {
    const error = await assertRejects(() => stored({ layer: [chart, rule] }), TypeError);
    assertEquals(
      error.message,
      "Vega-Lite cannot draw this chart: a layer is one plot, and one of these is a chart of " +
        "several; add layers to its spec, or stack the charts in vconcat",
    );
  }
  await stored({ layer: [gallery.scaling, rule] });
});

Deno.test("show: in a spec a frame stands where rows do, its big numbers and times too", async () => {
  const frame = pl.DataFrame({
    at: [new Date("2024-03-10T02:30:00Z"), null],
    bytes: pl.Series("bytes", [1, 2]).cast(pl.Int64),
  });
  const encoding = { x: { field: "at", type: "temporal" }, y: { field: "bytes" } };
  const { data } = await stored({ data: { values: frame }, mark: "point", encoding });
  assertEquals(data, {
    values: [{ at: "2024-03-10T02:30:00.000Z", bytes: 1 }, { at: null, bytes: 2 }],
  });
});
