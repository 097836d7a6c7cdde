// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { NotebookError } from "../../../lib/press/notebook/notebook.ts";
import { frontOf } from "../../../lib/press/post/read/front_matter.ts";
import { type CellText, code, notebook, prose, raw } from "./manuscript.ts";

const source = (...cells: CellText[]) => ({
  key: "01_two_loops.ipynb",
  file: "/x/01_two_loops.ipynb",
  name: "01_two_loops.ipynb",
  folder: "/x",
  notebook: notebook(...cells),
});

function front(strict: boolean, ...cells: CellText[]) {
  const warnings: string[] = [];
  const found = frontOf(source(...cells), strict, "2026-11-21", (text) => warnings.push(text));
  return { found, warnings };
}

Deno.test("front matter: every field is read, with or without its fences", () => {
  const fields = `title: "Two: loops"
description: What they cost
date: 2026-03-14
tags: [await, 2026]
author: A. Nonymous
draft: true
slug: two-loops
formerly: [loops, 2026-01-02-two-loops]
lang: pt-br`;
  const expected = {
    title: "Two: loops",
    lead: "What they cost",
    description: "What they cost",
    date: "2026-03-14",
    tags: ["await", "2026"],
    author: "A. Nonymous",
    draft: true,
    slug: "two-loops",
    formerly: ["loops", "2026-01-02-two-loops"],
    lang: "pt-BR",
    others: {},
  };
  for (const text of [fields, `---\n${fields}\n---\n`]) {
    assertEquals(front(true, prose("# Hi"), raw(text)), { found: expected, warnings: [] });
  }
});

Deno.test("front matter: a mistake names the notebook, the cell and the field", () => {
  const mistakes: [string, string][] = [
    ["title: [a]", "title must be a text"],
    ["date: 2026-02-30", 'date must be a day, as 2026-11-21, not "2026-02-30"'],
    ["date: yesterday", "date must be a day"],
    ["date: 2026-3-14", "date must be a day"],
    ["draft: maybe", "draft must be true or false"],
    ["tags: await", "tags must be a list"],
    ["slug: ../../etc", "slug must be lower-case letters"],
    ["formerly: loops", "formerly must be a list of earlier slugs"],
    ["formerly: [../up]", "formerly must be a list of earlier slugs"],
    ["lang: '<b>'", "lang must be a language"],
    ["title: a\ntitle: b", "line 2 is not YAML"],
    ["title: 'open", "is not YAML"],
    ["---\n- a\n- b", "must be YAML of the form"],
    ["---\njust words", "must be YAML of the form"],
    ["title: *nowhere", "is not YAML"],
  ];
  for (const [text, problem] of mistakes) {
    const read = () => front(true, prose("# Hi"), raw(text));
    const error = assertThrows(read, NotebookError);
    assertStringIncludes(error.message, "01_two_loops.ipynb: cell 2 (front matter): ", text);
    assertStringIncludes(error.message, problem, text);
  }
});

Deno.test("front matter: publishing needs a title and a date", () => {
  for (
    const [cells, problem] of [
      [[prose("# Hi")], "cell 1 must be a raw cell of YAML with a title and a date"],
      [[prose("# Hi"), raw("title: x")], "cell 2 (front matter) has no date"],
      [[raw("---\n---")], "cell 1 (front matter) has no title and no date"],
      [[raw("titel: x")], "cell 1 (front matter) has no title and no date, but titel"],
      [[raw("<p>A banner</p>")], "cell 1 must be a raw cell of YAML"],
    ] as [CellText[], string][]
  ) {
    const error = assertThrows(() => front(true, ...cells), NotebookError);
    assertStringIncludes(error.message, problem);
  }
});

Deno.test("front matter: a run takes the first heading and today's date, and says so", () => {
  const { found, warnings } = front(false, code("1"), prose("text\n\n# Two `loops`\n\nmore"));
  assertEquals([found.title, found.date, found.slug], ["Two loops", "2026-11-21", "two-loops"]);
  assertEquals(warnings, [
    'cell 1 gives no title and no date; taken: title "Two loops", date "2026-11-21"',
  ]);
  assertEquals(front(false, code("1")).found.title, "01_two_loops");
  const broken = front(
    false,
    raw("title: Mine\ndate: never\ndraft: perhaps\nfoo: 1"),
    prose("# Hi"),
  );
  const { title, date, draft } = broken.found;
  assertEquals([title, date, draft], ["Mine", "2026-11-21", true]);
  assertEquals(broken.warnings.length, 4);
  assertEquals(front(false, raw("\\LaTeX{}"), prose("# Hi")).found.title, "Hi");
});

Deno.test("front matter: without a description the prose's first words are one", () => {
  const { found } = front(
    true,
    raw("title: x\ndate: 2026-01-01"),
    prose("# H\n\nIt *starts* here."),
  );
  assertEquals(found.description, "It starts here.");
  const given = raw("title: x\ndate: 2026-01-01");
  const formula = prose("\\begin{align}\na &= b\n\\end{align}\n\n$x$ first.\n\nThen words.");
  assertEquals(front(true, given, formula).found.description, "Then words.");
  const pictures = prose("# ![logo](a.png) Names\n\n![image.png](b.png)\n\nWords.");
  const { title, description } = front(false, pictures).found;
  assertEquals([title, description], ["Names", "Words."]);
});

Deno.test("front matter: what other tools write is read, and what only they know is handed on", () => {
  const quarto = raw(
    "---\r\ntitle: Elsewhere\r\ndate: 2026-01-02T10:00:00+01:00\r\nformat: html\r\n" +
      "author:\r\n  - name: A. Nonymous\r\n  - B. Nonymous\r\npublished: false\r\n---\r\n",
  );
  const { found, warnings } = front(true, quarto);
  assertEquals(
    [found.title, found.date, found.author, found.draft],
    ["Elsewhere", "2026-01-02", "A. Nonymous, B. Nonymous", true],
  );
  assertEquals(found.others, { format: "html" });
  assertEquals(warnings, [
    "cell 1 (front matter): format: not known here; handed on to Hugo and Jekyll",
  ]);
});

Deno.test("front matter: a raw cell that Jupyter keeps for another format is not meant", () => {
  const banner = { ...raw("title: not mine"), metadata: { raw_mimetype: "text/restructuredtext" } };
  const { found } = front(
    true,
    banner,
    raw("  a table:of words"),
    raw("title: Mine\ndate: 2026-01-01"),
  );
  assertEquals(found.title, "Mine");
});

Deno.test("front matter: only a chapter's number is left off an address", () => {
  const slugOf = (name: string) => {
    const named = { ...source(raw("title: x\ndate: 2026-01-01")), file: `/x/${name}.ipynb` };
    return frontOf(named, true, "2026-11-21", () => {}).slug;
  };
  assertEquals(
    ["01_two_loops", "3. Waiting", "02.05-Sorting", "2026-01-05-news", "404", "Über_uns"].map(
      slugOf,
    ),
    ["two-loops", "waiting", "02-05-sorting", "2026-01-05-news", "404", "uber-uns"],
  );
});
