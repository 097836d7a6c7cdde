/** Finds what keeps a notebook's cells from running before any of them does. */
import { attempt } from "../../ground/attempt.ts";
import { Kernel, KernelDied } from "../kernel/kernel.ts";
import { within } from "../kernel/time_limit.ts";
import { type JsonObject, tagsOf } from "../notebook/notebook.ts";
import { type Node, nodesIn } from "../notebook/syntax.ts";
import type { CellModule, CellModules, CellProblem } from "./cell_modules.ts";

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
  const problems = await confirmed(suspected, modules);
  if (problems.length === 0 && !modules.signal.aborted) {
    problems.push(...await confirmed(await modules.fetch(), modules));
  }
  return problems.toSorted((a, b) => cells.indexOf(a.cell) - cells.indexOf(b.cell));
}

/** Whether what can be read as a module may not be one of the kernel's scripts. */
export function mayNotCompile({ syntax }: Pick<CellModule, "syntax">): boolean {
  return syntax === undefined || syntax.wrong || nodesIn(syntax.body).some(isDoubtful);
}

function isDoubtful({ type, meta, pattern, flags }: Node): boolean {
  if (type === "TSImportEqualsDeclaration") return true;
  if (type === "MetaProperty") return meta.name === "import";
  return type === "RegExpLiteral" && attempt(() => new RegExp(pattern, flags)) === undefined;
}

/** Whether a cell names the file `imported`, as it does when it writes it. */
function mayMake(source: string, imported: string): boolean {
  return /^\.{0,2}\//.test(imported) && source.includes(imported.split("/").at(-1)!);
}

/** Those of `suspected` that a kernel refuses. One that it cannot tell of in time is left to the run. */
async function confirmed(
  suspected: readonly CellProblem[],
  { modules, cwd, signal }: CellModules,
): Promise<CellProblem[]> {
  const cells = modules.map(({ cell }) => cell);
  const found: CellProblem[] = [];
  let kernel: Kernel | undefined;
  for (const problem of suspected) {
    const { cell, imported = "" } = problem;
    const before = cells.slice(0, cells.indexOf(cell));
    if (tagsOf(cell).includes("raises-exception")) continue;
    if (before.some(({ source }) => mayMake(source, imported))) continue;
    try {
      kernel ??= await Kernel.start(cwd, signal);
      const reason = await within(refusal(kernel, problem), PATIENCE, signal);
      if (typeof reason === "string") {
        found.push({ ...problem, message: reason || problem.message });
      }
      if (typeof reason !== "symbol") continue;
    } catch (error) {
      if (!(error instanceof KernelDied)) throw error;
      if (!signal.aborted) found.push(problem);
    }
    await kernel?.kill();
    kernel = undefined;
    if (signal.aborted) return [];
  }
  await kernel?.kill();
  return found;
}

/** How long a kernel may take to tell of one import, or of one cell, s. */
const PATIENCE = 30;

const REACHED = "Reached";

/**
 * Whether `kernel`, which nobody needs afterwards, refuses what is suspected of a cell: undefined
 * where it does not, else what it says, which may be nothing. Of the cell itself nothing runs.
 */
export async function refusal(
  kernel: Kernel,
  { cell, imported }: CellProblem,
): Promise<string | undefined> {
  if (imported !== undefined) {
    const attributes = imported.endsWith(".json") ? ` with { type: "json" }` : "";
    const reply = await kernel.execute(`import ${JSON.stringify(imported)}${attributes};`, true);
    return reply.status === "ok" ? undefined : "";
  }
  const stop = `throw Object.assign(new Error(), { name: "${REACHED}" });\n`;
  const reply = await kernel.execute(stop + cell.source, true);
  // What begins with a brace is an object for the kernel where it can be one.
  const isObject = async () =>
    /^\s*\{/.test(cell.source) && reached(await kernel.execute(`${stop}(${cell.source})`, true));
  if (reached(reply) || await isObject()) return undefined;
  return reply.evalue === "Execution failed" ? "" : String(reply.evalue);
}

const reached = ({ ename }: JsonObject) => ename === REACHED;
