import { stringify } from "yaml";
import type { Picture, Place, Post } from "../read/post.ts";
import type { Chart } from "../read/read_chart.ts";

/** How one generator reads Markdown, and where it looks for what belongs to a post. */
export interface Dialect {
  /** Path of the post below the target's folder. */
  path(front: Place): string;
  /** Path of a file that belongs to the post, below the target's folder. */
  filePath(front: Place, file: string): string;
  /** How the post's text refers to such a file. */
  fileUrl(front: Place, file: string): string;
  /** How it refers to another post. */
  postUrl(front: Place): string;
  /** The front matter in the generator's own words. */
  front(post: Post): Record<string, unknown>;
  /** What stands before the body, "" for nothing. */
  opening(post: Post): string;
  /** Characters that mean something to it in prose, beyond what they mean in Markdown. */
  readonly unsafe: readonly { character: string; atBreak?: boolean }[];
  /** Prose as Markdown has it, with what only this generator would stumble over written otherwise. */
  prose(written: string): string;
  /** What stands for a picture in words; null where Markdown's own escapes are understood there. */
  alt(text: string): string | null;
  /** Code as it stands in a file: `written` is the fence or span around `source`. */
  code(written: string, source: string, place: "block" | "span" | "cell"): string;
}

/**
 * Words without any sign that Markdown, a generator's typography or its templates would take up:
 * goldmark and kramdown show escapes within the words for a picture as they are written.
 */
export function plainWords(text: string): string {
  const quotes = text.replace(/(^|[\s(\[{])'/g, "$1‘").replace(/'/g, "’")
    .replace(/(^|[\s(\[{])"/g, "$1“").replace(/"/g, "”");
  const signs: Record<string, string> = { "<": "‹", ">": "›", "|": "/", "[": "(", "]": ")" };
  return quotes.replace(/[<>|[\]]/g, (sign) => signs[sign]).replaceAll("{", "(").replaceAll(
    "}",
    ")",
  )
    .replace(/[\\`*~$^#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, " ")
    .replace(/-{2,}/g, "–").replace(/\.{3,}/g, "…").replace(/&(?=[#\w]+;)/g, "+")
    .replace(/\s+/g, " ").trim();
}

/** Code in a table's cell, where a bar would end the cell even in a span. */
export function barsEscaped(written: string, place: string): string {
  return place === "cell" ? written.replaceAll("|", "\\|") : written;
}

/** The picture that stands for a post: a chart's file, or null. */
export function coverFile({ cover }: Post): string | null {
  return cover === null ? null : chartFiles(cover).png;
}

/** What a chart's files are called. */
export function chartFiles({ name }: Chart): { svg: string; png: string } {
  return { svg: `${name}.svg`, png: `${name}.png` };
}

/** Front matter between its fences. Fields that say nothing are left out. */
export function fenced(fields: Record<string, unknown>): string {
  const kept = Object.entries(fields).filter(([, value]) =>
    value !== "" && value !== null && value !== undefined &&
    !(Array.isArray(value) && value.length === 0)
  );
  return `---\n${stringify(Object.fromEntries(kept), { lineWidth: 0 })}---\n`;
}

/** The files of a post, by the names its text uses. */
export async function postFiles(
  charts: readonly Chart[],
  pictures: Iterable<Picture>,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const chart of charts) {
    const { svg, png } = chartFiles(chart);
    files.set(svg, new TextEncoder().encode(await chart.svg()));
    files.set(png, (await chart.png()).bytes);
  }
  for (const { file, bytes } of pictures) files.set(file, bytes);
  return files;
}
