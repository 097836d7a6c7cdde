/** A light or a dark page. One spec has a rendering for each. */
export type Scheme = "light" | "dark";

/** Colours by the part they play. Specs name the parts; which colour that is, the scheme says. */
export interface Palette {
  /**
   * Variants and series: blue, orange, green, purple, teal, red, brown. The first four are told apart
   * with colour vision deficiencies.
   */
  readonly variants: readonly string[];
  /** Parts of a request: its connection's set-up, its answer. Apart in lightness too. */
  readonly parts: readonly [string, string];
  /** The ideal, the line at 1, quantile rules. */
  readonly rule: string;
  /** A margin or range behind marks. */
  readonly band: string;
  /** Values from little to much. */
  readonly ramp: readonly string[];
  /** Ratios below 1, at 1, above 1. */
  readonly diverging: readonly [string, string, string];
  /** Text on any shade of the two. */
  readonly onRamp: string;
}

/**
 * Mid tones with at least 3:1 against white and against the #333 of vega-embed's dark theme. Specs
 * carry these, so that they can be read in a notebook of either kind, where no scheme is applied.
 */
export const NEUTRAL: Palette = {
  variants: ["#2e86d1", "#d9641e", "#1a9870", "#bb77aa", "#1592ad", "#d9505c", "#a3744d"],
  parts: ["#b8891c", "#2e86d1"],
  rule: "#8a8f98",
  band: "#8a8f98",
  ramp: ["#e3eef8", "#5c9fd8"],
  diverging: ["#5c9fd8", "#eef1f4", "#e8975a"],
  onRamp: "#12161b",
};

const LIGHT: Palette = {
  variants: ["#0b62a8", "#c2500c", "#0a7d5e", "#6b2a63", "#0f7f99", "#c22f3f", "#7b4f2b"],
  parts: ["#c28f14", "#0b62a8"],
  rule: "#3d434b",
  band: "#8a8f98",
  ramp: ["#eaf2fa", "#5c9fd8"],
  diverging: ["#6fa8dc", "#f4f5f6", "#f0a36b"],
  onRamp: "#12161b",
};

const DARK: Palette = {
  variants: ["#5aa9e6", "#f08a4b", "#3fbf97", "#f2b8de", "#4fc3d9", "#ff7f7f", "#c9a27e"],
  parts: ["#a57c14", "#7fc0f2"],
  rule: "#c9ced6",
  band: "#8a8f98",
  ramp: ["#1f2a36", "#2a6aa0"],
  diverging: ["#2a6aa0", "#20262e", "#a3541f"],
  onRamp: "#f4f6f8",
};

/** What a page of one scheme looks like where no part is named. */
interface Page {
  readonly background: string;
  readonly ink: string;
  /** Secondary text. */
  readonly quiet: string;
  readonly grid: string;
  readonly palette: Palette;
}

/** The pages charts are drawn on: white, and near black. */
export const PAGES: Readonly<Record<Scheme, Page>> = {
  light: {
    background: "#ffffff",
    ink: "#1b1f24",
    quiet: "#565d66",
    grid: "#e4e7eb",
    palette: LIGHT,
  },
  dark: {
    background: "#15181d",
    ink: "#e8eaed",
    quiet: "#a4abb5",
    grid: "#2d333b",
    palette: DARK,
  },
};

/** A Vega-Lite config, of which only the nesting matters here. */
export type Config = Record<string, unknown>;

/**
 * The colours of marks: of those whose spec does not say, of scale ranges (Vega's own, and
 * `lab-variants`, `lab-parts`, `lab-ramp` and `lab-diverging`), and of the styles `lab-value`,
 * `lab-study`, `lab-cell`, `lab-rule` and `lab-band`.
 */
function marksConfig({ variants, parts, ramp, diverging, rule, band, onRamp }: Palette): Config {
  return {
    mark: { color: variants[0] },
    rule: { color: rule },
    text: { color: rule },
    range: {
      ...{ category: variants, ramp, heatmap: ramp, diverging },
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

/**
 * The config of a page in one scheme: its background, letters, axes and marks. What a spec's own
 * config has in common with {@link HOUSE} is left to the page; all else in it is the author's, and
 * goes over the page's.
 */
export function pageConfig(scheme: Scheme, own: Config): Config[] {
  const { background, ink, quiet, grid, palette } = PAGES[scheme];
  const page = {
    background,
    text: { color: ink },
    title: { color: ink, subtitleColor: quiet },
    axis: {
      labelColor: quiet,
      titleColor: quiet,
      gridColor: grid,
      domainColor: quiet,
      tickColor: quiet,
    },
    header: { labelColor: ink, titleColor: quiet },
    legend: { labelColor: quiet, titleColor: quiet },
  };
  const letters = { style: { "guide-label": { fill: ink }, "guide-title": { fill: quiet } } };
  return [HOUSE, marksConfig(palette), page, letters, unlike(HOUSE, own)];
}

/** What of a config says something else than another does. */
function unlike(common: Config, config: Config): Config {
  const entries = Object.entries(config).flatMap(([key, value]): [string, unknown][] => {
    const there = common[key];
    if (JSON.stringify(value) === JSON.stringify(there)) return [];
    return [[key, isGroup(value) && isGroup(there) ? unlike(there, value) : value]];
  });
  return Object.fromEntries(entries);
}

const isGroup = (value: unknown): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);
