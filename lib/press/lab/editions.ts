/** A chapter for those who learn with it, and for those who teach with it. */
import {
  type Cell,
  type JsonObject,
  labOf,
  type Notebook,
  NotebookError,
  tagsOf,
} from "../notebook/notebook.ts";
import { recordOf } from "../record/record.ts";
import { inSeconds } from "../record/stated_times.ts";
import { kernelspec } from "./kernel_spec.ts";

/** What an edition says of where it comes from. */
export interface Origin {
  /** The chapter's name: "01_catch_em_all". */
  readonly name: string;
  /** The way back from the edition's folder to the chapter's, as links have it: "../", "". */
  readonly back: string;
}

/** What of a cell's metadata belongs to everybody. */
const OPEN = ["tags", "jupyter", "slideshow", "editable", "deletable"];

/**
 * The student's edition: stubs for solutions, hints folded; nothing of the teacher's, no outputs, and
 * of the metadata only what is known to give nothing away.
 *
 * @throws {NotebookError} naming the cell, where a solution is not between its markers
 */
export function studentEdition(chapter: Notebook, of: Origin): Notebook {
  const cells = chapter.cells.flatMap((cell, i) => {
    if (tagsOf(cell).includes("notes")) return [];
    const fail = (problem: string) => {
      throw new NotebookError(`${of.name}.ipynb`, `cell ${i + 1} (${cell.id}) ${problem}`);
    };
    const source = withStub(cell.source) ??
      fail("has a solution that begins or ends without its marker");
    if (isExercise(cell) && source === cell.source) {
      fail("is an exercise without a solution between // BEGIN SOLUTION and // END SOLUTION");
    }
    return [bare(cell, isHint(cell) ? folded(source) : source)];
  });
  return edition("student", chapter, cells, of);
}

/**
 * The teacher's edition: the chapter with its outputs, the plan for it, its notes, and before each
 * cell that takes a while how long that was when it was saved.
 *
 * @param plan in Markdown, what there is to say of the chapter as a whole; "" for nothing
 */
export function teacherEdition(chapter: Notebook, plan: string, of: Origin): Notebook {
  const seconds = recordOf(chapter)?.seconds ?? {};
  const cells = chapter.cells.flatMap((cell) => {
    const took = seconds[cell.id] ?? 0;
    const shown = isExercise(cell) ? unfolded(cell) : cell;
    return took < NOTICEABLE ? [shown] : [note(`time-${cell.id}`, `⏱ ${inSeconds(took)}.`), shown];
  });
  const title = cells.findIndex((cell) => cell.cell_type === "markdown");
  if (plan !== "") cells.splice(title + 1, 0, note("plan", plan));
  return edition("teacher", chapter, cells, of);
}

/** A wait that a class notices, s. */
const NOTICEABLE = 2;

function edition(
  kind: "student" | "teacher",
  chapter: Notebook,
  cells: readonly Cell[],
  { name, back }: Origin,
): Notebook {
  const { language_info } = chapter.metadata, { quick } = labOf(chapter);
  const linked = cells.map((cell) =>
    cell.cell_type === "markdown" ? { ...cell, source: linkedFrom(cell.source, back) } : cell
  );
  const own = { edition: kind, chapter: name, ...quick === undefined ? {} : { quick } };
  const metadata: JsonObject = { kernelspec, lab: own };
  if (language_info !== undefined) metadata.language_info = language_info;
  return { nbformat: 4, nbformat_minor: chapter.nbformat_minor, metadata, cells: linked };
}

/** A cell with nothing but what a reader sees of it. */
function bare(cell: Cell, source: string): Cell {
  const known = Object.entries(cell.metadata).filter(([key]) => OPEN.includes(key));
  const { id, metadata } = isExercise(cell) ? unfolded(cell) : cell;
  const kept = Object.fromEntries(known.map(([key]) => [key, metadata[key]]).filter(([, v]) => v));
  if (cell.cell_type === "code") {
    return { cell_type: "code", id, metadata: kept, source, outputs: [], execution_count: null };
  }
  const pictures = Object.entries(cell.attachments ?? {})
    .filter(([name]) => source.includes(`attachment:${name}`));
  const attachments = pictures.length === 0 ? {} : { attachments: Object.fromEntries(pictures) };
  return { cell_type: cell.cell_type, id, metadata: kept, source, ...attachments };
}

/** What is to be worked on is not hidden. */
function unfolded(cell: Cell): Cell {
  const { jupyter: _, ...metadata } = cell.metadata;
  return {
    ...cell,
    metadata: { ...metadata, tags: tagsOf(cell).filter((t) => t !== "hide-input") },
  };
}

const isHint = (cell: Cell) => cell.cell_type === "markdown" && tagsOf(cell).includes("hint");

function folded(markdown: string): string {
  if (/^\s*<details\b/.test(markdown)) return markdown;
  return `<details><summary>A hint</summary>\n\n${markdown.trim()}\n\n</details>`;
}

function note(id: string, source: string): Cell {
  return { cell_type: "markdown", id: id.slice(0, 64), metadata: { tags: ["notes"] }, source };
}

/** Relative links that leave the folder of the chapters lead where they led. */
function linkedFrom(markdown: string, back: string): string {
  return markdown.replace(/(\]\(|\b(?:src|href)=")(?=\.\.\/)/g, (before) => before + back);
}

/* Exercise cells: a solution between nbgrader's markers, and after it its stub in comments. */
const SOLUTION =
  /^[ \t]*\/\/[ \t]*BEGIN SOLUTION\b[^]*?^[ \t]*\/\/[ \t]*END SOLUTION\b[^\n]*(?:\n|$)/gm;
const STUB = /^([ \t]*)\/\/[ \t]*STUB:[ ]?/gm;
const MARKER = /\b(?:BEGIN|END) SOLUTION\b/i;

/** Whether learners are to write what is in this cell; what asks them to may have the tag as well. */
function isExercise(cell: Cell): boolean {
  return cell.cell_type === "code" && tagsOf(cell).includes("exercise");
}

/**
 * The source of a cell without its solutions, and with its stubs as code:
 *
 * ```ts
 * withStub("// BEGIN SOLUTION\nreturn 42;\n// END SOLUTION\n// STUB: return 0;"); // "return 0;"
 * ```
 *
 * Undefined where not all of a solution is between its markers.
 */
function withStub(source: string): string | undefined {
  const open = source.replace(SOLUTION, "").replace(STUB, "$1");
  return MARKER.test(open) ? undefined : open;
}
