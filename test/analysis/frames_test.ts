import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { describe } from "../../lib/analysis/describe.ts";
import { estimateFrame, sampleFrame, trialFrame } from "../../lib/analysis/frames.ts";
import { panel } from "../../lib/analysis/panel.ts";
import { published } from "../../lib/analysis/published.ts";
import { summaryFrame } from "../../lib/analysis/summary.ts";
import { synthetic, syntheticTrial } from "./synthetic.ts";

const results = synthetic({ slow: [100, 120, 110], fast: [10, 30, 20] }, {
  of: "fast",
  makespans: [11, 29, 21],
});

Deno.test("describe() has pandas' rows and pandas' figures", () => {
  // pandas: pd.Series([4.5, 2.0, 8.0, 1.5, 9.25, 3.0]).describe()
  const values = [4.5, 2.0, 8.0, 1.5, 9.25, 3.0].map((x) => ({ x, name: "n" }));
  const frame = describe(values);
  assertEquals(frame.columns, ["statistic", "x"]);
  const expected: Record<string, number> = {
    count: 6,
    mean: 4.708333333333333,
    std: 3.2265177307224993,
    min: 1.5,
    "25%": 2.25,
    "50%": 3.75,
    "75%": 7.125,
    max: 9.25,
  };
  const rows = frame.toRecords();
  assertEquals(rows.map((row) => row.statistic), Object.keys(expected));
  for (const row of rows) {
    assertAlmostEquals(row.x as number, expected[row.statistic as string], 1e-12);
  }
});

Deno.test("describe() takes a frame, counts no NaN, and refuses what holds no numbers", () => {
  const [count] = describe([{ x: 1 }, { x: NaN }, { x: null }]).toRecords();
  assertEquals(count, { statistic: "count", x: 1 });
  assertEquals(describe(trialFrame(results)).columns.includes("time_ms"), true);
  assertThrows(() => describe([{ name: "a" }]), TypeError, "name");
  assertThrows(() => describe([]), TypeError, "none");
});

Deno.test("a sample frame has a row a request, its times from the opening of the client", () => {
  const [row] = sampleFrame(syntheticTrial("a", 2, 50)).toRecords();
  assertEquals([row.variant, row.block, row.start_ms, row.end_ms], ["a", 2, 0, 50]);
  assertEquals([row.latency_ms, row.served_ms, row.overhead_ms], [50, 1, 49]);
  assertEquals(sampleFrame(results).height, 9);
});

Deno.test("a trial frame sets each makespan beside its limit", () => {
  const [row] = trialFrame(syntheticTrial("a", 1, 50, { drawn: 20, served: 25 })).toRecords();
  assertEquals([row.ideal_ms, row.efficiency, row.throughput_per_s], [25, 0.5, 20]);
  assertThrows(() => trialFrame([]), TypeError, "no trial");
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
  // What is known of the service times still gives a limit.
  assertEquals(row.ideal_ms, 20);
});

Deno.test("speed-ups are those over the baseline, whichever variant that is", () => {
  const rows = summaryFrame({ ...results, baseline: "fast" }).toRecords();
  assertEquals(rows.map((row) => row.speed_up), [1 / 5.5, 1]);
});

Deno.test("the summary leaves the twin out and measures speed-up within blocks", () => {
  const rows = summaryFrame(results).toRecords();
  assertEquals(rows.map((row) => row.variant), ["slow", "fast"]);
  assertEquals(rows.map((row) => row.trials), [3, 3]);
  assertEquals(rows.map((row) => row.time_ms), [110, 20]);
  // 100/10, 120/30, 110/20: the median of 10, 4, 5.5, not 110/20.
  assertEquals(rows.map((row) => row.speed_up), [1, 5.5]);
});

Deno.test("the estimates' frame has a row a variant", () => {
  assertEquals(estimateFrame(results).getColumn("verdict").toArray(), ["baseline", "faster"]);
});

Deno.test("a panel row is a variant's geometric mean and interval", () => {
  const [slow] = panel(results);
  assertEquals([slow.in_flight, slow.connections], ["1", "kept"]);
  assertAlmostEquals(slow.time_ms, Math.cbrt(100 * 120 * 110), 1e-9);
});

Deno.test("a panel of fewer than two blocks, or without a variant's trials, says what there is", () => {
  for (const blocks of [0, 1]) {
    const trials = results.trials.filter(({ block }) => block <= blocks);
    assertThrows(
      () => panel({ ...results, trials, blocks, planned: 8 }),
      RangeError,
      `an interval needs 2 blocks or more; ${blocks} of 8 were measured`,
    );
  }
  const trials = results.trials.filter(({ variant }) => variant !== "slow");
  assertThrows(
    () => panel({ ...results, trials }),
    RangeError,
    'no trial of "slow"; there are "fast", "fast (twin)"',
  );
});

Deno.test("a study's figures are read with their numbers as numbers and times in seconds", () => {
  const go = published("go-vs-python-pokemon-2022")
    .find((row) => row.language === "go" && row.concurrency === 150)!;
  assertAlmostEquals(go.value as number, 0.763827633, 1e-12);
  assertEquals([go.unit, go.requests], ["s", 150]);
  assertThrows(() => published("no-such"), RangeError, "batch-download-question");
});
