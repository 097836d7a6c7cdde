/**
 * Draws one of each chart, of seeded rows, into data/charts/NAME.png, and shows them in the README.
 *
 *     deno run -A --no-lock data/draw_charts.ts
 */
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { writeWhole } from "../lib/ground/whole_file.ts";
import { fitWidth, renderPNG } from "../lib/render/mod.ts";
import { examples, gallery } from "../test/charts/gallery.ts";

/** Where the pictures are. */
export const folder = fileURLToPath(new URL("charts/", import.meta.url));

/** The charts that have a picture each: what follows a comma is another of the same. */
export const drawn = Object.keys(gallery).filter((name) => !name.includes(","));

/** The picture of a chart: PNG, 480 px wide, two pixels a px. */
export async function picture(name: string): Promise<Uint8Array> {
  return (await renderPNG(await fitWidth(gallery[name], 480), { scheme: "light", scale: 2 })).bytes;
}

/** The README's table of the pictures, two in a row, not yet formatted. */
export function table(): string {
  const cells = drawn.map((name) => {
    const { alt, says } = examples[name];
    return `\`${name}\`<br><img src="data/charts/${name}.png" width="400" alt="${alt}"><br>${says}`;
  });
  const rows = cells.flatMap((cell, i) => i % 2 ? [] : [`| ${cell} | ${cells[i + 1] ?? ""} |`]);
  return ["| | |", "| --- | --- |", ...rows, ""].join("\n");
}

if (import.meta.main) {
  for (const name of drawn) writeWhole(join(folder, `${name}.png`), await picture(name));
  const readme = fileURLToPath(new URL("../README.md", import.meta.url));
  const text = await Deno.readTextFile(readme);
  const from = text.indexOf("|", text.indexOf("\n## Charts"));
  const to = text.indexOf("\n## ", from);
  writeWhole(readme, text.slice(0, from) + table() + text.slice(to));
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", readme] }).output();
  console.log(`${drawn.length} pictures in ${folder}`);
}
