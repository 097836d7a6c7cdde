/** A student's way through chapter 1 in Jupyter Notebook. */
import { assertEquals, assertMatch } from "@std/assert";
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import type { Page } from "npm:playwright-core@1.65.1";
import { smallest } from "../lab/fixture_checkout.ts";
import { runAll } from "./notebook_server.ts";

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

/**
 * On the page of the student's edition: predicts, runs all and sees as many charts and tables as
 * there are, breaks the exercise, is told what is wrong, mends it, passes and saves.
 */
export async function studentsWay(
  page: Page,
  shown: { readonly charts: number; readonly tables: number },
): Promise<void> {
  await page.waitForFunction("Jupyter?.notebook?.kernel?.is_connected()", undefined, {
    timeout: 120_000,
    polling: 250,
  });
  const cell = (tag: string, text: string) => new CellOnPage(page, tag, text);
  const [sizes, guess] = [cell("parameters", "const"), cell("predict", "guesses")];
  const [exercise, check] = [cell("exercise", "const together"), cell("check", '"together"')];

  const small = Object.entries(smallest).reduce(
    (source, [name, value]) => source.replace(new RegExp(`(const ${name} = )[^;]*`), `$1${value}`),
    await sizes.source(),
  );
  await sizes.type(small);
  await guess.type((await guess.source()).replace("null", "999"));
  await runAll(page);
  await page.locator(".output_area table").getByText("too high").first().waitFor();
  const visible = (selector: string) => page.locator(selector).filter({ visible: true });
  const seen = async () => {
    const drawn = await visible(".output_area img").evaluateAll((images) =>
      images.filter((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0)
    );
    return { charts: drawn.length, tables: await visible(".output_area table").count() };
  };
  // The page draws an output some time after it has heard that its cell is done, and a picture in it
  // some time after that.
  const all = ({ charts, tables }: typeof shown) =>
    charts >= shown.charts && tables >= shown.tables;
  let now = await seen();
  for (let looks = 1; looks < 600 && !all(now); looks++) {
    await page.waitForTimeout(100);
    now = await seen();
  }
  assertEquals(now, shown);
  assertEquals(await visible(".output_error").count(), 0);
  assertMatch(await check.run(), /Not started/);

  await exercise.type(answerOf(
    "const names = [];\n  for (const path of paths) names.push(await get(path).name);\n  return names;",
  ));
  await page.keyboard.press("Control+Enter");
  const broken = await check.run();
  assertMatch(broken, /Keep working/);
  assertMatch(broken, /the dot asked a promise/, "it names the mistake");

  await exercise.type(answerOf(
    "const all = paths.map((path) => get(path)), names = [];\n" +
      "  for (const one of all) names.push((await one).name);\n  return names;",
  ));
  await page.keyboard.press("Control+Enter");
  assertMatch(await check.run(), /Correct/);

  await page.evaluate("Jupyter.notebook.save_notebook()");
}
