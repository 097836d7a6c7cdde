/** Finds what keeps a notebook's cells from running before any of them does. */
import { attempt } from "../../ground/attempt.ts";
import { Kernel, KernelDied } from "../kernel/kernel.ts";
import { within } from "../kernel/time_limit.ts";
import { type JsonObject, tagsOf } from "../notebook/notebook.ts";
import { type Node, nodesIn, parseSource, type Syntax, textOf } from "../notebook/syntax.ts";
import type { CellModules, CellProblem } from "./cell_modules.ts";

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
  for (const { cell, syntax } of modules.modules) {
    const wrong = mayNotCompile(syntax);
    if (wrong && !located.has(cell)) suspected.push({ cell, name: "SyntaxError", ...wrong });
  }
  const problems = await confirmed(suspected, modules);
  if (problems.length === 0 && !modules.signal.aborted) {
    problems.push(...await confirmed(await modules.fetch(), modules));
  }
  return problems.toSorted((a, b) => cells.indexOf(a.cell) - cells.indexOf(b.cell));
}

/** Why, and where, what was read as a module may not be one of the kernel's scripts; else undefined. */
export function mayNotCompile({ wrong, body }: Syntax) {
  if (wrong !== undefined) return wrong;
  const start = nodesIn(body).find(isDoubtful)?.loc.start;
  const message = "the kernel gives no reason";
  return start && { message, line: start.line as number, column: start.column + 1 as number };
}

function isDoubtful({ type, meta, pattern, flags }: Node): boolean {
  if (type === "TSImportEqualsDeclaration") return true;
  if (type === "MetaProperty") return meta.name === "import";
  return type === "RegExpLiteral" && attempt(() => new RegExp(pattern, flags)) === undefined;
}

/** Whether a cell may make what is `imported`: it names it, or may write or serve things of any name. */
function mayMake(source: string, imported: string): boolean {
  const isNear = /^(\.{0,2}\/|file:|https?:\/\/(localhost|127\.|\[::1]))/.test(imported);
  return isNear && (source.includes(imported.split("/").at(-1)!) || MAKES.test(source));
}

/** What makes files or answers, by whatever name it is called. */
const MAKES = /write(Text)?File|createWrite|open|copy|rename|link|serve|Command|exec|spawn/i;

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
    // As the cell has it, with its attributes.
    const isIt = ({ type, source }: Node) => /Decl/.test(type) && textOf(source) === imported;
    const it = nodesIn(parseSource(cell.source).body).find(isIt);
    const what = it ? cell.source.slice(it.source.start, it.end) : JSON.stringify(imported);
    const reply = await kernel.execute(`import ${what}`, true);
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
