/** A student's exercise cells as modules of their own, each with what it needs and nothing else. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { codeCells, type Notebook } from "../notebook/notebook.ts";
import { type Node, parseSource, replaceNodes } from "../notebook/syntax.ts";
import type { Assignment, Exercise } from "./assignment.ts";
import { declaredNames, type Import, importStatement, usedNames } from "./names.ts";

/** An exercise that can be run, by the module that checks it, or why it cannot. */
export interface Runnable {
  readonly exercise: Exercise;
  /** The module's URL; its `results` are what the checks found. `null` where it cannot run. */
  readonly url: string | null;
  /** Why it cannot run; "" where it can. */
  readonly problem: "not there" | "syntax error" | "no check" | "";
}

/**
 * Writes the exercise cells of `notebook` to `folder`, one module a cell; a cell imports what other
 * exercise cells declare and what the chapter's cells import. A check is the chapter's, whatever the
 * student made of it, and calls `mark` where it would call `check`.
 */
export function writeExercises(
  notebook: Notebook,
  { exercises, imports }: Assignment,
  folder: string,
): Runnable[] {
  const available = new Map(imports);
  return exercises.map((exercise) => {
    const fail = (problem: Runnable["problem"]) => ({ exercise, url: null, problem });
    const source = cellFor(exercise, notebook);
    if (source === undefined) return fail("not there");
    if (parseSource(source)?.wrong ?? true) return fail("syntax error");
    const check = marking(exercise.check);
    if (check === undefined) return fail("no check");
    const own = declaredNames(source);
    const cell = write(folder, `${exercise.name}_cell`, source, available, own);
    for (const name of own) available.set(name, { from: cell, name });
    const marker = available.get("check");
    const marked = new Map(available);
    if (marker !== undefined) marked.set("check", { ...marker, name: "mark" });
    const whole = own.includes(exercise.name) ? check : `import ${JSON.stringify(cell)};\n${check}`;
    return { exercise, url: write(folder, exercise.name, whole, marked, ["results"]), problem: "" };
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

/** What checks and solutions import of modules, for those that can be checked. */
export function neededBy({ exercises, imports }: Assignment): string[] {
  const used = exercises.filter(({ check }) => marking(check) !== undefined)
    .flatMap(({ source, check }) => [...usedNames(source), ...usedNames(check)]);
  return [...new Set(used.flatMap((name) => imports.get(name)?.from ?? []))];
}

/** The check's source with its results collected; undefined where it does not call `check`. */
function marking(source: string): string | undefined {
  const calls = (parseSource(source)?.body ?? []).flatMap(({ type, expression }): Node[] => {
    const call = type === "ExpressionStatement" && expression.type === "AwaitExpression"
      ? expression.argument
      : undefined;
    return call?.type === "CallExpression" && call.callee.name === "check" ? [expression] : [];
  });
  if (calls.length === 0) return undefined;
  const collected = replaceNodes(
    source,
    calls,
    ({ start, end }) => `results.push(${source.slice(start, end)})`,
  );
  return `const results = [];\n${collected}`;
}

/** Writes a module of this source, which imports what it uses of what is available; its URL. */
function write(
  folder: string,
  name: string,
  source: string,
  available: ReadonlyMap<string, Import>,
  exported: readonly string[],
): string {
  const declared = new Set(declaredNames(source));
  const needed = [...usedNames(source)].filter((used) => !declared.has(used));
  const statements = needed.flatMap((used) => {
    const from = available.get(used);
    return from === undefined ? [] : [importStatement(used, from)];
  });
  const text = [...statements, source, `export { ${exported.join(", ")} };`].join("\n");
  const path = join(folder, `${name}.ts`);
  Deno.writeTextFileSync(path, text);
  return pathToFileURL(path).href;
}
