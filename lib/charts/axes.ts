import { quantile } from "../ground/quantile.ts";

/** A scale of numbers, and the axis that people read it by. */
export interface Axis {
  /** What a channel needs to stand on it. */
  readonly on: {
    readonly type: "quantitative";
    readonly scale: { readonly domain: number[]; readonly nice: false; readonly type?: "log" };
  };
  readonly axis: Record<string, unknown>;
  readonly log: boolean;
}

/** What an axis may be told. */
interface AxisOptions {
  /** Whether by the logarithm; by default where the largest is {@link SPAN} times the smallest. */
  readonly log?: boolean;
  /** By how much the axis goes beyond its values, as a factor; 1.1 by default. */
  readonly room?: number;
  /** Powers of ten alone where there are more decades than this. */
  readonly dense?: number;
  /** Where a linear axis begins; 0 by default. */
  readonly from?: number;
}

/** From how many times the smallest on the largest is shown by the logarithm. */
export const SPAN = 20;

/** Thousands apart, no exponent, no zeros that say nothing. */
export const LABEL = "format(datum.value, ',.12~g')";

/** An axis of plain numbers. */
export function numberAxis(
  title: string,
  data: readonly number[],
  options: AxisOptions = {},
): Axis {
  const { room = 1.1, from = 0, dense } = options;
  const known = data.filter(Number.isFinite);
  const [low, high] = [quantile(known, 0), quantile(known, 1)];
  const log = options.log ?? (low > 0 && high > SPAN * low);
  const type = "quantitative";
  const common = { labelExpr: LABEL, grid: true };
  if (!log) {
    // From 0, or from below it, with room above.
    const domain = [Math.min(from, low), from + (high - from) * (1 + (room - 1) / 4)];
    const axis = { title, ...common, tickCount: 6 };
    return { on: { type, scale: { domain, nice: false } }, axis, log };
  }
  const domain = [low / room, high * room];
  const values = logTicks(domain[0], domain[1], dense);
  const axis = { title: `${title} (log scale)`, ...common, values };
  return { on: { type, scale: { type: "log", domain, nice: false } }, axis, log };
}

/** An axis of plain numbers, `width` px long, with its ticks at the data. */
export function dataAxis(
  title: string,
  data: readonly number[],
  width: number,
  options: AxisOptions,
): Axis {
  const free = numberAxis(title, data, options);
  return { ...free, axis: { ...free.axis, values: ticksAt(data, free, width) } };
}

/** An axis of durations given in ms, labelled in ms or, where they reach 2 s, in s. */
export function timeAxis(
  title: string,
  values: readonly number[],
  options: AxisOptions = {},
): Axis {
  const seconds = quantile(values.filter(Number.isFinite), 1) >= 2000;
  const axis = numberAxis(`${title}, ${seconds ? "s" : "ms"}`, values, options);
  const labelExpr = seconds ? LABEL.replace("value", "value / 1000") : LABEL;
  return { ...axis, axis: { ...axis.axis, labelExpr } };
}

/** A log axis of ratios, with 1 on it. */
export function ratioAxis(
  title: string,
  values: readonly number[],
  options: AxisOptions = {},
): Axis {
  const above = values.filter((value) => value > 0);
  return numberAxis(title, [...above, 1], { room: 1.15, ...options, log: true });
}

/**
 * Values for a log axis: the finest of 1, 2, 3, 5, 7 or 1, 2, 5 in each decade, or powers of ten
 * alone, that stay apart, the last where there are more decades than `dense`. Where too little is
 * between the ends for three of them, even steps of 1, 2 or 5.
 */
export function logTicks(low: number, high: number, dense = 3): number[] {
  const decades = Math.log10(high / low);
  const digits = decades > dense ? [1] : decades > 1.6 ? [1, 2, 5] : [1, 2, 3, 5, 7];
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const digit of digits) {
      const value = Number(`${digit}e${power}`);
      if (value >= low && value <= high) values.push(value);
    }
  }
  return values.length > 2 ? values : evenSteps(low, high);
}

/** Three to seven round values from `low` to `high`. */
function evenSteps(low: number, high: number): number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / 3));
  const step = [5, 2, 1].map((digit) => digit * power).find((each) => (high - low) / each >= 3)!;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  // Whole multiples, divided last, have no digits that come of adding.
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The values of the data as ticks, as far as their labels leave each other room on `axis`. */
export function ticksAt(values: readonly number[], { on, log }: Axis, width: number): number[] {
  const [low, high] = on.scale.domain.map((end) => log ? Math.log(end) : end);
  const place = (value: number) => width * ((log ? Math.log(value) : value) - low) / (high - low);
  const kept: number[] = [];
  // From the right: the last value is the one that a line is read off at.
  for (const value of [...new Set(values)].sort((a, b) => b - a)) {
    const label = 9 * String(value).length + 10;
    if (kept.length === 0 || place(kept.at(-1)!) - place(value) >= label) kept.push(value);
  }
  return kept.reverse();
}
