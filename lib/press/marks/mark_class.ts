/** Marks all notebooks that were handed in, a few at a time. */
import pMap, { pMapSkip } from "p-map";
import type { Assignment } from "./assignment.ts";
import { guessesIn } from "./guesses.ts";
import { type Mark } from "./mark.ts";
import { type Marking, markStudent } from "./mark_student.ts";
import type { Submission } from "./submission.ts";
import { codeCells } from "../notebook/notebook.ts";

/** What there is to say of one notebook. */
export interface Row {
  readonly student: string;
  readonly assignment: Assignment | null;
  /** Why it has no marks; "" where it has. */
  readonly problem: string;
  readonly marks: readonly Mark[];
  /** Guesses by question, those that were made. */
  readonly guesses: ReadonlyMap<string, number>;
}

/** How many are marked at a time. */
const AT_ONCE = Math.max(1, navigator.hardwareConcurrency);

/** The rows of all submissions, in their order; `onRow` hears of each as it is done. */
export async function markClass(
  submissions: readonly Submission[],
  marking: Marking,
  onRow: (row: Row) => void,
): Promise<readonly Row[]> {
  const mark = async (submission: Submission) => {
    if (marking.signal.aborted) return pMapSkip;
    const row = await rowOf(submission, marking).catch((error): Row => ({
      ...submission,
      problem: `could not be marked (${error.message})`,
      marks: [],
      guesses: new Map(),
    }));
    onRow(row);
    return row;
  };
  return await pMap(submissions, mark, { concurrency: AT_ONCE });
}

async function rowOf(submission: Submission, marking: Marking): Promise<Row> {
  const { student, assignment, notebook, problem } = submission;
  const marks = assignment === null
    ? []
    : await markStudent({ ...submission, assignment }, marking);
  const made = notebook === null || assignment === null ? [] : codeCells(notebook)
    .filter(({ source }) => /\bpredict\s*\(/.test(source))
    .flatMap(({ source }) => [...guessesIn(source)]);
  const asked = new Set(assignment?.questions.map(({ question }) => question));
  const guesses = made.filter((pair): pair is [string, number] =>
    pair[1] !== null && asked.has(pair[0])
  );
  return { student, assignment, problem, marks, guesses: new Map(guesses) };
}
