import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as charts from "../../lib/charts/mod.ts";
import {
  alarms,
  cells,
  comparisons,
  figures,
  growth,
  pairs,
  redrawn,
  samples,
  trials,
} from "./gallery.ts";

// deno-lint-ignore no-explicit-any
type Draw = (rows: any, options?: any) => charts.Chart;

/** Each chart, rows it takes, and the columns it cannot do without. */
const CHARTS: Record<string, [draw: Draw, rows: object[], columns: string[]]> = {
  timeline: [charts.timeline, samples(3), [
    "variant",
    "request",
    "start_ms",
    "end_ms",
    "handshake_ms",
  ]],
  inFlight: [charts.inFlight, samples(3), ["variant", "request", "start_ms", "end_ms"]],
  times: [charts.times, trials(), ["variant", "block", "time_ms", "ideal_ms"]],
  panel: [charts.panel, cells, ["in_flight", "connections", "time_ms"]],
  ratios: [charts.ratios, comparisons, [
    "variant",
    "baseline",
    "ratio",
    "low",
    "verdict",
    "margin",
  ]],
  study: [charts.study, figures, ["label", "value", "unit"]],
  replication: [charts.replication, pairs, ["variant", "study_ratio", "our_ratio"]],
  ecdf: [charts.ecdf, samples(3), ["variant", "latency_ms"]],
  scaling: [charts.scaling, growth, ["x", "y", "series"]],
  costs: [charts.costs, trials(), ["variant"]],
  heatmap: [charts.heatmap, [{ x: "1", y: "2", value: 3 }], ["x", "y", "value"]],
  sensitivity: [charts.sensitivity, redrawn, ["parameter", "x", "series", "ratio"]],
  order: [charts.order, trials(), ["variant", "time_ms"]],
  shares: [charts.shares, alarms, ["label", "share"]],
};

const without = (row: object, column: string) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));

for (const [name, [draw, rows, columns]] of Object.entries(CHARTS)) {
  Deno.test(`charts.${name}: a missing column is named, with the chart and the columns there are`, () => {
    for (const column of columns) {
      const error = assertThrows(
        () => draw(rows.map((row) => without(row, column))),
        TypeError,
        `charts.${name} needs a column "${column}"`,
      ) as TypeError;
      for (const other of columns.filter((one) => one !== column)) {
        assertMatch(error.message, new RegExp(`the columns are .*"${other}"`));
      }
    }
  });

  Deno.test(`charts.${name}: no rows, no frame, and options it does not know are refused`, () => {
    assertThrows(() => draw([]), RangeError, `charts.${name} has no rows`);
    for (const wrong of [null, 3, "rows", {}, [1, 2]]) {
      assertThrows(() => draw(wrong), TypeError, `charts.${name} needs a frame or an array`);
    }
    assertThrows(() => draw(rows, { tittle: "x" }), TypeError, "tittle is not an option");
    assertThrows(() => draw(rows, { title: 3 }), TypeError, "title must be text, not 3");
  });

  Deno.test(`charts.${name}: a frame draws as its records do, and no row is changed`, () => {
    const before = structuredClone(rows);
    assertEquals(draw({ toRecords: () => rows }), draw(rows));
    assertEquals(rows, before);
  });

  Deno.test(`charts.${name}: a title and a caption given are the ones that stand there`, () => {
    const spec = draw(rows, { title: "A title of my own.", caption: "A caption of my own." });
    assertEquals(spec.title.text, ["A title of my own."]);
    assertEquals(spec.title.subtitle[0], "A caption of my own.");
    assertMatch(spec.description, /^A title of my own\. A caption of my own\. ./);
  });
}

Deno.test("charts: what is not a number is named with its column and row", () => {
  const rows = trials().map((row, i) => i === 2 ? { ...row, time_ms: "fast" } : row);
  assertThrows(
    () => charts.times(rows),
    TypeError,
    `charts.times, column "time_ms", row 2: "fast" is not a number`,
  );
});

Deno.test("charts: variants stand in the order in which they first appear", () => {
  const order = (spec: charts.Chart) => (spec.facet as { sort: string[] }).sort;
  const names = ["zebra", "aardvark", "monkey"];
  assertEquals(order(charts.timeline(samples(2, names))), names);
  assertEquals(order(charts.inFlight(samples(2, names))), names);
  assertEquals(order(charts.ecdf(samples(2, names))), names);
  assertEquals(order(charts.times(trials(2, names))), names);
  assertEquals(order(charts.ratios(comparisons)), comparisons.map(({ variant }) => variant));
});
