/** What each chart says and draws of known rows. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as further from "../../lib/charts/further.ts";
import * as charts from "../../lib/charts/mod.ts";
import { apart } from "../../lib/charts/series_plot.ts";
import { specData } from "./spec_data.ts";
import {
  comparisons,
  figures,
  gallery,
  growth,
  lanes,
  pairs,
  quotients,
  samples,
  trials,
} from "./gallery.ts";

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
  const spec = charts.timeline(rows, { ideals: [{ variant: "new", ideal_ms: 190 }] });
  assertEquals(spec.title.text, ["Requests over time"]);
  assertStringIncludes(
    spec.description,
    "New: 2 requests in 200 ms, ideal 190 ms, on average 1.0 in flight, 60 % of their time set-up",
  );
});

Deno.test("charts.timeline and inFlight refuse several trials of one variant", () => {
  for (const draw of [charts.timeline, further.inFlight]) {
    assertThrows(() => draw([...samples(2), ...samples(2)]), RangeError, "filter the rows");
  }
});

Deno.test("charts.timeline and inFlight leave out what never ended", () => {
  const rows = [request("a", 0, 0, 10), request("a", 1, 0, NaN)];
  assertStringIncludes(charts.timeline(rows).description, "1 request in 10.0 ms");
  assertStringIncludes(further.inFlight(rows).description, "at most 1 at once");
  assertThrows(() => charts.timeline([rows[1]]), RangeError, "charts.timeline has no request");
  assertThrows(() => further.inFlight([rows[1]]), RangeError, "charts.inFlight has no request");
});

Deno.test("charts.lanes says who does what from when to when, and refuses what it cannot draw", () => {
  const row = { lane: "the loop", from: 0, to: 4, does: "waits", says: "at its await" };
  const spec = charts.lanes([row, { ...row, from: 4, to: 9, does: "runs", says: "" }]);
  assertStringIncludes(spec.description, "The loop: from 0 to 4 at its await, from 4 to 9 runs");
  const sleeps = () => charts.lanes([{ ...row, does: "sleeps" }]);
  assertThrows(sleeps, RangeError, 'charts.lanes: does must be "runs", "is under way"');
});

Deno.test("charts.inFlight counts an end before a start at the same time", async () => {
  const rows = [request("a", 0, 0, 100), request("a", 1, 50, 100), request("a", 2, 100, 130)];
  const spec = further.inFlight(rows);
  assertStringIncludes(spec.description, "A: at most 2 at once");
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
  const spec = further.inFlight(rows);
  assertStringIncludes(spec.description, "at most 10 at once");
  const [points] = await specData(spec);
  assertEquals(Math.max(...points.map(({ in_flight }) => Number(in_flight))), 10);
});

Deno.test("charts.times gives medians and ideals, on a log axis where the range is large", () => {
  const row = (variant: string, block: number, time_ms: number) => ({
    variant,
    block,
    time_ms,
    ideal_ms: time_ms - 1,
  });
  const rows = [row("a", 1, 10), row("a", 2, 30), row("a", 3, 20), row("b", 1, 250)];
  const spec = charts.times(rows);
  assertEquals(spec.title.text, ["Time of each variant"]);
  assertStringIncludes(spec.title.subtitle.join(" "), "1 to 3 trials each");
  assertEquals(
    spec.description,
    "Time of each variant. A: 20.0 ms, ideal 19.0 ms. B: 250 ms, ideal 249 ms.",
  );
  assert(JSON.stringify(spec).includes('"type":"log"'));
  assert(!JSON.stringify(charts.times(rows, { log: false })).includes('"type":"log"'));
});

Deno.test("charts.times leaves out a trial without a time, and draws no chart of such alone", () => {
  const [untimed, timed] = [NaN, 1180].map((time_ms) => (
    { variant: `took ${time_ms}`, block: 0, time_ms, ideal_ms: 1100 }
  ));
  const { description } = charts.times([untimed, timed]);
  assertStringIncludes(description, "Time of each variant. Took 1180: 1.18 s, ideal 1.10 s.");
  assertThrows(() => charts.times([untimed]), RangeError, "no time");
});

Deno.test("charts.ratios has the verdict as a word, the margin as a band and the twin as a row", async () => {
  const { description, title } = gallery.ratios;
  assertStringIncludes(description, "Naive-await-in-loop: 0.993 (0.991 to 0.995), same");
  assertStringIncludes(description, "Concurrent: 0.034 (0.031 to 0.038), faster");
  assertStringIncludes(description, "Pool(10), padded: 1.02 (0.91 to 1.14), can’t tell");
  assertStringIncludes(description, "Concurrent (twin): 1.01 of concurrent (0.98 to 1.04), same");
  assertStringIncludes(title.subtitle.join(" "), "within 5 % counts as the same");
  assertStringIncludes(title.subtitle[0], "The baseline is sequential, unless another is named.");
  const [rows] = await specData(gallery.ratios);
  assertEquals(rows.map(({ variant }) => variant), comparisons.map(({ variant }) => variant));
  const band = JSON.stringify(charts.ratios(comparisons.map((row) => ({ ...row, margin: 0.25 }))));
  assertStringIncludes(band, '"datum":0.8}');
  assertStringIncludes(band, '"datum":1.25}');
  assertThrows(() => charts.ratios([{ ...comparisons[0], margin: 0 }]), RangeError, "above 0");
});

Deno.test("charts.study prints figures as the study did", () => {
  assertStringIncludes(gallery.study.description, "Python, requests, one after another: 25.06 s");
  assertStringIncludes(gallery.study.description, "Go, a goroutine each: 0.764 s");
  assertThrows(() => charts.study([{ ...figures[0], value: null }]), RangeError, "not NaN");
  assertThrows(
    () => charts.study([figures[0], { ...figures[1], unit: "ms" }]),
    RangeError,
    "draws one unit; there are s, ms",
  );
});

Deno.test("charts.replication compares ratios, and says that hardware differs", () => {
  const { description, title } = gallery.replication;
  assertStringIncludes(description, "Concurrent: study 0.0305, here 0.0121 (0.0110 to 0.0130)");
  assertStringIncludes(title.subtitle.join(" "), "Other hardware: compare ratios");
  const alone = charts.replication([{ ...pairs[1], study_ratio: null }]);
  assertStringIncludes(alone.description, "not in the study, here 0.291 (0.280 to 0.300)");
});

Deno.test("charts.scaling has ticks at the data, and a cost a piece is a straight line", () => {
  const axis = (spec: charts.Chart, which: "x" | "y") =>
    // deno-lint-ignore no-explicit-any -- Vega-Lite's
    (spec.encoding as any)[which];
  assertEquals(axis(gallery.scaling, "x").axis.values, [1, 2, 5, 10, 20, 50, 100]);
  assertEquals(axis(gallery.scaling, "y").scale.type, "log");
  const spec = gallery["scaling, linear"];
  assertEquals(axis(spec, "x").axis.values, [1, 2, 4, 8]);
  assertEquals(axis(spec, "y").scale.domain[0], 0);
  assertEquals([axis(spec, "x").scale.type, axis(spec, "y").scale.type], [undefined, undefined]);
  assertEquals(axis(charts.scaling(growth, { log: false }), "y").scale.type, undefined);
  assertEquals(axis(charts.scaling(lanes, { log: true }), "y").scale.type, "log");
});

Deno.test("charts.scaling says each point with its interval and ideal", () => {
  const { description } = gallery["scaling, overlap and reuse"];
  assertStringIncludes(description, "905 at 10 (878 to 932), ideal 880;");
  // An ideal that is reached is seen on the line all the same.
  // deno-lint-ignore no-explicit-any
  const lines = (gallery.scaling as any).layer.filter(({ mark }: any) => mark.type === "line");
  // deno-lint-ignore no-explicit-any
  assertEquals(lines.map(({ mark, encoding }: any) => [!!mark.strokeDash, !!encoding.color]), [
    [false, true],
    [true, false],
  ]);
});

Deno.test("charts.scaling refuses what it cannot draw, and takes 0 where axes are linear", () => {
  const draw = (row: object, options = {}) => () =>
    charts.scaling([{ ...growth[0], ...row }], options);
  assertThrows(draw({ x: 0 }, { log: true }), RangeError, "must be above 0 on log axes, not 0");
  assertThrows(draw({ x: null }), RangeError, "must be known, not NaN");
  assertThrows(draw({ y: null }), RangeError, "must be known, not");
  draw({ x: 0 })();
});

Deno.test("charts.costs draws the costs there are, and says which are none", () => {
  const { description } = gallery.costs;
  assertStringIncludes(description, "Event loop’s longest standstill: sequential 5.00 s");
  assertStringIncludes(description, "Connections opened: sequential 30, naive-await-in-loop 1");
  assertStringIncludes(description, "None: requests failed.");
  assertEquals((gallery.costs.concat as unknown[]).length, 4);
  assertThrows(
    () => charts.costs(trials().map(({ variant }) => ({ variant }))),
    RangeError,
    "no cost above 0",
  );
});

Deno.test("charts.heatmap says every cell, and refuses one twice", () => {
  assertStringIncludes(
    gallery.heatmap.description,
    "Threads: requests 50: 5.50 at 5, 2.75 at 10, 1.83 at 15;",
  );
  const cell = { x: "1", y: "2", value: 3 };
  assertThrows(() => further.heatmap([cell, cell]), RangeError, "two rows for the cell 1, 2");
});

Deno.test("charts.heatmap shades ratios from 1 both ways, as far to one side as to the other", () => {
  // deno-lint-ignore no-explicit-any -- Vega-Lite's
  const { scale } = (gallery["heatmap, ratios"].spec as any).layer[0].encoding.color;
  const reach = 1 / 0.6;
  assertEquals([scale.domain, scale.range], [[1 / reach, 1, reach], "lab-diverging"]);
  const zero = { ...quotients[0], value: 0 };
  assertThrows(() => further.heatmap([zero], { ratios: true }), RangeError, "above 0, not 0");
});

Deno.test("charts.sensitivity has a plot a parameter, and says where each line goes", () => {
  assertStringIncludes(
    gallery.sensitivity.description,
    "Requests n: naive-await-in-loop from 0.290 at 10 to 0.0751 at 898",
  );
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
  const { description } = further.order(runs);
  assertStringIncludes(description, "Theirs: in median 11.0 ms, runs 1 to 3");
  assertStringIncludes(description, "Ours: in median 21.0 ms, runs 4 to 6");
  assertStringIncludes(description, "The last third of the runs took 2.05 times as long");
});

Deno.test("charts.shares sets each share beside the one promised, and takes no share above 1", () => {
  assertStringIncludes(gallery.shares.description, "each at 5 %: 26 %.");
  assertStringIncludes(gallery.shares.description, "Promised: 5 %.");
  assertThrows(
    () => charts.shares([{ label: "a", share: 1.2 }]),
    RangeError,
    "from 0 to 1, not 1.2",
  );
});
