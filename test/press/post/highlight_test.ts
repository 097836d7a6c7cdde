/** Code in colours: known by its language's names, and always the text that it was. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { toHtml } from "hast-util-to-html";
import { toString } from "hast-util-to-string";
import { highlight } from "../../../lib/press/post/page/highlight.ts";

Deno.test("highlight: tokens have the classes that the page's sheet knows", () => {
  const html = toHtml(highlight('const n = 1; // one\nawait show(`${n} "x"`);', "typescript"));
  const sheet = new URL("../../../lib/press/post/page/style.css", import.meta.url);
  for (const kind of ["keyword", "number", "comment", "title", "string", "subst"]) {
    assertStringIncludes(html, `class="s-${kind}`);
    assertStringIncludes(Deno.readTextFileSync(sheet), `.s-${kind}`);
  }
});

Deno.test("highlight: a language is known by any of its names", () => {
  for (const name of ["python", "py", "ts", "js", "bash", "sh", "json", "r", "julia", "scala"]) {
    assertStringIncludes(toHtml(highlight('"x"', name)), 's-string">', name);
  }
});

Deno.test("highlight: whatever the code is, and whatever it is said to be in, its text stays", () => {
  const codes = [
    ["def two():\n    return 'two'\n", "python"],
    ["<b>three</b>&amp;", "no language at all"],
    ["<script>alert(1)</script>", "html"],
    ["", "typescript"],
    ["\n\n  x\n", ""],
    ["half `${ a string", "typescript"],
    ["x".repeat(100_001), "typescript"],
    ...["constructor", "__proto__", "toString"].map((name) => ["const a = 1;", name]),
  ];
  for (const [source, language] of codes) {
    assertEquals(toString(highlight(source, language)), source, language);
  }
});
