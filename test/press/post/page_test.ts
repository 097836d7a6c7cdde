/** What stands in a page and in the feed, read as text. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { XMLParser } from "./xml.ts";
import { UsageError } from "../../../lib/ground/usage.ts";
import { parseSite, parseTargets } from "../../../lib/press/tasks/publish_options.ts";
import { pageSVG } from "../../../lib/press/post/read/page_svg.ts";
import { charts } from "../../../lib/mod.ts";
import { chapter } from "./chapter.ts";
import { hostile } from "./hostile.ts";
import {
  type CellText,
  code,
  Desk,
  display,
  FRONT,
  notebook,
  prose,
  raw,
  shown,
} from "./manuscript.ts";

const site = "https://example.org/lab/";

/** The page of the chapter, drawn once. */
let drawn: Promise<string> | undefined;
const chapterPage = () => drawn ??= publishedChapter();

async function publishedChapter(): Promise<string> {
  using desk = new Desk();
  desk.write("a.ipynb", await chapter());
  await desk.publish(["a.ipynb"], { publication: { name: "A Lab", site } });
  return desk.read("posts/what-does-await-cost.html");
}

Deno.test("page: head, figures, folds and tables are what a chapter asks for", async () => {
  const html = await chapterPage();
  const address = `${site}posts/what-does-await-cost`;
  for (
    const part of [
      '<html lang="en">',
      `<link rel="canonical" href="${address}.html">`,
      `<meta property="og:image" content="${address}.png">`,
      '<meta property="og:title" content="What does await cost?">',
      '<meta name="twitter:card" content="summary_large_image">',
      "March 14, 2026</time> · The Await Lab · 1 min read",
      '<a href="#the-naive-loop">The naive loop</a>',
      '<h2 id="the-naive-loop">The naive loop<a class="anchor"',
      '<details class="fold"><summary>Show the code</summary>',
      "<figcaption>One at a time is one at a time, with await or without.</figcaption>",
      "<summary>Data (80 rows)</summary>",
      '<th scope="col"',
      '<th scope="row" align="left">naive/kept</th>',
      '<samp>"✓ concurrent takes less"</samp>',
    ]
  ) assert(html.includes(part), part);
  for (
    const absent of ["noise that is removed", "secret", "removed altogether", "<script", "# What"]
  ) {
    assertFalse(html.includes(absent), absent);
  }
  assert(html.includes("kept all the same"));
  assertEquals([...html.matchAll(/<h1/g)].length, 1);
  assertEquals([...html.matchAll(/role="graphics-document"/g)].length, 4);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  assertEquals(ids.length, new Set(ids).size);
  assertFalse(/(?:src|href)="(?!#|data:|https:|\.\.\/(index\.html|atom\.xml)")/.test(html));
});

Deno.test("page: both schemes are one drawing, in which what changes its colour says both", async () => {
  const html = await chapterPage();
  const [svg] = /<svg[^]*?<\/svg>/.exec(html)!;
  const both = [...svg.matchAll(/ (?:fill|stroke)="light-dark\((#\w+),(#\w+)\)"/g)];
  assert(new Set(both.map(([colours]) => colours)).size > 3);
  for (const [, light, dark] of both) assertNotEquals(light, dark);
  assertEquals([...html.matchAll(/<svg/g)].length, 4);
});

Deno.test("page: a chart whose dark drawing differs in more than colours is the light one", () => {
  const drawing = (colour: string, width: number) =>
    `<svg><rect width="${width}" fill="${colour}"/></svg>`;
  const page = (dark: string) => pageSVG(drawing("#fff", 10), dark, "c");
  assertStringIncludes(page(drawing("#000", 10)), 'fill="light-dark(#fff,#000)"');
  assertEquals(page(drawing("#000", 20)), drawing("#fff", 10));
  assertEquals(page(drawing("none", 10)), drawing("#fff", 10));
  assertThrows(() => page("<svg><image/></svg>"), SyntaxError, "<image>");
  assertThrows(() => page(drawing("url(https://a.org)", 10)), SyntaxError, "fill=");
  assertThrows(() => page(drawing("#000", 10) + "<"), SyntaxError, "no SVG as Vega writes it");
});

Deno.test("page: a chart on a ground of its own is the same on a dark page, and a small one stays small on a phone", async () => {
  using desk = new Desk();
  const bars = {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    data: { values: [{ a: "x", b: 1 }, { a: "y", b: 2 }] },
    mark: "bar",
    encoding: { x: { field: "a" }, y: { field: "b", type: "quantitative" } },
  };
  const own = { ...bars, background: "#fffbe6" };
  const row = { $schema: bars.$schema, hconcat: Array(5).fill({ ...bars, $schema: undefined }) };
  const width = { ...row, hconcat: row.hconcat.map((one) => ({ ...one, width: 200 })) };
  const cells = [bars, own, row, width].map((spec) =>
    code("draw()", [display({ "application/vnd.vegalite.v5+json": spec, "text/plain": "" })])
  );
  desk.write("a.ipynb", notebook(FRONT, ...cells));
  const { posts: [post] } = await desk.publish(["a.ipynb"], {});
  const figures = desk.read(post).split('<figure class="chart"').slice(1);
  assertEquals(figures.map((figure) => figure.includes("light-dark(")), [true, false, true, true]);
  const narrow = figures.map((figure) => /class="drawing narrow( full)?"/.exec(figure)?.[0]);
  const [small, full] = ['class="drawing narrow"', 'class="drawing narrow full"'];
  assertEquals(narrow, [undefined, undefined, small, full]);
});

Deno.test("page: a chart of many rows shows the first, and says so; the post stays one file and its picture", async () => {
  using desk = new Desk();
  const rows = Array.from({ length: 700 }, (_, request) => ({
    variant: "pool(10)",
    request,
    start_ms: request * 5,
    end_ms: request * 5 + 50,
    handshake_ms: 0,
  }));
  desk.write("a.ipynb", notebook(FRONT, code("c", [await shown(charts.timeline(rows))])));
  await desk.publish(["a.ipynb"]);
  const html = desk.read("posts/a.html");
  assert(html.includes("<p>The first 500 of 700 rows; all are in the notebook.</p>"));
  assertEquals(Object.keys(desk.files()).filter((path) => path.startsWith("posts/")), [
    "posts/a.html",
    "posts/a.png",
  ]);
  assertEquals([...html.matchAll(/<tr>/g)].length, 501);
});

Deno.test("page: headings start under the title and leave none out", async () => {
  using desk = new Desk();
  desk.write(
    "a.ipynb",
    notebook(FRONT, prose("# A *post*\n\n# One\n\n#### Deep\n\n# Contents of post\n\n# One")),
  );
  await desk.publish(["a.ipynb"]);
  const found = [
    ...desk.read("posts/a.html").matchAll(/<h(\d)(?: id="(?!contents-of-post")([^"]*)")?>/g),
  ];
  assertEquals(found.map(([, level, id]) => `${level} ${id ?? ""}`), [
    "1 ",
    "2 one",
    "3 deep",
    "2 contents-of-post-1",
    "2 one-1",
  ]);
});

Deno.test("page: a picture in the heading that says the title stays", async () => {
  using desk = new Desk();
  const gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  for (const logo of [`![logo](${gif})`, `<img src="${gif}" alt="logo">`]) {
    desk.write("a.ipynb", notebook(FRONT, prose(`# ${logo} A post\n\nText.`)));
    await desk.publish(["a.ipynb"], { targets: ["html", "hugo"] });
    assertEquals([...desk.read("posts/a.html").matchAll(/<h\d|<img [^>]*alt="logo"/g)].length, 2);
    assertMatch(desk.read("hugo/content/posts/a/index.md"), /^!\[logo\]\(picture-\w+\.gif\)$/m);
  }
});

Deno.test("page: its title alone is a heading of the first level, whatever HTML in cells has", async () => {
  using desk = new Desk();
  const outputs = [display({ "text/html": "<h1>B</h1>" }), display({ "text/markdown": "# C" })];
  desk.write("a.ipynb", notebook(FRONT, prose("<h1 align=center>A</h1>"), code("x", outputs)));
  await desk.publish(["a.ipynb"], { targets: ["html", "hugo"] });
  assertEquals([...desk.read("posts/a.html").matchAll(/<h1/g)].length, 1);
  const hugo = desk.read("hugo/content/posts/a/index.md");
  assertEquals(hugo.match(/^#+ .*$/gm), ["## A", "## B", "## C"]);
});

Deno.test("page: what says the title again goes, behind an author's name too, and nothing else does", async () => {
  using desk = new Desk();
  const headings = async (...cells: CellText[]) => {
    desk.write("a.ipynb", notebook(raw("title: 'Sums: fast'\ndate: 2026-03-14\n"), ...cells));
    await desk.publish(["a.ipynb"]);
    const found = [...desk.read("posts/a.html").matchAll(/<h2[^>]*>([^<]*)/g)];
    return found.map(([, text]) => text).filter((text) => text !== "Contents");
  };
  const rest = prose("# Then");
  assertEquals(await headings(prose("# Sums"), rest), ["Then"]);
  assertEquals(await headings(prose("*By me*"), prose("# Sums: Fast"), rest), ["Then"]);
  assertEquals(await headings(prose("*By me*\n\n# Sums"), rest), ["Sums", "Then"]);
  assertEquals(await headings(prose("# Why"), prose("# Sums: fast"), rest), [
    "Why",
    "Sums: fast",
    "Then",
  ]);
});

Deno.test("feed: well-formed Atom, the newest first, with hostile text as text", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", notebook(FRONT));
  desk.write("b.ipynb", await hostile());
  for (const at of [site, null]) {
    await desk.publish(["a.ipynb", "b.ipynb"], { publication: { name: "A & B", site: at } });
    const feed = new XMLParser(desk.read("atom.xml"));
    assertEquals(feed.texts("feed/title"), ["A & B"]);
    assertEquals(feed.texts("feed/entry/updated"), [
      "2026-03-15T00:00:00.000Z",
      "2026-03-14T00:00:00.000Z",
    ]);
    const [id] = feed.texts("feed/entry/id");
    assertMatch(id, at === null ? /^urn:uuid:[0-9a-f-]{36}$/ : /^https:.*\/posts\/hostile\.html$/);
    assertStringIncludes(feed.texts("feed/entry/title")[0], "&lt;script&gt;");
    assertEquals(feed.texts("feed/entry/author/name")[0], '<b onclick="x">A. Nonymous</b>');
  }
});

Deno.test("page: a cell that holds a sentence is given the room to be read", async () => {
  using desk = new Desk();
  const settings =
    "connections at most: unlimited, accept-encoding: none, decode: JSON.parse of all";
  const rows = [{ variant: "a", settings, server: "in a data centre far away" }];
  desk.write("a.ipynb", notebook(FRONT, code("await show(rows);", [await shown(rows)])));
  const { posts: [post] } = await desk.publish(["a.ipynb"], {});
  const html = desk.read(post);
  assertStringIncludes(html, `<td align="left" class="long">${settings}</td>`);
  assertStringIncludes(html, '<td align="left" class="words">in a data centre far away</td>');
  assertStringIncludes(html, '<th scope="row" align="left">a</th>');
});

Deno.test("page: what an author says of a post stands above it; its own first words do not stand there twice", async () => {
  using desk = new Desk();
  const front = "title: A\ndate: 2026-03-14";
  desk.write("a.ipynb", notebook(raw(`${front}\ndescription: Of loops`), prose("It begins.")));
  desk.write("b.ipynb", notebook(raw(front), prose("It begins.")));
  const { posts } = await desk.publish(["a.ipynb", "b.ipynb"], {});
  const [told, untold] = posts.map((post) => desk.read(post));
  assertStringIncludes(told, '<p class="lead">Of loops</p>');
  assertFalse(untold.includes('class="lead"'));
  assertStringIncludes(untold, '<meta name="description" content="It begins.">');
});

Deno.test("publish options: targets and the site's address are checked by name and value", () => {
  assertEquals(parseTargets("jekyll, html"), ["html", "jekyll"]);
  assertEquals(parseSite("https://example.org/lab"), site);
  for (
    const [parse, text, problem] of [
      [parseTargets, "html,pdf", "--to pdf: there are html, markdown, hugo, jekyll"],
      [parseTargets, "", "--to"],
      [parseSite, "example.org", "--site example.org: an address as"],
      [parseSite, "javascript:alert(1)", "--site javascript:alert(1)"],
    ] as const
  ) assertStringIncludes(assertThrows(() => parse(text), UsageError).message, problem);
});
