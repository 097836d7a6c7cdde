import { isMap, isScalar, LineCounter, parseDocument } from "yaml";

/** What the address of a post is made of. */
export interface Address {
  /** Lower-case letters, digits and hyphens. */
  readonly slug: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/** What a notebook says about its post, each field checked. */
export interface Fields extends Address {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly author: string;
  readonly draft: boolean;
  /** What it was called before, each a slug, or with a day before it, as in 2026-11-21-a-slug. */
  readonly formerly: readonly string[];
  /** BCP 47. */
  readonly lang: string;
}

/** What a text of YAML says: the fields that are known, and all others as they are. */
export interface Given {
  readonly known: Partial<Fields>;
  readonly others: Readonly<Record<string, unknown>>;
}

/** YAML without the fences around it, whatever ends its lines. */
export function unfenced(source: string): string {
  return source.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").trim()
    .replace(/^---[ \t]*(\n|$)/, "").replace(/(^|\n)(---|\.\.\.)\s*$/, "");
}

/**
 * Reads front matter, each value checked. `fail` hears of each mistake; unless it throws, what it
 * is about counts as not said. `published: false`, as other systems have it, makes a draft.
 */
export function readFields(source: string, fail: (problem: string) => void): Given {
  const nothing = { known: {}, others: {} };
  const lines = new LineCounter();
  const document = parseDocument(unfenced(source), { lineCounter: lines, prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    fail(`line ${lines.linePos(error.pos[0]).line} is not YAML: ${error.message}`);
    return nothing;
  }
  if (document.contents === null) return nothing;
  if (!isMap(document.contents)) {
    fail("must be YAML of the form `key: value`");
    return nothing;
  }
  const known: Record<string, unknown> = {}, others: Record<string, unknown> = {};
  for (const { key, value } of (document.contents.items as Pair[])) {
    const field = isScalar(key) ? String(key.value) : String(key);
    const plain = plainValue(value, document);
    const read = Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof Fields] : undefined;
    const found = plain instanceof Wrong || read === undefined ? plain : read(plain);
    if (found instanceof Wrong) {
      fail(`${field} ${found.must}${found === plain ? "" : `, not ${JSON.stringify(plain)}`}`);
      // Better kept back than let out.
      if (field === "draft") known.draft = true;
    } else if (read === undefined) others[field] = found;
    else known[field] = found;
  }
  const { published, ...rest } = others;
  if (published === false) known.draft ??= true;
  return { known, others: published === false ? rest : others };
}

/** An alias that leads nowhere, or to too much, is only found when it is followed. */
function plainValue(node: unknown, document: unknown): unknown {
  try {
    return (node as { toJS?(of: unknown): unknown } | null)?.toJS?.(document) ?? null;
  } catch (error) {
    return new Wrong(`is not YAML: ${(error as Error).message}`);
  }
}

interface Pair {
  key: unknown;
  value: unknown;
}

/** Why a value is not taken. */
class Wrong {
  constructor(readonly must: string) {}
}

const FIELDS: { [field in keyof Fields]: (value: unknown) => Fields[field] | Wrong } = {
  title: (value) => text(value) || new Wrong("must be a text"),
  description: (value) => text(value) ?? new Wrong("must be a text"),
  // Other systems give the time as well.
  date: (value) => {
    const day = typeof value === "string"
      ? value.replace(/(?<=^.{10})[T ]\d\d?:\d\d.*$/, "")
      : value;
    return isDate(day) ? day : new Wrong("must be a day, as 2026-11-21");
  },
  tags: (value) => {
    const tags = Array.isArray(value) ? value.map(text) : [undefined];
    return tags.every((tag) => tag) ? tags as string[] : new Wrong("must be a list, as [a, b]");
  },
  author: (value) => {
    const names = [value].flat().map((one) =>
      text((one as { name?: unknown } | null)?.name ?? one)
    );
    return names.length > 0 && names.every(Boolean)
      ? names.join(", ")
      : new Wrong("must be a name, or a list of names");
  },
  draft: (value) => typeof value === "boolean" ? value : new Wrong("must be true or false"),
  slug: (value) =>
    isSlug(value) ? value : new Wrong("must be lower-case letters, digits and single hyphens"),
  formerly: (value) =>
    Array.isArray(value) && value.every(isSlug)
      ? value
      : new Wrong("must be a list of earlier slugs, as [two-loops, 2026-11-21-loops]"),
  lang: (value) => {
    try {
      return Intl.getCanonicalLocales(value as string)[0] ?? new Wrong("must be a language");
    } catch {
      return new Wrong("must be a language, as en or pt-BR");
    }
  },
};

/** One line of text without control characters; a number is the text it is written as. */
function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  // deno-lint-ignore no-control-regex
  return value.replace(/[\s\u0000-\u001f\u007f]+/g, " ").trim();
}

function isSlug(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 100;
}

function isDate(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
