/** How a chapter is built, so that it can be read: its cells, its names, its beginning and its end. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Cell, codeCells, tagsOf } from "../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../lib/press/notebook/parse_notebook.ts";
import { parseSource } from "../../lib/press/notebook/syntax.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "notebooks");

/** Cells and names of the lab at most; chapter 1, which is for everybody, has fewer. */
const MOST = { cells: 60, names: 20 };
const MOST_OF: Record<string, typeof MOST> = {
  "01_catch_em_all.ipynb": { cells: 45, names: 14 },
  "05_workers_and_processes.ipynb": { cells: 55, names: 20 },
  "06_a_thousand_requests.ipynb": { cells: 45, names: 20 },
  "07_client_and_server.ipynb": { cells: 55, names: 20 },
  "08_go_and_python.ipynb": { cells: 35, names: 20 },
};

/** What is a learner's or a teacher's, and comes on top. */
const BESIDE = ["exercise", "check", "hint", "notes", "predict", "reveal", "quick"];

const chapters = [...Deno.readDirSync(folder)]
  .map(({ name }) => name)
  .filter((name) => /^\d\d_.*\.ipynb$/.test(name))
  .sort();

/** The names that code imports from the lab's doors, the classroom's left out, and types. */
function namesOf(code: string): string[] {
  const imports = code.matchAll(/^import \{([^}]*)\} from "lab(?:\/(?!class)\w+)?";/gm);
  return [...imports].flatMap(([, names]) => names.split(",").map((name) => name.trim()))
    .filter((name) => name !== "" && !name.startsWith("type "));
}

/** What makes code hard to read for somebody who sees it once. */
const RIDDLES: Record<string, RegExp> = {
  "a list's item by its number": /[\w)\]]\[\d+\]/,
  "a pattern with a hole": /\[\s*,|,\s*,/,
  "an object spread to save lines": /\.\.\.\{/,
};

/** Code without its comments and texts. */
const bare = (code: string) => code.replace(/\/\/.*$|"[^"\n]*"|`[^`]*`/gm, '""');

/** Whether code ends in a value to look at, and not in one that a loop or an assignment leaves over. */
function isAsked(source: string): boolean {
  const last = parseSource(source).body.at(-1);
  return last?.type === "ExpressionStatement" && last.expression.type !== "AssignmentExpression";
}

for (const name of chapters) {
  const text = await Deno.readTextFile(join(folder, name));
  const notebook = parseNotebook(text, name);
  const { cells } = notebook;
  const code = codeCells(notebook);
  const prose = cells.filter((cell) => cell.cell_type === "markdown");
  const where = (found: readonly Cell[]) => found.map((cell) => cell.id);

  Deno.test(`${name}: no more cells and names than a reader has patience for`, () => {
    const most = MOST_OF[name] ?? MOST;
    const counted = cells.filter((cell) => !tagsOf(cell).some((tag) => BESIDE.includes(tag)));
    const names = namesOf(code.map(({ source }) => source).join("\n"));
    assert(counted.length <= most.cells, `${counted.length} cells`);
    assert(names.length <= most.names, `${names.length} names: ${names.join(", ")}`);
  });

  Deno.test(`${name}: every cell has an id of its own`, () => {
    const ids = JSON.parse(text).cells.map(({ id }: { id: string }) => id);
    assertEquals(ids.filter((id: string, i: number) => ids.indexOf(id) !== i), []);
  });

  Deno.test(`${name}: cells are short, and most have a dozen lines or fewer`, () => {
    const lines = code.map(({ source }) => source.split("\n").length);
    assertEquals(where(code.filter((_, i) => lines[i] > 25)), []);
    const folded = ["hide-input", "quick"];
    const open = code.filter((cell) => !tagsOf(cell).some((tag) => folded.includes(tag)));
    const long = open.filter(({ source }) => source.split("\n").length > 12);
    assertLess(long.length, open.length / 3, where(long).join(", "));
    // A post has room for so many characters, and a phone for fewer.
    const wide = open.filter(({ source }) => source.split("\n").some((line) => line.length > 90));
    assertEquals(where(wide), []);
  });

  for (const [riddle, pattern] of Object.entries(RIDDLES)) {
    Deno.test(`${name}: no cell has ${riddle}`, () => {
      assertEquals(where(code.filter(({ source }) => pattern.test(bare(source)))), []);
    });
  }

  Deno.test(`${name}: says at first what it teaches, needs and takes, at last what would change it and its sources`, () => {
    const [first, second] = prose;
    assert(/^# \S/.test(first.source));
    for (const what of ["learn", "need", "How long"]) assert(second.source.includes(what), what);
    const headings = prose.flatMap(({ source }) => source.match(/^## .*/gm) ?? []);
    assert(headings.includes("## What would change this result"), headings.join());
    assertEquals(headings.at(-1), "## Sources");
  });

  Deno.test(`${name}: has sizes to change, and a quick set of them in a line of its own`, () => {
    const parameters = code.filter((cell) => tagsOf(cell).includes("parameters"));
    assertEquals(parameters.length, 1);
    const { quick } = notebook.metadata.lab as { quick: Record<string, unknown> };
    for (const size of Object.keys(quick)) assert(parameters[0].source.includes(`const ${size} =`));
    const lines = code.filter((cell) => tagsOf(cell).includes("quick"));
    assertEquals(lines.length, 1);
    const [, sizes] = lines[0].source.match(/^\/\/ (const [^\n]*;) \/\/ a quick look$/)!;
    const names = [...sizes.matchAll(/(\w+) = /g)].map(([, name]) => name);
    assertEquals(new Function(`${sizes} return { ${names} };`)(), quick);
  });

  Deno.test(`${name}: asks a question of a frame in Polars`, () => {
    const asking = /\.(groupBy|agg|join|pivot)\(/;
    assert(code.some(({ source }) => asking.test(source)));
  });

  Deno.test(`${name}: an exercise is between its markers, has a stub, and its check comes next`, () => {
    cells.forEach((cell, i) => {
      if (cell.cell_type !== "code" || !tagsOf(cell).includes("exercise")) return;
      assert(
        /\/\/ BEGIN SOLUTION\n[\s\S]*\/\/ END SOLUTION\s*\/\/ STUB: /.test(cell.source),
        cell.id,
      );
      assert(tagsOf(cells[i + 1]).includes("check"), cell.id);
    });
  });

  Deno.test(`${name}: has three exercises, each with a hint, and with notes for who teaches`, () => {
    for (const tag of ["exercise", "hint", "notes"]) {
      const tagged = (tag === "exercise" ? code : cells).filter((cell) =>
        tagsOf(cell).includes(tag)
      );
      assertGreaterOrEqual(tagged.length, 3, tag);
    }
  });

  Deno.test(`${name}: its links to chapters lead to chapters`, () => {
    const links = prose.flatMap(({ source }) => [...source.matchAll(/\]\((\d\d_[^)#]*)/g)]);
    assertEquals(links.map(([, to]) => to).filter((to) => !chapters.includes(basename(to))), []);
  });

  Deno.test(`${name}: Python and Go in its prose are the lab's own programs`, async () => {
    const peers = join(root, "lib", "peers");
    const files = ["python", "go"].flatMap((language) =>
      [...Deno.readDirSync(join(peers, language))].map((entry) => join(peers, language, entry.name))
    );
    const programs = await Promise.all(files.map((file) => Deno.readTextFile(file)));
    const blocks = prose.flatMap(({ source }) => [
      ...source.matchAll(/^```(?:python|go)\n([\s\S]*?)^```/gm),
    ]);
    const missing = blocks.map(([, block]) => block).filter((block) =>
      !programs.some((program) => program.includes(block))
    );
    assertEquals(missing, []);
  });

  Deno.test(`${name}: what it shows is at most 1 MB, and every chart of it is a picture too`, () => {
    assertLess(text.length, 1_000_000);
    const shown = code.flatMap((cell) =>
      cell.outputs.flatMap((output) => "data" in output ? [output.data] : [])
    );
    const charts = shown.filter((data) => "application/vnd.vegalite.v5+json" in data);
    assert(charts.every((data) => "image/png" in data && "text/plain" in data));
  });

  Deno.test(`${name}: a cell prints no value by the way, which may be an exercise's answer`, () => {
    const printing = code.filter((cell) =>
      cell.outputs.some((output) => output.output_type === "execute_result")
    );
    assertEquals(where(printing.filter(({ source }) => !isAsked(source))), []);
  });
}
