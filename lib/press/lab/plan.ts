/** The teacher's page, notebooks/TEACHING.md, as the chapters' teacher editions quote it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { notebooksFolder } from "../notebook/find_notebooks.ts";

/**
 * What the page says of the chapter `name` ("01_catch_em_all.ipynb"): the section whose heading
 * links to it, up to the next of that rank; "" where there is none.
 */
export function planFor(name: string): string {
  const page = join(notebooksFolder, "TEACHING.md");
  if (!existsSync(page)) return "";
  const sections = Deno.readTextFileSync(page).split(/^(?=## )/m);
  return sections.find((section) => section.split("\n", 1)[0].includes(`](${name})`))?.trim() ?? "";
}
