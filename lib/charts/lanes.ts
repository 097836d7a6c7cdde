import { check, oneOf } from "../ground/options.ts";
import { plain } from "../ground/words.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { words } from "./layers.ts";
import { embed, groupBy, inOrder, readRows, type Rows } from "./rows.ts";
import { WIDTH } from "./theme.ts";

const COLUMNS = { text: ["lane", "does", "says"], number: ["from", "to"] } as const;

/** What somebody may be doing, and how that is drawn. */
const DOES: Record<string, Record<string, unknown>> = {
  runs: { style: "lab-value" },
  "is under way": { style: "lab-value", opacity: 0.35 },
  waits: { style: "lab-band" },
  "is free": { style: "lab-band", opacity: 0.1 },
  "is not there": { style: "lab-band", opacity: 0 },
};

/**
 * Who does what, when: a drawing that explains, in no unit of time. A lane a name, a bar a piece of
 * time with a word in it. What was measured is `timeline`'s.
 *
 * ```ts
 * await show(charts.lanes([{ lane: "the loop", from: 0, to: 9, does: "waits", says: "at its await" }]));
 * ```
 *
 * @param rows the columns lane, from, to, says, and does: "runs", "is under way", "waits", "is free"
 * or "is not there"; time begins at 0.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and for another `does`.
 */
export function lanes(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("lanes", options, {});
  const bars = readRows("lanes", rows, COLUMNS);
  for (const { does } of bars) check("charts.lanes", "does", does, oneOf(...Object.keys(DOES)));
  const names = inOrder(bars, "lane");
  const end = Math.max(...bars.map(({ to }) => to));
  const x = { type: "quantitative", scale: { domain: [0, end], nice: false } } as const;
  const time = { title: "time →", titleAnchor: "end", labels: false, ticks: false, grid: false };
  return chart(
    {
      title: "Who does what, when",
      reading: "Time runs to the right",
      facts: new Map([...groupBy(bars, "lane")].map(([lane, group]) => [
        lane,
        group.map(({ from, to, does, says }) =>
          `from ${plain(from)} to ${plain(to)} ${says || does}`
        ).join(", "),
      ])),
    },
    settled,
    {
      data: embed(bars.map((bar) => ({ ...bar, middle: (bar.from + bar.to) / 2 })), {
        lane: null,
        does: null,
        says: null,
        from: 2,
        to: 2,
        middle: 2,
      }),
      width: WIDTH - 130,
      height: 38 * names.length,
      encoding: {
        y: {
          field: "lane",
          type: "nominal",
          sort: names,
          scale: { paddingInner: 0.15, paddingOuter: 0.05 },
          axis: { title: null, ticks: false },
        },
      },
      layer: [
        ...[...new Set(bars.map(({ does }) => does))].map((does) => ({
          transform: [{ filter: { field: "does", equal: does } }],
          mark: { type: "bar", aria: false, ...DOES[does] },
          encoding: { x: { ...x, field: "from", axis: time }, x2: { field: "to" } },
        })),
        words({ x: { ...x, field: "middle" }, text: { field: "says" } }, { align: "center" }),
      ],
    },
  );
}
