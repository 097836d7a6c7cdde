/** Exercise cells: a solution between nbgrader's markers, and after it its stub in comments. */
import { type Cell, tagsOf } from "../notebook/notebook.ts";

const SOLUTION =
  /^[ \t]*\/\/[ \t]*BEGIN SOLUTION\b[^]*?^[ \t]*\/\/[ \t]*END SOLUTION\b[^\n]*(?:\n|$)/gm;
const STUB = /^([ \t]*)\/\/[ \t]*STUB:[ ]?/gm;
const MARKER = /\b(?:BEGIN|END) SOLUTION\b/i;

/** Whether learners are to write what is in this cell; what asks them to may have the tag as well. */
export function isExercise(cell: Cell): boolean {
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
export function withStub(source: string): string | undefined {
  const open = source.replace(SOLUTION, "").replace(STUB, "$1");
  return MARKER.test(open) ? undefined : open;
}
