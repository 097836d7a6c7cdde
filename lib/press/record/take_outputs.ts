/** Outputs from one copy of a notebook to another of the same code. */
import { type CodeCell, codeCells, type Notebook } from "../notebook/notebook.ts";
import { isInjected } from "./stamp.ts";

/**
 * Puts the outputs that `executed` holds into `notebook`, whose prose and tags stay as they are.
 * The cells that set parameters come along, or go. False, and nothing done, when the code differs.
 */
export function takeOutputs(notebook: Notebook, executed: Notebook): boolean {
  const own = codeCells(notebook).filter((cell) => !isInjected(cell));
  const others = codeCells(executed).filter((cell) => !isInjected(cell));
  const same = own.length === others.length &&
    own.every((cell, i) => normal(cell) === normal(others[i]));
  if (!same) return false;
  own.forEach((cell, i) => {
    cell.outputs = others[i].outputs;
    cell.execution_count = others[i].execution_count;
    const { execution } = others[i].metadata;
    if (execution === undefined) delete cell.metadata.execution;
    else cell.metadata.execution = execution;
  });
  notebook.cells = notebook.cells.filter((cell) => cell.cell_type !== "code" || !isInjected(cell));
  executed.cells.forEach((cell, i) => {
    if (cell.cell_type !== "code" || !isInjected(cell)) return;
    const before = executed.cells.slice(0, i).findLast((one) =>
      one.cell_type === "code" && !isInjected(one)
    ) as CodeCell | undefined;
    const at = before === undefined ? undefined : own[others.indexOf(before)];
    notebook.cells.splice(at === undefined ? 0 : notebook.cells.indexOf(at) + 1, 0, cell);
  });
  return true;
}

function normal({ source }: CodeCell): string {
  return source.replaceAll("\r\n", "\n").trimEnd();
}
