/** Width of a whole picture, CSS px, where the page is wide enough. */
export const WIDTH = 640;

/** How many characters of a title or a subtitle fit into {@link WIDTH}. */
export const LINE = { title: 68, subtitle: 98 };

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
