/** A student's exercises as modules, each with what it needs and nothing else. */
import { type CodeCell, codeCells, type Notebook } from "../notebook/notebook.ts";
import { type Statement, statementsIn } from "../notebook/names.ts";
import { parseSource } from "../notebook/syntax.ts";
import type { Assignment, Exercise } from "./assignment.ts";

/**
 * A module, by the name of its exercise; `source` is `null` where it cannot run, and `problem` says why,
 * with what more there is to say of it in `detail`.
 */
export type ExerciseModule = ReturnType<typeof exerciseModules>[number][number];

/**
 * For each exercise a module for each cell that may be its answer, the likeliest first: the student's
 * cell, what that makes use of from other cells, what the chapter imports for exercises, and the
 * chapter's check, whatever the student made of that. Its `$results` are what the check found.
 */
export function exerciseModules(notebook: Notebook, { exercises, imports, modules }: Assignment) {
  const cells = codeCells(notebook).map((cell) => ({
    ...cell,
    statements: statementsIn(cell.source),
  }));
  const imported = statementsIn(imports).flatMap(({ declares }) => declares);
  return exercises.map((exercise) => {
    const { name, check } = exercise;
    const without = (problem: string, detail = "") => ({
      name,
      source: null,
      modules,
      problem,
      detail,
    });
    const found = cellsFor(exercise, cells).map((cell) => {
      const { wrong } = parseSource(cell.source);
      if (wrong) {
        return without(
          "syntax error",
          ` (line ${wrong.line}: ${wrong.message.replace(/\.$/, "")})`,
        );
      }
      if (check === null) return without("no check");
      if (cell.statements.length > 0 && !declares(cell, name)) return without("other name");
      const parts = partsFor(name, cell, cells, imported);
      const own = parts.flatMap(({ module }) => module ?? []);
      const text = parts.map(({ text }) => text);
      const source = [imports, ...text, "export const $results: unknown[] = [];", check];
      const all = [...new Set([...modules, ...own])];
      return { name, source: source.join("\n"), modules: all, problem: "", detail: "" };
    });
    return found.length > 0 ? found : [without("not there")];
  });
}

interface Cell extends CodeCell {
  readonly statements: readonly Statement[];
}

const declares = ({ statements }: Cell, name: string) =>
  statements.some((each) => each.declares.includes(name));

/** The cells that may hold this exercise: where it was, and the last other one that declares its name. */
function cellsFor({ id, name }: Exercise, cells: readonly Cell[]): Cell[] {
  const own = cells.find((cell) => cell.id === id);
  const other = cells.findLast((cell) => cell !== own && declares(cell, name));
  const ownFirst = own !== undefined && declares(own, name);
  return (ownFirst ? [own, other] : [other ?? own]).filter((cell) => cell !== undefined);
}

/**
 * The statements of a cell, and those of others that make what they use. What the cell does besides, as
 * trying out its function, is left out where it needs something of another cell.
 */
function partsFor(name: string, own: Cell, cells: readonly Cell[], imported: readonly string[]) {
  const all = cells.flatMap(({ statements }) => statements);
  const parts = new Set<Statement>(), there = new Set(imported);
  const declares = (name: string) => (each: Statement) => each.declares.includes(name);
  const take = (statement: Statement) => {
    if (parts.has(statement)) return;
    parts.add(statement);
    statement.declares.forEach((name) => there.add(name));
    for (const name of statement.uses) {
      const made = own.statements.findLast(declares(name)) ?? all.findLast(declares(name));
      if (made !== undefined && !there.has(name)) take(made);
    }
  };
  own.statements.filter(declares(name)).forEach(take);
  for (const statement of own.statements) {
    const { uses, declares: made, module } = statement;
    const again = module !== null && made.every((name) => there.has(name));
    if (!again && uses.every((name) => there.has(name) || !all.some(declares(name)))) {
      take(statement);
    }
  }
  return all.filter((statement) => parts.has(statement));
}
