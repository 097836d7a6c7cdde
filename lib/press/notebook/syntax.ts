/** The syntax tree of TypeScript and JavaScript source, of cells and of modules. */
import { parse, type ParserOptions } from "@babel/parser";
import { attempt } from "../../ground/attempt.ts";

type Plugin = NonNullable<ParserOptions["plugins"]>[number];

/** A node as Babel has it; its own properties depend on its type. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  // deno-lint-ignore no-explicit-any
  readonly [property: string]: any;
}

const PLUGINS = ["typescript", "decorators", "decoratorAutoAccessors"] as const;
const OPTIONS: ParserOptions = {
  sourceType: "module",
  allowUndeclaredExports: true,
  errorRecovery: true,
  attachComment: false, // nobody asks for them
};

/** What was read of a source. */
export type Syntax = Readonly<ReturnType<typeof parsed>>;

/**
 * The statements of `source`, read as TypeScript or, where that has errors, with JSX, as the kernel
 * does. Undefined where it cannot be read.
 */
export function parseSource(source: string): Syntax | undefined {
  const plain = attempt(() => parsed(source, [...PLUGINS]));
  if (plain?.wrong === false) return plain;
  const jsx = attempt(() => parsed(source, [...PLUGINS, "jsx"]));
  return jsx?.wrong === false ? jsx : plain ?? jsx;
}

function parsed(source: string, plugins: Plugin[]) {
  const { program, errors } = parse(source, { ...OPTIONS, plugins });
  const body = program.body as unknown as readonly Node[];
  // With JSX in it, it is not to be read without; what is wrong does not hide what follows.
  return { body, jsx: plugins.includes("jsx"), wrong: errors.length > 0 };
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
  const statements = (parseSource(source)?.body ?? []).filter(({ type }) =>
    type === "ImportDeclaration"
  );
  return replaceParts(source, statements, (statement) => {
    const lines = source.slice(statement.start, statement.end).replace(/[^\n]/g, "");
    const attributes: readonly Node[] = statement.attributes ?? [];
    const list = attributes.map(({ start, end }) => source.slice(start, end)).join(", ");
    const more = list === "" ? "" : `, { with: { ${list} } }`;
    const specifier = JSON.stringify(statement.source.value);
    return (statement.importKind === "type" ? "" : `await import(${specifier}${more});`) + lines;
  });
}
