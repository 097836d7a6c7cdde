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
export function dataFiles(post: Post): Map<string, string> {
  return new Map(
    post.charts.flatMap((chart) =>
      chart.data.map((table, i) => ({ table, name: dataFile(post, chart, i) }))
        .filter(({ table }) => table.rows.length > ROWS)
        .map(({ table, name }) => [name, csv(table)] as const)
    ),
  );
}
