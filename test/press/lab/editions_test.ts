/** The student's and the teacher's edition of a chapter, compared with it and with each other. */
import { assert, assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";
import { basename, join } from "node:path";
import { editionOf } from "../../../lib/press/lab/copies.ts";
import { studentEdition, teacherEdition } from "../../../lib/press/lab/editions.ts";
import { inSeconds } from "../../../lib/press/record/stated_times.ts";
import {
  type Cell,
  codeCells,
  formatNotebook,
  type Notebook,
  NotebookError,
  tagsOf,
} from "../../../lib/press/notebook/notebook.ts";
import { findNotebooks } from "../../../lib/press/notebook/find_notebooks.ts";
import { readNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { parseSource } from "../../../lib/press/notebook/syntax.ts";
import { code, notebook, prose } from "../record/fixture_project.ts";
import { Checkout } from "./fixture_checkout.ts";

const LAB = "lib/press/lab/lab.ts";
const OF = { name: "01_one", back: "../" };
const EXERCISE = `const twice = (n: number) => {
  // BEGIN SOLUTION
  const secret = n + n;
  return secret;
  // END SOLUTION
  // STUB: const mine = 0; // your line
  // STUB: return mine;
};`;
const tagged = (cell: Cell, ...tags: string[]): Cell => ({ ...cell, metadata: { tags } });

/** A chapter that gives its solution away in every place there is. */
function leaky(): Notebook {
  const exercise = code(EXERCISE, ["exercise", "hide-input"], "the secret\n");
  exercise.metadata = {
    ...exercise.metadata,
    jupyter: { source_hidden: true },
    solution: "secret",
  };
  (exercise as unknown as { attachments: unknown }).attachments = { "a.png": { "t/p": "secret" } };
  const text = prose("# One\n\n![it](attachment:one.png) [data](../data/README.md)");
  const pictures = { "one.png": { "image/png": "AAAA" }, "two.png": { "image/png": "secret" } };
  const all = notebook([
    { ...text, attachments: pictures } as Cell,
    exercise,
    code("await check(twice)", ["check"], "secret"),
    tagged(prose("Add it to itself."), "hint"),
    tagged(prose("The secret is addition."), "notes"),
    { ...code("console.log(2)"), secret: 1 } as unknown as Cell,
  ]);
  all.cells.forEach((cell, i) => cell.id = `cell-${i}`);
  const record = { hash: "secret", cells: [], lib: {}, data: {}, packages: {}, outputs: "secret" };
  const seconds = { "cell-1": 83.4, "cell-2": 0.4 };
  const lab = { quick: { n: 1 }, record: { ...record, seconds }, run: { status: "secret" } };
  all.metadata = { ...all.metadata, lab, secret: true, widgets: { state: "secret" } };
  return { ...all, secret: "at the top" } as Notebook;
}

Deno.test("student's edition: a stub for the solution, the hint folded, and the secret nowhere", () => {
  const edition = studentEdition(leaky(), OF);
  const text = formatNotebook(edition);
  assertFalse(text.includes("secret"), text);
  const [first, exercise, check, hint, last] = edition.cells;
  assertEquals(
    exercise.source,
    "const twice = (n: number) => {\n  const mine = 0; // your line\n  return mine;\n};",
  );
  assertEquals(exercise.metadata, { tags: ["exercise"] });
  assertEquals(tagsOf(check), ["check"]);
  assert(/^<details><summary>.*<\/summary>\n\nAdd it/.test(hint.source), hint.source);
  assertStringIncludes(first.source, "(../../data/README.md)");
  assertEquals(Object.keys((first as { attachments?: object }).attachments!), ["one.png"]);
  assertEquals(last.source, "console.log(2)");
  assertEquals(codeCells(edition).filter(({ outputs }) => outputs.length > 0), []);
  const lab = edition.metadata.lab as Record<string, unknown>;
  assertEquals(lab, { edition: "student", chapter: "01_one", quick: { n: 1 } });
});

Deno.test("teacher's edition: solutions, notes, outputs, the plan after the title, times to expect", () => {
  const edition = teacherEdition(leaky(), "## The plan\n\n[x](../a)", OF);
  const shown = edition.cells.map(({ id, source }) => [id, source.split("\n")[0]]);
  assertEquals(shown, [
    ["cell-0", "# One"],
    ["plan", "## The plan"],
    ["time-cell-1", "⏱ about 1 min 23 s."],
    ["cell-1", "const twice = (n: number) => {"],
    ["cell-2", "await check(twice)"],
    ["cell-3", "Add it to itself."],
    ["cell-4", "The secret is addition."],
    ["cell-5", "console.log(2)"],
  ]);
  assertStringIncludes(edition.cells[1].source, "[x](../../a)");
  assertEquals(edition.cells[3].source, EXERCISE);
  assertEquals(tagsOf(edition.cells[3]), ["exercise"], "what is to be shown is not hidden");
  assertEquals((edition.cells[4] as { outputs: unknown[] }).outputs.length, 1);
  assertEquals([59.6, 60, 8.2].map(inSeconds), ["about 1 min", "about 1 min", "about 8 s"]);
});

Deno.test("an edition is not made of a chapter whose solution has no end, no beginning, no markers", () => {
  const wrong = [
    "const a = () => {\n  // BEGIN SOLUTION\n  return 1;\n};",
    "const a = () => {\n  return 1;\n  // END SOLUTION\n  // STUB: return 0;\n};",
    "const a = () => 1;",
    "/* BEGIN SOLUTION */ const a = 1; /* END SOLUTION */",
  ];
  for (const source of wrong) {
    const chapter = notebook([prose("# One"), code(source, ["exercise"])]);
    const error = assertThrows(() => studentEdition(chapter, OF), NotebookError);
    assertStringIncludes(error.message, "01_one.ipynb: cell 2 ");
  }
  // Markers are for exercises, but a solution is one wherever it is.
  const elsewhere = notebook([code("// BEGIN SOLUTION\nconst secret = 1;\n// END SOLUTION\n1;")]);
  assertEquals(studentEdition(elsewhere, OF).cells[0].source, "1;");
});

/** Lines of a solution that are worth looking for: not brackets, and no line that stands elsewhere. */
function solutionLines(chapter: Notebook): string[] {
  const solutions = codeCells(chapter).flatMap(({ source }) =>
    source.match(/BEGIN SOLUTION\n[^]*?END SOLUTION/g) ?? []
  );
  const rest = chapter.cells
    .map(({ source }) => source.replace(/BEGIN SOLUTION\n[^]*?END SOLUTION/g, "")).join("\n");
  return solutions.join("\n").split("\n").map((line) => line.trim())
    .filter((line) => line.length > 16 && !rest.includes(line) && !/SOLUTION$/.test(line));
}

for (const file of findNotebooks([])) {
  const name = basename(file);
  const chapter = readNotebook(file, name);
  const student = editionOf(file, "student", join(file, "..", "mine"));
  const teacher = editionOf(file, "teacher", join(file, "..", "mine"));

  Deno.test(`${name}: its student's edition has every code cell, with no line of a solution`, () => {
    assertEquals(codeCells(student).map(({ id }) => id), codeCells(chapter).map(({ id }) => id));
    const text = formatNotebook(student);
    for (const line of solutionLines(chapter)) {
      assertFalse(text.includes(JSON.stringify(line).slice(1, -1)), line);
    }
    assertFalse(/SOLUTION|STUB:|"record"|"notes"/.test(text));
    const exercises = codeCells(student).filter((cell) => tagsOf(cell).includes("exercise"));
    assert(exercises.length > 0);
    for (const { id, source } of exercises) {
      assertFalse(parseSource(source).wrong, `${id} does not parse:\n${source}`);
    }
    const others = (of: Notebook) =>
      codeCells(of).filter((cell) => !tagsOf(cell).includes("exercise")).map((cell) => cell.source);
    assertEquals(others(student), others(chapter));
  });

  Deno.test(`${name}: its teacher's edition has all there is, and the student's nothing of that`, () => {
    const kept = teacher.cells.filter(({ id }) => !/^(time-|plan$)/.test(id));
    assertEquals(kept.map(({ id }) => id), chapter.cells.map(({ id }) => id));
    assertEquals(
      codeCells(teacher).map(({ source, outputs }) => [source, outputs]),
      codeCells(chapter).map(({ source, outputs }) => [source, outputs]),
    );
    const notes = (of: Notebook) => of.cells.filter((cell) => tagsOf(cell).includes("notes"));
    assertEquals(notes(student), []);
    const own = new Set(chapter.cells.map(({ id }) => id));
    assertEquals(student.cells.filter(({ id }) => !own.has(id)), []);
  });
}

Deno.test("lab --edition: puts editions where it is told, leaves work there alone, refuses the rest", async () => {
  const chapter = formatNotebook(leaky());
  using checkout = new Checkout({ "01_one.ipynb": chapter, "02_two.ipynb": chapter });
  const out = join(checkout.folder, "class");
  const made = await checkout.run(LAB, ["1", "--edition", "student", "--out", out]);
  assertEquals(made.code, 0, made.err);
  assertEquals([...Deno.readDirSync(out)].map(({ name }) => name), ["01_one.ipynb"]);
  const path = join(out, "01_one.ipynb");
  const text = Deno.readTextFileSync(path);
  assertFalse(text.includes("secret"));
  assertStringIncludes(text, "(../data/README.md)", "a link from elsewhere is left as it is");
  Deno.writeTextFileSync(path, text.replace("your line", "MY line"));
  const again = await checkout.run(LAB, ["--edition", "student", "--out", out]);
  assertStringIncludes(again.out, "01_one.ipynb: somebody's work, left alone");
  assertStringIncludes(Deno.readTextFileSync(path), "MY line");

  const refused: Record<string, string[]> = {
    "go together": ["--edition", "student"],
    "there are student and teacher": ["--edition", "pupil", "--out", out],
    "there the chapters are": ["--edition", "teacher", "--out", join(checkout.root, "notebooks")],
    "no such notebook": ["7", "--edition", "teacher", "--out", out],
  };
  for (const [reason, args] of Object.entries(refused)) {
    const { code, err } = await checkout.run(LAB, args);
    assertEquals(code, 2, reason);
    assertStringIncludes(err, reason);
  }
  checkout.write("notebooks/02_two.ipynb", chapter.replace("END SOLUTION", "END"));
  const broken = await checkout.run(LAB, ["--edition", "student", "--out", join(out, "more")]);
  assertEquals(broken.code, 2);
  assertStringIncludes(broken.err, "02_two.ipynb: cell 2");
  assertThrows(() => Deno.statSync(join(out, "more")), Deno.errors.NotFound);
});
