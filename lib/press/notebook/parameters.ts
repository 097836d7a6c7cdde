/** Parameters of a notebook: what it declares, what a run asks for, and the cell that says so. */
import {
  type Cell,
  type CodeCell,
  type Json,
  type JsonObject,
  type Notebook,
  tagsOf,
} from "./notebook.ts";

/** Values asked for by name. */
export type Values = ReadonlyMap<string, Json>;

/** A parameter as the cell tagged `parameters` declares it. */
export interface Parameter {
  name: string;
  keyword: string;
  /** The default as written there. */
  written: string;
  /** Its value, undefined when it is an expression that only running the cell would give. */
  value: Json | undefined;
}

/** A request for parameters that the notebook cannot meet. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

const DECLARATION =
  /^(?:export\s+)?(const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=]+)?=(?!=)/gmu;

/** The declarations at the start of a line in the cell tagged `parameters`, in their order. */
export function parametersOf(notebook: Notebook): Parameter[] {
  const cell = parametersCell(notebook);
  if (cell === undefined) return [];
  return [...cell.source.matchAll(DECLARATION)].map((match) => {
    const written = initializer(cell.source.slice(match.index + match[0].length));
    return { name: match[2], keyword: match[1], written, value: literalValue(written) };
  });
}

/** The quick set: `"lab": {"quick": {…}}` in the notebook's metadata; undefined when it has none. */
export function quickSet(notebook: Notebook): Values | undefined {
  const quick = (notebook.metadata.lab as JsonObject | undefined)?.quick;
  if (quick === undefined || quick === null) return undefined;
  return new Map(Object.entries(quick as JsonObject));
}

/** Reads `name=value` as typed: a JSON value, else a string. */
export function parseAssignment(typed: string): [string, Json] {
  const at = typed.indexOf("=");
  if (at < 1) throw new ParameterError(`-p ${typed}: write name=value`);
  const text = typed.slice(at + 1);
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new ParameterError(`-p ${typed}: the number is out of range`);
  }
  return [typed.slice(0, at), value];
}

/**
 * Adds the cell that sets `values`, after the one tagged `parameters`, or renews the one that an
 * earlier run added. A ParameterError lists what there is when a name or a type is not.
 */
export function injectParameters(notebook: Notebook, values: Values): void {
  if (values.size === 0) return;
  const declared = parametersOf(notebook);
  const lines = [...values].map(([name, value]) => {
    const parameter = declared.find((candidate) => candidate.name === name);
    if (parameter === undefined) {
      throw new ParameterError(`has no parameter ${name}. ${listOf(declared)}`);
    }
    const wanted = typeName(parameter.value), given = typeName(value);
    if (parameter.value !== undefined && parameter.value !== null && wanted !== given) {
      const hint = wanted === "string" ? ` (as a string: -p '${name}="${value}"')` : "";
      throw new ParameterError(
        `${name} takes ${article(wanted)}, not ${value === null ? "" : `the ${given} `}${
          JSON.stringify(value)
        }${hint}. ` +
          listOf(declared),
      );
    }
    return `${parameter.keyword} ${name} = ${JSON.stringify(value)};`;
  });
  const source = `// Set for this run\n${lines.join("\n")}`;
  const earlier = notebook.cells.find((cell) => tagsOf(cell).includes("injected-parameters"));
  if (earlier !== undefined) {
    earlier.source = source;
    return;
  }
  notebook.cells.splice(notebook.cells.indexOf(parametersCell(notebook)!) + 1, 0, {
    cell_type: "code",
    id: freeId(notebook.cells),
    metadata: { tags: ["injected-parameters"] },
    source,
    execution_count: null,
    outputs: [],
  });
}

function parametersCell(notebook: Notebook): CodeCell | undefined {
  return notebook.cells.find((cell) =>
    cell.cell_type === "code" && tagsOf(cell).includes("parameters")
  ) as CodeCell | undefined;
}

function freeId(cells: readonly Cell[]): string {
  let id = "injected-parameters";
  while (cells.some((cell) => cell.id === id)) id += "-";
  return id;
}

/** What stands up to the end of the statement: a semicolon, or a line's end outside brackets. */
function initializer(rest: string): string {
  const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*[^]*?\*\/|[^]/g;
  let depth = 0, text = "";
  for (const [part] of rest.matchAll(token)) {
    if (part.startsWith("//") || part.startsWith("/*")) continue;
    if (depth === 0 && (part === ";" || (part === "\n" && text.trim() !== ""))) break;
    if ("([{".includes(part)) depth++;
    else if (")]}".includes(part)) depth--;
    text += part;
  }
  return text.trim();
}

/** The value of a literal, undefined for any other expression: no name and no call is evaluated. */
function literalValue(written: string): Json | undefined {
  const literal = written.replace(/\s+(as|satisfies)\s[^]*$/, "");
  const bare = literal
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`/g, '""')
    .replace(/([{,]\s*)[\w$]+\s*:/g, '$1"":')
    .replace(/\b(?:true|false|null|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w$])/gi, "0");
  if (!/^[\s"0-9.,:+\-*/[\]{}]+$/.test(bare)) return undefined;
  try {
    return new Function(`return (${literal});`)();
  } catch {
    return undefined;
  }
}

function typeName(value: Json | undefined): string {
  if (value === undefined) return "anything";
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const article = (noun: string) => (/^[aeiou]/.test(noun) ? "an " : "a ") + noun;

function listOf(declared: readonly Parameter[]): string {
  if (declared.length === 0) {
    return "There are none: tag a cell of declarations `parameters` to have some";
  }
  const list = declared.map(({ name, written, value }) =>
    `  ${name}: ${typeName(value)} = ${written}`
  );
  return `There are:\n${list.join("\n")}`;
}
