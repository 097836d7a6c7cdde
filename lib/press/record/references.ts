/** What a module refers to, read from its text; nothing is resolved and nothing is run. */

/** Names that are asked of a module: some (`"charts.timeline"` is one of a namespace), or all. */
export type Names = ReadonlySet<string> | "all";

/** A module, or another file, that a text refers to. */
export interface Reference {
  readonly specifier: string;
  readonly names: Names;
}

/** A line of a module that passes names of another on. */
export interface ReExport {
  readonly specifier: string;
  /** Name here → name there; `*` there is the other module's namespace. */
  readonly names: ReadonlyMap<string, string>;
  /** `export * from`: whatever the other has. */
  readonly everything: boolean;
}

const CLAUSE = String.raw`(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*\s*as\s+[\w$]+)?`;
const IMPORT = new RegExp(
  String.raw`^[ \t]*import\s+(type\s+)?(${CLAUSE})\s*(?:from\s*)?["']([^"'\n]+)["']`,
  "gm",
);
const RE_EXPORT =
  /^[ \t]*export\s+(type\s+)?(\{[^}]*\}|\*(?:\s*as\s+[\w$]+)?)\s*from\s*["']([^"'\n]+)["'];?/gm;
const DYNAMIC =
  /\b(?:import|import\.meta\.resolve)\(\s*["']([^"'\n]+)["']|\bnew URL\(\s*["'](\.[^"'\n]*)["'],\s*import\.meta\.url/g;

/** A name made while running, `new URL(`./${language}/`, import.meta.url)`: all of its folder. */
const IN_FOLDER = /\bnew URL\(\s*`(\.[^`$]*)\$\{[^`]*`,\s*import\.meta\.url/g;

/** The text without its comments that stand on lines of their own, in which examples may stand. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/.*|\/\*[^]*?\*\/[ \t]*)$/gm, "");
}

/**
 * The modules that `text` imports and the files it names by `new URL("…", import.meta.url)`.
 * Types are left out: they are gone when it runs.
 */
export function referencesOf(text: string): Reference[] {
  const code = withoutComments(text);
  const imports = [...code.matchAll(IMPORT)].flatMap(([, type, clause, specifier]) => {
    const locals = localNames(clause);
    if (type !== undefined || (/\{/.test(clause) && locals.size === 0)) return [];
    const whole = locals.size === 0 || [...locals.values()].includes("*");
    return [{ specifier, names: whole ? "all" as const : new Set(locals.values()) }];
  });
  const passedOn = reExportsOf(code).map(({ specifier, names, everything }) => ({
    specifier,
    names: everything || [...names.values()].includes("*")
      ? "all" as const
      : new Set(names.values()),
  }));
  const named = [...code.matchAll(DYNAMIC)].map((match) => ({
    specifier: match[1] ?? match[2],
    names: "all" as const,
  }));
  const folders = [...code.matchAll(IN_FOLDER)].map(([, path]) => ({
    specifier: path.slice(0, path.lastIndexOf("/") + 1),
    names: "all" as const,
  }));
  return [...imports, ...passedOn, ...named, ...folders];
}

/**
 * The same for a notebook's cells, where a namespace is asked only for the members that are used:
 * of `charts` in `charts.timeline(…)`, the name `"charts.timeline"`.
 */
export function cellReferences(text: string): Reference[] {
  const code = withoutComments(text);
  const body = code.replace(IMPORT, "");
  return [
    ...[...code.matchAll(IMPORT)].flatMap(([, type, clause, specifier]) => {
      const locals = localNames(clause);
      if (type !== undefined) return [];
      if (locals.size === 0) return /\{/.test(clause) ? [] : [{ specifier, names: "all" as const }];
      const names = [...locals].flatMap(([local, name]) => usesOf(local, name, body));
      return [{ specifier, names: names.includes("*") ? "all" as const : new Set(names) }];
    }),
    ...referencesOf(body),
  ];
}

/** The re-exports of a module that does nothing else, undefined for any other. */
export function onlyReExports(text: string): ReExport[] | undefined {
  const code = withoutComments(text);
  return code.replace(RE_EXPORT, "").trim() === "" ? reExportsOf(code) : undefined;
}

function reExportsOf(code: string): ReExport[] {
  return [...code.matchAll(RE_EXPORT)].filter(([, type]) => type === undefined).map((match) => {
    const [, , clause, specifier] = match;
    const as = clause.match(/^\*\s*as\s+([\w$]+)/)?.[1];
    const names = as === undefined ? listedNames(clause) : new Map([[as, "*"]]);
    return { specifier, names, everything: clause === "*" };
  });
}

/** Local name → imported name; `*` for the whole module. */
function localNames(clause: string): Map<string, string> {
  const namespace = clause.match(/\*\s*as\s+([\w$]+)/)?.[1];
  const standard = clause.match(/^[\w$]+/)?.[0];
  const listed = [...listedNames(clause)].map(([local, name]) => [local, name] as const);
  return new Map([
    ...(standard === undefined ? [] : [[standard, "default"] as const]),
    ...(namespace === undefined ? [] : [[namespace, "*"] as const]),
    ...listed,
  ]);
}

/** `{ a, b as c, type D }` → a: a, c: b. */
function listedNames(clause: string): Map<string, string> {
  const list = clause.match(/\{([^}]*)\}/)?.[1] ?? "";
  const names = list.split(",").map((item) => item.trim()).filter((item) =>
    item !== "" && !item.startsWith("type ")
  );
  return new Map(names.map((item) => {
    const [name, as] = item.split(/\s+as\s+/);
    return [as ?? name, name];
  }));
}

/** The names asked for by how `local` is used: all of it, or members of it. */
function usesOf(local: string, name: string, body: string): string[] {
  const escaped = local.replaceAll("$", "\\$");
  const uses = body.matchAll(
    new RegExp(`(?<![\\w$.])${escaped}(?![\\w$])\\s*(?:\\.\\s*([\\w$]+))?`, "g"),
  );
  return [
    ...new Set([...uses].map(([, member]) => {
      if (member === undefined) return name;
      return name === "*" ? member : `${name}.${member}`;
    })),
  ];
}
