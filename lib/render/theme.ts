/**
 * Mid tones with at least 3:1 against white and against the #333 of vega-embed's dark theme. Specs
 * carry these, so that they can be read in a notebook of either kind, where no scheme is applied.
 */
export const NEUTRAL = {
  /**
   * Variants and series: blue, orange, green, purple, teal, red, brown. The first four are told apart
   * with colour vision deficiencies.
   */
  variants: ["#2e86d1", "#d9641e", "#1a9870", "#bb77aa", "#1592ad", "#d9505c", "#a3744d"],
  /** Parts of a request: its connection's set-up, its answer. Apart in lightness too. */
  parts: ["#b8891c", "#2e86d1"],
  /** The ideal, the line at 1, quantile rules. */
  rule: "#8a8f98",
  /** A margin or range behind marks. */
  band: "#8a8f98",
  /** Values from little to much. */
  ramp: ["#e3eef8", "#5c9fd8"],
  /** Ratios below 1, at 1, above 1. */
  diverging: ["#5c9fd8", "#eef1f4", "#e8975a"],
  /** Text on any shade of the two. */
  onRamp: "#12161b",
};

/** Colours by the part they play. Specs name the parts; which colour that is, the scheme says. */
export type Palette = typeof NEUTRAL;

/** A Vega-Lite config, of which only the nesting matters here. */
export type Config = Record<string, unknown>;

/**
 * The colours of marks: of those whose spec does not say, of scale ranges (Vega's own, and
 * `lab-variants`, `lab-parts`, `lab-ramp` and `lab-diverging`), and of the styles `lab-value`,
 * `lab-study`, `lab-cell`, `lab-rule` and `lab-band`.
 */
export function marksConfig(
  { variants, parts, ramp, diverging, rule, band, onRamp }: Palette,
): Config {
  return {
    mark: { color: variants[0] },
    rule: { color: rule },
    text: { color: rule },
    range: {
      category: variants,
      ramp,
      heatmap: ramp,
      diverging,
      "lab-variants": variants,
      "lab-parts": parts,
      "lab-ramp": ramp,
      "lab-diverging": diverging,
    },
    style: {
      "lab-value": { color: variants[0] },
      "lab-study": { color: variants[1] },
      "lab-cell": { color: onRamp },
      "lab-rule": { color: rule },
      "lab-band": { color: band, opacity: 0.22 },
    },
  };
}

/**
 * The config that charts carry, and every spec that is shown. Sizes are for reading; colours are only
 * those of marks, in tones that do on white and on a dark page, so that letters and axes keep the
 * colours of whatever page they are in. A rendering in one scheme replaces them.
 */
export const HOUSE: Config = {
  font: "DejaVu Sans, Verdana, sans-serif",
  padding: 8,
  title: {
    anchor: "start",
    frame: "bounds",
    fontSize: 15,
    subtitleFontSize: 12,
    lineHeight: 19,
    subtitleLineHeight: 16,
    subtitlePadding: 5,
    offset: 12,
  },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
    labelPadding: 5,
    tickSize: 4,
    domain: false,
  },
  axisX: { labelSeparation: 8 },
  header: { labelFontSize: 13, labelFontWeight: "bold", title: null },
  legend: { labelFontSize: 12, titleFontSize: 12, symbolSize: 90, labelLimit: 260 },
  view: { stroke: null },
  ...marksConfig(NEUTRAL),
};
