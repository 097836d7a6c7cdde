import type { Kernel } from "../kernel/kernel.ts";
import type { JsonObject } from "../notebook/notebook.ts";
import type { CellProblem } from "./cell_modules.ts";

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
