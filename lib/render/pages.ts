import { type Config, HOUSE, marksConfig, type Palette } from "./theme.ts";

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

/** The pages charts are drawn on, white and near black, where no part is named. */
export const PAGES = {
  light: {
    background: "#ffffff",
    ink: "#1b1f24",
    /** Secondary text. */
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

/** A light or a dark page. One spec has a rendering for each. */
export type Scheme = keyof typeof PAGES;

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
