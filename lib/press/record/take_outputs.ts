/** Outputs from one copy of a notebook to another of the same code. */
import { type CodeCell, codeCells, isInjected, type Notebook } from "../notebook/notebook.ts";

/**
 * Puts the outputs that `executed` holds into `notebook`, whose prose and tags stay as they are.
 * The cell that sets parameters comes along, or goes. False, and nothing done, when the code differs.
 */
export function takeOutputs(notebook: Notebook, executed: Notebook): boolean {
  const theirs = codeCells(executed);
  const own = codeCells(notebook).filter((cell) => !isInjected(cell));
  const others = theirs.filter((cell) => !isInjected(cell));
  const same = own.length === others.length &&
    own.every((cell, i) => normal(cell) === normal(others[i]));
  if (!same) return false;
  own.forEach((cell, i) => {
    const { outputs, execution_count, metadata: { execution } } = others[i];
    Object.assign(cell, { outputs, execution_count });
    if (execution === undefined) delete cell.metadata.execution;
    else cell.metadata.execution = execution;
  });
  notebook.cells = notebook.cells.filter((cell) => !isInjected(cell));
  const at = theirs.findIndex(isInjected);
  const place = at > 0 ? notebook.cells.indexOf(own[at - 1]) + 1 : 0;
  if (at >= 0) notebook.cells.splice(place, 0, theirs[at]);
  notebook.metadata.kernelspec ??= executed.metadata.kernelspec;
  notebook.metadata.language_info ??= executed.metadata.language_info;
  return true;
}

function normal({ source }: CodeCell): string {
  return source.replaceAll("\r\n", "\n").trimEnd();
}
