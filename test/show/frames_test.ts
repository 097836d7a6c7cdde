/** Frames of whatever types an analyst has. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertStringIncludes } from "@std/assert";
import pl from "nodejs-polars";
import * as charts from "../../lib/charts/mod.ts";
import { bundle } from "../../lib/show/bundle.ts";
import { collected } from "../../lib/show/table.ts";

/** A table as text, without its rule and its shape. */
async function table(frame: unknown): Promise<string[][]> {
  const { data } = await bundle(frame, { caption: null, columns: null, details: null });
  const lines = String(data["text/plain"]).split("\n").filter((line) => !/^[─ ]*$/.test(line));
  return lines.slice(0, -1).map((line) => line.trim().split(/ {2,}/));
}

const at = (text: string) => new Date(text);
const one = (values: unknown[], type: unknown) =>
  // deno-lint-ignore no-explicit-any -- of any type that Polars has
  pl.DataFrame({ x: pl.Series("x", values as any[]).cast(type as any) });

Deno.test("show: a date is a day, a moment has its time, in UTC", async () => {
  const moments = [at("2024-03-10T02:30:00Z"), null];
  assertEquals(await table(one(moments, pl.Date)), [["x"], ["date"], ["2024-03-10"], ["null"]]);
  assertEquals((await table(one(moments, pl.Datetime("us"))))[2], ["2024-03-10T02:30:00.000Z"]);
  assertEquals((await table(one([at("2024-03-10")], pl.Datetime("ms"))))[2], ["2024-03-10"]);
});

Deno.test("show: a span of time says in what it counts, a decimal has the digits that it has", async () => {
  const frame = pl.DataFrame({ to: [at("2024-03-10T00:00:03Z")], from: [at("2024-03-10")] });
  const spans = frame.select(pl.col("to").sub(pl.col("from")).alias("took"));
  assertEquals(await table(spans), [["took"], ["duration in ms"], ["3000"]]);
  const decimals = one([1.5, 2.25, null], pl.Decimal(10, 2));
  assertEquals(await table(decimals), [["x"], ["decimal"], ["1.50"], ["2.25"], ["null"]]);
});

Deno.test("show: lists, structs, categories, true and false, and nothing at all are each as they are", async () => {
  const frame = pl.DataFrame({
    list: [[1, 2], [4.5]],
    category: pl.Series("category", ["GET", "HEAD"]).cast(pl.Categorical),
    held: [true, null],
    nothing: [null, null],
  });
  const fields = pl.DataFrame({ a: [1, 2], b: ["x", "y"] });
  const struct = fields.select(pl.struct([pl.col("a"), pl.col("b")]).alias("s"));
  assertEquals(await table(frame), [
    ["list", "category", "held", "nothing"],
    ["list", "categorical", "bool", "f64"],
    ["[ 1, 2 ]", "GET", "true", "null"],
    ["[ 4.5 ]", "HEAD", "null", "null"],
  ]);
  assertEquals((await table(struct))[2], ['{ a: 1, b: "x" }']);
});

Deno.test("show: a lazy frame is what it stands for, a series a frame of one column", () => {
  const frame = pl.DataFrame({ a: [1, 2], b: ["x", "y"] });
  const lazy = frame.lazy().filter(pl.col("a").gt(1));
  assertEquals((collected(lazy) as pl.DataFrame).toRecords(), [{ a: 2, b: "y" }]);
  assertEquals((collected(frame.getColumn("b")) as pl.DataFrame).columns, ["b"]);
  for (const other of [frame, "text", 3, null, undefined, [frame]]) {
    assertEquals(collected(other), other);
  }
});

Deno.test("show: a frame without rows has its columns, one without columns its shape", async () => {
  const { data } = await bundle(
    pl.DataFrame({ a: [1], b: ["x"] }).filter(pl.col("a").gt(5)),
    { caption: null, columns: null, details: null },
  );
  assertStringIncludes(String(data["text/plain"]), "0 rows × 2 columns");
  assertStringIncludes(String(data["text/html"]), ">b<br><small>str</small></th>");
  assertEquals((await table(pl.DataFrame({}))).length, 0);
});

Deno.test("charts: whole numbers of any width and categories are drawn as numbers and names are", () => {
  const frame = pl.DataFrame({
    series: pl.Series("series", ["pool", "pool"]).cast(pl.Categorical),
    x: pl.Series("x", [1, 2]).cast(pl.Int64),
    y: pl.Series("y", [1.5, 2.5], pl.Float64),
    ideal: pl.Series("ideal", [1, 2]).cast(pl.UInt8),
  });
  const { description } = charts.scaling(frame);
  assertStringIncludes(description, "Pool: 1.50 at 1, ideal 1.00; 2.50 at 2, ideal 2.00");
});
