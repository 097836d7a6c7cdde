import { faces } from "./font.ts";
import { mapViews, type Spec } from "./spec.ts";
import { renderSVG } from "./svg.ts";
import { HOUSE } from "./theme.ts";
import { wrap } from "./wrap.ts";

/** Below this a picture is taken for a phone's: what stood side by side is stacked. */
const NARROW = 480;

/**
 * A spec whose picture is `width` CSS px wide, in both schemes, which lay out alike: plots are scaled,
 * not letters, and titles wrapped at the font's own widths. Plots are never narrower than 80 px.
 *
 * @param draw what it is measured by. It is asked for the spec as given first, and for the one
 * returned last, where those have no title: who keeps drawings has these.
 */
export async function fitWidth(
  spec: Spec,
  width: number,
  draw: (spec: Spec) => Promise<string> = renderSVG,
): Promise<Spec> {
  const stacked = width < NARROW ? stack(patch(spec, spec.usermeta?.narrow) as Spec) : spec;
  const titled = await wrapTitles(stacked, width);
  let factor = 1;
  let fitted = titled;
  // What is left and right of the plots changes little with their width: two or three steps do.
  for (let step = 0; step < 4; step++) {
    const svg = await draw(withoutTitle(fitted));
    const drawn = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)![1]);
    if (Math.abs(drawn - width) <= 1) break;
    if (hasOwnWidth(fitted)) fitted = { ...fitted, width: drawn };
    const plots = widest(fitted);
    if (plots === 0) break;
    factor = Math.max(80, plots + (width - drawn)) / plots;
    fitted = scale(fitted, factor) as Spec;
  }
  return fitted;
}

/** A JSON merge patch (RFC 7396): a spec's `usermeta.narrow` says what it is like where it is. */
function patch(target: unknown, change: unknown): unknown {
  if (change === undefined) return target;
  if (typeof change !== "object" || change === null || Array.isArray(change)) return change;
  const patched = { ...target as Record<string, unknown> };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete patched[key];
    else patched[key] = patch(patched[key], value);
  }
  return patched;
}

function withoutTitle(spec: Spec): Spec {
  const { title, ...rest } = spec;
  return title === undefined ? spec : rest;
}

/** Whether it is one plot that is as wide as Vega-Lite finds fit. */
function hasOwnWidth(spec: Spec): boolean {
  const { column, facet } = (spec.encoding ?? {}) as Record<string, unknown>;
  return ("mark" in spec || "layer" in spec) && typeof spec.width !== "number" &&
    column === undefined && facet === undefined;
}

function stack(view: Spec): Spec {
  const inner = mapViews(view, stack);
  const { hconcat, ...rest } = inner as Spec & { hconcat?: Spec[] };
  if (hconcat !== undefined) {
    const full = Math.max(...hconcat.map(widest));
    return {
      ...rest,
      vconcat: hconcat.map((inner) =>
        typeof inner.width === "number" ? { ...inner, width: full } : inner
      ),
    };
  }
  return typeof inner.columns === "number" && inner.columns > 1 ? { ...inner, columns: 1 } : inner;
}

function scale(view: Spec, factor: number): Spec {
  const inner = mapViews(view, (one) => scale(one, factor));
  return typeof inner.width === "number" ? { ...inner, width: inner.width * factor } : inner;
}

/** Summed plot widths of the widest row. */
function widest(view: Spec): number {
  const row = (views: unknown) => (views as Spec[]).map(widest);
  const columns = typeof view.columns === "number" ? view.columns : 1;
  if (typeof view.width === "number") return view.width;
  if (Array.isArray(view.hconcat)) return row(view.hconcat).reduce((a, b) => a + b, 0);
  if (Array.isArray(view.vconcat)) return Math.max(...row(view.vconcat));
  if (Array.isArray(view.concat)) return Math.max(...row(view.concat)) * columns;
  if (typeof view.spec === "object") return widest(view.spec as Spec) * columns;
  return 0;
}

/** Breaks the lines of title and subtitle anew where they are wider than the picture. */
async function wrapTitles(spec: Spec, width: number): Promise<Spec> {
  if (spec.title === undefined || spec.title === null) return spec;
  const { regular, bold } = await faces();
  const title =
    (typeof spec.title === "object" && !Array.isArray(spec.title)
      ? spec.title
      : { text: spec.title }) as Record<string, unknown>;
  const config = { ...HOUSE.title as object, ...spec.config?.title as object };
  const { fontSize: large, subtitleFontSize: small } = config as Record<string, number>;
  const room = width - 24;
  return {
    ...spec,
    title: {
      ...title,
      text: lines(title.text, (text) => large * bold.width(text), room),
      ...(title.subtitle === undefined
        ? {}
        : { subtitle: lines(title.subtitle, (text) => small * regular.width(text), room) }),
    },
  };
}

function lines(text: unknown, measure: (text: string) => number, room: number): string[] {
  const given = (Array.isArray(text) ? text : [text]).map(String);
  return given.every((line) => measure(line) <= room)
    ? given
    : wrap(given.join(" "), measure, room);
}
