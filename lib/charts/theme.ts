import { NEUTRAL, partsConfig } from "../render/theme.ts";

/** Width of a whole picture, CSS px, where the page is wide enough. */
export const WIDTH = 640;

/** How many characters of a title or a subtitle fit into {@link WIDTH}. */
export const LINE = { title: 68, subtitle: 98 };

/**
 * The config that every chart carries. Sizes are for reading; colours are only those of named
 * parts, in tones that do on white and on a dark page. A rendering in one scheme replaces them.
 */
export const CONFIG = {
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
  legend: { labelFontSize: 12, titleFontSize: 12, symbolSize: 90 },
  view: { stroke: null },
  ...partsConfig(NEUTRAL),
};

/**
 * Text in a chart: `guide-label` is the style that vega-embed's themes give a colour that can be
 * read on their background. Filled, Vega-Lite would make it black whatever the style says.
 */
export const TEXT = {
  type: "text",
  style: "guide-label",
  filled: false,
  stroke: "transparent",
  fontSize: 12,
  aria: false,
} as const;
