/** The Hugo and the Jekyll that people have, building what was published for them. */
import {
  assert,
  assertEquals,
  assertFalse,
  assertGreater,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toString } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { needs, pathOf } from "../../needs.ts";
import { chapter } from "./chapter.ts";
import { hostile } from "./hostile.ts";
import { code, Desk, FRONT, notebook, prose } from "./manuscript.ts";
import { ADDRESSES, plainText, SIGNS, signs, TEX, WORDS } from "./plain_text.ts";

const test = { hugo: needs("hugo"), jekyll: needs("jekyll") };

/** Runs a generator in a folder; what it printed, an error for a warning or a failure. */
async function build(program: "hugo" | "jekyll", args: string[], cwd: string): Promise<void> {
  const env = { LC_ALL: "C.UTF-8" };
  const { code, stdout, stderr } = await new Deno.Command(pathOf(program), { args, cwd, env })
    .output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(code, 0, said);
  assertFalse(/warn|error|exception|deprecat/i.test(said), said);
}

/** Every picture that a page shows or links to, as a path below `site`; an error for none there. */
function assertPictures(site: string, page: string, base: string): number {
  const html = Deno.readTextFileSync(join(site, page));
  const urls = [...html.matchAll(/(?:src|href)="([^"]+\.(?:svg|png))"/g)].map((match) => match[1])
    .filter((url) => !url.startsWith("https://evil.example/"));
  for (const url of urls) {
    const path = decodeURIComponent(new URL(url, `https://example.org${base}${page}`).pathname);
    assert(path.startsWith(base), path);
    assertGreater(Deno.statSync(join(site, path.slice(base.length))).size, 0);
  }
  return new Set(urls).size;
}

function assertHarmless(html: string): void {
  const wrong: string[] = [];
  visit(fromHtml(html), "element", ({ tagName, properties }) => {
    if (["script", "iframe", "object", "embed", "form"].includes(tagName)) wrong.push(tagName);
    for (const [name, value] of Object.entries(properties)) {
      if (/^on/i.test(name) || /^\s*(javascript|vbscript):/i.test(String(value))) wrong.push(name);
    }
  });
  assertEquals(wrong, []);
  for (const kept of ["{{ 7 }}", "{% endraw %}", "{% unknown %}", "{{ 1 }}"]) {
    assert(html.includes(kept), kept);
  }
}

/** The blocks of the notebook of plain text: each one of its own, and every link leads to an id. */
function assertText(html: string): void {
  const blocks: string[] = [], ids: unknown[] = [], led: string[] = [];
  visit(fromHtml(html), "element", ({ tagName, properties }) => {
    if (/^(h2|p|ul|table)$/.test(tagName)) blocks.push(tagName);
    ids.push(properties.id);
    if (/^#/.test(String(properties.href))) led.push(String(properties.href).slice(1));
  });
  assertEquals(blocks.join(" ").replace(/( p)+/g, " p"), "ul h2 p ul table p h2 p");
  assertEquals(led.length, 5);
  for (const id of led) assert(ids.includes(id), id);
  const plain = html.replace(/&(#34|quot);/g, '"');
  const { author, tags, title } = WORDS;
  assertStringIncludes(plain, JSON.stringify({ author, tags, title }));
  assertStringIncludes(html, "smaller than $5.");
}

/** The words of the notebook of signs, in order and with no sign more, and where its links lead. */
function assertSigns(html: string): void {
  const main = fromHtml(html.slice(html.indexOf("<main>"), html.lastIndexOf("<hr")));
  const led: string[] = [];
  visit(main, { tagName: "a" }, (link: Element) => {
    led.push(decodeURIComponent(String(link.properties.href)));
  });
  assertEquals(led, ADDRESSES);
  const words = [...SIGNS.map(([, words]) => words), ADDRESSES.map(() => "w").join(" and ")];
  const text = (all: string) => all.replace(/\s+/g, " ").trim();
  assertEquals(text(toString(main)), words.join(" "));
  assertEquals(html.match(/<[ou]l\b/g)?.length, 7);
  assertFalse(/<h\d/.test(html));
}

/** One for both, since making it takes longer than either build. */
let shared: Promise<Desk> | undefined;
const desk = () => shared ??= published();
Deno.test.afterAll(async () => (await shared)?.[Symbol.dispose]());

async function published(): Promise<Desk> {
  const made = new Desk();
  made.write("chapter.ipynb", await chapter());
  made.write("hostile.ipynb", await hostile());
  made.write(
    "next.ipynb",
    notebook(
      { ...FRONT, source: `${FRONT.source}formerly: [before, 2026-01-02-next]\n` },
      prose("On to [the chapter](chapter.ipynb#in-figures), then [later](later.ipynb)."),
      code("const folded = `<b>{{ 1 }}</b>`;\n\nconst two = 2;", [], ["hide-input"]),
    ),
  );
  made.write("later.ipynb", notebook(FRONT));
  made.write(
    "draft.ipynb",
    notebook({ ...FRONT, source: `${FRONT.source}draft: true\nformerly: [x]\n` }),
  );
  made.write("plain-text.ipynb", plainText());
  made.write("signs.ipynb", signs());
  const names = ["chapter", "hostile", "next", "plain-text", "signs", "draft"]
    .map((name) => `${name}.ipynb`);
  await made.publish(names, { targets: ["hugo", "jekyll"], drafts: true });
  return made;
}

test.hugo("hugo builds what was published for it, with every picture, and without a warning", async () => {
  const made = await desk();
  const site = join(made.out, "hugo");
  const single =
    '<!doctype html><title>{{ .Title }}</title>{{ template "_internal/opengraph.html" . }}' +
    '{{ dict "author" .Params.author "tags" .Params.tags "title" .Title | jsonify }}' +
    "<main>{{ .Content }}</main>";
  const list = '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}';
  Deno.mkdirSync(join(site, "layouts/_default"), { recursive: true });
  Deno.writeTextFileSync(join(site, "layouts/_default/single.html"), single);
  Deno.writeTextFileSync(join(site, "layouts/_default/list.html"), list);
  Deno.writeTextFileSync(join(site, "layouts/index.html"), list);
  Deno.writeTextFileSync(
    join(site, "config.toml"),
    'baseURL = "https://example.org/blog/"\n' +
      'disableKinds = ["taxonomy", "term"]\n',
  );
  await build("hugo", ["--panicOnWarning"], site);
  const built = join(site, "public");
  assertEquals(assertPictures(built, "posts/what-does-await-cost/index.html", "/blog/"), 4);
  assertGreater(assertPictures(built, "posts/hostile/index.html", "/blog/"), 3);
  const chapterPage = Deno.readTextFileSync(join(built, "posts/what-does-await-cost/index.html"));
  assert(chapterPage.includes("/blog/posts/what-does-await-cost/chart-2.png"));
  assert(chapterPage.includes("<table>"));
  assertFalse(chapterPage.includes("raw HTML omitted"));
  const page = Deno.readTextFileSync(join(built, "posts/hostile/index.html"));
  assertFalse(page.includes("raw HTML omitted"));
  assertHarmless(page);
  assert(page.includes("{{% x %}} {{&lt; x a="));
  assertText(Deno.readTextFileSync(join(built, "posts/plain-text/index.html")));
  assertSigns(Deno.readTextFileSync(join(built, "posts/signs/index.html")));
  const next = Deno.readTextFileSync(join(built, "posts/next/index.html"));
  assertStringIncludes(next, 'href="../what-does-await-cost/#in-figures"');
  assertStringIncludes(next, "left out here: 3 lines of code");
  // In the order of their dates, which are the same, and then of their names.
  assertStringIncludes(
    next,
    'Previous: <a href="../what-does-await-cost/">What does await cost?</a>',
  );
  const moved = Deno.readTextFileSync(join(built, "posts/before/index.html"));
  assertStringIncludes(moved, "url=https://example.org/blog/posts/next/");
});

test.jekyll("jekyll builds what was published for it, with every picture, and without a warning", async () => {
  const made = await desk();
  const site = join(made.out, "jekyll");
  Deno.mkdirSync(join(site, "_layouts"));
  Deno.writeTextFileSync(
    join(site, "_layouts/post.html"),
    "<!doctype html><title>{{ page.title | escape }}</title><header>{{ page.excerpt }}</header>" +
      "{% capture front %}" +
      '{"author":{{ page.author | jsonify }},"tags":{{ page.tags | jsonify }},' +
      '"title":{{ page.title | jsonify }}}' +
      "{% endcapture %}{{ front | escape }}" +
      "<main>{{ content }}</main>",
  );
  Deno.writeTextFileSync(join(site, "_config.yml"), "title: T\nbaseurl: /blog\n");
  await build("jekyll", ["build", "--strict_front_matter"], site);
  const built = join(site, "_site");
  assertEquals(assertPictures(built, "2026/03/14/what-does-await-cost.html", "/blog/"), 4);
  assertGreater(assertPictures(built, "2026/03/15/hostile.html", "/blog/"), 3);
  const page = Deno.readTextFileSync(join(built, "2026/03/15/hostile.html"));
  assertHarmless(page);
  assert(page.includes("{{&lt; unknown &gt;}}"));
  const text = Deno.readTextFileSync(join(built, "2026/03/16/plain-text.html"));
  assertText(text);
  const tex = TEX.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  for (const shown of [`It is \\(${tex}\\).`, `\\[${tex}\\]`, "<td>\\(|x|\\)</td>", "\\(|x|\\)."]) {
    assertStringIncludes(text, shown);
  }
  assertSigns(Deno.readTextFileSync(join(built, "2026/03/17/signs.html")));
  const next = Deno.readTextFileSync(join(built, "2026/03/14/next.html"));
  assertStringIncludes(next, 'href="/blog/2026/03/14/what-does-await-cost.html#in-figures"');
  assertStringIncludes(next, '<a href="/blog/">later</a>');
  assertEquals(next.match(/<details>\s*<summary>Show the code<\/summary>/g)?.length, 1);
  assertStringIncludes(next, "{{ 1 }}");
  assertFalse(next.includes("```"));
  for (const former of ["2026/03/14/before.html", "2026/01/02/next.html"]) {
    const moved = Deno.readTextFileSync(join(built, former));
    assertStringIncludes(moved, 'content="0; url=/blog/2026/03/14/next.html"');
  }
});
