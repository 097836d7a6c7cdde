/** Chapters' exercises as modules of their own: solutions are right, stubs are not started. */
import { assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Result } from "../../lib/class/result.ts";
import { withStub } from "../../lib/press/lab/exercise.ts";
import { codeCells, tagsOf } from "../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../lib/press/notebook/parse_notebook.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const chapters = [...Deno.readDirSync(join(root, "notebooks"))].map(({ name }) => name)
  .filter((name) => /^\d\d_.*\.ipynb$/.test(name)).sort();

/** What the checks among these cells say, run with nothing but the classroom, Polars and types. */
async function marks(cells: readonly string[], folder: string): Promise<Result[]> {
  const door = JSON.stringify(new URL("../../lib/class/mod.ts", import.meta.url).href);
  const module = [
    `import { mark } from ${door};`,
    `import pl from "nodejs-polars";`,
    `type Strategy = any; type Pool = any; const marks: unknown[] = [];`,
    `const check = async (...its: any) => marks.push(await mark(...its as [any, any]));`,
    ...cells,
    "export { marks, pl };",
  ].join("\n");
  const file = join(folder, `${crypto.randomUUID()}.ts`);
  await Deno.writeTextFile(file, module);
  return (await import(pathToFileURL(file).href)).marks;
}

for (const chapter of chapters) {
  const text = await Deno.readTextFile(join(root, "notebooks", chapter));
  const cells = codeCells(parseNotebook(text, chapter))
    .filter((cell) => tagsOf(cell).some((tag) => ["exercise", "check"].includes(tag)))
    .map(({ source }) => source);

  Deno.test(`${chapter}: its solutions are right, and its stubs have not been started`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const solved = await marks(cells, folder);
      assertGreater(solved.length, 2);
      assertEquals(solved.filter(({ state }) => state !== "correct"), []);
      const stubs = await marks(cells.map((source) => withStub(source)!), folder);
      assertEquals(stubs.filter(({ state }) => state !== "not started"), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
