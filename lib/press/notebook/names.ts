/** Which names statements declare, and which they use. */
import { type Node, parseSource } from "./syntax.ts";

/** A statement, as far as names go; types are left out. */
export interface Statement {
  readonly text: string;
  /** The names that other statements know it by. */
  readonly declares: readonly string[];
  /** Those that it uses and that nothing in it declares. */
  readonly uses: readonly string[];
  /** The module that it imports; `null` where it imports none. */
  readonly module: string | null;
}

/** The statements of a source, an import for each name that it imports; none where it is not valid. */
export function statementsIn(source: string): Statement[] {
  const { body, wrong } = parseSource(source);
  return wrong !== undefined ? [] : body.filter(isValue).flatMap((node) => {
    if (node.type === "ImportDeclaration") return importsOf(node, source);
    const within = [...nodesOf(node)];
    const bound = new Set(within.flatMap(boundIn).map(({ name }) => name));
    const named = within.filter(({ type }) => type === "Identifier").map(({ name }) => name);
    return {
      text: source.slice(node.start, node.end),
      declares: declaredBy(node).map(({ name }) => name),
      uses: [...new Set(named)].filter((name) => !bound.has(name)),
      module: null,
    };
  });
}

const isValue = ({ importKind }: Node) => importKind !== "type";

function importsOf({ specifiers, source: from, end }: Node, source: string): Statement[] {
  return specifiers.filter(isValue).map((specifier: Node) => {
    const what = source.slice(specifier.start, specifier.end);
    const names = specifier.type === "ImportSpecifier" ? `{ ${what} }` : what;
    return {
      text: `import ${names} from ${source.slice(from.start, end)}`,
      declares: [specifier.local.name],
      uses: [],
      module: String(from.value),
    };
  });
}

/** The identifiers that a statement declares for those after it; no types. */
export function declaredBy(statement: Node): Node[] {
  const { declarations, specifiers, ...own }: Node = statement.declaration ?? statement;
  const declarers: Node[] = declarations ?? specifiers ?? (TYPE.test(own.type) ? [] : [own]);
  return declarers.flatMap(({ id, local }) => id ?? local ?? []).flatMap(givenBy);
}

const TYPE = /^TS(TypeAlias|Interface)/;
const DECLARES = /^(VariableDeclarator|CatchClause)$|Function|Method|^Class(Decl|Expr)|^TSEnumDecl/;

/** What a node gives names to. */
const boundIn = ({ type, id, param, params = [] }: Node): Node[] =>
  DECLARES.test(type) ? [id, param, ...params].filter(Boolean).flatMap(givenBy) : [];

/** The identifiers that a pattern declares: what stands there as a default is only used. */
const givenBy = (pattern: Node): Node[] => {
  const { type, left, argument, value, parameter, elements, properties = [] } = pattern;
  if (type === "Identifier") return [pattern];
  const parts = left ?? argument ?? value ?? parameter ?? elements ?? properties;
  return [parts].flat().filter(Boolean).flatMap(givenBy);
};

/** A node and those within it, but for types and the names of properties. */
function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const [key, value] of Object.entries(node)) {
    const isName = (key === "property" || key === "key") && !node.computed;
    if (isName || /^(type(Annotation|Parameters|Arguments)|returnType|implements)$/.test(key)) {
      continue;
    }
    for (const one of [value].flat()) if (typeof one?.type === "string") yield* nodesOf(one);
  }
}
