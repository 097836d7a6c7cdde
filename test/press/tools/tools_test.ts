/**
 * Chapter 1, as students have it, in the tools that readers have: the runner, nbformat and nbconvert,
 * and Jupyter Notebook in Chromium. One run of it is what all others are held against.
 */
import {
  assert,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertStringIncludes,
} from "@std/assert";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  codeCells,
  formatNotebook,
  type Notebook,
  tagsOf,
} from "../../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { readJob } from "../../../lib/press/run/job.ts";
import { needs } from "../../needs.ts";
import { launchChromium, openPage } from "../browser.ts";
import { jsonTexts } from "../fixture.ts";
import { shortChapter, sized, smallest } from "../lab/fixture_checkout.ts";
import { jupyterIn, nbconvert, validate } from "./jupyter.ts";
import { NotebookServer } from "./notebook_server.ts";
import { counts, displays, tableTexts } from "./shown.ts";
import { studentsWay } from "./student.ts";

const standardTools = needs("nbformat", "nbconvert");
const inBrowser = needs("notebook", "chromium");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const CHAPTER = "01_catch_em_all.ipynb";
const LAB = "lib/press/lab/lab.ts";

const read = (path: string): Notebook => parseNotebook(Deno.readTextFileSync(path), path);

/** Converts notebooks to HTML and to Markdown, and looks for each of their charts and tables. */
async function assertPagesShowAll(files: readonly string[], env: Record<string, string>) {
  const out = Deno.makeTempDirSync({ prefix: "lab-pages-" });
  try {
    // Else it is after each of a dozen steps that it looks whether the notebook is still valid.
    const once = "--Exporter.optimistic_validation=True";
    for (const to of ["html", "markdown"]) await nbconvert(files, ["--to", to, once], out, env);
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

Deno.test("the student's edition of chapter 1 runs: every check says that nothing has been started", async (t) => {
  // The tools are on trial, not the figures.
  using checkout = shortChapter(CHAPTER);
  const env = await jupyterIn(checkout.home);
  const out = join(checkout.root, "out"), class_ = join(checkout.folder, "class");
  await checkout.run(LAB, ["--edition", "student", "--out", class_]);
  const edition = join(class_, CHAPTER), executed = join(out, "notebooks", CHAPTER);
  const args = [edition, "--quick", ...sized(smallest), "--out", out, "--to", "none"];
  const { code, err } = await checkout.run("lib/press/tasks/run.ts", args);
  assertEquals(code, 0, err);
  const ran = read(executed);
  const checks = codeCells(ran).filter((cell) => tagsOf(cell).includes("check"));
  assert(checks.length > 0);
  for (const { id, outputs } of checks) {
    assertStringIncludes(JSON.stringify(outputs), "Not started", id);
  }
  const shown = counts(ran);
  assertGreater(shown.charts, 3);
  assertGreater(shown.tables, 0);

  const mine = join(checkout.root, "notebooks", "mine");
  Deno.mkdirSync(mine);
  // With its sizes in it, and no outputs.
  const copy = join(mine, "copy.ipynb");
  const { notebook } = readJob(edition, out, true, jsonTexts(smallest));
  Deno.writeTextFileSync(copy, formatNotebook(notebook));

  await standardTools.step(
    t,
    "the executed notebook and those committed are valid nbformat 4.5",
    async () => {
      assertGreater(committed().length, 0);
      assertEquals(await validate([executed, copy, ...committed()]), "valid");
    },
  );

  await standardTools.step(t, "nbconvert shows every chart and every table of them", async () => {
    const apart = join(mine, "executed.ipynb");
    Deno.copyFileSync(executed, apart);
    await assertPagesShowAll([apart, ...committed()], env);
  });

  await standardTools.step(t, "nbconvert --execute loses nothing that show displays", async () => {
    const into = ["--to", "notebook", "--execute", "--output", "converted"];
    const wanted = displays(ran);
    const got = () => displays(read(join(mine, "converted.ipynb")));
    await nbconvert([copy], into, mine, env);
    // It listens to a cell as long as the kernel is busy. How long show waits is an estimate, since
    // nothing tells what is published: where a thread of the kernel stood still, once more.
    if (`${got()}` !== `${wanted}`) await nbconvert([copy], into, mine, env);
    assertEquals(got(), wanted);
  });

  await inBrowser.step(
    t,
    "a student opens it in Jupyter Notebook, predicts, runs all and sees every chart and every table, breaks the exercise, is told what is wrong, mends it and passes",
    async () => {
      await checkout.run(LAB, ["--no-open"]);
      await using server = new NotebookServer(join(checkout.root, "notebooks"), env);
      const browser = await launchChromium();
      try {
        const page = await openPage(browser);
        await page.goto(await server.url(`mine/${CHAPTER}`));
        await studentsWay(page, shown);
        const again = await checkout.run(LAB, ["--no-open"], { PATH: checkout.home });
        assertStringIncludes(again.out, `${CHAPTER}: somebody's work, left alone`);
        const mine = parseNotebook(checkout.read(`notebooks/mine/${CHAPTER}`), CHAPTER);
        assert(codeCells(mine).some(({ source }) => source.includes("for (const one of all)")));
      } finally {
        await browser.close();
      }
    },
  );
});
