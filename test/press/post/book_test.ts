/** Posts that belong together: their order, their links, their earlier names, what stands for them. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { findNotebooks } from "../../../lib/press/notebook/find_notebooks.ts";
import { codeCells, NotebookError, tagsOf } from "../../../lib/press/notebook/notebook.ts";
import { readNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { charts } from "../../../lib/mod.ts";
import { code, Desk, notebook, prose, raw, shown } from "./manuscript.ts";

const ALL = ["html", "markdown", "hugo", "jekyll"] as const;

/** A chapter's notebook. */
const chapter = (title: string, more = "", date = "2026-03-14", text = "Some words.") =>
  notebook(raw(`title: ${title}\ndate: ${date}\n${more}`), prose(text));

/** Where a post is, by target. */
const at = (slug: string, date = "2026-03-14") => ({
  html: `posts/${slug}.html`,
  markdown: `markdown/${slug}/index.md`,
  hugo: `hugo/content/posts/${slug}/index.md`,
  jekyll: `jekyll/_posts/${date}-${slug}.md`,
});

Deno.test("book: chapters follow each other by their numbers, in every target", async () => {
  using desk = new Desk();
  // Written last first, and dated so.
  desk.write("10_end.ipynb", chapter("The end", "", "2026-01-01"));
  desk.write("2_middle.ipynb", chapter("A *middle* | one", "", "2026-02-01"));
  desk.write("1_start.ipynb", chapter("The start", "", "2026-03-01"));
  desk.write("aside.ipynb", chapter("An aside", "", "2026-02-01"));
  const names = ["10_end.ipynb", "aside.ipynb", "2_middle.ipynb", "1_start.ipynb"];
  await desk.publish(names, { targets: ALL });
  const middle = at("middle", "2026-02-01");
  assertStringIncludes(
    desk.read(middle.html),
    '<p>Previous: <a rel="prev" href="start.html">The start</a></p>' +
      '<p>Next: <a rel="next" href="end.html">The end</a></p></nav>',
  );
  const ways = {
    markdown: ["../start/index.md", "../end/index.md"],
    hugo: ["../start/", "../end/"],
    jekyll: ["{% post_url 2026-03-01-start %}", "{% post_url 2026-01-01-end %}"],
  };
  for (const [target, [before, after]] of Object.entries(ways)) {
    const text = desk.read(middle[target as keyof typeof ways]);
    const way = `Previous: [The start](${before}) · Next: [The end](${after})\n`;
    assert(text.endsWith(`\n---\n\n${way}`), target);
  }
  for (const target of ALL) {
    const ends = [at("start", "2026-03-01"), at("end", "2026-01-01")].map((end) =>
      desk.read(end[target])
    );
    assertEquals(ends.map((text) => /Previous: /.test(text)), [false, true], target);
    assertEquals(ends.map((text) => /Next: /.test(text)), [true, false], target);
    assertFalse(/Previous: |Next: /.test(desk.read(at("aside", "2026-02-01")[target])), target);
  }
});

Deno.test("book: posts without numbers follow each other by their dates", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", chapter("Later", "", "2026-02-02"));
  desk.write("b.ipynb", chapter("Sooner", "", "2026-02-01"));
  await desk.publish(["a.ipynb", "b.ipynb"]);
  assertStringIncludes(desk.read("posts/b.html"), 'rel="next" href="a.html"');
  assertFalse(desk.read("posts/a.html").includes('rel="next"'));
});

Deno.test("book: a post that is published again leads to those that have come between", async () => {
  using desk = new Desk();
  for (const name of ["1_a", "2_b", "3_c"]) desk.write(`${name}.ipynb`, chapter(name));
  await desk.publish(["1_a.ipynb", "3_c.ipynb"]);
  assertStringIncludes(desk.read("posts/a.html"), 'rel="next" href="c.html"');
  await desk.publish(["2_b.ipynb"]);
  await desk.publish(["1_a.ipynb", "3_c.ipynb"]);
  assertStringIncludes(desk.read("posts/a.html"), 'rel="next" href="b.html"');
});

Deno.test("book: alone, a chapter leads to where the others will be, and says so", async () => {
  using desk = new Desk();
  const text =
    "[Next](2_b.ipynb#The-end), [draft](3_c.ipynb), [none](4_d.ipynb), [odd](5_e.ipynb).";
  desk.write("1_a.ipynb", chapter("A", "", "2026-03-14", text));
  desk.write("2_b.ipynb", chapter("B", "slug: bee", "2026-03-15"));
  desk.write("3_c.ipynb", chapter("C", "draft: true"));
  desk.write("5_e.ipynb", "{");
  await desk.publish(["1_a.ipynb"], { targets: ALL });
  const links = {
    html: '<a href="bee.html#the-end">Next</a>, draft, none, odd.',
    markdown: "[Next](../bee/index.md#the-end), draft, none, odd.",
    hugo: "[Next](../bee/#the-end), draft, none, odd.",
    jekyll: '[Next]({% assign post = site.posts | where: "slug", "bee" | first %}' +
      '{{ post.url | default: "/" | relative_url }}#the-end), draft, none, odd.',
  };
  for (const target of ALL) assertStringIncludes(desk.read(at("a")[target]), links[target]);
  assertEquals(desk.warnings.map((warning) => warning.replace("1_a.ipynb: cell 2: ", "")), [
    "the link to 2_b.ipynb#The-end leads to bee, which is not here yet",
    "the link to 3_c.ipynb leads nowhere in a post and is left out",
    "the link to 4_d.ipynb leads nowhere in a post and is left out",
    "the link to 5_e.ipynb leads nowhere in a post and is left out",
  ]);
  desk.warnings.length = 0;
  await desk.publish(["1_a.ipynb", "2_b.ipynb"], { targets: ALL });
  assertStringIncludes(
    desk.read(at("a").jekyll),
    "[Next]({% post_url 2026-03-15-bee %}#the-end)",
  );
  assertEquals(desk.warnings.length, 3);
});

Deno.test("book: nothing that a generator builds leads to a post of a day to come, or to a draft", async () => {
  using desk = new Desk();
  desk.write("1_a.ipynb", chapter("A", "", "2026-03-14", "[Next](2_b.ipynb)"));
  desk.write("2_b.ipynb", chapter("B", "slug: bee", "2026-11-22"));
  const names = ["1_a.ipynb", "2_b.ipynb"];
  await desk.publish(names, { targets: ["html"] });
  assertStringIncludes(desk.read("posts/a.html"), 'rel="next" href="bee.html"');
  assertEquals(desk.warnings, []);
  await desk.publish(names, { targets: ["jekyll"] });
  assertFalse(/post_url|Next:/.test(desk.read(at("a").jekyll)));
  assertEquals(desk.warnings.length, 2);
  desk.write("2_b.ipynb", chapter("B", "slug: bee\ndraft: true\nformerly: [ant]"));
  await desk.publish(names, { targets: ["jekyll"], drafts: true });
  assertFalse(/post_url|Next:/.test(desk.read(at("a").jekyll)));
  assertFalse(desk.read("jekyll/redirects/2026-03-14-ant.html").includes("post_url"));
});

Deno.test("book: a post is found under the names that it had", async () => {
  using desk = new Desk();
  const former = "slug: now\nformerly: [once, 2026-01-02-now, 2026-01-02-once]";
  desk.write("a.ipynb", chapter("It's [now]", former));
  const { posts } = await desk.publish(["a.ipynb"], { targets: ALL });
  assertEquals(posts, Object.values(at("now")));
  const pages = Object.keys(desk.files()).filter((path) => /once|redirects/.test(path));
  assertEquals(pages.sort(), [
    "jekyll/redirects/2026-01-02-now.html",
    "jekyll/redirects/2026-01-02-once.html",
    "jekyll/redirects/2026-03-14-once.html",
    "markdown/once/index.md",
    "posts/once.html",
  ]);
  assertStringIncludes(desk.read("posts/once.html"), 'content="0; url=now.html"');
  assertStringIncludes(desk.read("markdown/once/index.md"), "[It's \\[now\\]](../now/index.md)");
  assertStringIncludes(desk.read(at("now").hugo), 'aliases:\n  - "once"\n');
  desk.write("b.ipynb", chapter("B", "slug: once"));
  const clash = await assertRejects(() => desk.publish(["b.ipynb"]), NotebookError);
  assertStringIncludes(clash.message, 'its slug "once" is that of ../a.ipynb');
  desk.write("c.ipynb", chapter("C", "formerly: [now]"));
  const other = await assertRejects(() => desk.publish(["c.ipynb"]), NotebookError);
  assertStringIncludes(other.message, 'its former slug "now" is that of ../a.ipynb');
});

Deno.test("book: the cover is the chart of the cell that is tagged so, and a tag in vain is said", async () => {
  using desk = new Desk();
  const bars = [{ label: "a", value: 3, unit: "s" }];
  const chart = async (title: string) => await shown(charts.study(bars, { title }));
  const two = [await chart("One"), await chart("Two")];
  const cover = (...tags: string[][]) =>
    notebook(
      raw("title: a\ndate: 2026-03-14"),
      ...tags.map((tag, i) => code(`f(${i})`, two.slice(i, i + 1), tag)),
    );
  const cards: string[] = [];
  for (const tags of [[["cover"], []], [[], ["cover"]]]) {
    desk.write("a.ipynb", cover(...tags));
    await desk.publish(["a.ipynb"]);
    cards.push(desk.files()["posts/a.png"]);
    const [alt] = desk.read("posts/a.html").match(/og:image:alt" content="\w+/)!;
    assertEquals(alt, `og:image:alt" content="${tags[0].length > 0 ? "One" : "Two"}`);
  }
  assert(cards[0] !== cards[1]);
  assertEquals(desk.warnings, []);
  desk.write("a.ipynb", cover([], [], ["cover"]));
  await desk.publish(["a.ipynb"]);
  assertEquals(desk.warnings, ["a.ipynb: cell 4: its tag is cover, and it has no chart to be one"]);
});

Deno.test("book: code that is folded stays, folded where HTML is let through, named elsewhere", async () => {
  using desk = new Desk();
  const hidden = code("const a = 1;\nconst b = 2;", [], ["hide-input"]);
  const output = code("f()", [await shown("Seen.")], ["hide-output"]);
  desk.write("a.ipynb", notebook(raw("title: A\ndate: 2026-03-14"), hidden, output));
  await desk.publish(["a.ipynb"], { targets: ALL });
  const fence = "```typescript\nconst a = 1;\nconst b = 2;\n```";
  for (const [target, tag] of [["markdown", "<details>"], ["jekyll", '<details markdown="1">']]) {
    const text = desk.read(at("a")[target as "markdown"]);
    assertStringIncludes(
      text,
      `${tag}\n<summary>Show the code</summary>\n\n${fence}\n\n</details>`,
    );
    assertStringIncludes(
      text,
      "<summary>Show the output</summary>\n\n```text\nSeen.\n```\n\n</details>",
    );
  }
  const hugo = desk.read(at("a").hugo);
  assertStringIncludes(hugo, "*Folded in the notebook, left out here: 2 lines of code.*");
  assertStringIncludes(hugo, "\n```text\nSeen.\n```\n");
  assertFalse(/<details|const a/.test(hugo));
});

Deno.test("book: the reading time is that of what is seen: prose, code and pictures, nothing folded", async () => {
  using desk = new Desk();
  const words = (n: number) => "word ".repeat(n);
  const minutes = async (...cells: Parameters<typeof notebook>) => {
    desk.write("a.ipynb", notebook(raw("title: A\ndate: 2026-03-14"), ...cells));
    await desk.publish(["a.ipynb"]);
    return Number(desk.read("posts/a.html").match(/(\d+) min read/)![1]);
  };
  assertEquals(await minutes(prose("Short.")), 1);
  assertEquals(await minutes(prose(words(2380))), 10);
  assertEquals(await minutes(prose(words(1190)), code(words(1190))), 10);
  assertEquals(await minutes(prose(words(1190)), code(words(1190), [], ["hide-input"])), 5);
  assertEquals(await minutes(prose(words(1190)), code(words(1190), [], ["remove-cell"])), 5);
  const table = await shown([{ a: 1, b: 2 }]);
  assertEquals(await minutes(prose(words(1190)), code("f()", Array(5).fill(table))), 6);
});

Deno.test("book: a frame's size is no caption; what its author wrote is", async () => {
  using desk = new Desk();
  const frames = [await shown([{ a: 1 }]), await shown([{ a: 1 }], "Hers.")];
  desk.write("a.ipynb", notebook(raw("title: A\ndate: 2026-03-14"), code("f()", frames)));
  await desk.publish(["a.ipynb"], { targets: ALL });
  const captions = [...desk.read("posts/a.html").matchAll(/<caption>(.*?)<\/caption>/g)];
  assertEquals(captions.map(([, words]) => words), ["Hers."]);
  for (const target of ALL) assertFalse(/1 row ×/.test(desk.read(at("a")[target])), target);
});

Deno.test("book: every chapter has chosen its cover, in one cell that draws", () => {
  for (const file of findNotebooks([])) {
    const covers = codeCells(readNotebook(file, file)).filter((cell) =>
      tagsOf(cell).includes("cover")
    );
    assertEquals(covers.length, 1, file);
    assertMatch(covers[0].source, /charts\.|encoding:|show\(\{/);
  }
});
