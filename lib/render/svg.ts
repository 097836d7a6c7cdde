import { crc32 } from "node:zlib";
import { oneOf, resolve } from "../ground/options.ts";
import { describeSpec } from "./describe.ts";
import { plainSpec } from "./plain_spec.ts";
import type { Spec } from "./spec.ts";
import type { Scheme } from "./pages.ts";
import { draw } from "./view.ts";

/** How a spec is to be drawn. */
export interface RenderOptions {
  /** Colours for a light or a dark page; light by default. */
  readonly scheme?: Scheme;
}

/**
 * Draws a Vega-Lite spec as an SVG of its own, with the spec's description and ARIA roles in it.
 * The same spec and options give the same text on every machine (times are in UTC), and ids in it
 * are its own, so that several can stand in one page. Links in it are left out.
 *
 * @throws {RangeError} for a scheme there cannot be, and for a spec whose data or pictures are
 * elsewhere; TypeError for one that Vega-Lite cannot draw.
 */
export async function renderSVG(spec: Spec, options: RenderOptions = {}): Promise<string> {
  const { scheme } = resolve("renderSVG", options, { scheme: oneOf("light", "dark").or("light") });
  const plain = plainSpec(spec);
  const text = await draw(plain, scheme);
  return finish(text, describeSpec(spec), `c${crc32(JSON.stringify(plain) + scheme).toString(36)}`);
}

/**
 * Names the picture for assistive technology, makes its ids unlike those of other pictures, and
 * rounds places to a hundredth of a pixel.
 */
function finish(svg: string, description: string, prefix: string): string {
  const ids = new Map<string, string>();
  const own = (id: string) => {
    if (!ids.has(id)) ids.set(id, `${prefix}-${ids.size}`);
    return ids.get(id)!;
  };
  const label = description.replace(/[&<>"]/g, (character) => ENTITIES[character]);
  return svg
    .replace(/<(clipPath|linearGradient|radialGradient|pattern) id="([^"]+)"/g, (_, tag, id) => {
      return `<${tag} id="${own(id)}"`;
    })
    .replace(/="url\(#([^)"]+)\)"/g, (_, id) => `="url(#${own(id)})"`)
    .replace(
      / (?:d|transform|x|x2|y|y2|cx|cy|width|height)="[^"]*\.\d{3,}[^"]*"/g,
      (attribute) => attribute.replace(/\d+\.\d{3,}/g, (number) => String(+(+number).toFixed(2))),
    )
    .replace(/^<svg /, () => `<svg ${ROLE} aria-label="${label}" `);
}

const ROLE = 'role="graphics-document" aria-roledescription="visualization"';

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
