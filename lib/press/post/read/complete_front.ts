import GithubSlugger from "github-slugger";
import type { Root as Markdown } from "mdast";
import { toString } from "mdast-util-to-string";
import { basename } from "node:path";
import { NotebookError } from "../../notebook/notebook.ts";
import { type FrontMatter, readFrontMatter } from "./front_matter.ts";
import { openingHeading } from "./outline.ts";
import { parseMarkdown } from "./prose.ts";
import type { Source } from "./source.ts";

/**
 * The front matter of a notebook, complete. A mistake in it, or no title or date, is a NotebookError
 * when `strict`; else a warning, and the first heading and `today` are taken.
 */
export function frontOf(
  { notebook, name, file }: Source,
  strict: boolean,
  today: string,
  warn: (problem: string) => void,
): FrontMatter {
  const given = readFrontMatter(notebook, (problem) => {
    if (strict) throw new NotebookError(name, problem);
    warn(problem);
  });
  const cell = notebook.cells.findIndex((one) => one.cell_type === "raw") + 1;
  const where = cell > 0 ? `cell ${cell} (front matter)` : "cell 1";
  const missing = (["title", "date"] as const).filter((field) => given[field] === undefined);
  if (strict && missing.length > 0) {
    const how = cell > 0
      ? `has no ${missing.join(" and no ")}`
      : `must be a raw cell of YAML with a title and a date, and there is none`;
    throw new NotebookError(name, `${where} ${how}`);
  }
  const prose = notebook.cells.filter((one) => one.cell_type === "markdown")
    .map((one) => parseMarkdown(one.source));
  const title = given.title ?? (openingHeading(prose) || basename(file, ".ipynb"));
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
    description: given.description || firstParagraph(prose),
    tags: given.tags ?? [],
    author: given.author ?? "",
    draft: given.draft ?? false,
    slug: given.slug ?? slugOf(basename(file, ".ipynb"), title),
    lang: given.lang ?? "en",
  };
}

function firstParagraph(prose: readonly Markdown[]): string {
  const nodes = prose.flatMap((tree) => tree.children);
  const text = toString(nodes.find((node) => node.type === "paragraph"), { includeHtml: false })
    .replace(/\s+/g, " ")
    .trim();
  return text.length <= 200 ? text : `${text.slice(0, 200).replace(/\s+\S*$/, "")}…`;
}

/** After the notebook's name, without the number that only orders it among others. */
function slugOf(stem: string, title: string): string {
  const plain = (text: string) =>
    new GithubSlugger().slug(text.normalize("NFKD").replace(/_/g, "-"))
      .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 100).replace(/-+$/, "");
  return plain(stem.replace(/^\d+[-_. ]+/, "")) || plain(title) || "post";
}
