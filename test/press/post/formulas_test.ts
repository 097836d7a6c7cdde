/** TeX: found where Jupyter finds it, handed on as it was written, typeset in a page. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { findFormulas } from "../../../lib/press/post/read/formulas.ts";
import { parseMarkdown } from "../../../lib/press/post/read/parse_markdown.ts";
import { visit } from "unist-util-visit";
import { code, Desk, display, FRONT, notebook, prose } from "./manuscript.ts";

const ALL = ["html", "markdown", "hugo", "jekyll"] as const;

async function published(...cells: Parameters<typeof notebook>) {
  using desk = new Desk();
  desk.write("a.ipynb", notebook(FRONT, ...cells));
  await desk.publish(["a.ipynb"], { targets: ALL });
  const body = (path: string) => desk.read(path).replace(/^---\n[^]*?\n---\n/, "");
  return {
    html: desk.read("posts/a.html"),
    markdown: body("markdown/a/index.md"),
    hugo: body("hugo/content/posts/a/index.md"),
    jekyll: body("jekyll/_posts/2026-03-14-a.md"),
    warnings: desk.warnings,
  };
}

Deno.test("formulas: found between every pair of delimiters, and not where there is none", () => {
  const cases: [string, string[]][] = [
    ["a $x$ b", ["x"]],
    ["$ x_1 $ and $y$-axis", ["x_1", "y"]],
    ["it costs $5 and $6", []],
    ["US$5, then CA$7 = $12", []],
    ["$10 a day for 20$", []],
    ["$HOME/bin and $PATH", []],
    ["in $, or in \\$x\\$", []],
    ["$10$ of $n$", ["10", "n"]],
    ["3$\\times$4, $100 to $200", ["\\times"]],
    ["$\\$5$", ["\\$5"]],
    ["$\\text{if $x$}$", ["\\text{if $x$}"]],
    ["$a\\ $ and $ b $", ["a\\space", "b"]],
    ["$$\na\n$$ $$b$$", ["a", "b"]],
    ["$$a\n\nb$$", []],
    ["\\\\(a\\\\) \\\\[b\\\\]", ["a", "b"]],
    ["\\(a\\)", []],
    ["\\begin{align*}\na&=b\\\\\n\\end{align*}", ["\\begin{align*}\na&=b\\\\\n\\end{align*}"]],
    ["\\begin{a}\\begin{a}x\\end{a}\\end{a}", ["\\begin{a}\\begin{a}x\\end{a}\\end{a}"]],
    ["\\begin{a}", []],
    ["> $$\n> a\n> + b\n> $$", ["a\n+ b"]],
    ["$", []],
    ["$$$$", []],
  ];
  for (const [text, tex] of cases) {
    assertEquals(findFormulas(text, "markdown").map((found) => found.tex), tex, text);
  }
  assertEquals(findFormulas("\\(a\\) \\[b\\]", "plain").map(({ tex }) => tex), ["a", "b"]);
});

Deno.test("formulas: dollars, braces and backslashes without end are read in no time", () => {
  for (const hostile of ["${", "$$ ", "\\begin{a}", "$a ", "\\\\(", "$x$ {"]) {
    const start = performance.now();
    findFormulas(hostile.repeat(200_000), "markdown");
    // Quadratic, this would take hours.
    assert(performance.now() - start < 60_000, hostile);
  }
});

Deno.test("formulas: what is code, an address or HTML's attribute to Markdown is none", () => {
  const text = "`$a$` and ``$b$`` [c](http://x/$d$e) ![$f$](g.png) <i title='$h$'>i</i>\n\n" +
    "```\n$$j$$\n```\n\n    $k$\n";
  const values: string[] = [];
  visit(parseMarkdown(text).tree, (node) => {
    if ((node as { type: string }).type === "formula") values.push((node as never)["value"]);
    if (node.type === "link") assertEquals(node.url, "http://x/$d$e");
    if (node.type === "image") assertEquals(node.alt, "$f$");
    if (node.type === "inlineCode") assertMatch(node.value, /^\$[ab]\$$/);
  });
  assertEquals(values, []);
});

const TEX = String.raw`a_{1} + \{b\} * c_{2} \, 'd' -- "e"`;

Deno.test("formulas: each target gets them as they were written, in the delimiters it knows", async () => {
  const { markdown, hugo, jekyll, html, warnings } = await published(
    prose(
      `# How $\\chi^2$ works\n\nInline $${TEX}$, and $x*y*z$ for $5 or $6.\n\n` +
        `$$\n\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n$$\n\n- in a list $l_{1}$\n` +
        "\n  $$m_{1} \\\\ n$$\n\n| f | g |\n|---|---|\n| $p$ | $|x_i|$ and $\\|y\\|$ |",
    ),
    prose("\\begin{align}\n  u &= v \\\\\n    &= w\n\\end{align}\ntext after"),
  );
  assertEquals(warnings, []);
  const matrix = "$$\n\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n$$";
  const align = "$$\n\\begin{align}\n  u &= v \\\\\n    &= w\n\\end{align}\n$$\n\ntext after";
  const list = "$l_{1}$\n\n  $$\n  m_{1} \\\\ n\n  $$";
  for (
    const [text, parts] of [
      [markdown, [`Inline $${TEX}$, and $x*y*z$ for \\$5 or \\$6.`, "How $\\chi^2$ works", list]],
      [hugo, [`Inline \\(${TEX}\\), and \\(x*y*z\\)`, "\\(\\chi^2\\)", "\\$5 or \\$6"]],
      [jekyll, [`Inline $$${TEX}$$, and $$x*y*z$$`, "$$\\chi^2$$", "\\$5 or \\$6"]],
    ] as const
  ) for (const part of [...parts, matrix, align]) assertStringIncludes(text, part);
  assertStringIncludes(markdown, "| $p$ | $\\|x_i\\|$ and $\\\\|y\\\\|$ |");
  assertStringIncludes(jekyll, "| $$p$$ | $$\\|x_i\\|$$ and $$\\\\|y\\\\|$$ |");
  assertStringIncludes(hugo, "| \\(p\\) | \\(\\vert x_i\\vert \\) and \\(\\Vert y\\Vert \\) |");
  assertEquals([...html.matchAll(/<math/g)].length, 10);
  assertEquals([...html.matchAll(/<math display="block"/g)].length, 3);
  assertFalse(/<script|<em>|@font-face/.test(html));
  assertStringIncludes(html, "for $5 or $6.");
});

Deno.test("formulas: Liquid and bars in TeX break nothing of Jekyll's", async () => {
  const { jekyll } = await published(
    prose("It is ${{n}\\choose{k}}$ here.\n\nThe size is $|x|$ now.\n\n$|x|$ is it.\n\n$$|z|$$"),
  );
  assertStringIncludes(jekyll, "It is {% raw %}$${{n}\\choose{k}}$${% endraw %} here.");
  assertStringIncludes(jekyll, "The size is\n$$|x|$$ now.");
  assertStringIncludes(jekyll, "$$\\vert x\\vert $$ is it.");
  assertStringIncludes(jekyll, "$$\n|z|\n$$");
});

Deno.test("formulas: TeX is neither HTML nor a link to a reader who knows none", async () => {
  const { markdown, hugo } = await published(
    prose("$a<b$ and $\\text{<script>1</script>}$\n\n$$\n[x](javascript:y) <img src=z>\n$$"),
  );
  for (const text of [markdown, hugo]) {
    assertStringIncludes(text, "a< b");
    assertFalse(/<[a-z/]|\]\(/i.test(text), text);
  }
});

Deno.test("formulas: LaTeX and HTML that cells put out hold some, too", async () => {
  const { html, markdown, jekyll } = await published(
    code("Math()", [display({ "text/latex": "$\\displaystyle x^{2}$", "text/plain": "<Math>" })]),
    code("html()", [display({ "text/html": "<p>so \\(y_{3}\\) and <code>$z$</code></p>" })]),
  );
  assertEquals([...html.matchAll(/<math/g)].length, 2);
  assertStringIncludes(html, "<code>$z$</code>");
  assertStringIncludes(markdown, "$\\displaystyle x^{2}$");
  assertStringIncludes(markdown, "so $y_{3}$ and `$z$`");
  assertStringIncludes(jekyll, "so $$y_{3}$$ and");
  assertFalse(html.includes("&lt;Math&gt;"));
});

Deno.test("formulas: an environment of lines stands on its own between single dollars, too", async () => {
  const lines = "\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}";
  const { html, markdown, hugo, jekyll, warnings } = await published(
    prose(`Of $x$:\n\n$\n${lines}\n$\n\nand $\\begin{pmatrix}a\\end{pmatrix}$.`),
  );
  assertEquals(warnings, []);
  assertEquals([...html.matchAll(/<math[^>]*display="block"/g)].length, 1);
  for (const text of [markdown, hugo, jekyll]) assertStringIncludes(text, `\n$$\n${lines}\n$$\n`);
});

Deno.test("formulas: what MathJax takes without braces or as text is typeset, nothing of it lost", async () => {
  const formulas = [
    "\\frac{\\sigma_\\max}{\\sigma_\\min(A)}",
    "\\underbrace{y}_\\vec{c} + \\underbrace{z}_\\sqrt{\\Lambda_{1}} + x^\\bar y + z_\\rm{exact}",
    "x^\\sqrt[3]{2} + y_\\widehat{z} + \\sum_\\gcd n + z_\\boxed\\alpha",
    "(-1)^\\mbox{# of R\\&D_rows & x^2} + \\text{50% of $x_1$}",
    "\\det{x}\\ ",
    "\\eqref{eq:one_more}",
  ];
  const { html, warnings } = await published(...formulas.map((tex) => prose(`So $${tex}$ is.`)));
  assertEquals(warnings, []);
  const seen = [...html.matchAll(/<semantics>([^]*?)<annotation/g)].map(([, mathml]) =>
    mathml.replace(/<[^>]*>/g, "").replaceAll("&#x26;", "&").replaceAll("\u00a0", " ")
  );
  assertEquals(seen.length, formulas.length);
  for (const word of ["max", "min", "exact", "# of R&D_rows & x^2", "50% of ", "(eq:one_more)"]) {
    assertStringIncludes(seen.join("\n"), word);
  }
});

Deno.test("formulas: a colour is that of what stands in braces, and can be read on a dark page", async () => {
  const { html } = await published(prose("So $\\color{blue}{a} + b$ is $\\colorbox{#ff0}{c}$."));
  const colours = [...html.matchAll(/<(\w+)[^>]* style="(color:[^"]*)"/g)].map(([, ...is]) => is);
  assertEquals(colours, [
    ["mi", "color:light-dark(#0000FF,color-mix(in srgb,#0000FF 50%,#fff));"],
  ]);
  assertStringIncludes(html, 'mathbackground="#ff0"');
  assertMatch(html, /\[mathbackground\] \{ color: #000; \}/);
});

Deno.test("formulas: TeX that cannot be typeset is shown as it is, with a note that names the cell", async () => {
  const { html, markdown, warnings } = await published(
    prose("Good $\\R$? $\\frac$ is not. $\\href{javascript:alert(1)}{x}$"),
    prose("$\\newcommand{\\R}{\\mathbb{R}}$ Then $\\R^2$ is."),
    prose("$x \\begin{align}a\\end{align}$"),
  );
  assertEquals(warnings.length, 3);
  assertFalse(html.includes("..]"), "one full stop ends a note");
  assertStringIncludes(warnings[0], "a.ipynb: cell 2: a formula is shown as TeX: Unexpected end");
  assertStringIncludes(html, "<code>$\\frac$</code> <em>[Cell 2: a formula is shown as TeX");
  assertFalse(/href="?javascript:/.test(html));
  assertStringIncludes(markdown, "$\\frac$ is not.");
  assertStringIncludes(html, "<mi>ℝ</mi>");
});
