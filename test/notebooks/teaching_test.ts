/** The teacher's page names what there is: sections, exercises, mistakes, and times as recorded. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertGreater } from "@std/assert";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { planFor } from "../../lib/press/lab/copies.ts";
import { findNotebooks } from "../../lib/press/notebook/find_notebooks.ts";
import { codeCells, tagsOf } from "../../lib/press/notebook/notebook.ts";
import { readNotebook } from "../../lib/press/notebook/parse_notebook.ts";
import { inSeconds, secondsOf } from "../../lib/press/record/stated_times.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = Deno.readTextFileSync(join(root, "notebooks", "TEACHING.md"));
const classroom = [...Deno.readDirSync(join(root, "lib", "class"))]
  .map(({ name }) => Deno.readTextFileSync(join(root, "lib", "class", name))).join("\n");

/** Text as it is compared: on one line, without what marks code. */
const plain = (text: string) => text.replaceAll("`", "").replace(/\s+/g, " ").trim();
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => plain(m[1]));

for (const file of findNotebooks([])) {
  const name = basename(file);
  const chapter = readNotebook(file, name);
  const plan = planFor(name);

  Deno.test(`teaching ${name}: goals, plans for 20, 45 and 90 minutes, figures, surprises, questions`, () => {
    for (
      const part of ["Goals", "Prerequisites", "At the figures", "What surprises", "Questions"]
    ) {
      assert(plan.includes(`**${part}`), part);
    }
    assertEquals(all(plan, /^\| +(\d+) \|/gm), ["20", "45", "90"]);
    assert(/^\| +minutes \| show +\| skip +\|$/m.test(plan));
  });

  Deno.test(`teaching ${name}: every section that it names is one, and no exercise is forgotten`, () => {
    const prose = chapter.cells.filter((cell) => cell.cell_type === "markdown");
    const headings = prose.flatMap(({ source }) => all(source, /^#{2,3} (.*)$/gm));
    const other = name.startsWith("01") ? readNotebook(findNotebooks(["2"])[0], "2").cells : [];
    const known = [...headings, ...other.flatMap(({ source }) => all(source, /^#{2,3} (.*)$/gm))];
    const named = all(plan, /(?<![\w_])_([^_]+)_(?![\w_])/g);
    assertGreater(named.length, 8);
    assertEquals(named.filter((section) => !known.includes(section)), []);
    const exercises = headings.filter((heading) => heading.startsWith("Your turn"));
    const count = codeCells(chapter).filter((cell) => tagsOf(cell).includes("exercise")).length;
    assertEquals(exercises.length, count, "a heading an exercise");
    assertEquals(exercises.filter((exercise) => !named.includes(exercise)), []);
  });

  Deno.test(`teaching ${name}: every mistake that it names is what a check calls one`, () => {
    const questions = plan.slice(plan.indexOf("**Questions"));
    const mistakes = all(questions, /\*\*([^*]+)\*\*/g).slice(1);
    assertGreater(mistakes.length, 0);
    assertEquals(mistakes.filter((mistake) => !classroom.includes(`"${mistake}"`)), []);
  });

  Deno.test(`teaching ${name}: says how long its cells took when they were saved`, () => {
    const seconds = secondsOf(chapter);
    const stated = all(plan, /<!-- time of \w+ -->([^<]*)<!-- end -->/g);
    assertEquals(stated, [seconds === 0 ? "a time not measured yet" : inSeconds(seconds)]);
  });
}

Deno.test("teaching: the page has a section for each chapter, and for no other", () => {
  const named = all(page, /^## \[[^\]]+\]\(([^)]+)\)/gm);
  assertEquals(named, findNotebooks([]).map((file) => basename(file)));
});
