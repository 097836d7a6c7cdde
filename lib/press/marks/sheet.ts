/** All marks of a class as one sheet, in text and for spreadsheets. */
import { count, digits } from "../../ground/words.ts";
import type { Assignment } from "./assignment.ts";
import type { Mark } from "./mark.ts";
import type { Row } from "./mark_class.ts";

export type Sheet = Readonly<ReturnType<typeof sheetOf>>;
/** What was asked, with all guesses. */
export type Hands = Sheet["hands"][number];

/**
 * The sheet of these rows: a column for each exercise of what they are of, a student's notebooks in one
 * line with a mark or none for each column.
 */
export function sheetOf(rows: readonly Row[]) {
  const assignments = [...new Set(rows.map(({ assignment }) => assignment))]
    .filter((one): one is Assignment => one !== null)
    .sort((a, b) => a.chapter < b.chapter ? -1 : 1);
  const columns = assignments.flatMap(({ chapter, exercises }) =>
    exercises.map(({ name }) => ({ chapter, exercise: name }))
  );
  const students = Map.groupBy(rows, ({ student }) => student);
  const lines = [...students].map(([student, own]) => ({
    student,
    /** What was wrong with notebooks; "" where nothing was. */
    problem: own.map(({ problem }) => problem).filter(Boolean).join("; "),
    marks: columns.map(({ chapter, exercise }) =>
      own.find(({ assignment }) => assignment?.chapter === chapter)?.marks
        .find((mark) => mark.exercise === exercise)
    ),
  }));
  const hands = assignments.flatMap(({ questions }) => questions).map((question) => ({
    ...question,
    guesses: rows.flatMap(({ guesses }) => guesses.get(question.question) ?? []),
  })).filter(({ guesses }) => guesses.length > 0);
  return { columns, lines, hands };
}

/** The sheet in lines: a line an exercise, then how many have each one right and what is in the way. */
export function sheetText(sheet: Sheet): string {
  const { columns, lines } = sheet;
  const cells = lines.flatMap(({ student, problem, marks }) => {
    const own = marks.flatMap((mark, i) =>
      mark === undefined ? [] : [[columns[i].exercise, said(mark), `${digits(mark.seconds, 2)} s`]]
    );
    const all = own.length === 0 ? [["–", problem, ""]] : own;
    return all.map((cell, i) => [i === 0 ? printable(student) : "", ...cell.map(printable)]);
  });
  const widths = [0, 1, 2].map((at) => Math.max(0, ...cells.map((cell) => cell[at].length)));
  const table = cells.map((cell) =>
    cell.map((text, at) => text.padEnd(widths[at] ?? 0)).join("  ").trimEnd()
  );
  return [...table, "", ...summaries(sheet).map(printable)].join("\n");
}

/** How many have each exercise right, and the mistake that most of the others make. */
export function summaries({ columns, lines }: Sheet): string[] {
  return columns.map(({ exercise }, i) => {
    const marks = lines.flatMap(({ marks }) => marks[i] ?? []);
    const right = marks.filter(({ state }) => state === "correct").length;
    const mistakes = Map.groupBy(marks.filter(({ mistake }) => mistake !== ""), (m) => m.mistake);
    const [most] = [...mistakes].sort(([, a], [, b]) => b.length - a.length);
    const often = most === undefined ? "" : `; most often: ${most[0]} (${most[1].length})`;
    return `${exercise}: ${right} of ${count(marks.length, "notebook")} correct${often}`;
  });
}

/** The sheet as comma-separated values, with CRLF and a byte order mark, as spreadsheets want it. */
export function sheetCsv({ columns, lines }: Sheet): string {
  const rows = lines.flatMap(({ student, problem, marks }) =>
    columns.flatMap(({ chapter, exercise }, i) => {
      const mark = marks[i];
      if (mark === undefined) return [];
      const { state, mistake, seconds, words } = mark;
      return [[student, chapter, exercise, state, mistake, seconds.toFixed(3), words]];
    }).concat(
      marks.some((mark) => mark !== undefined) ? [] : [[student, "", "", "", problem, "", ""]],
    )
  );
  const head = ["student", "chapter", "exercise", "state", "mistake", "seconds", "words"];
  return "\ufeff" + [head, ...rows].map((row) => row.map(field).join(",") + "\r\n").join("");
}

/** A state with its mistake. */
function said({ state, mistake }: Mark): string {
  return mistake === "" || mistake === state ? state : `${state}: ${mistake}`;
}

/** In quotes; what a spreadsheet would take for a formula begins with an apostrophe. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Text that does nothing to a terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, "\ufffd");
}
