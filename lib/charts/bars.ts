import { embed } from "./embed.ts";
import { words } from "./layers.ts";
import { WIDTH } from "./theme.ts";

/** A bar from one number to another under its label, with more to say beside or under it. */
export interface Bar {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Its figure, as people say it. */
  readonly text: string;
  readonly low?: number;
  readonly high?: number;
}

/** How far below the middle of its row a bar lies: its label is above. */
export const BAR = { yOffset: 8 };

/**
 * Bars below each other, each under its label with its figure at its end, on one axis from 0 that
 * needs no labels; and more layers on it.
 */
export function bars(
  rows: readonly Bar[],
  most: number,
  more: (x: Record<string, unknown>) => readonly unknown[] = () => [],
) {
  // Room for the figure after the longest bar.
  const x = { type: "quantitative", scale: { domain: [0, most * 1.2], nice: false }, axis: null };
  const places = rows.map((row, place) => ({ ...row, place }));
  return {
    data: embed(places, { place: 0, label: null, from: 4, to: 4, text: null, low: 4, high: 4 }),
    width: WIDTH - 30,
    height: 44 * rows.length,
    encoding: { y: { field: "place", type: "ordinal", axis: null } },
    layer: [
      {
        mark: { type: "bar", style: "lab-value", height: 15, minBandSize: 2, ...BAR },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" } },
      },
      ...more(x),
      words(
        { x: { ...x, field: "reach" }, text: { field: "text" } },
        { dx: 5, dy: 8, fontWeight: "bold" },
        { transform: [{ calculate: "max(datum.to, datum.high || 0)", as: "reach" }] },
      ),
      words({ x: { value: 0 }, text: { field: "label" } }, { dy: -9 }),
    ],
  };
}
