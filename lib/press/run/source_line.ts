/** From the position an error has in a cell as the kernel runs it to the line that people wrote. */
import { SourceMap } from "node:module";
import { join } from "node:path";
import { outputOf } from "../../ground/command_output.ts";
import type { CodeCell } from "../notebook/notebook.ts";
import { declaredBy } from "../notebook/names.ts";
import { importsAsTheKernelHasThem, nodesIn, parseSource } from "../notebook/syntax.ts";

/** A line of a cell's source, counted from 1. */
export type SourceLine = NonNullable<ReturnType<typeof lineOf>>;

/** A stack frame in a cell, with the name of its function if it has one. */
const FRAME = /^ +at (?:async )?(?:.*?([\w$]+) \()?<anonymous>:(\d+):(\d+)\)?$/;

/**
 * The line of `cell` that failed, undefined when the traceback leads to none. All
 * cells share one nameless script in it: from the outermost frame, which is this cell's, it is
 * followed inwards until it enters a function that this cell does not define.
 *
 * The kernel runs a cell as its transpiler prints it, so the same transpiler says what stood where.
 */
export async function sourceLine(
  cell: CodeCell,
  traceback: readonly string[],
): Promise<SourceLine | undefined> {
  const again = declaredAgain(cell, traceback);
  if (again !== undefined) return again;
  const position = positionIn(cell, traceback);
  if (position === undefined) return undefined;
  const { line, column } = position;
  const code = importsAsTheKernelHasThem(cell.source);
  const entry = (await transpiledMap(code, parseSource(code).jsx))?.findEntry(line - 1, column - 1);
  if (entry === undefined || !("originalLine" in entry)) return undefined;
  return lineOf(cell, entry.originalLine + 1);
}

/** The line that declares what an earlier cell has declared: the kernel tells its name alone. */
function declaredAgain(cell: CodeCell, traceback: readonly string[]): SourceLine | undefined {
  const [, again] = traceback.join("\n").match(/Identifier '(.+)' has already been declared/) ?? [];
  const { body } = parseSource(cell.source);
  // A var is the cell's own wherever it stands.
  const vars = nodesIn(body).filter(({ kind }) => kind === "var");
  const node = [...body, ...vars].flatMap(declaredBy).find(({ name }) => name === again);
  return node && lineOf(cell, node.loc.start.line);
}

/** The text of a line of the cell, counted from 1; undefined when it has no such line. */
export function lineOf(cell: CodeCell, line: number) {
  const text = cell.source.split("\n").at(line - 1);
  return line < 1 || text === undefined ? undefined : { line, text };
}

function positionIn(
  cell: CodeCell,
  traceback: readonly string[],
): { line: number; column: number } | undefined {
  let position;
  for (const frame of traceback.toReversed()) {
    const [, name, line, column] = frame.match(FRAME) ?? [];
    if (line === undefined) continue;
    if (name !== undefined && !defines(cell, name)) break;
    position = { line: Number(line), column: Number(column) };
  }
  return position;
}

function defines(cell: CodeCell, name: string): boolean {
  const literal = name.replaceAll("$", "\\$");
  return new RegExp(`(function\\*?\\s+${literal}\\b)|((^|[^\\w$])${literal}\\s*[:=])`).test(
    cell.source,
  );
}

async function transpiledMap(source: string, jsx: boolean): Promise<SourceMap | undefined> {
  const folder = Deno.makeTempDirSync({ prefix: "lab-line-" });
  try {
    const file = join(folder, jsx ? "cell.tsx" : "cell.ts");
    Deno.writeTextFileSync(file, source);
    const args = ["transpile", "--quiet", "--no-config", "--source-map", "inline", file];
    const printed = await outputOf(Deno.execPath(), args);
    const [, map] = printed?.match(/sourceMappingURL=data:application\/json;base64,(\S+)/) ?? [];
    if (map === undefined) return undefined;
    return new SourceMap(JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(map))));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
