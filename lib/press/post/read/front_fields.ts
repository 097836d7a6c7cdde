import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import { attempt } from "../../../ground/attempt.ts";

/** What a notebook says about its post, each field checked. */
export type Fields = {
  readonly [name in keyof typeof FIELDS]: NonNullable<ReturnType<(typeof FIELDS)[name]["read"]>>;
};

/** What the address of a post is made of. */
export type Address = Pick<Fields, "slug" | "date">;

/** YAML without the fences around it, whatever ends its lines. */
export function unfenced(source: string): string {
  return source.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").trim()
    .replace(/^---[ \t]*(\n|$)/, "").replace(/(^|\n)(---|\.\.\.)\s*$/, "");
}

/**
 * Reads front matter, each value checked. `fail` hears of each mistake; unless it throws, what it
 * is about counts as not said. `published: false`, as other systems have it, makes a draft. Fields
 * that are not known are given as they are.
 */
export function readFields(source: string, fail: (problem: string) => void) {
  const known: Partial<Record<keyof Fields, unknown>> = {}, others: Record<string, unknown> = {};
  const lines = new LineCounter();
  const document = parseDocument(unfenced(source), { lineCounter: lines, prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  const { contents } = document;
  if (error) {
    fail(`line ${lines.linePos(error.pos[0]).line} is not YAML: ${error.message}`);
  } else if (contents !== null && !isMap(contents)) {
    fail("must be YAML of the form `key: value`");
  } else {
    for (const { key, value } of (contents?.items ?? []) as Pair<Node, Node | null>[]) {
      const field = isScalar(key) ? String(key.value) : String(key);
      try {
        // An alias that leads nowhere, or to too much, is only found when it is followed.
        const plain = value?.toJS(document) ?? null;
        if (isField(field)) known[field] = checked(field, plain);
        else others[field] = plain;
      } catch (error) {
        fail(
          error instanceof RangeError
            ? error.message
            : `${field} is not YAML: ${(error as Error).message}`,
        );
        // Better kept back than let out.
        if (field === "draft") known.draft = true;
      }
    }
  }
  const { published, ...rest } = others;
  if (published !== false) return { known: known as Partial<Fields>, others };
  return { known: { draft: true, ...known } as Partial<Fields>, others: rest };
}

function checked(field: keyof Fields, value: unknown): unknown {
  const { must, read } = FIELDS[field];
  const found = read(value);
  if (found !== undefined) return found;
  throw new RangeError(`${field} must be ${must}, not ${JSON.stringify(value)}`);
}

const isField = (name: string): name is keyof Fields => Object.hasOwn(FIELDS, name);

/** What a field must be, and how it is read: undefined for what it cannot be. */
const field = <T>(must: string, read: (value: unknown) => T | undefined) => ({ must, read });

const FIELDS = {
  title: field("a text", (value) => text(value) || undefined),
  description: field("a text", text),
  /** YYYY-MM-DD; other systems give the time as well. */
  date: field("a day, as 2026-11-21", (value) => {
    if (typeof value !== "string") return undefined;
    const day = value.replace(/(?<=^.{10})[T ]\d\d?:\d\d.*$/, "");
    return isDate(day) ? day : undefined;
  }),
  tags: field("a list, as [a, b]", (value) => texts(Array.isArray(value) ? value : [null])),
  author: field("a name, or a list of names", (value) => {
    const names = [value].flat().map((one) => (one as { name?: unknown } | null)?.name ?? one);
    return texts(names)?.join(", ") || undefined;
  }),
  draft: field("true or false", (value) => typeof value === "boolean" ? value : undefined),
  slug: field(
    "lower-case letters, digits and single hyphens, 100 at most",
    (value) => isSlug(value) ? value : undefined,
  ),
  /** What it was called before, each a slug, or with a day before it, as in 2026-11-21-a-slug. */
  formerly: field(
    "a list of earlier slugs, as [two-loops, 2026-11-21-loops]",
    (value) => Array.isArray(value) && value.every(isSlug) ? value : undefined,
  ),
  /** BCP 47. */
  lang: field(
    "a language, as en or pt-BR",
    (value) => attempt(() => Intl.getCanonicalLocales(value as string)[0]),
  ),
};

/** Texts with something in each; undefined where one is another thing. */
function texts(values: readonly unknown[]): string[] | undefined {
  const found = values.map(text);
  return found.every(Boolean) ? found as string[] : undefined;
}

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

function isDate(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
