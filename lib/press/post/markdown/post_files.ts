import type { Picture, Post } from "../read/post.ts";
import type { Chart } from "../read/read_chart.ts";

/** The picture that stands for a post: a chart's file, or null. */
export function coverFile({ cover }: Post): string | null {
  return cover === null ? null : chartFiles(cover).png;
}

/** What a chart's files are called. */
export function chartFiles({ name }: Chart): { svg: string; png: string } {
  return { svg: `${name}.svg`, png: `${name}.png` };
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
