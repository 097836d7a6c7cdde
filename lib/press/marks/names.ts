/** The names in a cell: those it declares, those it imports, those it uses. */
import { type Node, parseSource } from "../notebook/syntax.ts";

/** Where an imported name comes from. */
export interface Import {
  readonly from: string;
  /** What it is called there; "*" for all of it. */
  readonly name: string;
}

/** The names that the cell's own statements declare. */
export function declaredNames(source: string): string[] {
  return (parseSource(source)?.body ?? []).flatMap(({ type, declarations, id }) => {
    if (type === "VariableDeclaration") {
      return declarations.flatMap((each: Node) => boundNames(each.id));
    }
    return /^(Function|Class)Declaration$/.test(type) ? [id.name] : [];
  });
}

/** What the cell imports to run with, by the name it gives it: no types. */
export function importsOf(source: string): Map<string, Import> {
  const found = new Map<string, Import>();
  for (const { type, importKind, specifiers, source: from } of parseSource(source)?.body ?? []) {
    if (type !== "ImportDeclaration" || importKind === "type") continue;
    for (const { type, importKind, local, imported } of specifiers) {
      if (importKind === "type") continue;
      const name = type === "ImportDefaultSpecifier"
        ? "default"
        : type === "ImportNamespaceSpecifier"
        ? "*"
        : imported.name ?? imported.value;
      found.set(local.name, { from: from.value, name });
    }
  }
  return found;
}

/** An import of one name, as a statement. */
export function importStatement(local: string, { from, name }: Import): string {
  const what = name === "*"
    ? `* as ${local}`
    : name === local
    ? `{ ${local} }`
    : `{ ${JSON.stringify(name)} as ${local} }`;
  return `import ${what} from ${JSON.stringify(from)};`;
}

/** The names that the cell uses as values, its own among them: no types, no names of members. */
export function usedNames(source: string): Set<string> {
  const used = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(look);
    if (typeof value !== "object" || value === null || !("type" in value)) return;
    const node = value as Node;
    if (node.type === "Identifier") used.add(node.name);
    // An expression that is said to have a type is an expression still.
    if (/^TS(?!As|NonNull|Satisfies|Instantiation)/.test(node.type)) return;
    const name = node.computed ? undefined : node.property ?? node.key;
    for (const [key, inner] of Object.entries(node)) {
      if (inner !== name && key !== "typeAnnotation") look(inner);
    }
  };
  look(parseSource(source)?.body);
  return used;
}

/** The names in a pattern, such as `{ a, b: [c] }`. */
function boundNames(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((each: Node) => boundNames(each.value ?? each.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(boundNames);
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "RestElement":
      return boundNames(pattern.argument);
    default:
      return [];
  }
}
