/** What becomes of outputs: each in its richest form that a post can show, and a note on the rest. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { Resvg } from "resvg";
import type { Json, JsonObject, Output } from "../../../lib/press/notebook/notebook.ts";
import { renderPNG, type Spec } from "../../../lib/render/mod.ts";
import {
  type CellText,
  code,
  Desk,
  display,
  FRONT,
  notebook,
  printed,
  prose,
} from "./manuscript.ts";

const SPEC: Spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  width: 200,
  data: { values: [{ kind: "a", n: 1, page: "https://example.org/" }, { kind: "b", n: 2 }] },
  mark: "bar",
  encoding: { x: { field: "n", type: "quantitative" }, y: { field: "kind" } },
};
const VEGA_LITE = "application/vnd.vegalite.v5+json";
const PNG = (await renderPNG({ ...SPEC, title: "Drawn once" }, { scale: 1 })).bytes.toBase64();
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><rect width="9" height="9"/></svg>';

/** The page that a notebook becomes, its warnings, and the drawings in it as text. */
async function page(...cells: CellText[]) {
  using desk = new Desk();
  desk.write("a.ipynb", notebook(FRONT, ...cells));
  await desk.publish(["a.ipynb"], { targets: ["html", "markdown", "hugo", "jekyll"] });
  const html = desk.read("posts/a.html").replace(/<style>[^]*?<\/style>/, "");
  const drawings = [...html.matchAll(/src="data:image\/svg\+xml;base64,([^"]*)"/g)]
    .map(([, coded]) => new TextDecoder().decode(Uint8Array.fromBase64(coded)));
  const warnings = desk.warnings.map((warning) => warning.replace("a.ipynb: ", ""));
  return {
    html,
    drawings,
    warnings,
    markdown: desk.read("markdown/a/index.md"),
    hugo: desk.read("hugo/content/posts/a/index.md"),
    jekyll: desk.read("jekyll/_posts/2026-03-14-a.md"),
  };
}

const pageOf = (...outputs: Output[]) => page(code("x", outputs));
const html = (text: string, more: object = {}) => display({ "text/html": text, ...more });

Deno.test("outputs: pictures where few look for one are shown or named", async () => {
  const url = `data:image/png;base64,${PNG}`;
  const { html: text, markdown, warnings } = await pageOf(
    html(`<img data-src="${url}" alt="late">`),
    html(`<img srcset="${url} 2x, small.png" alt="sharp">`),
    html(`<details><summary>${SVG}</summary>inside</details>`),
    html(`<p style="background: #fff url('${url}')">over it</p>`),
    html(`<progress value="3" max="10"></progress> done, <meter value=".5">half</meter>`),
    display({ "text/vnd.mermaid": "graph TD; a --> b" }),
    display({ "text/x.y+plain": "c", "text/plain": "c" }),
  );
  assertEquals(text.match(/<img [^>]*alt="(late|sharp)"[^>]* src="data:image\/png;/g)?.length, 2);
  assertMatch(text, /<summary><img /);
  assertMatch(markdown, /<summary>Details<\/summary>\n\n!\[[^\]]*\]\(picture-\w+\.svg\)\n\ninside/);
  assertStringIncludes(text, "[3 of 10] done, [.5 of 1]");
  assertMatch(text, /a picture behind it is not shown[^<]*<\/em>over it/);
  assertEquals(warnings.map((warning) => warning.replace(/^cell 2: | is not shown.*/g, "")), [
    "a picture behind it",
    "an output of the type text/vnd.mermaid",
  ]);
});

Deno.test("outputs: a drawing inside HTML is shown where it stands, with the styles it uses", async () => {
  const { html: text, drawings, warnings, markdown } = await pageOf(
    html(`<figure><style>.dot{fill:teal}</style><div>A legend</div>
<svg viewBox="0 0 20 20" width="200" aria-label="Two dots"><circle class="dot" r="5"/><lineargradient id="g"/>
<foreignobject width="9" height="9"><div>boxed<br>words &nbsp;</div></foreignobject>
<use xlink:href="#shared"/></svg><figcaption>Each on its own.</figcaption>
<svg style="display:none"><symbol id="shared"><path d="M0 0h9"/></symbol></svg></figure>`),
    html(
      '<table><tr><td>trend</td><td><svg width="9" height="9"><title>up</title></svg></td></tr></table>',
    ),
  );
  assertEquals([drawings.length, warnings], [2, []]);
  assertMatch(text, /A legend<\/div>\s*<img [^>]*alt="Two dots"[^>]*>\s*<figcaption>Each on/);
  assertMatch(text, /<td><img [^>]*alt="up"/);
  assertMatch(drawings[0], /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  for (
    const part of [
      ".dot{fill:teal}",
      '<symbol id="shared"><path',
      '<linearGradient id="g">',
      '<div xmlns="http://www.w3.org/1999/xhtml">boxed<br></br>words',
    ]
  ) assertStringIncludes(drawings[0], part);
  assertEquals([...markdown.matchAll(/!\[(Two dots|up)\]\(picture-\w+\.svg\)/g)].length, 2);
});

Deno.test("outputs: a drawing keeps all that its maker drew it with", async () => {
  const parts = [
    `<image xlink:href="data:image/png;base64,${PNG}" width="60" height="40"/>`,
    "<style>.n{fill:#eef} .n > b{}</style>",
    '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Label</div></foreignObject>',
    '<text><textPath href="#p">curved</textPath></text>',
    '<animate attributeName="x" values="0;9" dur="1s"></animate>',
    '<a xlink:href="https://example.org/"><ellipse></ellipse></a>',
  ];
  const open =
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">';
  const prefixed =
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">' +
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg"><svg:rect width="9"/></svg:svg>';
  const { drawings, warnings } = await pageOf(
    ...[...parts.map((part) => `${open}${part}</svg>`), prefixed].map((svg) =>
      display({ "image/svg+xml": svg, "image/png": PNG, "text/plain": "<Graph>" })
    ),
    display({ "image/svg+xml": "<svg width=90><text>no XML: a & b</svg>" }),
    display({
      "image/svg+xml": '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>' +
        '<svg xmlns="&ns;" width="9" height="9"><g/></svg>',
    }),
    html(
      '<svg width=9 height=9 @click="x" inkscape:label="l" a"b><sodipodi:namedview/>\u0007<g/></svg>',
    ),
  );
  assertEquals(drawings.length, parts.length + 4);
  // A strict reader of XML takes each of them.
  for (const drawing of drawings) new Resvg(drawing);
  for (const [i, part] of parts.entries()) {
    assertStringIncludes(drawings[i].replaceAll("></image>", "/>").replaceAll("&gt;", ">"), part);
  }
  assertMatch(drawings.at(-4)!, /<svg:svg xmlns:svg="[^"]*"[^>]*><svg:rect width="9">/);
  assertMatch(drawings.at(-3)!, /<svg xmlns="[^"]*" width="90"[^>]*><text>no XML: a &#x26; b/);
  assertEquals(warnings, ["cell 2: a drawing is shown without its links"]);
});

Deno.test("outputs: what a drawing would run or fetch is left out of it, or not fetched, and said", async () => {
  const { drawings, warnings, html: text } = await pageOf(
    display({
      "image/svg+xml":
        `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script>
<s:script xmlns:s="http://www.w3.org/2000/svg">alert(3)</s:script><a href="java&#10;script:alert(4)"><g/></a>
<set attributeName="href" to="javascript:alert(5)"/><image href="https://example.org/i.png"/>
<rect style="fill:url(https://example.org/f.svg#a)" fill="url(#own)"/></svg>`,
    }),
    display({ "image/svg+xml": "<svg><script>alert(6)</script></svg>" }),
  );
  assert(!/alert|onload/.test(drawings.join("")), drawings.join(""));
  assert(!/<script/.test(text));
  assertStringIncludes(
    text,
    '<p class="note">[Cell 2: a drawing is shown without its script.]</p>',
  );
  assertEquals(warnings, [
    "cell 2: a drawing is shown without its script",
    "cell 2: a drawing is shown without what it takes from https://example.org/i.png",
    "cell 2: a drawing is shown without what it takes from https://example.org/f.svg#a",
    "cell 2: a drawing is shown without its script",
  ]);
});

Deno.test("outputs: HTML with nothing to see in it hides no picture, and a script is named", async () => {
  const blank = '<div>\n\t<div id="map"></div>\t\u00a0<script>draw("map")</script></div>';
  const { html: text, warnings } = await pageOf(
    html(blank, { "image/png": PNG, "text/plain": "<Map>" }),
    html("<div> <!-- nothing --> </div>", { "text/plain": "said" }),
    html("<p>\u200b&zwj;&shy;</p>", { "text/plain": "unseen" }),
    html("<hr>"),
    html('<iframe src="https://example.org/"></iframe>', { "image/png": PNG }),
    html(blank),
  );
  const why = "what a script shows is not shown: a post runs no script of others";
  assertEquals(warnings.filter((warning) => warning.includes("script")), [
    `cell 2: ${why}; its picture stands here instead`,
    `cell 2: ${why}`,
  ]);
  assertMatch(warnings[1], /an embedded page \(https:\/\/example\.org\/\) is not shown/);
  assertEquals([...text.matchAll(/<img /g)].length, 2);
  assertMatch(
    text,
    /<p class="note">\[Cell 2: what a script shows[^<]*instead\.\]<\/p>\n<figure><img/,
  );
  assertStringIncludes(text, "<samp>said</samp>");
  assertStringIncludes(text, "<samp>unseen</samp>");
  assertStringIncludes(text, "<hr>");
});

Deno.test("outputs: what a notebook hides is not shown, and said; macros in it are kept", async () => {
  using desk = new Desk();
  const html = (text: string) => code("f()", [display({ "text/html": text, "text/plain": "<f>" })]);
  const button =
    "<button style='display:none'><svg width=9 height=9><rect width=5 /></svg></button>";
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      prose(
        '<div style="display: none">$\\newcommand{\\R}{\\mathbb{R}}$ not</div>\n\nAll of $\\R$.',
      ),
      html(`<div><pre>fallback</pre><div hidden>diagram <b>here</b></div>${button}</div>`),
      html("<div><unsafe-script style='display:none'>mount({ x: 1 })</unsafe-script></div>"),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ["html", "markdown"] });
  const hidden = "a part that is hidden until a script or a style shows it is left out";
  assertEquals(desk.warnings, [
    `a.ipynb: cell 2: ${hidden}`,
    `a.ipynb: cell 3: ${hidden}`,
    `a.ipynb: cell 4: ${hidden}`,
    "a.ipynb: cell 4: what a script shows is not shown: a post runs no script of others; its text stands here instead",
  ]);
  const page = desk.read("posts/a.html");
  for (const gone of ["diagram", "mount", "<img", " not<"]) assertFalse(page.includes(gone), gone);
  for (const kept of ["fallback", "ℝ"]) assertStringIncludes(page, kept);
  assertStringIncludes(desk.read("markdown/a/index.md"), "newcommand{\\R}");
});

Deno.test("outputs: a richer form that cannot be shown is told of, with what stands instead", async () => {
  const heavy = new Uint8Array(8_000_001);
  heavy.set(Uint8Array.fromBase64(PNG).subarray(0, 100));
  const far = { ...SPEC, data: { url: "https://example.org/cars.json" } };
  const cases: [Record<string, unknown>, string][] = [
    [
      { "image/png": heavy.toBase64(), "text/plain": "a wall" },
      "a picture (image/png) is not shown: it has 8.0 MB, and a picture in a post at most 8; its text",
    ],
    [
      { "image/webp": heavy.toBase64(), "image/png": PNG },
      "a picture (image/webp) is not shown: it has 8.0 MB, and a picture in a post at most 8; " +
      "a picture (image/png)",
    ],
    [
      { [VEGA_LITE]: far, "image/png": PNG },
      "a chart is not shown: a chart shows what is in its spec; this one needs data at " +
      "https://example.org/cars.json; its picture",
    ],
    [
      { [VEGA_LITE]: "a text", "text/plain": "a text" },
      "a chart is not shown: it is not a Vega-Lite spec; its text",
    ],
    [
      { "application/vnd.jupyter.widget-view+json": { model_id: "1" }, "text/plain": "Slider()" },
      "a widget is not shown: it needs a running kernel; its text",
    ],
    [
      { "application/javascript": "alert(1)", "text/plain": "<Javascript>" },
      "what a script shows is not shown: a post runs no script of others; its text",
    ],
    [
      { "application/vnd.vega.v5+json": { marks: [] }, "image/png": PNG },
      "a Vega chart is not shown: only Vega-Lite charts are drawn; its picture",
    ],
    [
      { "application/vnd.plotly.v1+json": {}, "text/html": "<p>as HTML</p>" },
      "",
    ],
    [
      { "text/html": `<p>${"x".repeat(1_000_001)}</p>`, "text/plain": "short" },
      "an HTML output is not shown: it has 1.0 MB, and text in a post at most 1; its text",
    ],
    [
      { "application/x-own": 1 },
      "an output of the type application/x-own is not shown: a post cannot show it",
    ],
    [{ "application/vnd.dataresource+json": {}, "text/plain": "a table" }, ""],
  ];
  for (const [data, note] of cases) {
    const { html: text, warnings } = await pageOf(display(data));
    const end = /; (its text|its picture|a picture .*\))$/.test(note) ? " stands here instead" : "";
    assertEquals(warnings, note === "" ? [] : [`cell 2: ${note}${end}`]);
    assert(note === "" || text.includes(`<p class="note">[Cell 2: ${note}${end}.]</p>`), text);
    if (note.endsWith("picture")) assertStringIncludes(text, 'src="data:image/png;base64,');
  }
});

Deno.test("outputs: streams stand as a terminal shows them", async () => {
  const { html: text } = await pageOf(
    printed("  0 %\r 50 %\r100 %\n"),
    printed("1/2\b\b\b2/2\u001b[1m!\n"),
  );
  assertStringIncludes(text, "<samp>100 %\n2/2!</samp>");
  const cut = await pageOf(
    printed("1 of 2"),
    printed("\r2 of 2"),
    display({ "text/plain": "x" }),
    printed("3"),
  );
  assertEquals([...cut.html.matchAll(/<samp>([^<]*)/g)].map(([, said]) => said), [
    "2 of 2",
    "x",
    "3",
  ]);
});

Deno.test("outputs: a size belongs to the output or the author's element, not to the picture", async () => {
  const sized = (mime: string, data: string, metadata: JsonObject) =>
    display({ [mime]: data }, { [mime]: metadata } as JsonObject);
  const { html: text, markdown, jekyll, hugo } = await page(
    code("x", [
      sized("image/png", PNG, { width: 100, height: 50 }),
      sized("image/png", PNG, {}),
      sized("image/png", PNG, { width: 70 }),
      sized("image/svg+xml", SVG, { width: "160", height: 60 }),
      sized("image/png", PNG, { width: -3, height: "wide" } as unknown as JsonObject),
      html(`<img src="data:image/png;base64,${PNG}" width="50%">`),
      html(`<img src="data:image/png;base64,${PNG}" width="9" style="max-width:7px; Width: 45px">`),
      html(`<img src="data:image/png;base64,${PNG}" height="40px">`),
      html(`<img src="data:image/svg+xml;utf8,${SVG.replaceAll('"', "'").replace("9'", "50%'")}">`),
    ]),
    {
      ...prose('Small: <img src="attachment:p.png" width="15">'),
      attachments: { "p.png": { "image/png": PNG } },
    },
  );
  const sizes = [...text.matchAll(/<img ([^>]*)>/g)].map(([, attributes]) =>
    [...attributes.matchAll(/(width|height)="([^"]*)"/g)].map(([, name, size]) => `${name} ${size}`)
      .join()
  );
  assertEquals(sizes, [
    "width 100,height 50",
    "",
    "width 70",
    "width 160,height 60",
    "",
    "width 50%",
    "width 45",
    "height 40",
    "",
    "width 15",
  ]);
  const inMarkdown = [...markdown.matchAll(/^.*picture-.*$/gm)].map(([line]) =>
    line.replace(/picture-\w+/, "p").replace("A picture without a description.", "")
  );
  assertEquals(inMarkdown, [
    '<img src="p.png" alt="" width="100" height="50">',
    "![](p.png)",
    '<img src="p.png" alt="" width="70">',
    '<img src="p.svg" alt="" width="160" height="60">',
    "![](p.png)",
    '<img src="p.png" alt="" width="50%">',
    '<img src="p.png" alt="" width="45">',
    '<img src="p.png" alt="" height="40">',
    "![](p.svg)",
    'Small: <img src="p.png" alt="" width="15">',
  ]);
  assertMatch(
    hugo,
    /^\{\{< figure src="picture-\w+\.png" alt="[^"]*" width="100" height="50" >\}\}$/m,
  );
  assertMatch(
    jekyll,
    /^<img src="\{\{ "\/assets\/a\/picture-\w+\.png" \| relative_url \}\}" alt="[^"]*" width="70">$/m,
  );
});

Deno.test("outputs: an attachment is what its bytes are, in one text or in lines", async () => {
  const jpeg =
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////" +
    "////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=";
  const attachments: { [name: string]: { [mime: string]: Json } } = {
    "coded.svg": { "image/svg+xml": btoa(SVG) },
    "text.svg": { "image/svg+xml": SVG },
    "lines.svg": { "image/svg+xml": [SVG.slice(0, 30), SVG.slice(30)] },
    "lines.png": { "image/png": [PNG.slice(0, 40), PNG.slice(40)] },
    "named.png": { "image/png": jpeg },
    "untyped": { "application/octet-stream": PNG },
    "broken.png": { "image/png": "bm90IGEgcGljdHVyZQ==" },
  };
  const names = Object.keys(attachments);
  const { html: text, warnings } = await page({
    ...prose(names.map((name) => `![${name}](attachment:${name})`).join("\n\n")),
    attachments,
  });
  const types = [...text.matchAll(/<img [^>]*src="data:([^;]*)/g)].map(([, mime]) => mime);
  const svg = "image/svg+xml";
  assertEquals(types, [svg, svg, svg, "image/png", "image/jpeg", "image/png"]);
  const why = "its bytes are not a picture's";
  assertEquals(warnings, [`cell 2: the picture attachment:broken.png is not shown: ${why}`]);
});

Deno.test("outputs: a picture in a file that is not shown is named, with the reason", async () => {
  using desk = new Desk();
  const heavy = new Uint8Array(8_000_001);
  heavy.set(Uint8Array.fromBase64(PNG).subarray(0, 100));
  desk.write("heavy.png", heavy);
  desk.write("text.png", "no picture");
  desk.write(
    "a.ipynb",
    notebook(FRONT, prose("![a](heavy.png) ![b](text.png) ![c](gone.png) ![d](.) <img id=e>")),
  );
  await desk.publish(["a.ipynb"]);
  assertEquals(desk.warnings, [
    "a.ipynb: cell 2: the picture heavy.png is not shown: it has 8.0 MB, and a picture in a post at most 8",
    "a.ipynb: cell 2: the picture text.png is not shown: its bytes are not a picture's",
    "a.ipynb: cell 2: the picture gone.png is not shown: there is none to be read",
    "a.ipynb: cell 2: the picture . is not shown: it is not in the notebook's folder",
    "a.ipynb: cell 2: the picture without an address is not shown: there is none to be read",
  ]);
});

Deno.test("outputs: a chart has a caption where its author wrote one; computed words stand once", async () => {
  const shown = (spec: Spec, said: string) => display({ [VEGA_LITE]: spec, "text/plain": said });
  const { html: text, markdown } = await pageOf(
    shown(SPEC, "<VegaLite 5 object>\n\nIf you see this message, it means …"),
    shown({ ...SPEC, description: "Twice as many." }, "Twice as many."),
    shown({ ...SPEC, usermeta: { caption: "Hers." } }, "Hers. Twice."),
  );
  assertEquals([...text.matchAll(/<figcaption>([^<]*)/g)].map(([, words]) => words), ["Hers."]);
  const labels = [...text.matchAll(/<svg [^>]*aria-label="([^"]*)"/g)].map(([, label]) => label);
  assertEquals(labels, ["A bar chart of n and kind.", "Twice as many.", "Hers. Twice."]);
  assertEquals(text.split("Twice as many.").length, 2);
  assertStringIncludes(markdown, "![A bar chart of n and kind.](chart-1.svg)");
});

Deno.test("outputs: what only said how far a cell was is not published", async () => {
  const { html: text } = await pageOf(
    display({ "text/plain": "████ 16 of 16" }, { progress: true }),
    display({ "text/plain": "done" }),
  );
  assert(!text.includes("16 of 16") && text.includes("done"));
});
