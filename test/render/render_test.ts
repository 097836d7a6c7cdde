// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Resvg } from "resvg";
import { faces, FONT } from "../../lib/render/font.ts";
import { plainSpec } from "../../lib/render/plain_spec.ts";
import {
  describeSpec,
  fitWidth,
  isSpec,
  renderPNG,
  renderSVG,
  type Spec,
} from "../../lib/render/mod.ts";

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

Deno.test("render: marks outside of the picture do no harm to it, whatever blends or clips them", async () => {
  const outside = (mark: object, extra: object = {}): Spec => ({
    width: 100,
    height: 50,
    // Otherwise the picture grows until all is in it.
    autosize: "none",
    data: { values: [{ x: 5, y: 900 }, { x: 900, y: 5 }, { x: -900, y: 900 }] },
    mark,
    encoding: {
      x: { field: "x", type: "quantitative", scale: { domain: [0, 10], nice: false } },
      y: { field: "y", type: "quantitative", scale: { domain: [0, 10], nice: false } },
      ...extra,
    },
  } as unknown as Spec);
  const dot = `data:image/png;base64,${(await renderPNG(spec, { scale: 1 })).bytes.toBase64()}`;
  for (
    const [i, chart] of [
      outside({ type: "circle", opacity: 0.5, size: 9 }),
      outside({ type: "point", clip: true }),
      outside({ type: "line", clip: true, opacity: 0.5 }),
      outside({ type: "text", opacity: 0.5, fontSize: 9 }, { text: { value: "far" } }),
      outside({ type: "image", opacity: 0.5, width: 9, height: 9, url: dot }),
      outside({ type: "rect", opacity: 0.5, fillOpacity: 0.5, width: 3, height: 3 }),
    ].entries()
  ) assert((await renderPNG(chart)).bytes.length > 100, `${i}`);
  const half = await renderPNG(outside({ type: "rect", opacity: 0.5, fillOpacity: 0.5 }, {
    x: { value: 0 },
    x2: { value: 100 },
    y: { value: 0 },
    y2: { value: 50 },
    color: { value: "#000" },
  }));
  const image = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="${half.width}" ` +
      `height="${half.height}" x="-60" y="-20" href="data:image/png;base64,${half.bytes.toBase64()}"/></svg>`,
  ).render().pixels;
  // A quarter of black, three times over.
  assertAlmostEquals(image[4 * 40], 255 * 0.75 ** 3, 3);
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

Deno.test("render: a chart whose data or pictures are elsewhere is refused, and says where", async () => {
  const far = "https://example.org/";
  for (
    const [leading, words] of [
      [{ ...spec, data: { url: `${far}data.json` } }, `data at ${far}data.json`],
      [{ hconcat: [spec, { ...spec, data: { url: "data/cars.json" } }] }, "data at data/cars.json"],
      [{
        ...spec,
        transform: [{
          lookup: "a",
          from: { data: { url: `${far}b.csv` }, key: "a", fields: ["b"] },
        }],
      }, `data at ${far}b.csv`],
      [
        { ...spec, mark: { type: "image", url: `${far}x.png`, width: 9, height: 9 } },
        `pictures at ${far}x.png`,
      ],
      [{ ...spec, data: { sequence: { start: 0, stop: 1e9 } } }, "100000 rows"],
    ] as const
  ) {
    for (const draw of [renderSVG, renderPNG]) {
      const error = await assertRejects(
        () => draw(leading as unknown as Spec),
        RangeError,
      ) as Error;
      assert(error.message.includes(words), error.message);
    }
  }
  const png = `data:image/png;base64,${(await renderPNG(spec, { scale: 1 })).bytes.toBase64()}`;
  const held = { ...spec, mark: { type: "image", url: png, width: 9, height: 9 } };
  assert((await renderSVG(held)).includes(png), "a picture in the spec is shown");
});

Deno.test("render: a chart with links is drawn without them; words like url are only names", async () => {
  const link = "javascript:alert(1)";
  for (
    const linking of [
      { ...spec, encoding: { ...spec.encoding, href: { value: link } } },
      { ...spec, mark: { type: "bar", href: link } },
      { ...spec, usermeta: { narrow: { mark: { href: link } } } },
      { ...spec, layer: [{ mark: { type: "bar", href: link } }], mark: undefined },
    ]
  ) {
    const svg = await renderSVG(await fitWidth(linking as unknown as Spec, 343));
    assert(svg.includes("mark-rect") && !svg.includes("<a") && !svg.includes(link), svg);
  }
  const named = {
    ...spec,
    data: {
      values: [{ url: "a", href: "3" }],
      format: { parse: { url: "string", href: "number" } },
    },
    encoding: { x: { field: "href", type: "quantitative" }, y: { field: "url" } },
  };
  assertMatch(await renderSVG(named), /aria-label="href: 3; url: a"/);
});

Deno.test("render: values that JSON does not have are drawn as what they are, or left out", async () => {
  const day = new Date("2024-03-10T00:00:00Z");
  const odd = {
    ...spec,
    data: {
      values: [{ variant: "a", ms: 3n, day }, { variant: "b", ms: NaN, day: new Date(NaN) }],
    },
    encoding: { ...spec.encoding, color: { field: "day", type: "temporal" } },
  };
  const svg = await renderSVG(odd as unknown as Spec);
  assert(svg.includes('aria-label="ms: 3; variant: a; day: Mar 10, 2024"'), svg);
  assertEquals(plainSpec({ mark: "bar", data: { values: [{ n: 2n ** 53n, day }] } }), {
    mark: "bar",
    data: { values: [{ n: 2 ** 53, day: "2024-03-10T00:00:00.000Z" }] },
  });
});

Deno.test("render: a mark that there is not is named, with those that there are", async () => {
  for (
    const wrong of [
      { ...spec, mark: "nonsense" },
      { ...spec, mark: { type: "nonsense" } },
      { vconcat: [spec, { layer: [{ mark: "nonsense", data: { values: [] } }] }] },
    ]
  ) {
    const error = await assertRejects(
      () => renderSVG(wrong as unknown as Spec),
      TypeError,
    ) as Error;
    assertMatch(error.message, /there is no mark "nonsense"; there are arc, area, bar/);
  }
});

Deno.test("render: a text longer than its limit takes the room of its limit", async () => {
  const long =
    "A rather long answer that somebody typed into a survey and that goes on for a while";
  const { title: _, width: __, ...rest } = spec;
  const chart = (labels: object) => ({
    ...rest,
    data: { values: [{ variant: "Short", ms: 3 }, { variant: long, ms: 4 }] },
    encoding: {
      x: { field: "ms", type: "quantitative" },
      y: { field: "variant", type: "nominal", title: "", ...labels },
    },
  });
  const wide = sizeOf(await renderSVG(chart({})));
  assert(wide > 480 && wide < 520, `${wide}`);
  const all = sizeOf(await renderSVG(chart({ axis: { labelLimit: 0 } })));
  assert(all > wide + 200, `${all}`);
  const legend = { ...chart({}), encoding: { color: { field: "variant", title: long } } };
  assert(sizeOf(await renderSVG(legend)) < 520);
  // Cut by the font's own widths: what is drawn nearly fills the room it has.
  const [, cut] = />(A rather[^<]*…)</.exec(await renderSVG(chart({})))!;
  const { regular } = await faces();
  assert(12 * regular.width(cut) > 165 && 12 * regular.width(cut) <= 180, cut);
});

const ZONES = ["America/Los_Angeles", "Asia/Kolkata"];

Deno.test("render: times are the same in every builder's zone", async () => {
  const values = [
    { t: "2024-03-10 02:30", v: 1 },
    { t: "2024-03-10T23:00:00", v: 2 },
    { t: "2024-03-12", v: 3 },
    { t: "Mar 13 2024", v: 4 },
    { t: "2024-03-14T00:30:00+05:30", v: 5 },
    { t: 1710500000000, v: 6 },
  ];
  const times: Spec = {
    data: { values },
    transform: [
      { filter: { field: "t", range: [{ year: 2024 }, { year: 2025 }] } },
      { calculate: "hours(toDate(datum.t)) + ':' + timeFormat(toDate(datum.t), '%d')", as: "h" },
    ],
    vconcat: [
      {
        mark: "line",
        encoding: {
          x: { field: "t", type: "temporal", axis: { format: "%d %H:%M" } },
          y: { field: "v", type: "quantitative" },
          text: { field: "h" },
        },
      },
      {
        mark: "bar",
        encoding: {
          x: { field: "t", timeUnit: "monthdate", type: "ordinal" },
          y: { aggregate: "count" },
        },
      },
      { mark: "text", encoding: { text: { field: "h" }, x: { field: "t", type: "temporal" } } },
      {
        mark: "tick",
        encoding: {
          x: {
            field: "t",
            type: "temporal",
            scale: { domain: [1710000000000, 1710600000000] },
            axis: { format: "%a %d", tickCount: "day" },
          },
        },
      },
    ],
  };
  const script = `import { renderSVG } from ${
    JSON.stringify(import.meta.resolve("../../lib/render/mod.ts"))
  };
    console.log(await renderSVG(${JSON.stringify(times)}));`;
  const drawn = await Promise.all(ZONES.map(async (zone) => {
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-lock", script],
      cwd: new URL("../..", import.meta.url),
      env: { TZ: zone, NO_COLOR: "1" },
    }).output();
    const svg = new TextDecoder().decode(stdout);
    assert(svg.startsWith("<svg"), new TextDecoder().decode(stderr));
    return svg;
  }));
  assertEquals(drawn[0], drawn[1]);
  for (const text of ["2:10", "23:10", "0:13", "19:13", "Mar 15", "Sun 10", "Fri 15"]) {
    assert(drawn[0].includes(`>${text}<`), text);
  }
});

Deno.test("render: a picture names itself for those who do not see it", async () => {
  const svg = await renderSVG(spec);
  assertMatch(svg, /^<svg role="graphics-document" aria-roledescription="visualization" /);
  assert(svg.includes('aria-label="Times of &quot;a&quot; &amp; &lt;b&gt;, $&amp; and all."'));
  assert(svg.includes('role="graphics-symbol"'), "marks keep their roles");
});

Deno.test("render: a width asked for is kept, with letters as large as before", async () => {
  for (const width of [343, 480, 800]) {
    assertAlmostEquals(sizeOf(await renderSVG(await fitWidth(spec, width))), width, 2);
  }
  const sizes = (svg: string) =>
    new Set([...svg.matchAll(/font-size="([^"]+)"/g)].map((m) => m[1]));
  assertEquals(sizes(await renderSVG(await fitWidth(spec, 343))), sizes(await renderSVG(spec)));
});

Deno.test("render: what stands side by side is stacked where the page is narrow", async () => {
  const { title: _, ...view } = { ...spec, width: 300 };
  const both = { $schema: spec.$schema, hconcat: [view, view] };
  const wide = await renderSVG(both), narrow = await renderSVG(await fitWidth(both, 343));
  assert(sizeOf(wide) > 600);
  assertAlmostEquals(sizeOf(narrow), 343, 2);
});

Deno.test("render: a user's own config goes over the page's", async () => {
  const svg = await renderSVG({ ...spec, config: { background: "#123456" } }, { scheme: "dark" });
  assert(svg.includes('fill="#123456"'));
});

Deno.test("render: options that cannot be are refused by name and value", async () => {
  // deno-lint-ignore no-explicit-any
  const wrong = { scheme: "sepia" } as any;
  await assertRejects(() => renderSVG(spec, wrong), RangeError, "sepia");
  await assertRejects(() => renderPNG(spec, { scale: NaN }), RangeError, "NaN");
});

Deno.test("render: a spec without a description is described by its title, or by what is drawn", () => {
  assertEquals(describeSpec({ description: " What it shows. " }), "What it shows.");
  assertEquals(
    describeSpec({ title: { text: ["Two", "lines"], subtitle: "and more" } }),
    "Two lines — and more",
  );
  assertEquals(describeSpec({ mark: "bar" }), "A bar chart.");
  assertEquals(
    describeSpec({
      layer: [
        { mark: "bar", encoding: { x: { field: "k", title: "Kind" }, y: { aggregate: "count" } } },
        { mark: { type: "text" }, encoding: { text: { field: "n", aggregate: "mean" } } },
      ],
    }),
    "A bar and text chart of Kind, counts and mean n.",
  );
});

Deno.test("render: a spec is told from other objects", () => {
  assert(isSpec(spec));
  assert(isSpec({ data: { values: [] }, hconcat: [] }));
  assert(!isSpec({ mark: "a record with a mark" }));
  assert(!isSpec([spec]) && !isSpec("spec") && !isSpec(null));
});

Deno.test("render: a spec can say what it is like where the page is narrow", async () => {
  const said = { ...spec, usermeta: { narrow: { mark: { type: "point", clip: null } } } };
  assert(!(await renderSVG(await fitWidth(said, 600))).includes("mark-symbol"));
  assert((await renderSVG(await fitWidth(said, 343))).includes("mark-symbol"));
});
