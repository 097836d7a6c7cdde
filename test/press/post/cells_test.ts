/** Cells of every kind: what Jupyter knows of them is shown, folded or named. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { JsonObject } from "../../../lib/press/notebook/notebook.ts";
import { code, Desk, display, FRONT, notebook, printed, prose, raw } from "./manuscript.ts";

const ALL = ["html", "markdown", "hugo", "jekyll"] as const;

Deno.test("cells: what is only a word or a picture in HTML stands on lines of its own", async () => {
  using desk = new Desk();
  const inline = [
    "<b>bold</b>",
    "<center>middle</center>",
    "one<br>two",
    "<span>bare</span>",
    "word",
  ];
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      ...inline.flatMap((html) => [
        prose("## A heading\n\nA paragraph."),
        code("x", [display({ "text/html": html })], ["remove-input"]),
        prose("- one\n- two"),
        prose(html),
        prose("| a | b |\n|---|---|\n| 1 | 2 |"),
      ]),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  for (const path of ["markdown/a/index.md", "hugo/content/posts/a/index.md"]) {
    const blocks = desk.read(path).split("\n\n").slice(path.startsWith("h") ? 1 : 3);
    assertEquals(blocks.length, inline.length * 6, path);
    assertEquals(blocks.slice(0, 6), [
      "## A heading",
      "A paragraph.",
      "**bold**",
      "- one\n- two",
      "**bold**",
      "| a | b |\n| - | - |\n| 1 | 2 |",
    ]);
  }
});

Deno.test("cells: raw ones are shown by their format, or named where they stood", async () => {
  using desk = new Desk();
  const kept = (raw_mimetype: string, source: string) => ({
    ...raw(source),
    metadata: { raw_mimetype },
  });
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      kept("text/html", "<b>for HTML</b><script>1</script>"),
      kept("text/markdown", "*for Markdown*"),
      kept("text/latex", "for $\\LaTeX$"),
      kept("text/restructuredtext", ".. note:: rst"),
      raw("plain   raw text\r\nin lines"),
      raw("  "),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  assertEquals(desk.warnings, [
    "a.ipynb: cell 5: a raw cell in the format text/restructuredtext is not shown: a post has another",
  ]);
  const note =
    "[Cell 5: a raw cell in the format text/restructuredtext is not shown: a post has another.]";
  const html = desk.read("posts/a.html");
  for (
    const part of [
      "<b>for HTML</b>",
      "<em>for Markdown</em>",
      "<math",
      "plain   raw text\nin lines",
      note,
    ]
  ) assertStringIncludes(html, part);
  const markdown = desk.read("markdown/a/index.md");
  for (
    const part of ["**for HTML**", "*for Markdown*", "for $\\LaTeX$", "plain   raw text\nin lines"]
  ) {
    assertStringIncludes(markdown, part);
  }
  assertStringIncludes(markdown.replaceAll("\\", ""), `*${note}*`);
});

Deno.test("cells: a raw one that looks like front matter and is none stays where it is", async () => {
  using desk = new Desk();
  for (const text of ["---\njust words\n---", "Note: some\nwords", "---\ntitle: 'open\n---"]) {
    desk.write("a.ipynb", notebook(raw(text), prose("Body.")));
    await desk.publish(["a.ipynb"], { targets: ALL, strict: false });
    assertStringIncludes(desk.read("posts/a.html").replaceAll("&#x27;", "'"), text);
    assertStringIncludes(desk.read("hugo/content/posts/a/index.md"), text);
    assertMatch(desk.warnings.join("\n"), /cell 1 \(front matter\): /);
  }
});

Deno.test("cells: what Jupyter has folded is folded", async () => {
  const both: JsonObject[] = [{ jupyter: { outputs_hidden: true } }, { collapsed: true }];
  for (const metadata of both) {
    using desk = new Desk();
    const folded = { ...code("f()", [printed("in the fold")]), metadata };
    const source = { ...code("const hidden = 1;"), metadata: { jupyter: { source_hidden: true } } };
    desk.write("a.ipynb", notebook(FRONT, folded, source, code("g()", [printed("open")])));
    await desk.publish(["a.ipynb"]);
    const html = desk.read("posts/a.html");
    const folds = [...html.matchAll(/<details[^]*?<\/details>/g)].map(([text]) => text);
    assertEquals(folds.length, 2);
    assertStringIncludes(folds[0], "in the fold");
    assertStringIncludes(folds[1], "hidden");
    assertFalse(folds.join("").includes("open</samp>"));
  }
});

Deno.test("cells: what a page cannot hold is named, with the cell, where it stood", async () => {
  using desk = new Desk();
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      prose("Before.\n\n<iframe src='https://example.org/embed'></iframe>\n\nAfter."),
      code("v", [display({
        "text/html":
          "<p>See <video src='x.mp4'></video> and <input><input type=hidden value=gone></p>",
      })]),
      prose("- [ ] open\n- [x] done"),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  assertEquals(desk.warnings.map((text) => text.replace(/ is not shown.*/, "")), [
    "a.ipynb: cell 2: an embedded page (https://example.org/embed)",
    "a.ipynb: cell 3: a video",
    "a.ipynb: cell 3: a control",
  ]);
  for (const path of ["posts/a.html", "hugo/content/posts/a/index.md"]) {
    const text = desk.read(path).replaceAll("\\", "");
    assertStringIncludes(
      text,
      "[Cell 2: an embedded page (https://example.org/embed) is not shown",
    );
    assertStringIncludes(text, "[Cell 3: a video is not shown");
  }
  const page = desk.read("posts/a.html");
  assertStringIncludes(page, "☑");
  assertFalse(/<input|gone/.test(page));
  assertStringIncludes(desk.read("markdown/a/index.md"), "- [ ] open\n- [x] done");
});

Deno.test("cells: a date to come is said, for the targets that would show nothing until then", async () => {
  using desk = new Desk();
  desk.write("a.ipynb", notebook(raw("title: Soon\ndate: 2026-11-22"), prose("Hi")));
  await desk.publish(["a.ipynb"]);
  assertEquals(desk.warnings, []);
  await desk.publish(["a.ipynb"], { targets: ["hugo"] });
  assertEquals(desk.warnings, [
    "a.ipynb: its date is 2026-11-22: until then Hugo and Jekyll leave it out of a site",
  ]);
});

Deno.test("cells: HTML whose style keeps its lines keeps them in every target", async () => {
  using desk = new Desk();
  const box = "┌→──┐\n│1  2│\n└~──┘\n";
  const kept = (tag: string) => `<${tag} style="color:red; white-space: pre">${box}</${tag}>`;
  desk.write(
    "a.ipynb",
    notebook(
      FRONT,
      code("b", [
        display({ "text/html": kept("span") }),
        display({ "text/html": `<div><p>Before.</p>${kept("div")}</div>` }),
        display({ "text/html": `<p>In a ${kept("span")} line.</p>` }),
      ]),
    ),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  const html = desk.read("posts/a.html");
  const inPage = `<code>${box.trim()}</code></pre>`;
  assertEquals(html.split(inPage).length, 3);
  assertMatch(html, /<p>In a <span>┌/);
  const markdown = desk.read("hugo/content/posts/a/index.md");
  assertEquals(markdown.split(`\n${box}\`\`\``).length, 3);
});

Deno.test("cells: HTML that is not closed leaves the blocks behind it what they are", async () => {
  using desk = new Desk();
  desk.write(
    "a.ipynb",
    notebook(FRONT, prose("<i>A. Nonymous<br>2026\n\n## A heading\n\n- one\n- two")),
  );
  await desk.publish(["a.ipynb"], { targets: ALL });
  for (const path of ["markdown/a/index.md", "jekyll/_posts/2026-03-14-a.md"]) {
    assertStringIncludes(desk.read(path), "\n\n## A heading\n\n- one\n- two");
  }
});
