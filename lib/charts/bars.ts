/** Bars below each other from 0, each under its label: a study's figures, or shares of a whole. */
import { check, number, STRING } from "../ground/options.ts";
import { plain } from "../ground/words.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { ticks, words } from "./layers.ts";
import { embed, inOrder, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

/**
 * A study's own printed figures as bars from 0, each under its label with its value as printed: what
 * a chapter opens with.
 *
 * ```ts
 * await show(charts.study([{ label: "await in the loop", value: 7.19, unit: "s" }]));
 * ```
 *
 * @param rows the columns label, value and unit (one unit for all).
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, for two units, and for a value that is not known.
 */
export function study(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("study", options, {});
  const printed = readRows("study", rows, { text: ["label", "unit"], number: ["value"] });
  const figures = printed.map(({ label, value, unit }) => {
    check("charts.study", `value of "${label}"`, value, number(0));
    return { label, to: value, text: `${figure(value)} ${unit}` };
  });
  const units = inOrder(printed, "unit");
  if (units.length > 1) {
    throw new RangeError(`charts.study draws one unit; there are ${units.join(", ")}`);
  }
  const facts = new Map(figures.map(({ label, text }) => [label, text]));
  const said = { title: "The study’s figures", reading: "From the study", facts };
  return chart(said, settled, bars(figures));
}

/** What {@link shares} can be told. */
export interface SharesOptions extends ChartOptions {
  /** The share that was promised: a tick on each bar. */
  readonly promised?: number;
  /** What it is a share of: "experiments". */
  readonly of?: string;
}

/**
 * How often something happens: a bar a label from 0, with its percentage, and a tick at the share that
 * was promised.
 *
 * ```ts
 * await show(charts.shares([{ label: "one run each", share: 0.61 }], { of: "experiments" }));
 * ```
 *
 * @param rows the columns label and share (0 to 1).
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and for a share that is not from 0 to 1.
 */
export function shares(rows: Rows, options: SharesOptions = {}): Chart {
  const settled = settle("shares", options, {
    promised: number(0, 1).or(NaN),
    of: STRING.or("cases"),
  });
  const { promised, of } = settled;
  const figures = readRows("shares", rows, { text: ["label"], number: ["share"] });
  for (const { label, share } of figures) {
    check("charts.shares", `share of "${label}"`, share, number(0, 1));
  }
  const goal = Number.isFinite(promised) ? [percent(promised)] : [];
  return chart(
    {
      title: `Share of ${of}`,
      reading: `The share of ${of}` +
        (goal.length > 0 ? `; the tick is at the ${goal} that was promised` : ""),
      facts: new Map(figures.map(({ label, share }) => [label, percent(share)])),
      ...(goal.length > 0 ? { note: `Promised: ${goal}.` } : {}),
    },
    settled,
    // Figures stand beside the labels: at the ends of bars they would meet the tick.
    bars(
      figures.map(({ label, share }) => (
        { label: `${label}: ${percent(share)}`, to: share, text: "" }
      )),
      promised,
    ),
  );
}

/** A printed figure to two decimals (below 1 to three digits), with no zeros that were not printed. */
const figure = (value: number) =>
  String(Number(value >= 1 ? value.toFixed(2) : value.toPrecision(3)));

/** "4.3 %". */
const percent = (share: number) => `${plain(Number((100 * share).toPrecision(3)))} %`;

/** A bar from 0 under its label. */
interface Bar {
  readonly label: string;
  readonly to: number;
  /** What stands at its end. */
  readonly text: string;
}

/** How far below the middle of its row a bar lies: its label is above. */
const BAR = { yOffset: 8 };

/** The bars, on one axis from 0 that needs no labels, with a tick on each where there is a goal. */
function bars(rows: readonly Bar[], goal = NaN) {
  const most = Math.max(...[...rows.map(({ to }) => to), goal].filter(Number.isFinite));
  // Room for the figure after the longest bar.
  const x = { type: "quantitative", scale: { domain: [0, most * 1.2], nice: false }, axis: null };
  const places = rows.map((row, place) => ({ ...row, place }));
  return {
    data: embed(places, { place: 0, label: null, to: 4, text: null }),
    width: WIDTH - 30,
    height: 44 * rows.length,
    encoding: { y: { field: "place", type: "ordinal", axis: null } },
    layer: [
      {
        mark: { type: "bar", style: "lab-value", height: 15, minBandSize: 2, ...BAR },
        encoding: { x: { ...x, field: "to" } },
      },
      ...(Number.isFinite(goal)
        ? [ticks({ x: { ...x, datum: goal } }, { size: 19, thickness: 2, aria: false, ...BAR })]
        : []),
      words(
        { x: { ...x, field: "to" }, text: { field: "text" } },
        { dx: 5, dy: 8, fontWeight: "bold" },
      ),
      words({ x: { value: 0 }, text: { field: "label" } }, { dy: -9 }),
    ],
  };
}
