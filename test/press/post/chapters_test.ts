/** The chapters as they are committed, published in one go: what makes posts is loaded once. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { basename } from "node:path";
import { findNotebooks } from "../../../lib/press/notebook/find_notebooks.ts";
import { parseNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { counts } from "../tools/shown.ts";
import { Desk } from "./manuscript.ts";

Deno.test("every chapter becomes a post that shows each of its charts and tables, and nothing is left out", async () => {
  using desk = new Desk();
  const texts = new Map(
    findNotebooks([]).map((file) => [basename(file), Deno.readTextFileSync(file)]),
  );
  for (const [name, text] of texts) desk.write(name, text);
  await desk.publish([...texts.keys()]);
  assertEquals(desk.warnings, []);
  for (const [name, text] of texts) {
    const shown = counts(parseNotebook(text, name));
    assertGreater(shown.charts, 2, name);
    const post = desk.read(`posts/${name.slice(3, -".ipynb".length).replaceAll("_", "-")}.html`);
    const charts = post.match(/<figure class="chart/g)?.length;
    const tables = post.match(/<table/g)?.length ?? 0;
    assertEquals(charts, shown.charts, name);
    assert(tables >= shown.tables, `${name}: ${tables} of ${shown.tables} tables`);
  }
});
