/** Vega-Lite specs as pictures and words, for `show` and for posts. Vega loads when first used. */
export { describeSpec } from "./describe.ts";
export { fitWidth } from "./fit.ts";
export { type Picture, renderPNG } from "./png.ts";
export { isSpec, type Spec, titleOf, viewsIn } from "./spec.ts";
export { type RenderOptions, renderSVG } from "./svg.ts";
export type { Scheme } from "./pages.ts";
export { compileSpec } from "./view.ts";
