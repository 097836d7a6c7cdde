/** The syntax tree of TypeScript and JavaScript source, of cells and of modules. */
import { parse, type ParserOptions } from "@babel/parser";

type Plugin = NonNullable<ParserOptions["plugins"]>[number];

/** A node as Babel has it; its own properties depend on its type. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  // deno-lint-ignore no-explicit-any
  readonly [property: string]: any;
}

const PLUGINS = [
  ...["typescript", "decorators", "decoratorAutoAccessors"] as const,
  ...["deferredImportEvaluation", "sourcePhaseImports"] as const,
];
const OPTIONS: ParserOptions = {
  sourceType: "module",
  allowUndeclaredExports: true,
  errorRecovery: true,
  attachComment: false, // nobody asks for them
};

/** What was read of a source: no statements where it cannot be read, and the first thing `wrong`. */
export type Syntax = Readonly<ReturnType<typeof parseSource>>;

/**
 * The statements of `source`, read as TypeScript or, where that has errors, with JSX, as the kernel
 * does.
 */
export function parseSource(source: string) {
  const plain = parsed(source, [...PLUGINS]);
  if (plain.wrong === undefined) return plain;
  const jsx = parsed(source, [...PLUGINS, "jsx"]);
  if (jsx.wrong === undefined) return jsx;
  // With JSX in it, it is not to be read without; what is wrong does not hide what follows.
  const read = plain.body.length > 0 || jsx.body.length === 0 && jsx.wrong.at <= plain.wrong.at;
  return read ? plain : jsx;
}

function parsed(source: string, plugins: Plugin[]) {
  const jsx = plugins.includes("jsx");
  try {
    const { program, errors } = parse(source, { ...OPTIONS, plugins });
    const body = program.body as unknown as readonly Node[];
    return { body, jsx, wrong: errors.map((error) => readError(error, source)).at(0) };
  } catch (error) {
    return { body: [], jsx, wrong: readError(error, source) };
  }
}

/** What Babel says, and where: `at` from the start; `line` and `column` from 1, or 0 when unknown. */
function readError(error: unknown, source: string) {
  const { message, loc } = error as { message: string; loc?: Record<string, number> };
  const { index: at = 0, line = 0, column = -1 } = loc ?? {};
  const isEnd = at >= source.trimEnd().length;
  const told = isEnd ? "Unexpected end of input" : message.replace(/ \(\d+:\d+\)$/, "");
  return { message: told, at, line, column: column + 1 };
}

/** Every node in `value`, a node or a list of them, each before those within it. */
export function nodesIn(value: unknown): Node[] {
  const nodes: Node[] = [];
  const look = (one: unknown): void => {
    if (typeof one !== "object" || one === null) return;
    if (Array.isArray(one)) return one.forEach(look);
    if (!("type" in one)) return;
    nodes.push(one as Node);
    for (const item of Object.values(one)) look(item);
  };
  look(value);
  return nodes;
}

/** The text of a string literal, or of a template with nothing to fill in; else undefined. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.type === "StringLiteral") return node.value;
  const whole = node?.type === "TemplateLiteral" && node.expressions.length === 0;
  return whole ? node.quasis[0].value.cooked : undefined;
}

/** What is imported in `value`, by the names that are written out, each with its place. */
export function importsIn(value: unknown): { name: string; start: number; end: number }[] {
  return nodesIn(value).flatMap(({ type, source, importKind }) => {
    const imports = /^(Import(Declaration|Expression)|Export(Named|All)Declaration)$/.test(type);
    const name = imports && importKind !== "type" ? textOf(source) : undefined;
    return name === undefined ? [] : [{ name, start: source.start, end: source.end }];
  });
}

/** The source with the text of each of `parts`, which do not overlap, replaced. */
export function replaceParts<Part extends Pick<Node, "start" | "end">>(
  source: string,
  parts: readonly Part[],
  replacement: (part: Part) => string,
): string {
  return parts.toSorted((a, b) => b.start - a.start).reduce(
    (text, part) => text.slice(0, part.start) + replacement(part) + text.slice(part.end),
    source,
  );
}

/**
 * The source with its import statements as the awaits that the kernel makes of them, on as many
 * lines as before: transpiling alone would leave out those that nothing in the cell uses.
 */
export function importsAsTheKernelHasThem(source: string): string {
  const statements = parseSource(source).body.filter(({ type }) => type === "ImportDeclaration");
  return replaceParts(source, statements, (statement) => {
    const lines = source.slice(statement.start, statement.end).replace(/[^\n]/g, "");
    const attributes: readonly Node[] = statement.attributes ?? [];
    const list = attributes.map(({ start, end }) => source.slice(start, end)).join(", ");
    const more = list === "" ? "" : `, { with: { ${list} } }`;
    const specifier = JSON.stringify(statement.source.value);
    return (statement.importKind === "type" ? "" : `await import(${specifier}${more});`) + lines;
  });
}
