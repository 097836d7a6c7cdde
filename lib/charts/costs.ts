import { quantile } from "../ground/quantile.ts";
import { type Chart, chart, type ChartOptions, checkOptions } from "./chart.ts";
import { embed } from "./embed.ts";
import { inOrder, readRows, type Rows } from "./rows.ts";
import { TEXT } from "./theme.ts";
import { counts, digits, duration, list, plain } from "../ground/words.ts";

/** What of a trial is a cost, and what it is called. */
const MEASURES = {
  cpu_user_ms: "CPU, user mode, ms",
  cpu_system_ms: "CPU, kernel, ms",
  peak_memory_mb: "peak memory, MB",
  client_sockets: "connections opened",
  stall_ms: "longest stall of the event loop, ms",
  queue_wait_ms: "waiting for the origin, ms in all",
  bytes: "bytes received",
  errors: "requests failed",
} as const;

type Measure = keyof typeof MEASURES;

const COLUMNS = Object.fromEntries(
  Object.keys(MEASURES).map((name) => [name, "number"]),
) as Record<Measure, "number">;

/**
 * What each variant used up besides time: a small plot a cost, each from 0, with a dot a trial and the
 * median as a bar and in figures. Costs that are 0 throughout are said, not drawn.
 *
 * `rows` are trials with the column variant and any of cpu_user_ms, cpu_system_ms, peak_memory_mb,
 * client_sockets, stall_ms, queue_wait_ms, bytes, errors. Where measured_in says that the caller's
 * process did the work, so does the chart.
 *
 * @throws {TypeError} for a missing column, a value that is no number, an unknown option.
 * @throws {RangeError} for no rows, and where there is no cost among the columns.
 */
export function costs(rows: Rows, options: ChartOptions = {}): Chart {
  checkOptions("costs", options);
  const trials = readRows("costs", rows, { variant: "text" }, { ...COLUMNS, measured_in: "text" });
  const caller = trials.some(({ measured_in }) => measured_in === "caller's process");
  const variants = inOrder(trials, "variant");
  const facts = (Object.keys(MEASURES) as Measure[]).map((measure) => ({
    measure,
    medians: variants.map((variant) =>
      quantile(
        trials.filter((trial) => trial.variant === variant).map((trial) => trial[measure]),
        0.5,
      )
    ),
    most: Math.max(...trials.map((trial) => trial[measure]).filter(Number.isFinite)),
  })).filter(({ most }) => most >= 0);
  const drawn = facts.filter(({ most }) => most > 0);
  const none = facts.filter(({ most }) => most === 0).map(({ measure }) => nameOf(measure));
  if (drawn.length === 0) {
    throw new RangeError(`charts.costs has no cost above 0; it knows ${Object.keys(MEASURES)}`);
  }
  const n = counts(
    variants.map((name) => trials.filter((t) => t.variant === name).length),
    "trial",
  );
  const dearest = drawn.toSorted((a, b) => spread(b.medians) - spread(a.medians))[0];
  const dear = dearest.medians.indexOf(Math.max(...dearest.medians));
  const cheap = dearest.medians.indexOf(Math.min(...dearest.medians));
  return chart(
    {
      title: `The variants differ most in ${nameOf(dearest.measure)}: ` +
        `${figure(dearest.measure, dearest.medians[dear])} with ${variants[dear]}, ` +
        `${figure(dearest.measure, dearest.medians[cheap])} with ${variants[cheap]}`,
      subtitle: `${n} each: a dot a trial, a bar and the figure the median; every scale from 0` +
        (caller ? ". CPU and memory are the caller's process's, its own heap included" : ""),
      description: `Costs, medians of ${n} each. ` +
        drawn.map(({ measure, medians }) =>
          `${nameOf(measure)}: ` +
          list(variants.map((variant, i) => `${variant} ${figure(measure, medians[i])}`))
        ).join(". ") + "." + (none.length === 0 ? "" : ` None: ${list(none)}.`),
    },
    options,
    {
      concat: drawn.map(({ measure, medians, most }) => ({
        title: {
          text: MEASURES[measure],
          fontSize: 13,
          anchor: "start",
          frame: "group",
          offset: 8,
        },
        data: embed(
          trials.filter((trial) => Number.isFinite(trial[measure])).map((trial) => ({
            variant: trial.variant,
            [measure]: trial[measure],
          })),
          { variant: null, [measure]: 2 },
        ),
        width: 270,
        height: { step: 36 },
        encoding: { y: { field: "variant", type: "nominal", sort: variants, axis: null } },
        layer: [
          {
            mark: {
              type: "point",
              style: "lab-value",
              filled: true,
              size: 30,
              opacity: 0.7,
              yOffset: 6,
            },
            encoding: {
              x: {
                field: measure,
                type: "quantitative",
                scale: { domain: [0, most], nice: true },
                axis: { title: null, tickCount: 4, labelExpr: "format(datum.value, '~s')" },
              },
            },
          },
          {
            mark: {
              type: "tick",
              style: "lab-value",
              orient: "vertical",
              size: 13,
              thickness: 3,
              yOffset: 6,
            },
            encoding: { x: { field: measure, aggregate: "median", type: "quantitative" } },
          },
          {
            data: {
              values: variants.map((variant, i) => ({
                variant,
                text: `${variant}: ${figure(measure, medians[i])}`,
              })),
            },
            mark: { ...TEXT, align: "left", dy: -8 },
            encoding: { x: { value: 0 }, text: { field: "text" } },
          },
        ],
      })),
      columns: 2,
      spacing: { row: 22, column: 40 },
    },
  );
}

/** What a cost is called, without its unit. */
function nameOf(measure: Measure): string {
  return MEASURES[measure].replace(/, (ms|MB)\b.*$/, "");
}

/** A cost as people say it. */
function figure(measure: Measure, value: number): string {
  if (measure.endsWith("_ms")) return duration(value);
  return measure === "peak_memory_mb" ? `${digits(value)} MB` : plain(value);
}

/** By what factor the largest of some is above the smallest that is not 0. */
function spread(values: readonly number[]): number {
  const above = values.filter((value) => value > 0);
  return Math.max(...above) / Math.min(...above);
}
