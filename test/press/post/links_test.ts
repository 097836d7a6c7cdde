/** Links within a post and out of it: each leads somewhere, or is said to lead nowhere. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { code, Desk, display, FRONT, notebook, prose } from "./manuscript.ts";

const ALL = ["html", "markdown", "hugo", "jekyll"] as const;
const POST = {
  html: "posts/a.html",
  markdown: "markdown/a/index.md",
  hugo: "hugo/content/posts/a/index.md",
  jekyll: "jekyll/_posts/2026-03-14-a.md",
};

Deno.test("links: to headings as Jupyter names them, and to anchors in any cell", async () => {
  using desk = new Desk();
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      prose(
        "- [a](#What's-new?)\n- [b](#Part-two)\n- [c](#by_id)\n- [d](#named)\n- [e](#in-output)\n" +
          "- [f](#before)\n- [g](#what's-new%3F)\n- <a href='#Part-two'>h</a>\n",
      ),
      prose("## What's new?\n\nSome <a id='by_id'></a>text, <a name=named>more</a>."),
      prose("<a id='before'></a>"),
      prose("## Part two"),
      prose("## What's new?"),
      code("x", [display({ "text/html": "<table id='in-output'><tr><td>1</td></tr></table>" })]),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  assertEquals(desk.warnings, []);
  const ids = ["whats-new", "part-two", "by_id", "named", "in-output", "before", "whats-new"];
  for (const target of ["html", "markdown", "jekyll"] as const) {
    const text = desk.read(POST[target]);
    const led = target === "html"
      ? [...text.matchAll(/<a href="#([^"]*)">[a-h]</g)]
      : [...text.matchAll(/\[[a-h]\]\(#([^)]*)\)/g)];
    assertEquals(led.map((match) => match[1]), [...ids, "part-two"], target);
    for (const id of ids.slice(2, 6)) assertStringIncludes(text, `id="${id}"`);
  }
  const hugo = desk.read(POST.hugo);
  const [next, two] = ["whats-new", "part-two"];
  assertEquals(
    [...hugo.matchAll(/\]\(#([^)]*)\)/g)].map((match) => match[1]),
    [next, two, next, next, "whats-new-1", two, next, two],
  );
  assertStringIncludes(hugo, "## What's new? {#whats-new}");
  assertFalse(hugo.includes("<a"));
  assertStringIncludes(desk.read(POST.html), '<h2 id="whats-new-1">');
});

Deno.test("links: one that leads nowhere is said with its cell, and is only its words", async () => {
  using desk = new Desk();
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      prose("[gone](#nowhere), [top](#), [](#x), <a id='x'></a> and [file](data.csv)."),
      prose("<a href='#scrollTo=1'>odd</a> <a href='#x'></a>"),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  assertEquals(desk.warnings.sort(), [
    "a.ipynb: cell 2: the link to #nowhere leads nowhere in the post and is left out",
    "a.ipynb: cell 2: the link to data.csv leads nowhere in a post and is left out",
    "a.ipynb: cell 3: the link to #scrollTo=1 leads nowhere in the post and is left out",
  ]);
  for (const target of ALL) {
    const text = desk.read(POST[target]);
    assertFalse(/\[\]\(|href="#x"|nowhere/.test(text), target);
    assertStringIncludes(text, target === "html" ? '<a href="#">top</a>' : "[top](#)");
  }
});

Deno.test("links: footnotes of two cells keep apart, and lead to their own", async () => {
  using desk = new Desk();
  const note = (text: string) => prose(`Word[^1].\n\n[^1]: ${text}\n`);
  const html = prose("A <i>word</i>[^1].\n\n[^1]: third\n");
  desk.write("a.ipynb", notebook(FRONT, note("first"), note("second"), html));
  await desk.publish(["a.ipynb"], { targets: ALL });
  assertEquals(desk.warnings, []);
  const page = desk.read(POST.html);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  assertEquals(ids.length, new Set(ids).size);
  for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) assertEquals(ids.includes(id), true, id);
  for (const target of ["markdown", "hugo", "jekyll"] as const) {
    assertStringIncludes(desk.read(POST[target]), "[^1-1]: first");
    assertStringIncludes(desk.read(POST[target]), "[^2-1]: second");
  }
});

Deno.test("links: a picture from elsewhere within a link is its words, and no link in a link", async () => {
  using desk = new Desk();
  const badge = "https://example.org/badge.svg";
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      prose(`[![Open it](${badge})](https://example.org/book)`),
      prose(`<a href="https://example.org/book"><img alt="Read it" src="${badge}"></a>`),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  for (const words of ["Open it", "Read it"]) {
    assertStringIncludes(desk.read(POST.html), `<a href="https://example.org/book">${words}</a>`);
    for (const target of ["markdown", "hugo", "jekyll"] as const) {
      assertStringIncludes(desk.read(POST[target]), `[${words}](https://example.org/book)`);
    }
  }
  assertEquals(desk.warnings.length, 2);
});
