import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { readRows, type Rows } from "./rows.ts";
import { TEXT, WIDTH } from "./theme.ts";

const COLUMNS = { label: "text", value: "number", unit: "text" } as const;
const OPTIONAL = { low: "number", high: "number" } as const;

/**
 * A study's own printed figures as bars from 0, each under its label with its value as printed: what
 * a chapter opens with.
 *
 * `rows` have the columns label, value and unit (one unit for all). Where the study printed a range,
 * low and high hold it and value is not known.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, for two units, and for a row with neither value nor range.
 */
export function study(rows: Rows, options: ChartOptions = {}): Chart {
  checkOptions("study", options);
  const figures = readRows("study", rows, COLUMNS, OPTIONAL).map((row, place) => {
    const from = Number.isFinite(row.low) ? row.low : 0;
    const to = Number.isFinite(row.high) ? row.high : row.value;
    if (!Number.isFinite(to)) {
      throw new RangeError(`charts.study: "${row.label}" has no value, and no low and high`);
    }
    const range = from > 0 && !Number.isFinite(row.value);
    const printed = range ? `${figure(from)} to ${figure(to)}` : figure(row.value);
    return { place, label: row.label, from: range ? from : 0, to, text: `${printed} ${row.unit}` };
  });
  const units = new Set(readRows("study", rows, { unit: "text" }).map(({ unit }) => unit));
  if (units.size > 1) {
    throw new RangeError(`charts.study draws one unit; there are ${[...units].join(", ")}`);
  }
  const sorted = figures.toSorted((a, b) => a.to - b.to);
  const shortest = sorted[0], longest = sorted.at(-1)!;
  const y = { field: "place", type: "ordinal", axis: null } as const;
  return chart(
    {
      title: "The study's figures" +
        (figures.length === 1
          ? `: ${shortest.label}, ${shortest.text}`
          : ` run from ${shortest.text} (${shortest.label}) to ${longest.text} (${longest.label})`),
      subtitle: "As the study printed them",
      description: "Figures as the study printed them. " +
        figures.map(({ label, text }) => `${label}: ${text}`).join(". ") + ".",
    },
    options,
    {
      data: embed(figures, { place: 0, label: null, from: 3, to: 3, text: null }),
      width: WIDTH - 30,
      height: 44 * figures.length,
      encoding: { y },
      layer: [
        {
          mark: { type: "bar", style: "lab-value", height: 15, yOffset: 8, minBandSize: 2 },
          encoding: {
            x: {
              field: "from",
              type: "quantitative",
              // Room for the text after the longest bar.
              scale: { domain: [0, longest.to * 1.2], nice: false },
              axis: null,
            },
            x2: { field: "to" },
          },
        },
        {
          mark: { ...TEXT, align: "left", dx: 5, dy: 8, fontWeight: "bold" },
          encoding: { x: { field: "to", type: "quantitative" }, text: { field: "text" } },
        },
        {
          mark: { ...TEXT, align: "left", dy: -9 },
          encoding: { x: { value: 0 }, text: { field: "label" } },
        },
      ],
    },
  );
}

/** A printed figure to two decimals (below 1 to three digits), with no zeros that were not printed. */
function figure(value: number): string {
  return String(Number(value >= 1 ? value.toFixed(2) : value.toPrecision(3)));
}
