/** Chapter 1 in the tools that readers have: nbformat and nbconvert. Jupyter Notebook is student_test's. */
import {
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertStringIncludes,
} from "@std/assert";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { studentEdition } from "../../../lib/press/lab/editions.ts";
import { formatNotebook, type Notebook } from "../../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { readJob } from "../../../lib/press/run/job.ts";
import { needs } from "../../needs.ts";
import { jsonTexts } from "../fixture.ts";
import { shortChapter, sized, smallest } from "../lab/fixture_checkout.ts";
import { jupyterIn, nbconvert, validate } from "./jupyter.ts";
import { counts, displays, tableTexts } from "./shown.ts";

const test = needs("nbformat", "nbconvert");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const CHAPTER = "01_catch_em_all.ipynb";

const read = (path: string): Notebook => parseNotebook(Deno.readTextFileSync(path), path);

/** Converts notebooks to HTML and to Markdown, and looks for each of their charts and tables. */
async function assertPagesShowAll(files: readonly string[], env: Record<string, string>) {
  const out = Deno.makeTempDirSync({ prefix: "lab-pages-" });
  try {
    await nbconvert(files, ["--to", "html"], out, env);
    await nbconvert(files, ["--to", "markdown"], out, env);
    for (const file of files) {
      const page = (extension: string) =>
        Deno.readTextFileSync(join(out, basename(file, ".ipynb") + extension));
      const { charts, tables } = counts(read(file));
      const html = page(".html"), markdown = page(".md");
      assertEquals((html.match(/<img[^>]+src="data:image\/png/g) ?? []).length, charts, file);
      const pictures = [...markdown.matchAll(/!\[png\]\(([^)]+)\)/g)].map(([, name]) => name);
      assertEquals(pictures.length, charts, file);
      for (const name of pictures) {
        assertGreater(Deno.statSync(join(out, decodeURI(name))).size, 1_000);
      }
      for (const text of [html, markdown]) {
        assertGreaterOrEqual((text.match(/<table/g) ?? []).length, tables, file);
        for (const cell of tableTexts(read(file))) assertStringIncludes(text, cell);
      }
    }
  } finally {
    Deno.removeSync(out, { recursive: true });
  }
}

/** The notebooks that are in the repository. */
function committed(): string[] {
  const folder = join(root, "notebooks");
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return names.filter((name) => name.endsWith(".ipynb")).map((name) => join(folder, name));
}

test("standard tools: each shows everything of chapter 1 run here, and of committed notebooks", async (t) => {
  // The tools are on trial, not the figures.
  using checkout = shortChapter(CHAPTER);
  const env = await jupyterIn(checkout.home);
  const out = join(checkout.root, "out");
  const executed = join(out, "notebooks", CHAPTER);
  const chapter = join(root, "notebooks", CHAPTER);
  const mine = join(checkout.root, "notebooks", "mine");
  Deno.mkdirSync(mine);
  // With its sizes in it, and no outputs.
  const copy = join(mine, "copy.ipynb");
  const { notebook } = readJob(chapter, out, true, jsonTexts(smallest));
  Deno.writeTextFileSync(
    copy,
    formatNotebook(studentEdition(notebook, { name: "copy", back: "" })),
  );

  // Each mostly waits, and nothing is measured: so both run at once.
  const into = ["--to", "notebook", "--execute", "--output", "converted"];
  const converting = nbconvert([copy], into, mine, env).then(() => "done", String);
  const args = [CHAPTER, "--quick", ...sized(smallest), "--out", out];
  const { code, err } = await checkout.run("lib/press/tasks/run.ts", args);
  const converted = await converting;
  assertEquals(code, 0, err);
  const shown = counts(read(executed));
  assertGreater(shown.charts, 3);
  assertGreater(shown.tables, 0);

  await t.step("an executed notebook and those committed are valid nbformat 4.5", async () => {
    assertGreater(committed().length, 0);
    assertEquals(await validate([executed, copy, ...committed()]), "valid");
  });

  await t.step("nbconvert shows every chart and every table of them", async () => {
    const apart = join(mine, "executed.ipynb");
    Deno.copyFileSync(executed, apart);
    await assertPagesShowAll([apart, ...committed()], env);
  });

  await t.step("nbconvert --execute loses nothing that show displays", async () => {
    assertEquals(converted, "done");
    const wanted = displays(read(executed));
    const got = () => displays(read(join(mine, "converted.ipynb")));
    // It listens to a cell as long as the kernel is busy, and for a large chart the moment that show
    // waits can be too short where the machine stalls: then once more, with nothing beside it.
    for (let again = 2; again > 0 && `${got()}` !== `${wanted}`; again--) {
      await nbconvert([copy], into, mine, env);
    }
    assertEquals(got(), wanted);
  });
});
