import { above, check } from "../ground/options.ts";
import { faces, FONT } from "./font.ts";
import { indexedPNG } from "./indexed.ts";
import type { Spec } from "./spec.ts";
import { type RenderOptions, renderSVG } from "./svg.ts";

/** A picture of pixels, and the size it is meant to be shown at. */
export interface Picture {
  readonly bytes: Uint8Array;
  /** CSS px; the picture has `scale` times as many pixels. */
  readonly width: number;
  /** CSS px. */
  readonly height: number;
}

/** The most pixels of a picture. */
const PIXELS = 50_000_000;

/**
 * Draws a Vega-Lite spec as a PNG, with the project's own font: the same on every machine.
 * `scale` is pixels per CSS px, 2 by default.
 *
 * @throws {RangeError} for a scheme or a scale there cannot be, and a picture too large.
 */
export async function renderPNG(
  spec: Spec,
  options: RenderOptions & { readonly scale?: number } = {},
): Promise<Picture> {
  const { scale = 2, ...rest } = options;
  check("renderPNG", "scale", scale, above(0, 8));
  const [svg, { Resvg }, { regular, bold }] = await Promise.all([
    renderSVG(spec, rest),
    import("resvg"),
    faces(),
  ]);
  const drawing = new Resvg(withinReach(svg), {
    fitTo: { mode: "zoom", value: scale },
    font: {
      fontFiles: [regular.file, bold.file],
      loadSystemFonts: false,
      defaultFontFamily: FONT,
      sansSerifFamily: FONT,
      monospaceFamily: FONT,
    },
  });
  const { width, height } = drawing;
  if (!(width * height * scale ** 2 <= PIXELS)) {
    throw new RangeError(
      `a picture has at most ${PIXELS} pixels; this chart wants ${width} × ${height} px`,
    );
  }
  const image = drawing.render();
  return {
    bytes: indexedPNG(image.pixels, image.width, image.height) ?? new Uint8Array(image.asPng()),
    width: Math.round(width),
    height: Math.round(height),
  };
}

/**
 * The same drawing without what ends the process: resvg 2.6 panics on a group that it clips or
 * blends where all of it lies outside of the picture, as marks do beyond a scale's domain. A clipped
 * group gets a shape without colour that reaches everywhere; a mark's opacity becomes its paints'.
 */
function withinReach(svg: string): string {
  return svg.replace(TAG, (whole, name: string, written: string, end: string) => {
    if (name === "g") return written.includes(" clip-path=") ? whole + EVERYWHERE : whole;
    const opacity = Number(/ opacity="([^"]*)"/.exec(written)?.[1] ?? 1);
    if (opacity === 1) return whole;
    if (name === "image") {
      return `<g opacity="${opacity}">${EVERYWHERE}${whole.replace(/ opacity="[^"]*"/, "")}</g>`;
    }
    const paints = ["fill", "stroke"].map((paint) => {
      const own = Number(new RegExp(` ${paint}-opacity="([^"]*)"`).exec(written)?.[1] ?? 1);
      return ` ${paint}-opacity="${own * opacity}"`;
    });
    const rest = written.replace(/ (?:fill-|stroke-)?opacity="[^"]*"/g, "");
    return `<${name}${rest}${paints.join("")}${end}>`;
  });
}

const TAG = /<(\w+)((?: [\w:-]+="[^"]*")*)(\/?)>/g;
const EVERYWHERE = '<path d="M-99999,-99999h199998v199998h-199998z" fill="#000" fill-opacity="0"/>';
