/** Which names statements declare, and which they use. */
import { type Node, parseSource } from "../notebook/syntax.ts";

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

/** The statements of a source; none where it is not valid. */
export function statementsIn(source: string): Statement[] {
  const { body, wrong } = parseSource(source);
  return wrong !== undefined
    ? []
    : body.filter((node) => node.importKind !== "type").map((node) => {
      const { declarations, specifiers, ...own }: Node = node.declaration ?? node;
      const declarers: Node[] = declarations ?? specifiers ?? (TYPE.test(own.type) ? [] : [own]);
      const bound = new Set([...nodesOf(node)].flatMap(boundIn).flatMap(namesIn));
      return {
        text: source.slice(node.start, node.end),
        declares: declarers.flatMap(({ id, local }) => id ?? local ?? []).flatMap(namesIn),
        uses: [...new Set(namesIn(node))].filter((name) => !bound.has(name)),
        module: node.type === "ImportDeclaration" ? String(node.source.value) : null,
      };
    });
}

const TYPE = /^TS(TypeAlias|Interface)/;
const DECLARES = /^(VariableDeclarator|CatchClause)$|Function|Method|^Class(Decl|Expr)|^TSEnumDecl/;

/** What a node gives names to. */
const boundIn = ({ type, id, param, params = [], local }: Node): Node[] =>
  DECLARES.test(type) ? [id, param, ...params].filter(Boolean) : local ? [local] : [];

/** The names in a node that stand for values. */
const namesIn = (node: Node): string[] =>
  [...nodesOf(node)].flatMap(({ type, name }) => type === "Identifier" ? [String(name)] : []);

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
