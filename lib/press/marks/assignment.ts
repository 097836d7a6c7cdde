/** What a chapter asks of a learner: its exercises with their checks, and its guesses. */
import { basename } from "node:path";
import { type Cell, codeCells, tagsOf } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/parse_notebook.ts";
import { answersIn, guessesIn } from "./guesses.ts";
import { declaredNames, type Import, importsOf } from "./names.ts";

/** One exercise. */
export interface Exercise {
  /** What it is called, which is the name that its cell declares. */
  readonly name: string;
  /** The id of its cell. */
  readonly id: string;
  readonly source: string;
  /** The source of the cell that checks it. */
  readonly check: string;
}

/** What is to be guessed, and what happened when the chapter was run in full. */
export interface Question {
  readonly question: string;
  /** `null` where the chapter's outputs do not say. */
  readonly happened: number | null;
}

/** All of a chapter. */
export interface Assignment {
  /** The chapter's name: "01_catch_em_all". */
  readonly chapter: string;
  readonly exercises: readonly Exercise[];
  readonly questions: readonly Question[];
  /** What the chapter's cells import, by name. */
  readonly imports: ReadonlyMap<string, Import>;
}

/** Reads what the chapter in `file` asks for. */
export function readAssignment(file: string): Assignment {
  const chapter = readNotebook(file, file);
  const cells = codeCells(chapter);
  const exercises = cells.flatMap((cell, i) => {
    const check = cells[i + 1];
    const [name] = declaredNames(cell.source);
    const whole = tagged(cell, "exercise") && name !== undefined && check !== undefined &&
      tagged(check, "check");
    return whole ? [{ name, id: cell.id, source: cell.source, check: check.source }] : [];
  });
  const questions = cells.filter((cell) => tagged(cell, "predict"))
    .flatMap(({ source }) => [...guessesIn(source).keys()]);
  const happened = answersIn(chapter);
  return {
    chapter: basename(file, ".ipynb"),
    exercises,
    questions: questions.map((question) => ({
      question,
      happened: happened.get(question) ?? null,
    })),
    imports: new Map(cells.flatMap(({ source }) => [...importsOf(source)])),
  };
}

const tagged = (cell: Cell, tag: string) => tagsOf(cell).includes(tag);
