import GithubSlugger from "github-slugger";
import { basename } from "node:path";
import { type Cell, type Notebook, NotebookError } from "../../notebook/notebook.ts";
import { type Address, type Fields, readFields, unfenced } from "./front_fields.ts";
import { openingHeading, textsOf } from "./outline.ts";
import { type ParsedMarkdown, parseMarkdown } from "./parse_markdown.ts";
import type { Source } from "./source.ts";

/** What there is to say about a post, complete. Texts are "" where there is nothing to say. */
export type FrontMatter = Readonly<ReturnType<typeof frontOf>>;

/**
 * The cell that holds the front matter, or undefined: the first raw one that is YAML by its looks.
 * One that Jupyter was told is in another format is not meant.
 */
export function frontMatterCell({ cells }: Notebook): Cell | undefined {
  return cells.find(({ cell_type, metadata, source }) => {
    const format = metadata.raw_mimetype ?? metadata.format ?? "";
    return cell_type === "raw" && /^$|yaml/i.test(String(format)) &&
      (/^\s*---[ \t]*\r?$/m.test(source.slice(0, 200)) ||
        /^\s*(#.*\n\s*)*(["']?[\w-]+["']?[ \t]*:(\s|$)|\{\s*")/.test(unfenced(source)));
  });
}

/** The same where something can be read of it: else it stays in the post, as the text that it is. */
export function readableFront(notebook: Notebook): Cell | undefined {
  const cell = frontMatterCell(notebook);
  if (cell === undefined || unfenced(cell.source).trim() === "") return cell;
  const { known, others } = readFields(cell.source, () => {});
  return Object.keys({ ...known, ...others }).length > 0 ? cell : undefined;
}

/**
 * The front matter of a notebook, complete. A mistake in it, or no title or date, is a NotebookError
 * when `strict`; else a warning, and the first heading and `today` are taken.
 */
export function frontOf(
  { notebook, name, file }: Source,
  strict: boolean,
  today: string,
  warn: (problem: string) => void,
) {
  const cell = frontMatterCell(notebook);
  const where = cell ? `cell ${notebook.cells.indexOf(cell) + 1} (front matter)` : "cell 1";
  const { known: given, others } = cell === undefined
    ? { known: {} as Partial<Fields>, others: {} }
    : readFields(cell.source, (problem) => {
      if (strict) throw new NotebookError(name, `${where}: ${problem}`);
      warn(`${where}: ${problem}`);
    });
  const unknown = Object.keys(others);
  if (unknown.length > 0) {
    warn(`${where}: ${unknown.join(", ")}: not known here; handed on to Hugo and Jekyll`);
  }
  const missing = (["title", "date"] as const).filter((field) => given[field] === undefined);
  if (strict && missing.length > 0) {
    const how = cell
      ? `has no ${missing.join(" and no ")}${unknown.length > 0 ? `, but ${unknown}` : ""}`
      : "must be a raw cell of YAML with a title and a date; no cell is";
    throw new NotebookError(name, `${where} ${how}`);
  }
  // Read only where something is not said: whoever leads to this notebook asks for its front, too.
  const prose = () =>
    notebook.cells.filter((one) => one.cell_type === "markdown")
      .map((one) => parseMarkdown(one.source));
  const title = given.title ?? (openingHeading(prose()) || basename(file, ".ipynb"));
  const date = given.date ?? today;
  if (missing.length > 0) {
    const made = missing.map((field) =>
      `${field} ${JSON.stringify(field === "title" ? title : date)}`
    );
    warn(`${where} gives no ${missing.join(" and no ")}; taken: ${made.join(", ")}`);
  }
  return {
    title,
    date,
    /** What its author says of it, above it. */
    lead: given.description ?? "",
    description: given.description || firstParagraph(prose()),
    tags: given.tags ?? [],
    author: given.author ?? "",
    draft: given.draft ?? false,
    slug: given.slug ?? slugOf(basename(file, ".ipynb"), title),
    formerly: given.formerly ?? [],
    lang: given.lang ?? "en",
    /** What the notebook says that only other systems understand. */
    others: others as Readonly<Record<string, unknown>>,
  };
}

/** What the addresses of a post were made of, where one was another than now. */
export function formerAddresses({ slug, date, formerly }: FrontMatter): Address[] {
  return formerly.map((name) => {
    const [, day, rest] = /^(\d{4}-\d\d-\d\d)-(.+)$/.exec(name) ?? [name, date, name];
    return { slug: rest, date: day };
  }).filter((former) => former.slug !== slug || former.date !== date);
}

/** The slugs that a post had and has no more, each once. */
export function formerSlugs(front: FrontMatter): string[] {
  const slugs = formerAddresses(front).map(({ slug }) => slug);
  return [...new Set(slugs)].filter((slug) => slug !== front.slug);
}

function firstParagraph(prose: readonly ParsedMarkdown[]): string {
  const texts = textsOf(prose, "paragraph").filter((text) => text !== "");
  // TeX is not for reading.
  const text = texts.find((text) => !/\$|\\begin\{/.test(text)) ?? texts[0] ?? "";
  return text.length <= 200 ? text : `${text.slice(0, 200).replace(/\s+\S*$/, "")}…`;
}

/** After the notebook's name, without the number that only orders it among others. */
function slugOf(stem: string, title: string): string {
  const plain = (text: string) =>
    new GithubSlugger().slug(text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[_.]/g, "-"))
      .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 100).replace(/-+$/, "");
  return plain(stem.replace(/^\d+\.?[-_ ]+(?=\D)/, "")) || plain(title) || "post";
}
