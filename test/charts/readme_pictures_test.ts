/** The README's pictures: one of each chart, as the code draws it. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertGreater, assertLess, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "resvg";
import { drawn, folder, picture, table } from "../../data/draw_charts.ts";
import * as further from "../../lib/charts/further.ts";
import * as charts from "../../lib/charts/mod.ts";
import { fitWidth, renderPNG } from "../../lib/render/mod.ts";
import { examples } from "./gallery.ts";

/** A picture's size and its pixels, RGBA. */
function decoded(png: Uint8Array): { size: string; pixels: Uint8Array } {
  const header = new DataView(png.buffer, png.byteOffset);
  const size = `width="${header.getUint32(16)}" height="${header.getUint32(20)}"`;
  const href = `data:image/png;base64,${png.toBase64()}`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} href="${href}"/></svg>`;
  return { size, pixels: new Resvg(svg).render().pixels };
}

/** What another processor may round otherwise, at the edges of marks. */
const MOST = 0.0002;

/** The share of pixels of which a colour is far from the other picture's. */
function differing(one: Uint8Array, other: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < one.length; i += 4) {
    const far = [0, 1, 2, 3].some((part) => Math.abs(one[i + part] - other[i + part]) > 48);
    if (far) count++;
  }
  return 4 * count / one.length;
}

Deno.test("README: every chart has its picture there, with words for those who do not see it", async () => {
  assertEquals(drawn.toSorted(), Object.keys({ ...charts, ...further }).toSorted());
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name.replace(/\.png$/, ""));
  assertEquals(files.toSorted(), drawn.toSorted());
  const readme = await Deno.readTextFile(
    fileURLToPath(new URL("../../README.md", import.meta.url)),
  );
  const words = (text: string) => text.replace(/[-| ]+/g, " ");
  assertStringIncludes(words(readme), words(table()), "deno run -A --no-lock data/draw_charts.ts");
  for (const name of drawn) assertGreater(examples[name].alt?.length, 20, name);
});

for (const name of drawn) {
  Deno.test(`README: the picture of charts.${name} is what the code draws`, async () => {
    const [kept, now] = [await Deno.readFile(join(folder, `${name}.png`)), await picture(name)];
    if (Buffer.compare(kept, now) === 0) return; // else one looks at every pixel
    const [one, other] = [decoded(kept), decoded(now)];
    assertEquals(one.size, other.size, "draw it anew: deno run -A --no-lock data/draw_charts.ts");
    assertLess(differing(one.pixels, other.pixels), MOST);
  });
}

Deno.test("README: a picture of another figure is told from what is drawn", async () => {
  const draw = async (value: number) => {
    const spec = charts.study([{ label: "await in the loop", value, unit: "s" }]);
    return decoded((await renderPNG(await fitWidth(spec, 343))).bytes).pixels;
  };
  const [first, again, other] = await Promise.all([7.19, 7.19, 7.18].map(draw));
  assertEquals(differing(first, again), 0);
  assertGreater(differing(first, other), MOST);
});
