import { quantile } from "../ground/quantile.ts";
import { counts, digits, duration, list, plain } from "../ground/words.ts";
import { numberAxis, timeAxis } from "./axes.ts";
import { type Chart, chart, type ChartOptions, settle } from "./chart.ts";
import { colorBy } from "./colors.ts";
import { dots, ticks, words } from "./layers.ts";
import { embed, groupBy, readRows, type Rows } from "./rows.ts";

/** What of a trial is a cost, and what it is called. Names that end in _ms are durations. */
const MEASURES = {
  cpu_user_ms: "processor time, own code",
  cpu_system_ms: "processor time, the system’s",
  peak_memory_mb: "peak memory",
  client_sockets: "connections opened",
  stall_ms: "event loop’s longest standstill",
  queue_wait_ms: "waiting for the origin, in all",
  bytes: "bytes received",
  errors: "requests failed",
} as const;

type Measure = keyof typeof MEASURES;

const NAMES = Object.keys(MEASURES) as Measure[];

/**
 * What each variant used up besides time: a small plot a cost, each from 0, with a dot a trial and the
 * median as a bar and in figures. Costs that are 0 throughout are said, not drawn.
 *
 * ```ts
 * await show(charts.costs(results.trials, { title: "A thousand workers cost 300 MB" }));
 * ```
 *
 * @param rows trials with the column variant and any of cpu_user_ms, cpu_system_ms, peak_memory_mb,
 * client_sockets, stall_ms, queue_wait_ms, bytes, errors. Where measured_in says that the caller's
 * process did the work, so does the chart.
 * @throws {TypeError} for a missing column, a value that is not a number, an unknown option.
 * @throws {RangeError} for no rows, and where there is no cost among the columns.
 */
export function costs(rows: Rows, options: ChartOptions = {}): Chart {
  const settled = settle("costs", options, {});
  const trials = readRows("costs", rows, {
    text: ["variant"],
    maybeText: ["measured_in"],
    maybeNumber: NAMES,
  });
  const groups = groupBy(trials, "variant");
  const variants = [...groups.keys()];
  const color = colorBy("variant", variants);
  const known = NAMES.map((measure) => {
    const values = trials.map((trial) => trial[measure]).filter(Number.isFinite);
    const medians = [...groups].map(([variant, group]) => {
      const median = quantile(group.map((trial) => trial[measure]), 0.5);
      return { variant, said: figure(measure, median) };
    });
    return { measure, values, medians };
  }).filter(({ values }) => values.length > 0);
  const drawn = known.filter(({ values }) => Math.max(...values) > 0);
  if (drawn.length === 0) {
    throw new RangeError(`charts.costs has no cost above 0; it knows ${NAMES.join(", ")}`);
  }
  const none = known.filter((one) => !drawn.includes(one)).map(({ measure }) => MEASURES[measure]);
  const n = counts([...groups.values()].map((group) => group.length), "trial");
  const caller = trials.some(({ measured_in }) => measured_in === "caller's process");
  return chart(
    {
      title: "What each variant used up",
      reading: `${n} each: a dot a trial, a bar and the figure the median` +
        (caller ? ". Processor time and memory are the caller’s, its own heap included" : ""),
      facts: new Map(drawn.map(({ measure, medians }) => [
        MEASURES[measure],
        list(medians.map(({ variant, said }) => `${variant} ${said}`)),
      ])),
      ...(none.length === 0 ? {} : { note: `None: ${list(none)}.` }),
    },
    settled,
    { concat: drawn.map(plot), columns: 2, spacing: { row: 22, column: 40 } },
  );

  function plot({ measure, medians, values }: typeof drawn[number]) {
    const axis = measure.endsWith("_ms") ? timeAxis : numberAxis;
    const unit = measure.endsWith("_mb") ? ", MB" : "";
    const x = axis(MEASURES[measure] + unit, values, { log: false });
    const { title, ...labels } = x.axis;
    const on = { ...x.on, field: measure };
    const figures = medians.map(({ variant, said }) => ({ variant, text: `${variant}: ${said}` }));
    return {
      title: { text: title, fontSize: 13, anchor: "start", frame: "group", offset: 8 },
      data: embed(trials, { variant: null, [measure]: 2 }),
      width: 270,
      height: { step: 36 },
      encoding: { y: { field: "variant", type: "nominal", sort: variants, axis: null } },
      layer: [
        dots(
          { x: { ...on, axis: { ...labels, title: null, tickCount: 4 } }, color },
          { size: 30, opacity: 0.7, yOffset: 6 },
          measure,
        ),
        ticks({ x: { ...on, aggregate: "median" }, color }, { size: 13, thickness: 3, yOffset: 6 }),
        words({ x: { value: 0 }, text: { field: "text" } }, { dy: -8 }, {
          data: { values: figures },
        }),
      ],
    };
  }
}

/** A cost as people say it. */
function figure(measure: Measure, value: number): string {
  if (measure.endsWith("_ms")) return duration(value);
  return measure === "peak_memory_mb" ? `${digits(value)} MB` : plain(value);
}
