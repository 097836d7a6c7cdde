// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as further from "../../lib/charts/further.ts";
import * as charts from "../../lib/charts/mod.ts";
import { comparisons, examples, samples, trials } from "./gallery.ts";

Deno.test("charts: each has an example in the gallery, and so is tested and looked at", () => {
  const shown = new Set(Object.keys(examples).map((name) => name.split(",")[0]));
  assertEquals([...shown].sort(), Object.keys({ ...charts, ...further }).sort());
});

const without = (row: object, column: string) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));

for (const [title, { draw: drawn, rows, needs, options }] of Object.entries(examples)) {
  const name = title.split(",")[0];
  const columns = needs.split(" ");
  const draw = (some: unknown, more = {}) => drawn(some, { ...options, ...more });

  Deno.test(`charts.${title}: a missing column is named, with the chart and the columns there are`, () => {
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

  Deno.test(`charts.${title}: no rows, no frame, and options it does not know are refused`, () => {
    assertThrows(() => draw([]), RangeError, `charts.${name} has no rows`);
    for (const wrong of [null, 3, "rows", {}, [1, 2]]) {
      assertThrows(
        () => draw(wrong),
        TypeError,
        `charts.${name}: rows must be a frame or an array of records, not`,
      );
    }
    assertThrows(() => draw(rows, { tittle: "x" }), TypeError, "tittle is not an option");
    assertThrows(() => draw(rows, { title: 3 }), TypeError, "title must be text, not 3");
  });

  Deno.test(`charts.${title}: a frame draws as its records do, and no row is changed`, () => {
    const before = structuredClone(rows);
    assertEquals(draw({ toRecords: () => rows }), draw(rows));
    assertEquals(rows, before);
  });

  Deno.test(`charts.${title}: a title and a caption given are the ones that stand there`, () => {
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
    `charts.times: "time_ms" of row 2 must be a number, not "fast"`,
  );
});

Deno.test("charts: variants stand in the order in which they first appear", () => {
  const order = (spec: charts.Chart) => (spec.facet as { sort: string[] }).sort;
  const names = ["zebra", "aardvark", "monkey"];
  assertEquals(order(charts.timeline(samples(2, names))), names);
  assertEquals(order(further.inFlight(samples(2, names))), names);
  assertEquals(order(charts.times(trials(2, names))), names);
  assertEquals(order(charts.ratios(comparisons)), comparisons.map(({ variant }) => variant));
});
