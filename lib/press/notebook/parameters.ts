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
  NotebookError,
  tagsOf,
} from "./notebook.ts";
import { statementsIn } from "./names.ts";
import { type Node, nodesIn, parseSource, replaceParts } from "./syntax.ts";

/** Values asked for, by name, as JSON texts: a number keeps all its digits. */
export type Values = ReadonlyMap<string, string>;

/** A parameter as the cell tagged `parameters` declares it. */
export interface Parameter {
  name: string;
  keyword: string;
  /** The default as written there. */
  written: string;
  /** Where that stands in the cell. */
  start: number;
  end: number;
  /** Its value, undefined when it is an expression that only running the cell would give. */
  value: Json | bigint | undefined;
}

/** The variables that the cell tagged `parameters` declares with a value, in their order. */
export function parametersOf(notebook: Notebook): Parameter[] {
  return declaredIn(parametersCell(notebook)?.source ?? "");
}

function declaredIn(source: string): Parameter[] {
  return parseSource(source).body.flatMap((statement) => {
    const declaration: Node = statement.declaration ?? statement;
    if (declaration.type !== "VariableDeclaration") return [];
    return declaration.declarations.flatMap(({ id, init }: Node) =>
      id.type !== "Identifier" || !init ? [] : [{
        name: id.name,
        keyword: declaration.kind,
        written: source.slice(init.start, init.end),
        start: init.start,
        end: init.end,
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

/**
 * Adds the cell that sets `values`, after the one tagged `parameters`, or renews the one that an
 * earlier run added. A NotebookError, in which it is called `file`, lists what there is when a name or
 * a type is not.
 */
export function injectParameters(notebook: Notebook, values: Values, file: string): void {
  if (values.size === 0) return;
  const declared = parametersOf(notebook);
  const lines = [...values].map(([name, text]) => {
    const parameter = declared.find((candidate) => candidate.name === name);
    if (parameter === undefined) {
      throw new NotebookError(file, `has no parameter ${name}. ${listOf(declared, notebook)}`);
    }
    const value = assignable(parameter, text);
    if (value !== undefined) return `${parameter.keyword} ${name} = ${value};`;
    throw new NotebookError(file, `${refusal(parameter, text)}. ${listOf(declared, notebook)}`);
  });
  // What is computed of them there is computed again.
  const set = new Set(values.keys());
  for (const { name, keyword, written, value } of declared) {
    if (value !== undefined || set.has(name)) continue;
    const uses = statementsIn(`(${written})`).flatMap((each) => each.uses);
    if (!uses.some((used) => set.has(used))) continue;
    lines.push(`${keyword} ${name} = ${written};`);
    set.add(name);
  }
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
  const declared = declaredIn(declaring.source);
  const value = ({ name, written }: Parameter) => set.get(name) ?? written;
  const source = replaceParts(declaring.source, declared, value);
  const cells = notebook.cells.filter((cell) => cell !== injected);
  return {
    ...notebook,
    cells: cells.map((cell) => cell === declaring ? { ...cell, source } : cell),
  };
}

/** The JSON `text` as it is assigned to a parameter; undefined where the type is another. */
function assignable({ value }: Parameter, text: string): string | undefined {
  const wanted = typeName(value);
  if (value === undefined || value === null || wanted === typeName(JSON.parse(text))) return text;
  const whole = wanted === "bigint" ? text.match(/^"?(-?\d+)n?"?$/) : null;
  return whole === null ? undefined : `${whole[1]}n`;
}

function refusal({ name, value }: Parameter, text: string): string {
  const wanted = typeName(value), given = typeName(JSON.parse(text));
  const hint = wanted === "string" ? ` (as a string: -p '${name}="${text}"')` : "";
  const what = given === "null" ? "" : `the ${given} `;
  return `${name} takes ${
    /^[aeiou]/.test(wanted) ? "an" : "a"
  } ${wanted}, not ${what}${text}${hint}`;
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
  const nodes = nodesIn(plain);
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

function listOf(declared: readonly Parameter[], notebook: Notebook): string {
  if (declared.length === 0) {
    const wrong = parseSource(parametersCell(notebook)?.source ?? "").wrong;
    if (wrong) {
      return `Line ${wrong.line} of the cell tagged parameters does not parse: ${wrong.message}`;
    }
    return "There are none: tag a cell of declarations `parameters` to have some";
  }
  const list = declared.map(({ name, written, value }) =>
    `  ${name}: ${typeName(value)} = ${written}`
  );
  return `There are:\n${list.join("\n")}`;
}
