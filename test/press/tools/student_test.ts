/** A student's way through chapter 1: in the runner, and in Jupyter Notebook in Chromium. */
import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import type { Page } from "npm:playwright-core@1.65.1";
import { codeCells, tagsOf } from "../../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { needs } from "../../needs.ts";
import { launchChromium, openPage } from "../browser.ts";
import { shortChapter, sized, smallest } from "../lab/fixture_checkout.ts";
import { jupyterIn } from "./jupyter.ts";
import { NotebookServer, runAll } from "./notebook_server.ts";
import { counts } from "./shown.ts";

const inBrowser = needs("notebook", "chromium");

const CHAPTER = "01_catch_em_all.ipynb";
const LAB = "lib/press/lab/lab.ts";

/** What happens to one cell of the page, which is found by its tag and by what is in it. */
class CellOnPage {
  constructor(readonly page: Page, readonly tag: string, readonly text: string) {}

  #cell(then: string): string {
    const [tag, text] = [this.tag, this.text].map((each) => JSON.stringify(each));
    const tagged = `(cell) => (cell.metadata.tags ?? []).includes(${tag}) && ` +
      `cell.get_text().includes(${text})`;
    return `(() => {
      const cell = Jupyter.notebook.get_cells().find(${tagged});
      return ${then};
    })()`;
  }

  /** Puts the cell into view and its editor into focus. */
  async #enter(): Promise<void> {
    const index = await this.page.evaluate(this.#cell("Jupyter.notebook.find_cell_index(cell)"));
    await this.page.evaluate(`Jupyter.notebook.select(${index})`);
    await this.page.locator(".cell").nth(index as number).locator(".CodeMirror").first().click();
  }

  source(): Promise<string> {
    return this.page.evaluate(this.#cell("cell.get_text()"));
  }

  /** Types `text` in place of what is there. */
  async type(text: string): Promise<void> {
    await this.#enter();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(text);
  }

  /** Runs it and resolves to what it shows, once it is done. */
  async run(): Promise<string> {
    const before = await this.page.evaluate(this.#cell("cell.input_prompt_number"));
    await this.#enter();
    await this.page.keyboard.press("Control+Enter");
    const number = this.#cell("cell.input_prompt_number");
    const done = `Number.isInteger(${number}) && ${number} !== ${JSON.stringify(before ?? null)}`;
    await this.page.waitForFunction(done, undefined, { timeout: 120_000, polling: 100 });
    const shows = this.#cell(`cell.element.find(".output_area").text()`);
    await this.page.waitForFunction(`${shows}.trim() !== ""`, undefined, { timeout: 60_000 });
    return await this.page.evaluate(shows);
  }
}

const answerOf = (body: string) =>
  `const together: Strategy = async (paths, get) => {\n  ${body}\n};`;

Deno.test("the student's edition of chapter 1 runs: every check says that nothing has been started", async (t) => {
  using checkout = shortChapter(CHAPTER);
  const out = join(checkout.folder, "out"), class_ = join(checkout.folder, "class");
  await checkout.run(LAB, ["--edition", "student", "--out", class_]);
  const args = [join(class_, CHAPTER), "--quick", ...sized(smallest), "--out", out, "--to", "none"];
  const { code, err } = await checkout.run("lib/press/tasks/run.ts", args);
  assertEquals(code, 0, err);
  const ran = parseNotebook(Deno.readTextFileSync(join(out, "notebooks", CHAPTER)), CHAPTER);
  const checks = codeCells(ran).filter((cell) => tagsOf(cell).includes("check"));
  assert(checks.length > 0);
  for (const { id, outputs } of checks) {
    assertStringIncludes(JSON.stringify(outputs), "Not started", id);
  }
  const shown = counts(ran);
  assertGreater(shown.charts, 3);
  assertGreater(shown.tables, 0);

  await inBrowser.step(
    t,
    "a student opens it in Jupyter Notebook, predicts, runs all and sees every chart and every table, breaks the exercise, is told what is wrong, mends it and passes",
    async () => {
      const env = await jupyterIn(checkout.home);
      await checkout.run(LAB, ["--no-open"]);
      await using server = new NotebookServer(join(checkout.root, "notebooks"), env);
      const browser = await launchChromium();
      try {
        const page = await openPage(browser);
        await page.goto(await server.url(`mine/${CHAPTER}`));
        await page.waitForFunction("Jupyter?.notebook?.kernel?.is_connected()", undefined, {
          timeout: 120_000,
          polling: 250,
        });
        const cell = (tag: string, text: string) => new CellOnPage(page, tag, text);
        const [sizes, guess] = [cell("parameters", "const"), cell("predict", "guesses")];
        const [exercise, check] = [cell("exercise", "const together"), cell("check", '"together"')];

        const small = Object.entries(smallest).reduce(
          (source, [name, value]) =>
            source.replace(new RegExp(`(const ${name} = )[^;]*`), `$1${value}`),
          await sizes.source(),
        );
        await sizes.type(small);
        await guess.type((await guess.source()).replace("null", "999"));
        await runAll(page);
        await page.locator(".output_area table").getByText("too high").first().waitFor();
        const visible = (selector: string) => page.locator(selector).filter({ visible: true });
        // The page draws an output some time after it has heard that its cell is done.
        await visible(".output_area img").nth(shown.charts - 1).waitFor();
        const drawn = await visible(".output_area img").evaluateAll((images) =>
          images.filter((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0)
        );
        const tables = await visible(".output_area table").count();
        assertEquals({ charts: drawn.length, tables }, shown);
        assertEquals(await visible(".output_error").count(), 0);
        assertMatch(await check.run(), /Not started/);

        await exercise.type(answerOf(
          "const names = [];\n  for (const path of paths) names.push(await get(path).name);\n  return names;",
        ));
        await page.keyboard.press("Control+Enter");
        const broken = await check.run();
        assertMatch(broken, /Keep working/);
        assertMatch(broken, /the dot was quicker/, "it names the mistake");

        await exercise.type(answerOf(
          "const all = paths.map((path) => get(path)), names = [];\n" +
            "  for (const one of all) names.push((await one).name);\n  return names;",
        ));
        await page.keyboard.press("Control+Enter");
        assertMatch(await check.run(), /Correct/);

        await page.evaluate("Jupyter.notebook.save_notebook()");
        const again = await checkout.run(LAB, ["--no-open"]);
        assertStringIncludes(again.out, `${CHAPTER}: somebody's work, left alone`);
        const mine = parseNotebook(checkout.read(`notebooks/mine/${CHAPTER}`), CHAPTER);
        assert(codeCells(mine).some(({ source }) => source.includes("for (const one of all)")));
      } finally {
        await browser.close();
      }
    },
  );
});
