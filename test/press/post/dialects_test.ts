// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { offLiquid, withoutShortcodes } from "../../../lib/press/post/markdown/guard.ts";
import { code, Desk, display, FRONT, notebook, prose } from "./manuscript.ts";
import { chapter } from "./chapter.ts";

Deno.test("hugo: shortcodes are written as comments of themselves, unclosed ones parted", () => {
  assertEquals(withoutShortcodes("a {{ .x }} b"), "a {{ .x }} b");
  assertEquals(withoutShortcodes("{{< x >}}"), "{{</* x */>}}");
  assertEquals(withoutShortcodes("{{% x %}}{{< y >}}"), "{{%/* x */%}}{{</* y */>}}");
  assertEquals(withoutShortcodes("{{</* x */>}}"), "{{</*/* x */*/>}}");
  assertEquals(withoutShortcodes("{{< open"), "{\u2060{< open");
  assertEquals(withoutShortcodes("{{< a {{< b >}}"), "{\u2060{< a {{</* b */>}}");
});

Deno.test("jekyll: code with Liquid in it stands between raw tags that it cannot end", () => {
  const kept = offLiquid("`{% endraw %}`", "{% endraw %}", "span");
  assertEquals(kept, "{% raw %}`{%{% endraw %}{% raw %} endraw %}`{% endraw %}");
  assertEquals(offLiquid("`x`", "x", "span"), "`x`");
});

Deno.test("markdown: each target has its files where its generator looks, and nothing else", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", await chapter());
  const result = await desk.publish(["a.ipynb"], { targets: ["markdown", "hugo", "jekyll"] });
  assertEquals(result.posts, [
    "markdown/what-does-await-cost/index.md",
    "hugo/content/posts/what-does-await-cost/index.md",
    "jekyll/_posts/2026-03-14-what-does-await-cost.md",
  ]);
  const folders = [
    "markdown/what-does-await-cost/",
    "hugo/content/posts/what-does-await-cost/",
    "jekyll/assets/what-does-await-cost/",
  ];
  const pictures = ["chart-1.png", "chart-1.svg", "chart-2.png", "chart-2.svg"];
  assertEquals(
    Object.keys(desk.files()).sort(),
    [...result.posts, ...folders.flatMap((folder) => pictures.map((name) => folder + name))].sort(),
  );
  assertEquals(desk.warnings, []);
  const post = desk.read("hugo/content/posts/what-does-await-cost/index.md");
  assertMatch(post, /^---\ntitle: "What does await cost\?"\n/);
  assertMatch(post, /\[!\[Requests over time\. .*\]\(chart-1\.svg\)\]\(chart-1\.png\)/);
  assertMatch(post, /\| variant .*\|\n\| :-/);
  assertStringIncludes(post, 'name: "featured"');
  for (const removed of ["removed", "secret", "hide-input", 'from "lab"']) {
    assertFalse(post.includes(removed), removed);
  }
  const plain = desk.read("markdown/what-does-await-cost/index.md");
  assertStringIncludes(
    plain,
    "\n# What does await cost?\n\nMarch 14, 2026 · The Await Lab · 1 min read\n",
  );
});

Deno.test("markdown: posts link to posts, each target in its own way", async () => {
  using desk = new Desk();
  const second = "title: Next\ndate: 2026-03-16\n";
  desk.write(
    "01_a.ipynb",
    notebook(FRONT, prose("[next](02_b.ipynb#end), [gone](03_c.ipynb), [up](../x.csv)")),
  );
  desk.write("02_b.ipynb", notebook({ type: "raw", source: second }, prose("Hi")));
  await desk.publish(["01_a.ipynb", "02_b.ipynb"], {
    targets: ["html", "markdown", "hugo", "jekyll"],
  });
  const links = {
    "posts/a.html": '<a href="b.html#end">next</a>, gone, up',
    "markdown/a/index.md": "[next](../b/index.md#end), gone, up",
    "hugo/content/posts/a/index.md": "[next](../b/#end), gone, up",
    "jekyll/_posts/2026-03-14-a.md": "[next]({% post_url 2026-03-16-b %}#end), gone, up",
  };
  for (const [file, link] of Object.entries(links)) assertStringIncludes(desk.read(file), link);
  assertEquals(desk.warnings.length, 2);
});

Deno.test("markdown: a post that a target does not have is not led to there, and that is said", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", notebook(FRONT, prose("[next](b.ipynb)")));
  desk.write("b.ipynb", notebook({ type: "raw", source: "title: Next\ndate: 2026-03-16" }));
  await desk.publish(["b.ipynb"]);
  await desk.publish(["a.ipynb"]);
  assertStringIncludes(desk.read("posts/a.html"), '<a href="b.html">next</a>');
  assertEquals(desk.warnings, []);
  await desk.publish(["a.ipynb"], { targets: ["jekyll"] });
  assertFalse(desk.read("jekyll/_posts/2026-03-14-a.md").includes("post_url"));
  assertEquals(desk.warnings.length, 1);
});

Deno.test("markdown: HTML becomes Markdown, with none left", async () => {
  using desk = new Desk();
  const html = "<table><caption>2 rows</caption><tr><th>a<br><small>ms</small><th>b</tr>" +
    '<tr><td>1</td><td style="text-align:right">x | <b>y</b></td></tr></table><script>1</script>';
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      prose("Press <kbd>Ctrl</kbd>.<br>\n\n<div align=center><b>bold</b></div>"),
      code("t", [display({ "text/html": html })]),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ["hugo"] });
  const text = desk.read("hugo/content/posts/a/index.md");
  assertStringIncludes(text, "*2 rows*\n\n| a (ms) | b |\n| - | -: |\n| 1 | x \\| **y** |");
  assertStringIncludes(text, "**bold**");
  assertFalse(/<\w/.test(text.replace(/```[^]*?```/g, "")), text);
});

Deno.test("markdown: a heading is one line, whatever breaks it in the notebook", async () => {
  using desk = new Desk();
  desk.write(
    "a.ipynb",
    notebook(FRONT, prose("# One<br>two  \nthree\n\nof\n*four*\n===\n\n<h2>five\nsix</h2>")),
  );
  await desk.publish(["a.ipynb"], { targets: ["markdown", "hugo", "jekyll"] });
  for (const path of ["markdown/a/index.md", "jekyll/_posts/2026-03-14-a.md"]) {
    assertMatch(desk.read(path), /\n## One two\n\nthree\n\n## of \*four\*\n\n## five six\n/);
  }
});

Deno.test("markdown: no bracket in Hugo's prose begins a formula, and no two formulas become one", async () => {
  using desk = new Desk();
  const source = "[[1]](https://a.example/x_(y)) and f\\[i](x), $a_1$$b^2$, \\\\{ \\\\\\\\[ $c_1$";
  desk.write("a.ipynb", notebook(FRONT, prose(source)));
  await desk.publish(["a.ipynb"], { targets: ["markdown", "hugo"] });
  const [, body] = desk.read("hugo/content/posts/a/index.md").split("\n---\n");
  const formulas = body.match(/\\\([^]*?\\\)|\\\[[^]*?\\\]/g);
  assertEquals(formulas, ["\\(a_1\\)", "\\(b^2\\)", "\\(c_1\\)"]);
  assertStringIncludes(desk.read("markdown/a/index.md"), "$a_1$ $b^2$");
});

Deno.test("markdown: lists of tasks, and blocks in a table's cell, stay what they are", async () => {
  using desk = new Desk();
  const table =
    "<table><tr><th>h</th></tr><tr><td>a<ul><li>x</li><li>y</li></ul></td></tr></table>";
  desk.write("a.ipynb", notebook(FRONT, prose("- [ ] open $x$\n- [x] done"), prose(table)));
  await desk.publish(["a.ipynb"], { targets: ["markdown", "jekyll"] });
  const text = desk.read("markdown/a/index.md");
  assertStringIncludes(text, "- [ ] open $x$\n- [x] done\n");
  assertStringIncludes(text, "| h |\n| - |\n| a x y |");
  assertStringIncludes(
    desk.read("jekyll/_posts/2026-03-14-a.md"),
    "- [ ] open $$x$$\n- [x] done\n",
  );
});
