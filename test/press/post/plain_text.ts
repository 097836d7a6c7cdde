/** A notebook of text that generators are easily wrong about: words, formulas, anchors, raw HTML. */
import type { Notebook } from "../../../lib/press/notebook/notebook.ts";
import { code, display, notebook, prose, raw } from "./manuscript.ts";

/** What its front matter says: to YAML 1.1, few of these are texts. */
export const WORDS = {
  title: "No",
  author: "Yes",
  tags: ["on", "12:30", "1_000", "1,000", "0o17", "2026-01-01", "~", "=", "null", ":a", "0b1"],
};

/** TeX with a sign in it for everything that Markdown, kramdown and Liquid take for their own. */
export const TEX = String.raw`{{a}_{1}} + \{b\} * c_{2} * d \\ <e>`;

export function plainText(): Notebook {
  const html = (text: string) => code("html()", [display({ "text/html": text })], ["remove-input"]);
  return notebook(
    raw(JSON.stringify({ ...WORDS, date: "2026-03-16", slug: "plain-text" })),
    prose("- [one](#1st-part)\n- [two](#1st-part)\n- [here](#here)\n- [late](#late)"),
    prose("## 1st part\n\nA paragraph."),
    html("<b>done</b>"),
    prose(
      `- a list\n- of two\n\n| f | g |\n|---|---|\n| $p$ | $|x|$ |\n\nIt is $${TEX}$.\n\n$$\n${TEX}\n$$`,
    ),
    html("bare text"),
    prose("<a id='late'></a>\n\n## Part two\n\n<a name='here'></a>With `{{< x >}}` and `{% y %}`."),
    prose(`$$${Array.from({ length: 80 }, (_, i) => `x_{${i}}`).join(" + ")}$$`),
    prose("The size is $|x|$.\n\n$|y|$ is smaller than $5.\n\n[up](#1st-part)"),
  );
}

/** Prose that is easily written in a way which one reader of Markdown takes for another, and its words. */
export const SIGNS: readonly (readonly [source: string, words: string])[] = [
  [
    "In a Q&A, S&P of x&y;z wrote to me@home, then f\\[i](x) ended.",
    "In a Q&A, S&P of x&y;z wrote to me@home, then f[i](x) ended.",
  ],
  [
    "_Two weights *α* and *β* of one_ kind, **a <b>b</b> c**",
    "Two weights α and β of one kind, a b c",
  ],
  ["one<br>\n<code>two</code><code>three</code>", "one twothree"],
  ["#\n\n### <b></b>\n\nafter headings\n\n#### &nbsp;", "after headings"],
  ["- first\n-\n- third", "first third"],
  ["| only | a head |\n|---|---|", "only a head"],
  ["5. five\n6. six", "five six"],
  ["7. seven", "seven"],
  ["up to √*n* where *x*≥3", "up to √n where x≥3"],
  ["> 1. quoted\n2) next\n\n- of\n\n* three", "quoted next of three"],
];

/** Where links in it lead. */
export const ADDRESSES = [
  "https://example.org/?a=b&copy=1&lt=2",
  "https://example.org/a_(b)",
  "https://example.org/a(b",
  "mailto:a@example.org?subject=x&body=y",
];

export function signs(): Notebook {
  const links = ADDRESSES.map((url) => `[w](<${url}>)`).join(" and ");
  return notebook(
    raw(JSON.stringify({ title: "Signs", date: "2026-03-17", slug: "signs" })),
    ...SIGNS.map(([source]) => prose(source)),
    prose(links),
  );
}
