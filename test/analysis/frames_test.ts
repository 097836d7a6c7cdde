// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import pl from "nodejs-polars";
import { statistics } from "../../lib/theory/mod.ts";
import { estimate } from "../../lib/analysis/compare.ts";
import { sampleFrame, trialFrame } from "../../lib/analysis/frames.ts";
import { ratioInterval } from "../../lib/analysis/interval.ts";
import { published } from "../../lib/analysis/published.ts";
import { frames } from "../../lib/analysis/results.ts";
import { summaryFrame } from "../../lib/analysis/summary.ts";
import { synthetic, syntheticTrial } from "./synthetic.ts";

const results = synthetic({ slow: [100, 120, 110], fast: [10, 30, 20] }, {
  of: "fast",
  makespans: [11, 29, 21],
});

Deno.test("mean, deviation and quantile are pandas' figures", () => {
  // pandas: pd.Series([4.5, 2.0, 8.0, 1.5, 9.25, 3.0]).describe()
  const values = [4.5, 2.0, 8.0, 1.5, 9.25, 3.0];
  assertAlmostEquals(statistics.mean(values), 4.708333333333333, 1e-12);
  assertAlmostEquals(statistics.deviation(values), 3.2265177307224993, 1e-12);
  for (const [q, value] of [[0, 1.5], [0.25, 2.25], [0.5, 3.75], [0.75, 7.125], [1, 9.25]]) {
    assertAlmostEquals(statistics.quantile([NaN, ...values], q), value, 1e-12);
  }
});

Deno.test("frames() are those of an experiment's results, of any trials", () => {
  const { samples, trials, summary } = frames(results.passes);
  assertEquals(samples.toRecords(), sampleFrame(results.passes).toRecords());
  assertEquals(trials.columns, trialFrame(results).columns);
  assertEquals(summary.height, 3); // nobody says here which of them is the twin
  assertEquals(frames(results).summary.toRecords(), summaryFrame(results).toRecords());
  assertThrows(() => frames([]).samples, RangeError, "one trial or more");
});

Deno.test("a sample frame has a row a request, its times from the opening of the client", () => {
  const [row] = sampleFrame(syntheticTrial("a", 2, 50)).toRecords();
  assertEquals([row.variant, row.block, row.start_ms, row.end_ms], ["a", 2, 0, 50]);
  assertEquals([row.latency_ms, row.served_ms, row.overhead_ms], [50, 1, 49]);
  assertEquals(sampleFrame(results).height, 9);
});

Deno.test("a trial frame sets each time beside its ideal", () => {
  const [row] = trialFrame(syntheticTrial("a", 1, 50, { drawn: 20, served: 25 })).toRecords();
  assertEquals([row.ideal_ms, row.efficiency, row.throughput_per_s], [25, 0.5, 20]);
  assertThrows(() => trialFrame([]), RangeError, "one trial or more");
});

Deno.test("a trial frame counts retries and errors by kind, and an unknown count stays unknown", () => {
  const trial = syntheticTrial("a", 1, 50);
  const { samples, costs } = trial;
  const two = (column: unknown[]) => [...column, ...column];
  const doubled = Object.fromEntries(
    Object.entries(samples).map(([name, column]) => [name, two(column)]),
  ) as unknown as typeof samples;
  const tried = { ...doubled, attempt: [1, 2], error: ["timeout", ""], served: [NaN, 20] };
  const [row] = trialFrame({
    ...trial,
    samples: tried,
    costs: { ...costs, sockets: NaN, peakInFlight: 2 ** 33 },
  }).toRecords();
  assertEquals([row.requests, row.retries, row.errors], [2, 1, 1]);
  assertEquals([row.errors_timeout, row.errors_network, row.errors_status], [1, 0, 0]);
  assertEquals([row.client_sockets, row.peak_in_flight], [NaN, 2 ** 33]);
  // What is known of the service times still gives an ideal.
  assertEquals(row.ideal_ms, 20);
});

Deno.test("speed-ups are those over the baseline, whichever variant that is", () => {
  const rows = summaryFrame({ ...results, baseline: "fast" }).toRecords();
  assertAlmostEquals(Number(rows[0].speed_up), 1 / Math.cbrt(10 * 4 * 5.5), 1e-12);
  assertEquals(rows[1].speed_up, 1);
});

Deno.test("the summary leaves the twin out, and its times and speed-ups are the estimator's", () => {
  const rows = summaryFrame(results).toRecords();
  assertEquals(rows.map((row) => row.variant), ["slow", "fast"]);
  assertEquals(rows.map((row) => row.trials), [3, 3]);
  const [slow, fast] = rows.map((row) => Number(row.time_ms));
  assertAlmostEquals(slow, Math.cbrt(100 * 120 * 110), 1e-9);
  const [{ ratio }] = estimate(results);
  assertAlmostEquals(fast / slow, ratio, 1e-12);
  assertAlmostEquals(Number(rows[1].speed_up), 1 / ratio, 1e-12);
});

Deno.test("results carry their frames, made once when asked for, and a copy is without them", () => {
  assertEquals([results.samples.height, results.trials.height, results.summary.height], [9, 9, 2]);
  assertEquals(results.trials, results.trials);
  assertEquals("summary" in { ...results }, false);
  assertEquals(Object.keys(results).includes("samples"), false);
  const median = pl.col("time_ms").quantile(0.5, "linear");
  const frame = results.trials.groupBy("variant").agg(median).sort("time_ms");
  assertEquals(frame.getColumn("time_ms").toArray(), [20, 21, 110]);
});

Deno.test("the summary has each time's own interval, which one trial does not have", () => {
  const [slow] = summaryFrame(results).toRecords();
  const { ratio, low, high } = ratioInterval([100, 120, 110]);
  assertEquals([slow.time_ms, slow.low_ms, slow.high_ms, slow.connections], [
    ratio,
    low,
    high,
    "kept",
  ]);
  const [alone] = summaryFrame(results.passes.slice(0, 1)).toRecords();
  assertEquals([alone.low_ms, alone.high_ms], [NaN, NaN]);
});

Deno.test("a study's figures are read with their numbers as numbers and times in seconds", () => {
  const go = published("go-vs-python-pokemon-2022")
    .find((row) => row.language === "go" && row.concurrency === 150)!;
  assertAlmostEquals(go.value as number, 0.763827633, 1e-12);
  assertEquals([go.unit, go.requests], ["s", 150]);
  assertThrows(() => published("no-such"), RangeError, "batch-download-question");
});
