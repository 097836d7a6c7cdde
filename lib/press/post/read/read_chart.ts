import {
  compileSpec,
  describeSpec,
  fitWidth,
  renderPNG,
  renderSVG,
  type Scheme,
  type Spec,
  titleOf,
} from "../../../render/mod.ts";
import { pageSVG } from "./page_svg.ts";
import { chartData } from "./chart_data.ts";

/** CSS px of a page's column, and of a phone's. */
const COLUMN = 680;
const PHONE = 343;

/** A chart in all that a post needs of it. Drawn without its title, which a page sets as text. */
export type Chart = Readonly<Awaited<ReturnType<typeof readChart>>>;

/** The largest spec that is drawn, characters of JSON, and the largest drawing that a page takes. */
const SPEC_LIMIT = 4_000_000;
const DRAWING_LIMIT = 1_500_000;

/**
 * Draws a spec for a post. `said` is the sentence that came with it in the notebook.
 * @throws whatever drawing throws on a spec that it cannot draw; RangeError for one too large;
 * SyntaxError for a drawing that holds what charts are not made of.
 */
export async function readChart(spec: Spec, said: string, name: string) {
  if (JSON.stringify(spec).length > SPEC_LIMIT) throw new RangeError("its data are too many");
  const { title, subtitle } = titleOf(spec);
  const written = spec.usermeta?.caption;
  const caption = typeof written === "string" ? written.trim() : "";
  const line = caption.replace(/\s+/g, " ");
  const description = said.trim() || describeSpec(spec);
  const plain: Spec = { ...spec, title: undefined, description };
  const light = onceEach((spec: Spec) => renderSVG(spec, { scheme: "light" }));
  const png = onceEach((spec: Spec) => renderPNG(spec, { scheme: "light", scale: 2 }));
  const { width } = sizeOf(await light(plain));
  const wideSpec = width > COLUMN ? await fitWidth(plain, COLUMN, light) : plain;
  const isNarrower = width > PHONE || spec.usermeta?.narrow;
  const narrowSpec = isNarrower ? await fitWidth(plain, PHONE, light) : null;
  // On a ground of its own a chart is the same on every page.
  const ground = spec.background ?? spec.config?.background ?? "transparent";
  const dark = ground === "transparent" ? "dark" : "light";
  // Drawn here, not where a page is made: what a page cannot hold gives way to its picture.
  const draw = async (spec: Spec, prefix: string) =>
    pageSVG(await light(spec), await renderSVG(spec, { scheme: dark }), prefix);
  const wide = await draw(wideSpec, `${name}w`);
  if (wide.length > DRAWING_LIMIT) throw new RangeError("its drawing is too large");
  return {
    /** chart-1, chart-2 … in the order of the post. */
    name,
    title,
    // A caption is drawn first in the subtitle.
    subtitle: subtitle.startsWith(line) ? subtitle.slice(line.length).trim() : subtitle,
    /** What the chart shows, in words made from its data. */
    description,
    /** What its author wrote of it; "" where the author wrote nothing. */
    caption,
    /** SVG as it stands in a page, in the colours of both schemes. */
    wide,
    /** The same for a phone; null where the wide one fits. */
    narrow: narrowSpec && await draw(narrowSpec, `${name}n`),
    /** For a chart that readers explore, what draws it anew where it is read: JSON. Else null. */
    live: await liveOf(wideSpec, narrowSpec, dark),
    /** CSS px of the wide one. */
    size: sizeOf(wide),
    data: await chartData(spec),
    /** The whole chart, title and all, as a file beside a post. */
    svg: () => light(spec),
    png: () => png(spec),
  };
}

/**
 * A chart with parameters bound to sliders and the like: their names, and its drawings as Vega reads
 * them. Null where nothing is bound.
 */
async function liveOf(wide: Spec, narrow: Spec | null, dark: Scheme) {
  const compiled = async (spec: Spec) => ({
    light: await compileSpec(spec, "light"),
    dark: await compileSpec(spec, dark),
  });
  if (!JSON.stringify(wide).includes('"bind"')) return null; // compiling takes as long as drawing
  const all = await compiled(wide);
  const bound = (all.light.signals ?? []).filter((signal) =>
    "bind" in signal && typeof signal.bind === "object" && "input" in signal.bind
  ).map(({ name }) => name);
  return bound.length === 0 ? null : { bound, wide: all, narrow: narrow && await compiled(narrow) };
}

/** CSS px of a drawing. */
export function sizeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined) throw new SyntaxError("a drawing without a size");
  return { width: Number(width), height: Number(height) };
}

/** Makes one of each object, and keeps it. */
function onceEach<O extends object, T>(make: (of: O) => Promise<T>): (of: O) => Promise<T> {
  const made = new Map<O, Promise<T>>();
  return (of) => made.get(of) ?? made.set(of, make(of)).get(of)!;
}
