/** Finds what keeps a notebook's cells from running before any of them does. */
import { Kernel } from "../kernel/kernel.ts";
import { tagsOf } from "../notebook/notebook.ts";
import { type Node, nodesIn } from "../notebook/syntax.ts";
import type { CellModule, CellModules, CellProblem } from "./cell_modules.ts";
import { refusal } from "./refusal.ts";

/**
 * Downloads what the cells import and returns what would keep them from running, in their order:
 * the kernel says nothing when a cell does not parse or a package is missing. Cells tagged
 * raises-exception may be as they please. What is suspected is tried on a kernel: what that takes
 * is not a problem.
 */
export async function checkCells(modules: CellModules): Promise<CellProblem[]> {
  const cells = modules.modules.map(({ cell }) => cell);
  const suspected = modules.problems();
  const located = new Set(suspected.map(({ cell }) => cell));
  for (const module of modules.modules) {
    const { cell } = module;
    if (located.has(cell) || !mayNotCompile(module)) continue;
    const message = "the kernel gives no reason";
    suspected.push({ cell, name: "SyntaxError", message, line: 0, column: 0 });
  }
  const checked = suspected.filter(({ cell, imported }) => {
    const before = cells.slice(0, cells.indexOf(cell));
    return !tagsOf(cell).includes("raises-exception") &&
      !(imported !== undefined && before.some((earlier) => mayMake(earlier.source, imported)));
  });
  const { cwd, signal } = modules;
  const problems = await confirmed(checked, cwd, signal);
  if (problems.length === 0 && !signal.aborted) {
    problems.push(...await confirmed(await modules.fetch(), cwd, signal));
  }
  return problems.toSorted((a, b) => cells.indexOf(a.cell) - cells.indexOf(b.cell));
}

/** Whether what can be read as a module may not be one of the kernel's scripts. */
export function mayNotCompile({ syntax }: Pick<CellModule, "syntax">): boolean {
  return syntax === undefined || syntax.wrong || [...nodesIn(syntax.body)].some(isDoubtful);
}

function isDoubtful({ type, meta, pattern, flags }: Node): boolean {
  if (type === "TSImportEqualsDeclaration") return true;
  if (type === "MetaProperty") return meta.name === "import";
  if (type !== "RegExpLiteral") return false;
  try {
    return !new RegExp(pattern, flags);
  } catch {
    return true;
  }
}

/** Whether a cell names the file `imported`, as it does when it writes it. */
function mayMake(source: string, imported: string): boolean {
  return /^\.{0,2}\//.test(imported) && source.includes(imported.split("/").at(-1)!);
}

async function confirmed(
  problems: readonly CellProblem[],
  cwd: string,
  signal: AbortSignal,
): Promise<CellProblem[]> {
  const found: CellProblem[] = [];
  let kernel: Kernel | undefined;
  try {
    for (const problem of problems) {
      kernel ??= await Kernel.start(cwd, signal);
      const reason = await refusal(kernel, problem);
      if (reason === undefined) continue;
      found.push(reason === "" ? problem : { ...problem, message: reason });
    }
    return found;
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  } finally {
    await kernel?.kill();
  }
}
