/** A student's exercises as modules, each with what it needs and nothing else. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { codeCells, type Notebook } from "../notebook/notebook.ts";
import { parseSource } from "../notebook/syntax.ts";
import { type Assignment, declaredNames, type Exercise } from "./assignment.ts";

/**
 * Writes a module for each exercise to `folder`: the student's cell, other exercise cells that it
 * makes use of, what the chapter imports for exercises, and the chapter's check, whatever the student
 * made of that. Gives each exercise's name with the URL of its module, whose `$results` are what the
 * check found, or `null` and why it cannot run.
 */
export function writeExercises(
  notebook: Notebook,
  { exercises, imports }: Assignment,
  folder: string,
) {
  const cells = new Map(exercises.map((each) => [each.name, cellFor(each, notebook)]));
  return exercises.map(({ name, check }) => {
    const fail = (problem: string) => ({ name, url: null, problem });
    const source = cells.get(name);
    if (source === undefined) return fail("not there");
    if (parseSource(source).wrong) return fail("syntax error");
    if (check === null) return fail("no check");
    const own = declaredNames(source);
    const others = [...cells].filter(([other]) =>
      other !== name && !own.includes(other) && new RegExp(`\\b${other}\\b`).test(source)
    ).map(([, text]) => text);
    const path = join(folder, `${name}.ts`);
    const parts = [imports, ...others, source, "export const $results: unknown[] = [];", check];
    Deno.writeTextFileSync(path, parts.join("\n"));
    return { name, url: pathToFileURL(path).href, problem: "" };
  });
}

/** The cell of this exercise: where it was, else the last one that declares its name. */
function cellFor({ id, name }: Exercise, notebook: Notebook): string | undefined {
  const cells = codeCells(notebook);
  const declares = ({ source }: { source: string }) => declaredNames(source).includes(name);
  const own = cells.find((cell) => cell.id === id);
  const found = own !== undefined && declares(own) ? own : cells.findLast(declares) ?? own;
  return found?.source;
}
