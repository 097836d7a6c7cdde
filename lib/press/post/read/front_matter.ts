import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Cell, Notebook } from "../../notebook/notebook.ts";

/** What a notebook's first raw cell says about the post, checked and complete. */
export interface FrontMatter {
  readonly title: string;
  /** "" where the notebook gives none; a reader of posts then makes one from the prose. */
  readonly description: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly tags: readonly string[];
  /** "" where the notebook names none. */
  readonly author: string;
  readonly draft: boolean;
  /** What the post is called in addresses: lower-case letters, digits and hyphens. */
  readonly slug: string;
  /** BCP 47. */
  readonly lang: string;
}

type Given = Partial<FrontMatter>;

/**
 * Reads the front matter in the first raw cell: what it says, each value checked. `wrong` hears of
 * each mistake, with its cell; unless it throws, what it is about counts as not said.
 */
export function readFrontMatter(notebook: Notebook, wrong: (problem: string) => void): Given {
  const index = notebook.cells.findIndex((cell) => cell.cell_type === "raw");
  if (index < 0) return {};
  const fail = (problem: string) => wrong(`cell ${index + 1} (front matter): ${problem}`);
  return readFields(notebook.cells[index], fail);
}

/** The cell that holds the front matter, or undefined. */
export function frontMatterCell(notebook: Notebook): Cell | undefined {
  return notebook.cells.find((cell) => cell.cell_type === "raw");
}

function readFields(cell: Cell, fail: (problem: string) => void): Given {
  const text = cell.source.trim().replace(/^---[ \t]*\n/, "").replace(/\n(---|\.\.\.)\s*$/, "");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    fail(`line ${lines.linePos(error.pos[0]).line} is no YAML: ${error.message}`);
    return {};
  }
  if (document.contents === null) return {};
  if (!isMap(document.contents)) {
    fail("must be YAML of the form `key: value`");
    return {};
  }
  const given: Record<string, unknown> = {};
  for (const { key, value } of (document.contents.items as Pair[])) {
    const field = isScalar(key) ? String(key.value) : String(key);
    const read = Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof FrontMatter] : undefined;
    if (read === undefined) {
      fail(`unknown key ${JSON.stringify(field)}; there are ${Object.keys(FIELDS).join(", ")}`);
      continue;
    }
    const plain = plainValue(value, document);
    const found = plain instanceof Wrong ? plain : read(plain);
    if (!(found instanceof Wrong)) given[field] = found;
    else {
      fail(`${field} ${found.must}${found === plain ? "" : `, not ${JSON.stringify(plain)}`}`);
      // Better kept back than let out.
      if (field === "draft") given.draft = true;
    }
  }
  return given;
}

/** An alias that leads nowhere, or to too much, is only found when it is followed. */
function plainValue(node: unknown, document: unknown): unknown {
  try {
    return (node as { toJS?(of: unknown): unknown } | null)?.toJS?.(document) ?? null;
  } catch (error) {
    return new Wrong(`is no YAML: ${(error as Error).message}`);
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

const FIELDS: { [field in keyof FrontMatter]: (value: unknown) => FrontMatter[field] | Wrong } = {
  title: (value) => text(value) || new Wrong("must be a text"),
  description: (value) => text(value) ?? new Wrong("must be a text"),
  date: (value) => isDate(value) ? value : new Wrong("must be a day, as 2026-11-21"),
  tags: (value) => {
    const tags = Array.isArray(value) ? value.map(text) : [undefined];
    return tags.every((tag) => tag) ? tags as string[] : new Wrong("must be a list, as [a, b]");
  },
  author: (value) => text(value) || new Wrong("must be a name"),
  draft: (value) => typeof value === "boolean" ? value : new Wrong("must be true or false"),
  slug: (value) =>
    typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 100
      ? value
      : new Wrong("must be lower-case letters, digits and single hyphens"),
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

function isDate(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
