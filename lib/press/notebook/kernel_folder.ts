import { dirname } from "node:path";
import { attempt } from "../../ground/attempt.ts";
import { configOf, notebooksFolder } from "./find_notebooks.ts";
import { codeCells, type Notebook } from "./notebook.ts";
import { importsIn, parseSource } from "./syntax.ts";

/**
 * The folder in which the kernel of the notebook `file` runs: its own. Where no deno.json is there or
 * above it, one that imports bare names, as "lab", runs in the project's notebooks/, which knows them,
 * unless they are those of a package.json.
 */
export function kernelFolder(file: string, notebook: Notebook): string {
  const own = dirname(file);
  if (configOf(own) !== undefined) return own;
  const names = codeCells(notebook).flatMap(({ source }) => importsIn(parseSource(source).body))
    .map(({ name }) => name).filter((name) => !/^(\.{0,2}\/|[a-z][a-z+]*:)/.test(name));
  const packages = packagesAbove(own);
  const known = names.some((name) => packages.some((one) => `${name}/`.startsWith(`${one}/`)));
  return names.length === 0 || known ? own : notebooksFolder;
}

function packagesAbove(folder: string): string[] {
  const file = configOf(folder, ["package.json"]);
  const found = attempt(() => JSON.parse(Deno.readTextFileSync(file ?? "")));
  return Object.keys({ ...found?.dependencies, ...found?.devDependencies });
}
