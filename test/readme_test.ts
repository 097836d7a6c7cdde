/** What the README quotes is what the committed chapter says. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertGreater, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeCells } from "../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../lib/press/notebook/parse_notebook.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = await Deno.readTextFile(join(root, "README.md"));
const file = join(root, "notebooks", "01_catch_em_all.ipynb");
const shown = codeCells(parseNotebook(await Deno.readTextFile(file), file))
  .flatMap((cell) => cell.outputs.flatMap((output) => "data" in output ? [output.data] : []))
  .map((data) => String(data["text/plain"]).replaceAll("\\", ""))
  .join("\n");

Deno.test("README: the sentences it quotes are chapter 1's", () => {
  const unwrapped = readme.replace(/\n {2}(?=\S)/g, " ");
  const quoted = unwrapped.split("\n").filter((line) => /^- .* took .*[.]$/.test(line));
  assertGreater(quoted.length, 1);
  for (const line of quoted) assertStringIncludes(shown, line.slice(2));
});

Deno.test("README: the figures of its table are chapter 1's", () => {
  const cells = (line: string, between: RegExp) => line.split(between).map((cell) => cell.trim());
  const lines = shown.split("\n").map((line) => cells(line, / {2,}/).join(" | "));
  const rows = readme.split("\n").filter((line) => /^\| (sequential|await|all at once)/.test(line));
  assertGreater(rows.length, 2);
  for (const row of rows) {
    const wanted = cells(row, /\|/).filter(Boolean).join(" | ");
    assert(lines.includes(wanted), `chapter 1 has no such row: ${wanted}`);
  }
});

Deno.test("README: its table of chapters has each notebook, by its number and name", () => {
  const rows = [...readme.matchAll(/^\| \[(\d+) ([^\]]+)\]\(notebooks\/([^)]+)\)/gm)];
  const named = rows.map(([, number, title]) => {
    const words = title.toLowerCase().replace(/[^a-z ]/g, "").replaceAll(" ", "_");
    return `${number.padStart(2, "0")}_${words}.ipynb`;
  });
  const files = [...Deno.readDirSync(join(root, "notebooks"))].map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort();
  assertEquals(rows.map(([, , , path]) => path), files);
  assertEquals(named, files);
});

Deno.test("README: the files that somebody adds to are there", () => {
  const [, section] = readme.split("## Add one of yours");
  const named = [...section.split("\n## ")[0].matchAll(/`((?:lib|test|data)\/[\w./]*)`/g)];
  assertGreater(named.length, 10);
  for (const [, path] of named) assert(Deno.statSync(join(root, path)), path);
});
