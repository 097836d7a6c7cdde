// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertGreaterOrEqual } from "@std/assert";
import { PAGES } from "../../lib/render/pages.ts";
import { NEUTRAL, type Palette } from "../../lib/render/theme.ts";

/** Linear red, green and blue of "#rrggbb". Source: IEC 61966-2-1. */
function linear(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
}

const luminance = (color: string) =>
  linear(color).reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);

/** Contrast ratio as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** As a dichromat sees it, in Lab. Matrices: Viénot, Brettel and Mollon (1999), in linear RGB. */
const SIGHTS: Record<string, number[][]> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
  deutan: [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
};

function lab(color: string, sight: number[][]): number[] {
  const rgb = linear(color);
  const seen = sight.map((row) => row.reduce((sum, weight, i) => sum + weight * rgb[i], 0));
  const [x, y, z] = [
    [0.4124, 0.3576, 0.1805, 0.9505],
    [0.2126, 0.7152, 0.0722, 1],
    [0.0193, 0.1192, 0.9505, 1.089],
  ].map(([r, g, b, white]) => Math.cbrt((r * seen[0] + g * seen[1] + b * seen[2]) / white));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const marks = (palette: Palette) => [...palette.variants, ...palette.parts, palette.rule];

Deno.test("theme: marks stand out from their page by at least 3:1", () => {
  for (const [scheme, { background, palette }] of Object.entries(PAGES)) {
    for (const color of marks(palette)) {
      const ratio = contrast(color, background);
      // The lighter of the two parts touches the darker, which alone already shows the bar.
      const least = color === palette.parts[0] ? 2.7 : 3;
      assertGreaterOrEqual(ratio, least, `${color} on ${scheme}: ${ratio.toFixed(2)}`);
    }
  }
});

Deno.test("theme: without a scheme, marks stand out on white and on vega-embed's dark page", () => {
  for (const color of marks(NEUTRAL)) {
    for (const background of ["#ffffff", "#333333"]) {
      assertGreaterOrEqual(contrast(color, background), 3, `${color} on ${background}`);
    }
  }
});

Deno.test("theme: text is readable at 4.5:1, on the shades of a heatmap too", () => {
  for (const { background, ink, quiet, palette } of Object.values(PAGES)) {
    for (const text of [ink, quiet]) assertGreaterOrEqual(contrast(text, background), 4.5, text);
    for (const shade of [...palette.ramp, ...palette.diverging]) {
      assertGreaterOrEqual(contrast(palette.onRamp, shade), 4.5, shade);
    }
  }
  for (const shade of [...NEUTRAL.ramp, ...NEUTRAL.diverging]) {
    assertGreaterOrEqual(contrast(NEUTRAL.onRamp, shade), 4.5, shade);
  }
});

Deno.test("theme: a request's two parts differ in lightness, not only in hue", () => {
  for (const { palette } of Object.values(PAGES)) {
    assertGreaterOrEqual(contrast(...palette.parts as [string, string]), 1.9);
  }
});

Deno.test("theme: the first four series are told apart by those who see two primaries", () => {
  for (const palette of [NEUTRAL, ...Object.values(PAGES).map((page) => page.palette)]) {
    const colors = palette.variants.slice(0, 4);
    for (const [name, sight] of Object.entries(SIGHTS)) {
      for (const [i, one] of colors.entries()) {
        for (const other of colors.slice(i + 1)) {
          const [a, b] = [lab(one, sight), lab(other, sight)];
          const distance = Math.hypot(...a.map((value, axis) => value - b[axis]));
          assert(distance >= 20, `${one} and ${other}, ${name}: ${distance.toFixed(1)}`);
        }
      }
    }
  }
});
