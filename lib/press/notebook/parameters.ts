/** Parameters of a notebook: what it declares, what a run asks for, and the cell that says so. */
import { parseExact, spelled } from "./exact_json.ts";
import {
  type Cell,
  type CodeCell,
  isInjected,
  type Json,
  type JsonObject,
  labOf,
  type Notebook,
  tagsOf,
} from "./notebook.ts";
import { type Node, nodesIn, parseSource } from "./syntax.ts";

/** Values asked for, by name, as JSON texts: a number keeps all its digits. */
export type Values = ReadonlyMap<string, string>;

/** A parameter as the cell tagged `parameters` declares it. */
export interface Parameter {
  name: string;
  keyword: string;
  /** The default as written there. */
  written: string;
  /** Where that starts in the cell. */
  start: number;
  /** Its value, undefined when it is an expression that only running the cell would give. */
  value: Json | bigint | undefined;
}

/** A request for parameters that the notebook cannot meet. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

/** The variables that the cell tagged `parameters` declares with a value, in their order. */
export function parametersOf(notebook: Notebook): Parameter[] {
  return declaredIn(parametersCell(notebook)?.source ?? "");
}

function declaredIn(source: string): Parameter[] {
  return (parseSource(source)?.body ?? []).flatMap((statement) => {
    const declaration: Node = statement.declaration ?? statement;
    if (declaration.type !== "VariableDeclaration") return [];
    return declaration.declarations.flatMap(({ id, init }: Node) =>
      id.type !== "Identifier" || !init ? [] : [{
        name: id.name,
        keyword: declaration.kind,
        written: source.slice(init.start, init.end),
        start: init.start,
        value: literalValue(init, source),
      }]
    );
  });
}

/** The quick set: `"lab": {"quick": {…}}` in the notebook's metadata; undefined when it has none. */
export function quickSet(notebook: Notebook): Values | undefined {
  const quick = labOf(notebook).quick as JsonObject | undefined;
  if (quick === undefined || quick === null) return undefined;
  const text = (name: string) => spelled(quick, name) ?? JSON.stringify(quick[name]);
  return new Map(Object.keys(quick).map((name) => [name, text(name)]));
}

/** Values as one object of JSON, as `writeExact` writes it. */
export function valuesAsJson(values: Values): JsonObject {
  const members = [...values].map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  return parseExact(`{${members.join()}}`) as JsonObject;
}

/** Reads `name=value` as typed: a JSON value, else a string. */
export function parseAssignment(typed: string): [name: string, text: string] {
  const at = typed.indexOf("=");
  if (at < 1) throw new ParameterError(`-p ${typed}: write name=value`);
  const name = typed.slice(0, at), text = typed.slice(at + 1);
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return [name, JSON.stringify(text)];
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new ParameterError(`-p ${typed}: the number is out of range`);
  }
  return [name, text.trim()];
}

/**
 * Adds the cell that sets `values`, after the one tagged `parameters`, or renews the one that an
 * earlier run added. A ParameterError lists what there is when a name or a type is not.
 */
export function injectParameters(notebook: Notebook, values: Values): void {
  if (values.size === 0) return;
  const declared = parametersOf(notebook);
  const lines = [...values].map(([name, text]) => {
    const parameter = declared.find((candidate) => candidate.name === name);
    if (parameter === undefined) {
      throw new ParameterError(`has no parameter ${name}. ${listOf(declared)}`);
    }
    return `${parameter.keyword} ${name} = ${assignable(parameter, text, declared)};`;
  });
  const source = `// Set for this run\n${lines.join("\n")}`;
  const earlier = notebook.cells.find(isInjected);
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

/**
 * The notebook as it is read: the values that a run injected stand in the cell that declares them,
 * and the cell that sets them is gone.
 */
export function withInjected(notebook: Notebook): Notebook {
  const injected = notebook.cells.find(isInjected), declaring = parametersCell(notebook);
  if (injected === undefined || declaring === undefined) return notebook;
  const set = new Map(declaredIn(injected.source).map(({ name, written }) => [name, written]));
  let { source } = declaring;
  // From the last, so that places before it hold.
  for (const { name, written, start } of declaredIn(source).toReversed()) {
    const value = set.get(name) ?? written;
    source = source.slice(0, start) + value + source.slice(start + written.length);
  }
  const cells = notebook.cells.filter((cell) => cell !== injected);
  return {
    ...notebook,
    cells: cells.map((cell) => cell === declaring ? { ...cell, source } : cell),
  };
}

/** The JSON `text` as it is assigned to `parameter`; a ParameterError where the type is another. */
function assignable(
  { name, value }: Parameter,
  text: string,
  declared: readonly Parameter[],
): string {
  const wanted = typeName(value), given = typeName(JSON.parse(text));
  if (value === undefined || value === null || wanted === given) return text;
  const whole = text.match(/^"?(-?\d+)n?"?$/);
  if (wanted === "bigint" && whole !== null) return `${whole[1]}n`;
  const hint = wanted === "string" ? ` (as a string: -p '${name}="${text}"')` : "";
  const what = given === "null" ? "" : `the ${given} `;
  const problem = `${name} takes ${article(wanted)}, not ${what}${text}${hint}. `;
  throw new ParameterError(problem + listOf(declared));
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

/** The value of a literal, undefined for any other expression: no name and no call is evaluated. */
function literalValue(node: Node, source: string): Json | bigint | undefined {
  const plain = /^TS(As|Satisfies)Expression$/.test(node.type) ? node.expression : node;
  const nodes = [...nodesIn(plain)];
  const names = new Set(
    nodes.map(({ computed, shorthand, key }) => !computed && !shorthand && key),
  );
  const literal = nodes.every((part) => names.has(part) || LITERAL.test(part.type));
  return literal ? new Function(`return (${source.slice(plain.start, plain.end)});`)() : undefined;
}

const LITERAL = new RegExp(
  "^((Numeric|String|Boolean|Null|BigInt|Template)Literal|TemplateElement|" +
    "(Unary|Binary|Array|Object)Expression|ObjectProperty|Comment(Line|Block))$",
);

function typeName(value: Json | bigint | undefined): string {
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
