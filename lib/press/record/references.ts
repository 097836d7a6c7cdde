/** What a module refers to, read from its syntax; nothing is resolved and nothing is run. */
import { type Node, textOf } from "../notebook/syntax.ts";

/** Names that are asked of a module: some (`"charts.timeline"` is one of a namespace), or all. */
export type Names = ReadonlySet<string> | "all";

/** A line of a module that passes names of another on. */
export type ReExport = Readonly<ReturnType<typeof reExportsOf>[number]>;

/** Whether a name that `nodes` refer to is made while they run, so that nobody can know it before. */
export function makesUpNames(nodes: readonly Node[]): boolean {
  return nodes.some(({ type, source }) =>
    type === "ImportExpression" && textOf(source) === undefined
  );
}

/**
 * The names asked of each module that is imported, by how it is called. A namespace is asked for the
 * members that are used: of `charts` in `charts.timeline(…)`, the name `"charts.timeline"`. A module
 * of which no name is used is not in here.
 */
export function importedNames(nodes: readonly Node[]): Map<string, Names> {
  const asked = new Map<string, Names>();
  const ask = (specifier: string, names: readonly string[], everything: boolean) => {
    const before = asked.get(specifier);
    if (everything || before === "all" || names.includes("*")) asked.set(specifier, "all");
    else if (names.length > 0) asked.set(specifier, new Set([...before ?? [], ...names]));
  };
  const uses = usesIn(nodes);
  for (const node of nodes) {
    if (node.type === "ImportExpression") ask(textOf(node.source) ?? "", [], true);
    if (node.type !== "ImportDeclaration") continue;
    const names = [...locals(node)].flatMap(([local, name]) => namesAsked(name, uses.get(local)));
    ask(node.source.value, names, node.specifiers.length === 0);
  }
  for (const { specifier, names, everything } of reExportsOf(nodes)) {
    ask(specifier, [...names.values()], everything);
  }
  return asked;
}

/** The files and folders named by `new URL("…", import.meta.url)` or `import.meta.resolve("…")`. */
export function namedFiles(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    const { type, callee, arguments: args } = node;
    const isUrl = type === "NewExpression" && callee.name === "URL" && isMeta(args[1], "url");
    if (!isUrl && !(type === "CallExpression" && isMeta(callee, "resolve"))) return [];
    // Of a name made while running, all of its folder.
    const start: string = args[0]?.quasis?.[0].value.cooked ?? "";
    const name = textOf(args[0]) ?? start.slice(0, start.lastIndexOf("/") + 1);
    return name.startsWith(".") ? [name] : [];
  });
}

/** The re-exports of a module that does nothing else, undefined for any other. */
export function onlyReExports(body: readonly Node[]): ReExport[] | undefined {
  const passing = (node: Node) => /^Export(Named|All)/.test(node.type) && node.source;
  return body.length > 0 && body.every(passing) ? reExportsOf(body) : undefined;
}

const isMeta = (node: Node | undefined, property: string) =>
  node?.object?.type === "MetaProperty" && node.property.name === property;

function reExportsOf(nodes: readonly Node[]) {
  return nodes.filter((node) =>
    /^Export(Named|All)/.test(node.type) && node.source && node.exportKind !== "type"
  ).map(({ type, source, specifiers = [] }) => ({
    specifier: source.value as string,
    /** Name here → name there; `*` there is the other module's namespace. */
    names: new Map<string, string>(
      specifiers.filter(isValue).map((
        { local, exported }: Node,
      ) => [nameOf(exported), local ? nameOf(local) : "*"]),
    ),
    /** `export * from`: whatever the other has. */
    everything: type === "ExportAllDeclaration",
  }));
}

const isValue = ({ importKind, exportKind }: Node) => (importKind ?? exportKind) !== "type";
const nameOf = ({ name, value }: Node): string => name ?? value;

/** Local name → imported name; `*` for the whole module. Types are gone when it runs. */
function locals({ importKind, specifiers }: Node): Map<string, string> {
  const values: Node[] = importKind === "type" ? [] : specifiers.filter(isValue);
  return new Map(values.map(({ type, local, imported }) => {
    const whole = type === "ImportNamespaceSpecifier" ? "*" : "default";
    return [local.name, imported ? nameOf(imported) : whole];
  }));
}

/** How a name is used: whether all of it is, and what members. */
interface Uses {
  whole: boolean;
  readonly members: Set<string>;
}

/** How each name is used in `nodes`. */
function usesIn(nodes: readonly Node[]): Map<string, Uses> {
  const uses = new Map<string, Uses>();
  const usesOf = (name: string) => {
    if (!uses.has(name)) uses.set(name, { whole: false, members: new Set() });
    return uses.get(name)!;
  };
  /** Those that stand for a member, or for the name itself. */
  const passed = new Set<unknown>();
  for (const { type, computed, property, key, shorthand, local, imported, object } of nodes) {
    if (type.startsWith("Import") && type.endsWith("Specifier")) passed.add(local).add(imported);
    else if (!computed && !shorthand) passed.add(property).add(key);
    if (type !== "MemberExpression" || computed || !isName(object)) continue;
    passed.add(object);
    usesOf(object.name).members.add(property.name);
  }
  for (const node of nodes) if (isName(node) && !passed.has(node)) usesOf(node.name).whole = true;
  return uses;
}

const isName = ({ type }: Node) => type === "Identifier" || type === "JSXIdentifier";

/** The names asked for by how the local name of one is used: all of it, or members of it. */
function namesAsked(name: string, uses: Uses | undefined): string[] {
  const members = [...uses?.members ?? []];
  const named = members.map((member) => name === "*" ? member : `${name}.${member}`);
  return uses?.whole ? [name, ...named] : named;
}
