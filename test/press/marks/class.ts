/** A chapter with an exercise and a guess, and what a class hands in of it. */
import { dirname, join } from "node:path";
import { studentEdition } from "../../../lib/press/lab/editions.ts";
import { type Cell, formatNotebook, type Notebook } from "../../../lib/press/notebook/notebook.ts";
import { code, notebook, prose } from "../record/fixture_project.ts";

const cell = (id: string, source: string, ...tags: string[]): Cell => (
  { ...code(source, tags), id }
);

const REVEALED = `question       guess  what happened  so
text           text   text           text
─────────────  ─────  ─────────────  ────────
seconds taken  –      7.83           no guess
1 row × 4 columns`;

/** The chapter: a pool of four, as the lab's own check has it. */
export function chapter(): Notebook {
  const reveal = cell("reveal", `await reveal(guesses, { "seconds taken": 7.83 });`);
  Object.assign(reveal, {
    outputs: [{ output_type: "display_data", data: { "text/plain": REVEALED }, metadata: {} }],
  });
  return notebook([
    { ...prose("# Pools"), id: "title" },
    cell(
      "imports",
      `import { show } from "lab";\nimport type { Strategy } from "lab";\n` +
        `import { check, predict, reveal } from "lab/class";`,
    ),
    cell("guess", `const guesses = await predict({ "seconds taken": null });`, "predict"),
    cell(
      "size",
      "const size = () => {\n  // BEGIN SOLUTION\n  return 4;\n  // END SOLUTION\n" +
        "  // STUB: return 1; // how many lanes?\n};",
      "exercise",
    ),
    cell("size-seen", "await show(size());", "check"),
    cell("pool", solution(LANES), "exercise"),
    cell("pool-check", `await check("pool", () => pool);`, "check"),
    reveal,
  ]);
}

/** Lanes that take from one list. */
export const LANES = `const names = [], queue = paths.entries();
  const lane = async () => {
    for (const [i, path] of queue) names[i] = (await get(path)).name;
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return names;`;

const solution = (body: string) =>
  `const pool: Strategy = async (paths, get) => {
  // BEGIN SOLUTION
  ${body}
  // END SOLUTION
  // STUB: return []; // your lanes
};`;

/** The whole cell with this body of the function. */
export const poolCell = (body: string) =>
  `const pool: Strategy = async (paths, get) => {\n  ${body}\n};`;

/** The notebook of a student who wrote `source` into the cell of the pool. */
export function handedIn(source: string, change: (own: Notebook) => void = () => {}): string {
  const own = studentEdition(chapter(), { name: "01_pools", back: "" });
  own.cells.find(({ id }) => id === "pool")!.source = source;
  change(own);
  return formatNotebook(own);
}

/** Writes files, by their path from `folder`. */
export function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    Deno.mkdirSync(dirname(join(folder, name)), { recursive: true });
    Deno.writeTextFileSync(join(folder, name), text);
  }
}
