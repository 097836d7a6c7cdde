/** What the files beside a post are called, and what is in them. */
import { csv } from "./chart_data.ts";
import type { Post } from "./post.ts";
import type { Chart } from "./read_chart.ts";

/** A table with more rows than this stands in a page by its beginning; all of it in a file. */
export const ROWS = 500;

/** What the data of a chart are called where they stand in a file of their own. */
export function dataFile(post: Post, chart: Chart, index: number): string {
  return `${post.front.slug}-${chart.name}-data${index === 0 ? "" : `-${index + 1}`}.csv`;
}

/** The files of data that a page is too small for, by name. */
export function dataFiles(post: Post): [name: string, rows: string][] {
  return post.charts.flatMap((chart) =>
    chart.data.flatMap((table, i): [string, string][] =>
      table.rows.length > ROWS ? [[dataFile(post, chart, i), csv(table)]] : []
    )
  );
}

/** What a chart's files are called. */
export function chartFiles({ name }: Chart): { svg: string; png: string } {
  return { svg: `${name}.svg`, png: `${name}.png` };
}

/** The picture that stands for a post: a chart's file, or null. */
export function coverFile({ cover }: Post): string | null {
  return cover === null ? null : chartFiles(cover).png;
}

/** The pictures of a post, by the names that its Markdown has for them. */
export async function pictureFiles(
  { charts, pictures }: Post,
): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for (const chart of charts) {
    const { svg, png } = chartFiles(chart);
    files.set(svg, await chart.svg());
    files.set(png, (await chart.png()).bytes);
  }
  for (const { file, bytes } of pictures.values()) files.set(file, bytes);
  return files;
}
