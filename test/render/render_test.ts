import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Resvg } from "resvg";
import { faces, FONT } from "../../lib/render/font.ts";
import {
  describeSpec,
  isSpec,
  renderPNG,
  renderSVG,
  type Spec,
  specData,
} from "../../lib/render/mod.ts";
import { layOut } from "../../lib/render/view.ts";

const spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  description: 'Times of "a" & <b>, $& and all.',
  title: "A title that is long enough to need a second line once the page is as narrow as a phone",
  width: 400,
  data: { values: [{ variant: "a", ms: 3 }, { variant: "b", ms: 4 }] },
  mark: { type: "bar", clip: true },
  encoding: { x: { field: "ms", type: "quantitative" }, y: { field: "variant" } },
};

const sizeOf = (svg: string) => Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)![1]);

Deno.test("render: text is as wide as the drawing library finds it with the same font", async () => {
  const { regular, bold } = await faces();
  for (const [face, weight] of [[regular, "normal"], [bold, "bold"]] as const) {
    for (const text of ["naive-await-in-loop took 7.19 s", "÷ ◇ ● ~ [0.031, 0.038] é", "lIiWM@…"]) {
      const drawing = new Resvg(
        `<svg xmlns="http://www.w3.org/2000/svg" width="999" height="99"><text x="0" y="60" ` +
          `font-family="${FONT}" font-weight="${weight}" font-size="40">|${text}|</text></svg>`,
        { font: { fontFiles: [regular.file, bold.file], loadSystemFonts: false } },
      );
      // Ink ends inside the last advance, and kerning only narrows.
      const ink = drawing.innerBBox()!.width, measured = 40 * face.width(`|${text}|`);
      assert(ink <= measured, `${text}: ${ink} is wider than ${measured}`);
      assert(measured - ink < 0.04 * measured + 20, `${text}: ${ink} is far from ${measured}`);
    }
  }
});

Deno.test("render: a picture has the pixels that its size and scale say", async () => {
  for (const scale of [1, 2]) {
    const { bytes, width, height } = await renderPNG(spec, { scheme: "light", scale });
    const header = new DataView(bytes.buffer, bytes.byteOffset);
    assertEquals(header.getUint32(0), 0x89504e47);
    assertEquals([header.getUint32(16), header.getUint32(20)], [scale * width, scale * height]);
  }
});

Deno.test("render: the same spec gives the same text, each rendering with ids of its own", async () => {
  const [light, again, dark] = await Promise.all([
    renderSVG(spec, { scheme: "light" }),
    renderSVG(spec, { scheme: "light" }),
    renderSVG(spec, { scheme: "dark" }),
  ]);
  assertEquals(light, again);
  const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  assert(ids(light).length > 0, "the clipped bars have a clip path");
  assertEquals(ids(light).filter((id) => ids(dark).includes(id)), []);
  for (const id of ids(light)) assert(light.includes(`url(#${id})`), `${id} is used`);
});

Deno.test("render: a spec that leads out of itself is refused, wherever it does", async () => {
  const link = "javascript:alert(1)";
  for (
    const [leading, words] of [
      [{ ...spec, encoding: { ...spec.encoding, href: { value: link } } }, "(href)"],
      [{ ...spec, mark: { type: "bar", href: link } }, "(href)"],
      [{ hconcat: [spec, { ...spec, mark: { type: "image", url: "x.png" } }] }, "(url)"],
      [{ ...spec, data: { url: "https://example.org/data.json" } }, "(url)"],
      [{ ...spec, usermeta: { narrow: { mark: { href: link } } } }, "(href)"],
      [{ ...spec, data: { sequence: { start: 0, stop: 1e9 } } }, "too many rows"],
    ] as const
  ) {
    const told = `a chart shows what is in its spec`;
    for (const draw of [renderSVG, renderPNG]) {
      const error = await assertRejects(() => draw(leading as Spec), RangeError, told) as Error;
      assert(error.message.includes(words), error.message);
    }
  }
  const named = { ...spec, data: { values: [{ variant: link, ms: 3, href: link, url: link }] } };
  assert((await renderSVG(named)).includes(link), "what data hold is only text");
});

Deno.test("render: a picture names itself for those who do not see it", async () => {
  const svg = await renderSVG(spec);
  assertMatch(svg, /^<svg role="graphics-document" aria-roledescription="visualization" /);
  assert(svg.includes('aria-label="Times of &quot;a&quot; &amp; &lt;b&gt;, $&amp; and all."'));
  assert(svg.includes('role="graphics-symbol"'), "marks keep their roles");
});

Deno.test("render: a width asked for is kept, with letters as large as before", async () => {
  for (const width of [343, 480, 800]) {
    assertAlmostEquals(sizeOf(await renderSVG(spec, { width })), width, 2);
  }
  const sizes = (svg: string) =>
    new Set([...svg.matchAll(/font-size="([^"]+)"/g)].map((m) => m[1]));
  assertEquals(sizes(await renderSVG(spec, { width: 343 })), sizes(await renderSVG(spec)));
});

Deno.test("render: what stands side by side is stacked where the page is narrow", async () => {
  const { title: _, ...view } = { ...spec, width: 300 };
  const both = { $schema: spec.$schema, hconcat: [view, view] };
  const wide = await renderSVG(both), narrow = await renderSVG(both, { width: 343 });
  assert(sizeOf(wide) > 600);
  assertAlmostEquals(sizeOf(narrow), 343, 2);
});

Deno.test("render: nothing is fetched and no file is read to draw a picture", async () => {
  const warnings: string[] = [];
  const url = new URL("../../deno.json", import.meta.url).href;
  const view = await layOut({ ...spec, data: { url } }, "light", (text) => warnings.push(text));
  view.finalize();
  assert(
    warnings.some((warning) => warning.includes("data are not in the spec")),
    String(warnings),
  );
});

Deno.test("render: a user's own config goes over the page's", async () => {
  const svg = await renderSVG({ ...spec, config: { background: "#123456" } }, { scheme: "dark" });
  assert(svg.includes('fill="#123456"'));
});

Deno.test("render: options that cannot be are refused by name and value", async () => {
  // deno-lint-ignore no-explicit-any
  const wrong = { scheme: "sepia" } as any;
  await assertRejects(() => renderSVG(spec, wrong), RangeError, "sepia");
  await assertRejects(() => renderSVG(spec, { width: 20 }), RangeError, "20");
  await assertRejects(() => renderPNG(spec, { scale: NaN }), RangeError, "NaN");
});

Deno.test("render: a spec without a description is described by its title, or says it has none", () => {
  assertEquals(describeSpec({ description: " What it shows. " }), "What it shows.");
  assertEquals(
    describeSpec({ title: { text: ["Two", "lines"], subtitle: "and more" } }),
    "Two lines — and more",
  );
  assertEquals(describeSpec({ mark: "bar" }), "A chart without a description.");
});

Deno.test("render: a spec is told from other objects", () => {
  assert(isSpec(spec));
  assert(isSpec({ data: { values: [] }, hconcat: [] }));
  assert(!isSpec({ mark: "a record with a mark" }));
  assert(!isSpec([spec]) && !isSpec("spec") && !isSpec(null));
});

Deno.test("render: a chart's data are read back, rows in CSV too", async () => {
  assertEquals(await specData(spec), [spec.data.values]);
  const csv = {
    values: 'variant,ms\n"a, b",1\nc,',
    format: { type: "csv", parse: { variant: "string", ms: "number" } },
  };
  const [rows] = await specData({ data: csv, mark: "bar" });
  assertEquals(rows.map((row) => ({ ...row })), [{ variant: "a, b", ms: 1 }, {
    variant: "c",
    ms: null,
  }]);
  assertEquals(await specData({ vconcat: [spec, spec] }), [spec.data.values, spec.data.values]);
});

Deno.test("render: a spec can say what it is like where the page is narrow", async () => {
  const said = { ...spec, usermeta: { narrow: { mark: { type: "point", clip: null } } } };
  assert(!(await renderSVG(said, { width: 600 })).includes("mark-symbol"));
  assert((await renderSVG(said, { width: 343 })).includes("mark-symbol"));
});
