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

/**
 * Draws a Vega-Lite spec as a PNG, with the project's own font: the same on every machine.
 * `scale` is pixels per CSS px, 2 by default.
 *
 * @throws {RangeError} for a scheme, a width or a scale there cannot be.
 */
export async function renderPNG(
  spec: Spec,
  options: RenderOptions & { readonly scale?: number } = {},
): Promise<Picture> {
  const { scale = 2, ...rest } = options;
  if (!(Number.isFinite(scale) && scale > 0 && scale <= 8)) {
    throw new RangeError(`scale must be a number above 0 and up to 8, not ${scale}`);
  }
  const [svg, { Resvg }, { regular, bold }] = await Promise.all([
    renderSVG(spec, rest),
    import("resvg"),
    faces(),
  ]);
  const drawing = new Resvg(svg, {
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
  const image = drawing.render();
  return {
    bytes: indexedPNG(image.pixels, image.width, image.height) ?? new Uint8Array(image.asPng()),
    width: Math.round(width),
    height: Math.round(height),
  };
}
