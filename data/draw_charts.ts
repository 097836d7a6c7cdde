/**
 * Draws one of each chart, of seeded rows, for the README: data/charts/NAME.png.
 *
 *     deno run -A --no-lock data/draw_charts.ts
 */
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { writeWhole } from "../lib/ground/whole_file.ts";
import { fitWidth, renderPNG } from "../lib/render/mod.ts";
import { gallery } from "../test/charts/gallery.ts";

/** Where the pictures are. */
export const folder = fileURLToPath(new URL("charts/", import.meta.url));

/** The charts that have a picture each: what follows a comma is another of the same. */
export const drawn = Object.keys(gallery).filter((name) => !name.includes(","));

/** The picture of a chart: PNG, 480 px wide, two pixels a px. */
export async function picture(name: string): Promise<Uint8Array> {
  return (await renderPNG(await fitWidth(gallery[name], 480), { scheme: "light", scale: 2 })).bytes;
}

if (import.meta.main) {
  for (const name of drawn) writeWhole(join(folder, `${name}.png`), await picture(name));
  console.log(`${drawn.length} pictures in ${folder}`);
}
