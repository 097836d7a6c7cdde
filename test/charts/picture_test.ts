/** What holds of every chart's picture, wide and as narrow as on a phone. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertLess } from "@std/assert";
import { describeSpec, renderSVG } from "../../lib/render/mod.ts";
import { specData } from "./spec_data.ts";
import { fitWidth } from "../../lib/render/fit.ts";
import type { LoggerInterface } from "vega";
import { layOut } from "../../lib/render/view.ts";
import { gallery, samples } from "./gallery.ts";
import * as charts from "../../lib/charts/mod.ts";

interface Box {
  text: string;
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}

/** Boxes of all text in a picture, and the box that everything takes. */
// deno-lint-ignore no-explicit-any
function textBoxes(scene: any): Box[] {
  const boxes: Box[] = [];
  // deno-lint-ignore no-explicit-any
  const visit = (mark: any, dx: number, dy: number) => {
    for (const item of mark.items ?? []) {
      if (mark.marktype === "text" && String(item.text ?? "") !== "" && item.opacity !== 0) {
        const { x1, x2, y1, y2 } = item.bounds;
        boxes.push({
          text: [item.text].flat().join(" "),
          x1: x1 + dx,
          x2: x2 + dx,
          y1: y1 + dy,
          y2: y2 + dy,
        });
      }
      for (const inner of item.items ?? []) visit(inner, dx + (item.x ?? 0), dy + (item.y ?? 0));
    }
  };
  visit(scene, 0, 0);
  return boxes;
}

function overlap(a: Box, b: Box): boolean {
  // Letters do not fill their line's box: a brush of a pixel is not an overlap.
  return Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1) > 1 &&
    Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1) > 2;
}

for (const [name, spec] of Object.entries(gallery)) {
  for (const width of [null, 343]) {
    const page = width === null ? "a wide page" : "a phone";
    Deno.test(`charts.${name} on ${page}: no warnings, no text over text, none cut off`, async () => {
      const warnings: string[] = [];
      const fitted = width === null ? spec : await fitWidth(spec, width);
      const { view } = await layOut(fitted, "light", listening(warnings));
      const boxes = textBoxes((view.scenegraph() as unknown as { root: unknown }).root);
      const svg = await view.toSVG();
      view.finalize();
      assertEquals(warnings, []);
      const crossing = boxes.flatMap((one, i) =>
        boxes.slice(i + 1).filter((other) => overlap(one, other)).map((
          other,
        ) => [one.text, other.text])
      );
      assertEquals(crossing, []);
      const [, across] = /<svg[^>]* width="([\d.]+)"/.exec(svg)!;
      const [, left] = /<g [^>]*transform="translate\(([\d.]+),/.exec(svg)!;
      for (const { text, x1, x2 } of boxes) {
        assert(
          x1 + Number(left) >= -1 && x2 + Number(left) <= Number(across) + 1,
          `"${text}" is cut off`,
        );
        assert(!text.includes("…"), `"${text}" is shortened`);
        assert(!text.includes("'"), `"${text}" has no apostrophe, but a mark of code`);
      }
      assertLess(Number(across), width === null ? 670 : 346);
    });
  }

  Deno.test(`charts.${name} says what it shows, under a title`, () => {
    const { title, description } = spec;
    assert(title.text.join(" ").length >= 10, title.text.join(" "));
    assert(description.length > 60 && description.endsWith("."), description);
    assert(!/NaN|undefined|null|Infinity|\?|'/.test(description + title.text + title.subtitle));
    assert(/\d/.test(description), "it has figures");
    assertEquals(describeSpec(spec), description);
  });

  Deno.test(`charts.${name} is plain JSON and embeds the columns drawn and no others`, async () => {
    assertEquals(JSON.parse(JSON.stringify(spec)), spec);
    assert(!JSON.stringify(spec).includes("not drawn"));
    const data = await specData(spec);
    assert(data.length > 0 && data.every((rows) => rows.length > 0));
  });

  Deno.test(`charts.${name} is drawn in two schemes of different colours`, async () => {
    const [light, dark] = await Promise.all([
      renderSVG(spec, { scheme: "light" }),
      renderSVG(spec, { scheme: "dark" }),
    ]);
    const colors = (svg: string) => new Set(svg.match(/#[0-9a-f]{6}/g));
    const shared = [...colors(light)].filter((color) => colors(dark).has(color));
    // The margin's grey is nearly transparent and does on both.
    assertEquals(shared.filter((color) => color !== "#8a8f98"), []);
  });
}

Deno.test("charts: text within a plot takes the colour of a page that is not ours", async () => {
  const { compile } = await import("vega-lite");
  const { parse, View } = await import("vega");
  const config = { style: { "guide-label": { fill: "#abcdef" } } };
  for (const name of ["study", "scaling", "costs", "sensitivity"]) {
    const spec = JSON.parse(JSON.stringify(gallery[name]));
    const view = new View(parse(compile(spec, { config }).spec), { renderer: "none" });
    const svg = await view.toSVG();
    view.finalize();
    const inside = svg.match(/<g class="mark-text role-mark[^>]*>.*?<\/g>/gs)!;
    assert(inside.length > 0, name);
    for (const text of inside) assert(text.includes('fill="#abcdef"'), `${name}: ${text}`);
  }
});

Deno.test("charts.timeline: four variants of 898 requests stay far below a notebook's megabyte", () => {
  const names = ["sequential", "naive-await-in-loop", "concurrent", "pool(10)"];
  const spec = charts.timeline(samples(898, names));
  assertLess(JSON.stringify(spec, null, 1).length, 200_000);
});

/** A logger that keeps what it hears. */
function listening(heard: string[]): LoggerInterface {
  const say = (...words: unknown[]) => {
    heard.push(words.join(" "));
    return logger;
  };
  const quiet = () => logger;
  const logger = {
    level: quiet,
    error: say,
    warn: say,
    info: quiet,
    debug: quiet,
  } as LoggerInterface;
  return logger;
}
