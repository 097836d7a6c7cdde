/** What each chart says and draws of known rows. */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as charts from "../../lib/charts/mod.ts";
import { apart } from "../../lib/charts/labels.ts";
import { specData } from "./spec_data.ts";
import { cells, estimates, figures, gallery, growth, pairs, samples, trials } from "./gallery.ts";

const titleOf = (spec: charts.Chart) => spec.title.text.join(" ");

const request = (variant: string, request: number, start_ms: number, end_ms: number) => ({
  ...{ variant, request, start_ms, end_ms },
  handshake_ms: 0,
});

Deno.test("charts.timeline says how long each variant took and how much of that was set-up", () => {
  const rows = [
    { ...request("new", 0, 0, 100), handshake_ms: 60 },
    { ...request("new", 1, 100, 200), handshake_ms: 60 },
    request("kept", 0, 0, 40),
    request("kept", 1, 40, 80),
  ];
  const spec = charts.timeline(rows, { limits: [{ variant: "new", ideal_ms: 190 }] });
  assertEquals(titleOf(spec), "2 requests took 200 ms with new and 80.0 ms with kept");
  assertStringIncludes(
    spec.description,
    "new: 2 requests in 200 ms, limit 190 ms, on average 1.0 in flight, 60 % of their time set-up",
  );
});

Deno.test("charts.timeline and inFlight refuse several trials of one variant", () => {
  for (const draw of [charts.timeline, charts.inFlight]) {
    assertThrows(() => draw([...samples(2), ...samples(2)]), RangeError, "filter the rows");
  }
});

Deno.test("charts.timeline and inFlight leave out what never ended", () => {
  const rows = [request("a", 0, 0, 10), request("a", 1, 0, NaN)];
  assertStringIncludes(charts.timeline(rows).description, "1 request in 10.0 ms");
  assertStringIncludes(charts.inFlight(rows).description, "at most 1 at once");
  assertThrows(() => charts.timeline([rows[1]]), RangeError, "charts.timeline has no request");
  assertThrows(() => charts.inFlight([rows[1]]), RangeError, "charts.inFlight has no request");
});

Deno.test("charts: of many variants a title names the least and the most", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const rows = names.map((variant, i) => request(variant, 0, 0, 10 * (i + 1)));
  assertEquals(titleOf(charts.timeline(rows)), "1 request took 10.0 ms with a and 60.0 ms with f");
});

Deno.test("charts.inFlight counts an end before a start at the same time", async () => {
  const rows = [request("a", 0, 0, 100), request("a", 1, 50, 100), request("a", 2, 100, 130)];
  const spec = charts.inFlight(rows);
  assertStringIncludes(titleOf(spec), "a had 2 requests in flight");
  const [points] = await specData(spec);
  assertEquals(points.map(({ time_ms, in_flight }) => [time_ms, in_flight]), [
    [0, 1],
    [50, 2],
    [100, 1],
    [130, 0],
  ]);
});

Deno.test("charts.inFlight keeps the peak of changes too close to be seen apart", async () => {
  const rows = [
    request("a", 0, 0, 10_000),
    ...Array.from({ length: 9 }, (_, i) => request("a", i + 1, 5000 + i * 0.01, 5001 + i * 0.01)),
  ];
  const spec = charts.inFlight(rows);
  assertStringIncludes(spec.description, "at most 10 at once");
  const [points] = await specData(spec);
  assertEquals(Math.max(...points.map(({ in_flight }) => Number(in_flight))), 10);
});

Deno.test("charts.makespans gives medians, limits and n, on a log axis where the range is large", () => {
  const row = (variant: string, block: number, time_ms: number) => ({
    ...{ variant, block, time_ms },
    ideal_ms: time_ms - 1,
  });
  const rows = [row("a", 1, 10), row("a", 2, 30), row("a", 3, 20), row("b", 1, 90)];
  const spec = charts.makespans(rows);
  assertEquals(titleOf(spec), "In median, a took 20.0 ms, b 90.0 ms");
  assertEquals(
    spec.description,
    "Makespans, 1 to 3 trials each; median and limit. a: 20.0 ms, limit 19.0 ms. b: 90.0 ms, limit 89.0 ms.",
  );
  assert(JSON.stringify(spec).includes('"type":"log"'));
  assert(!JSON.stringify(charts.makespans(rows, { log: false })).includes('"type":"log"'));
});

Deno.test("charts.makespans draws what was computed and not run by its limit", () => {
  const spec = charts.makespans([
    { variant: "a, computed, not run", block: 0, time_ms: NaN, ideal_ms: 43_900 },
    { variant: "b", block: 0, time_ms: 1180, ideal_ms: 1100 },
  ]);
  assertEquals(titleOf(spec), "In median, b took 1.18 s");
  assertStringIncludes(spec.description, "a, computed, not run: limit 43.9 s. b: 1.18 s, limit");
  assertThrows(
    () => charts.makespans([{ variant: "a", block: 0, time_ms: NaN, ideal_ms: 1 }]),
    RangeError,
    "no makespan",
  );
});

Deno.test("charts.panel says what reuse, overlap and both lead to", () => {
  assertEquals(
    titleOf(gallery.panel),
    "From 24.8 s, kept connections alone lead to 7.21 s, overlap alone to 301 ms, both to 297 ms",
  );
  assertStringIncludes(
    gallery.panel.description,
    "10 in flight 905 ms [878 ms, 932 ms], limit 880 ms",
  );
  const some = cells.filter(({ in_flight }) => in_flight === "10");
  assertEquals(titleOf(charts.panel(some)), "Makespans by requests in flight and connections");
  assertThrows(() => charts.panel([{ ...cells[0], time_ms: 0 }]), RangeError, "1, new: 0");
});

Deno.test("charts.ratios ranks only what the verdict ranks", () => {
  assertEquals(
    titleOf(gallery.ratios),
    "Of sequential's time, concurrent took 0.0341 and chunked(10) 1.31",
  );
  assertStringIncludes(
    gallery.ratios.description,
    "pool(10), padded: 1.01 [0.970, 1.05], ~ no difference shown",
  );
  assertStringIncludes(gallery.ratios.description, "noise floor is [0.962, 1.04]");
  const same = estimates.filter(({ verdict }) => verdict === "baseline" || verdict === "~");
  assertEquals(titleOf(charts.ratios(same)), "No difference from sequential is shown");
});

Deno.test("charts.study prints figures as the study did, ranges too", () => {
  assertStringIncludes(gallery.study.description, "Python, requests, one after another: 25.06 s");
  assertStringIncludes(gallery.study.description, "Go, a goroutine each: 0.764 s");
  assertStringIncludes(gallery.study.description, "Go, 898 at once: 1.5 to 3 s");
  assertThrows(() => charts.study([{ ...figures[0], value: null }]), RangeError, "has no value");
  assertThrows(
    () => charts.study([figures[0], { ...figures[1], unit: "ms" }]),
    RangeError,
    "draws one unit; there are s, ms",
  );
});

Deno.test("charts.published compares ratios, and says that hardware differs", () => {
  assertEquals(
    titleOf(gallery.published),
    "The study's ratios and ours differ by a factor of 2.5 at most (concurrent)",
  );
  assertStringIncludes(
    gallery.published.title.subtitle.join(" "),
    "Other hardware: compare ratios",
  );
  const alone = charts.published([{ ...pairs[1], study_ratio: null }]);
  assertStringIncludes(alone.description, "not in the study, here 0.291 [0.280, 0.300]");
});

Deno.test("charts.ecdf has quantiles of type 7 and goes from nothing to all", async () => {
  const spec = charts.ecdf([10, 20, 30, 40].map((latency_ms) => ({ variant: "a", latency_ms })));
  assertStringIncludes(spec.description, "a: p50 25.0, p95 38.5, p99 39.7 ms");
  const [points] = await specData(spec);
  const steps = points.filter(({ rule }) => rule === "");
  assertEquals(steps.map(({ latency_ms, share }) => [latency_ms, share]), [
    [10, 0],
    [10, 0.25],
    [20, 0.5],
    [30, 0.75],
    [40, 1],
  ]);
});

Deno.test("charts.ecdf of a hundred thousand latencies draws what can be seen", async () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => ({
    variant: "a",
    latency_ms: 20 + 80 * (i / 100_000) ** 3,
  }));
  const [points] = await specData(charts.ecdf(rows));
  assert(points.length < 1500, `${points.length} points`);
  assertEquals(points.filter(({ rule }) => !rule).at(-1)!.share, 1);
});

Deno.test("charts.scaling says by what factor each series changed", () => {
  assertEquals(
    titleOf(gallery.scaling),
    "From 1 to 100 requests in flight, the makespan goes to 1× with naive-await-in-loop, " +
      "0.0381× with pool and 0.0285× with chunked",
  );
  assertThrows(() => charts.scaling([{ ...growth[0], x: 0 }]), RangeError, "above 0 on log axes");
});

Deno.test("charts.costs draws the costs there are, and says which are none", () => {
  const { description } = gallery.costs;
  assertStringIncludes(description, "longest stall of the event loop: sequential 5.00 s");
  assertStringIncludes(description, "connections opened: sequential 30, naive-await-in-loop 1");
  assertStringIncludes(description, "None: requests failed.");
  assertEquals((gallery.costs.concat as unknown[]).length, 4);
  assertThrows(
    () => charts.costs(trials().map(({ variant }) => ({ variant }))),
    RangeError,
    "no cost above 0",
  );
});

Deno.test("charts.heatmap says where the least and the most are, and refuses a cell twice", () => {
  assertEquals(
    titleOf(gallery.heatmap),
    "Seconds: from 1.83 (threads, in flight 15, requests 50) to 26.0 (processes, in flight 5, " +
      "requests 200)",
  );
  const cell = { x: "1", y: "2", value: 3 };
  assertThrows(() => charts.heatmap([cell, cell]), RangeError, "two rows for the cell 1, 2");
});

Deno.test("charts.sensitivity says over what the headline moves most", () => {
  assertStringIncludes(titleOf(gallery.sensitivity), "Over requests n from 10 to 898");
  assertEquals((gallery.sensitivity.vconcat as unknown[]).length, 2);
});

Deno.test("labels at the ends of lines move apart as little as they have to", () => {
  assertEquals(apart([10, 100, 200], 15, 300), [10, 100, 200]);
  assertEquals(apart([100, 104], 15, 300), [94.5, 109.5]);
  assertEquals(apart([298, 300], 15, 300), [285, 300]);
  assertEquals(apart([50, 50, 50], 15, 300).sort((a, b) => a - b), [35, 50, 65]);
});

Deno.test("charts.order says how the last third of the runs compares with the first", () => {
  const runs = [10, 11, 12, 20, 21, 22].map((time_ms, i) => ({
    variant: i < 3 ? "theirs" : "ours",
    time_ms,
  }));
  const { description, ...chart } = charts.order(runs);
  assertEquals(
    titleOf(chart as charts.Chart),
    "The last third of the runs took 2.05 times as long as the first",
  );
  assertStringIncludes(description, "theirs 11.0 ms (runs 1 to 3) and ours 21.0 ms (runs 4 to 6)");
});

Deno.test("charts.shares sets each share beside the one promised, and takes no share above 1", () => {
  assertEquals(
    titleOf(gallery.shares),
    "From 0.1 % of experiments (randomised blocks, with a noise floor) to 61 % (one run each)",
  );
  assertStringIncludes(gallery.shares.description, "each at 5 %: 26 % [23 %, 29 %]");
  assertStringIncludes(gallery.shares.description, "Promised: 5 %.");
  assertThrows(() => charts.shares([{ label: "a", share: 1.2 }]), RangeError, `"a": 1.2`);
});
