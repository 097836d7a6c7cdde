/** Guesses in a cell that asks for them, and what a chapter says of what happened. */
import { attempt } from "../../ground/attempt.ts";
import { codeCells, type Notebook } from "../notebook/notebook.ts";
import { type Node, nodesIn, parseSource, textOf } from "../notebook/syntax.ts";

/**
 * What is asked in a cell, and what was guessed: `null` for no guess, or for what is not a number
 * written out (`25 / 3` is one).
 */
export function guessesIn(source: string): Map<string, number | null> {
  const call = nodesIn(parseSource(source).body).find(({ type, arguments: given }) =>
    type === "CallExpression" && given.length === 1 && given[0].type === "ObjectExpression"
  );
  const asked: readonly Node[] = call?.arguments[0].properties ?? [];
  return new Map(
    asked.filter(({ type, computed }) => type === "ObjectProperty" && !computed)
      .map(({ key, value }) => [
        textOf(key) ?? String(key.name ?? key.value),
        numberOf(source.slice(value.start, value.end)),
      ]),
  );
}

/** The number that an expression of figures alone comes to, else `null`. */
function numberOf(expression: string): number | null {
  if (!/^[\d\s.()+*/_e-]+$/i.test(expression)) return null;
  const number = Number(attempt(() => new Function(`return (${expression});`)()) ?? NaN);
  return Number.isFinite(number) ? number : null;
}

/** What happened, by the question, from the tables of the notebook that set guesses beside it. */
export function answersIn(notebook: Notebook): Map<string, number> {
  const answers = new Map<string, number>();
  for (const output of codeCells(notebook).flatMap(({ outputs }) => outputs)) {
    if (output.output_type !== "display_data") continue;
    const rows = String(output.data["text/plain"]).split("\n").map((line) => line.split(/ {2,}/));
    const [question, at] = ["question", "what happened"].map((name) => rows[0].indexOf(name));
    if (question < 0 || at < 0) continue;
    for (const row of rows.slice(1)) {
      const number = Number(row[at]?.replaceAll(",", "").replace("−", "-"));
      if (row[at] && Number.isFinite(number)) answers.set(row[question], number);
    }
  }
  return answers;
}
