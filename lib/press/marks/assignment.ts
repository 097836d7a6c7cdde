/** What a chapter asks of a learner: its exercises with their checks, and its guesses. */
import { basename } from "node:path";
import { type Cell, codeCells, tagsOf } from "../notebook/notebook.ts";
import { statementsIn } from "../notebook/names.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { type Node, parseSource, replaceParts } from "../notebook/syntax.ts";
import { answersIn, guessesIn } from "./guesses.ts";

/** All that a chapter asks for. */
export type Assignment = Readonly<ReturnType<typeof readAssignment>>;
/** One exercise. */
export type Exercise = Assignment["exercises"][number];
/** What is to be guessed, and what happened when the chapter was run in full. */
export type Question = Assignment["questions"][number];

/** Reads what the chapter in `file` asks for. */
export function readAssignment(file: string) {
  const chapter = readNotebook(file, file);
  const cells = codeCells(chapter);
  const pairs = cells.flatMap((cell, i) => {
    const [name] = statementsIn(cell.source).flatMap(({ declares }) => declares);
    const check = cells[i + 1];
    const whole = tagged(cell, "exercise") && name !== undefined && check !== undefined &&
      tagged(check, "check");
    return whole
      ? [{ name, id: cell.id, source: cell.source, check: collecting(check.source) }]
      : [];
  });
  const happened = answersIn(chapter);
  const questions = cells.filter((cell) => tagged(cell, "predict"))
    .flatMap(({ source }) => [...guessesIn(source).keys()])
    // `null` where the chapter's outputs do not say.
    .map((question) => ({ question, happened: happened.get(question) ?? null }));
  const checked = pairs.flatMap(({ source, check }) => check === null ? [] : [source, check]);
  const used = new Set(checked.flatMap(statementsIn).flatMap(({ uses }) => uses));
  const imports = cells.flatMap(({ source }) => statementsIn(source))
    .filter(({ module, declares }) => module !== null && declares.some((name) => used.has(name)));
  return {
    /** The chapter's name: "01_catch_em_all". */
    chapter: basename(file, ".ipynb"),
    /**
     * Each by the name that its cell declares, with the cell's id, and its check, with what that finds
     * pushed to `$results`; `null` where it calls no `check`.
     */
    exercises: pairs.map(({ name, id, check }) => ({ name, id, check })),
    questions,
    /** The chapter's imports that exercises and checks make use of; `check` is `mark` in them. */
    imports: imports.map(({ text }) => text.replace(/\bcheck\b/, "mark as check")).join("\n"),
    /** The modules that these name. */
    modules: imports.flatMap(({ module }) => module ?? []),
  };
}

const tagged = (cell: Cell, tag: string) => tagsOf(cell).includes(tag);

/** The check's source with its results collected; `null` where it does not call `check`. */
function collecting(source: string): string | null {
  const calls = parseSource(source).body.map(({ expression }) => expression as Node)
    .filter((node) => node?.type === "AwaitExpression" && node.argument.callee?.name === "check");
  if (calls.length === 0) return null;
  const collected = ({ start, end }: Node) => `$results.push(${source.slice(start, end)})`;
  return replaceParts(source, calls, collected);
}
