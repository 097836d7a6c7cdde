/** Every chart with plausible rows: 150 requests of about 45 ms, set-up 119 ms, seeded. */
import * as further from "../../lib/charts/further.ts";
import * as charts from "../../lib/charts/mod.ts";

const NAMES = ["sequential", "naive-await-in-loop", "concurrent"];

/** Numbers in [0, 1) that are the same every time. */
function stream(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Samples of one trial a variant, with a column that no chart draws. */
export function samples(requests: number, names = NAMES) {
  const random = stream(42);
  const draws = Array.from({ length: requests }, () => 25 + 60 * random() ** 2);
  return names.flatMap((variant) => {
    let clock = 0.4;
    return draws.map((draw, request) => {
      const handshake_ms = variant === "sequential" || variant === "concurrent" || request === 0
        ? 119
        : 0;
      const start_ms = variant === "concurrent" ? request * 0.04 : clock;
      const end_ms = start_ms + handshake_ms + draw + random();
      clock = end_ms + 0.1;
      return {
        variant,
        block: 1,
        request,
        start_ms,
        end_ms,
        handshake_ms,
        latency_ms: end_ms - start_ms,
        secret: "not drawn",
      };
    });
  });
}

/** Trials of blocks, with a column that no chart draws. */
export function trials(blocks = 8, names = NAMES) {
  const random = stream(7);
  return Array.from({ length: blocks }, (_, i) =>
    names.map((variant, which) => {
      const ideal_ms = [5010, 1530, 221, 290][which] * (0.95 + 0.1 * random());
      return {
        variant,
        block: i + 1,
        time_ms: ideal_ms * (1.01 + 0.03 * random()),
        ideal_ms,
        cpu_user_ms: 20 + 10 * random(),
        peak_memory_mb: 60 + 10 * random(),
        client_sockets: [30, 1, 30, 10][which],
        stall_ms: which === 0 ? 5000 : 3 * random(),
        errors: 0,
        secret: "not drawn",
      };
    })).flat();
}

const comparison = (variant: string, ratio: number, low: number, high: number, verdict: string) => {
  const baseline = variant.replace(" (twin)", "") === variant ? "sequential" : "concurrent";
  return { variant, baseline, ratio, low, high, verdict, margin: 0.05 };
};

export const comparisons = [
  comparison("naive-await-in-loop", 0.9931, 0.9912, 0.9946, "same"),
  comparison("concurrent", 0.0341, 0.0313, 0.0376, "faster"),
  comparison("pool(10), padded", 1.021, 0.913, 1.141, "can't tell"),
  comparison("chunked(10)", 1.31, 1.22, 1.4, "slower"),
  comparison("concurrent (twin)", 1.01, 0.98, 1.04, "same"),
].map((row) => ({ ...row, ideal: row.ratio * 0.97, secret: "not drawn" }));

/** The four loops of the explorable figure. */
export const looped = [
  { name: "sequential/new", concurrency: 1, connections: "new" },
  { name: "sequential/kept", concurrency: 1, connections: "kept" },
  { name: "naive-await-in-loop/kept", concurrency: 1, connections: "kept" },
  { name: "concurrent/kept", concurrency: Infinity, connections: "kept" },
] as const;

/** What they might measure of some draws: a little more than their ideal. */
export function loopSamples(draws: readonly number[], handshake: number) {
  return looped.flatMap(({ name, concurrency, connections }) => {
    let clock = 0;
    return draws.map((drawn_ms, request) => {
      const fresh = connections === "new" || concurrency > 1 || request === 0;
      const start_ms = concurrency > 1 ? 0.3 * request : clock;
      const end_ms = start_ms + (fresh ? handshake : 0) + drawn_ms + 0.8;
      clock = end_ms + 0.2;
      return { ...{ variant: name, request, end_ms, drawn_ms }, secret: "not drawn" };
    });
  });
}

const DOZEN = [50, 35, 71, 45, 68, 28, 59, 66, 49, 46, 26, 41];

/** Overlap and reuse: new and kept connections nearly meet where all are in flight. */
export const overlaps = [
  [1, "new", 24_800, 24_600],
  [10, "new", 2610, 2520],
  [150, "new", 301, 270],
  [1, "kept", 7210, 7100],
  [10, "kept", 905, 880],
  [150, "kept", 297, 270],
].map(([x, connections, y, ideal]) => ({
  ...{ x, y, ideal, series: `${connections} connections`, secret: "not drawn" },
  low: Number(y) * 0.97,
  high: Number(y) * 1.03,
}));

export const figures = [
  { label: "Python, requests, one after another", value: 25.06453824, unit: "s" },
  { label: "Python, aiohttp, await in the loop", value: 7.18994808, unit: "s" },
  { label: "Go, a goroutine each", value: 0.763827633, unit: "s" },
].map((row) => ({ ...row, secret: "not drawn" }));

export const pairs = [
  { variant: "sequential", study_ratio: 1, our_ratio: 1, low: null, high: null },
  { variant: "naive-await-in-loop", study_ratio: 0.287, our_ratio: 0.291, low: 0.28, high: 0.3 },
  { variant: "concurrent", study_ratio: 0.0305, our_ratio: 0.0121, low: 0.011, high: 0.013 },
].map((row) => ({ ...row, secret: "not drawn" }));

export const growth = ["naive-await-in-loop", "pool", "chunked"].flatMap((series, which) =>
  [1, 2, 5, 10, 20, 50, 100].map((x) => {
    const ideal = [7200, 199 + 6800 / x, 209 + 11_000 / x][which];
    const y = ideal * 1.05;
    return { x, y, low: ideal, high: 1.12 * ideal, ideal, series, secret: "not drawn" };
  })
);

/** What each of some lanes costs: so much a piece, from some megabytes on. */
export const lanes = ["workers", "processes"].flatMap((series, which) =>
  [1, 2, 4, 8].map((x) => ({ x, y: 48 + [6.1, 21.4][which] * x, series, secret: "not drawn" }))
);

export const grid = ["threads", "coroutines", "processes"].flatMap((facet, which) =>
  [50, 100, 200].flatMap((n) =>
    [5, 10, 15].map((c) => ({
      ...{ facet, x: String(c), y: String(n), secret: "not drawn" },
      value: (0.55 + 0.05 * which) * n / c,
    }))
  )
);

export const quotients = grid.map((cell, i) => ({ ...cell, value: 0.6 + 0.03 * i }));

export const redrawn = [
  ...[0, 50, 100, 200].map((x) => ({ parameter: "handshake h, ms", x, default: 119 })),
  ...[10, 50, 150, 898].map((x) => ({ parameter: "requests n", x, default: 150 })),
].flatMap((point) =>
  ["naive-await-in-loop", "concurrent", "pool(10)"].map((series, which) => ({
    ...point,
    series,
    ratio: [0.3, 0.03, 0.04][which] / (1 + point.x / 300),
    secret: "not drawn",
  }))
);

export const alarms = [
  { label: "one run each", share: 0.61 },
  { label: "randomised blocks, with a noise floor", share: 0.001 },
  { label: "six comparisons, each at 5 %", share: 0.26 },
].map((row) => ({ ...row, secret: "not drawn" }));

/** A loop that awaits. */
export const drawing = [
  { lane: "the loop", from: 0, to: 4, does: "runs", says: "" },
  { lane: "the loop", from: 4, to: 100, does: "waits", says: "stands at its await" },
  { lane: "the event loop", from: 4, to: 100, does: "is free", says: "free for others" },
  { lane: "request 1", from: 4, to: 100, does: "is under way", says: "under way" },
  { lane: "request 2", from: 0, to: 100, does: "is not there", says: "not there yet" },
].map((row) => ({ ...row, secret: "not drawn" }));

/**
 * A chart, rows that it takes, and the columns of these that it cannot do without; with words for
 * who does not see it, and what it is for, it stands in the README.
 */
interface Example {
  // deno-lint-ignore no-explicit-any -- each has rows and options of its own
  readonly draw: (rows: any, options?: any) => charts.Chart;
  readonly rows: readonly object[];
  readonly needs: string;
  readonly options?: object;
  readonly alt?: string;
  readonly says?: string;
}

const loops = {
  draw: charts.loops,
  rows: loopSamples(DOZEN, 119),
  needs: "variant request end_ms drawn_ms",
  options: { variants: looped, config: { handshake: 119, median: 45 } },
  alt: "Four loops over the same dozen requests, as bars on one time axis",
  says: "Loops over the same requests, with sliders for set-up, answer and how many",
};

/** Every chart, by the name it is called by; what follows a comma tells two of one apart. */
export const examples: Record<string, Example> = {
  timeline: {
    draw: charts.timeline,
    rows: samples(150),
    needs: "variant request start_ms end_ms handshake_ms",
    options: { ideals: trials() },
    alt: "Requests over time, a bar a request: a staircase, and a wall",
    says: "One bar a request, from start to end: a staircase, or a wall",
  },
  loops,
  lanes: {
    draw: charts.lanes,
    rows: drawing,
    needs: "lane from to does says",
    alt: "Lanes of a drawing: who runs, who waits, who is free",
    says: "Who runs, waits or is free, and when: a drawing",
  },
  inFlight: {
    draw: further.inFlight,
    rows: samples(150),
    needs: "variant request start_ms end_ms",
    alt: "Lines that count the requests under way over time",
    says: "How many requests were under way",
  },
  times: {
    draw: charts.times,
    rows: trials(),
    needs: "variant block time_ms ideal_ms",
    alt: "Dots for each trial’s time, ticks for the ideals",
    says: "Every trial’s time, beside its ideal",
  },
  ratios: {
    draw: charts.ratios,
    rows: comparisons,
    needs: "variant baseline ratio low high verdict margin",
    alt: "Ratios as dots with intervals, a grey margin, verdicts as words",
    says: "Ratios with their intervals, the margin and the verdict",
  },
  study: {
    draw: charts.study,
    rows: figures,
    needs: "label value unit",
    alt: "Bars with printed figures",
    says: "A study’s figures as it printed them",
  },
  replication: {
    draw: charts.replication,
    rows: pairs,
    needs: "variant study_ratio our_ratio",
    alt: "Pairs of dots, the study’s and ours",
    says: "A study’s ratios, and ours",
  },
  scaling: {
    draw: charts.scaling,
    rows: growth,
    needs: "x y series",
    options: { x: "requests in flight", y: "time, ms" },
    alt: "Three lines over the number of requests at once, ideals dashed",
    says: "Something against a size, with its ideal",
  },
  "scaling, linear": {
    draw: charts.scaling,
    rows: lanes,
    needs: "x y series",
    options: { x: "lanes", y: "memory, MB" },
  },
  "scaling, overlap and reuse": {
    draw: charts.scaling,
    rows: overlaps,
    needs: "x y series",
    options: { x: "requests in flight", y: "time, ms" },
  },
  costs: {
    draw: charts.costs,
    rows: trials(),
    needs: "variant",
    alt: "Small panels of processor time, memory and connections",
    says: "Processor time, memory and connections",
  },
  heatmap: {
    draw: further.heatmap,
    rows: grid,
    needs: "x y value",
    options: { x: "in flight", y: "requests", value: "seconds" },
    alt: "Shaded squares with a number in each",
    says: "A number for each pair",
  },
  "heatmap, ratios": {
    draw: further.heatmap,
    rows: quotients,
    needs: "x y value",
    options: { x: "in flight", y: "requests", value: "time ÷ ours", ratios: true },
  },
  sensitivity: {
    draw: further.sensitivity,
    rows: redrawn,
    needs: "parameter x series ratio",
    alt: "Lines: a ratio over each of two parameters",
    says: "What a result would be with other parameters",
  },
  order: {
    draw: further.order,
    rows: trials().toSorted((a, b) => a.variant < b.variant ? -1 : 1),
    needs: "variant time_ms",
    alt: "Dots in the order in which trials ran",
    says: "Trials in the order in which they ran",
  },
  shares: {
    draw: charts.shares,
    rows: alarms,
    needs: "label share",
    options: { promised: 0.05, of: "experiments" },
    alt: "Bars of percentages, each with a tick at what was promised",
    says: "How often something happens, beside what was promised",
  },
};

/** Each as it is drawn. */
export const gallery: Record<string, charts.Chart> = Object.fromEntries(
  Object.entries(examples).map(([name, { draw, rows, options }]) => [name, draw(rows, options)]),
);
