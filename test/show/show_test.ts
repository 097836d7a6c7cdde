// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import pl from "nodejs-polars";
import { timeline } from "../../lib/charts/timeline.ts";
import { bundle, terminalText } from "../../lib/show/bundle.ts";
import type { Broadcast, Message } from "../../lib/show/kernel.ts";
import { display, show } from "../../lib/show/show.ts";
import { inVirtualTime } from "../limits/fake_time.ts";

const spec = timeline([
  { variant: "a", request: 0, start_ms: 0, end_ms: 45, handshake_ms: 0 },
]);

const frame = pl.DataFrame({
  variant: ["sequential", "concurrent"],
  trials: pl.Series("trials", [8, 8], pl.Int32),
  time_ms: [25_064.538, 312.25],
  throughput_per_s: [5.984, 480.4],
  held: [true, null],
});

/** Nothing said about it. */
const plain = { caption: null, columns: null, details: null };

/** What a function prints, line by line. */
async function printed(act: () => Promise<void>): Promise<string> {
  const log = console.log;
  const lines: string[] = [];
  console.log = (...parts) => lines.push(parts.join(" "));
  try {
    await act();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

Deno.test("show: a frame is a table with shape, types and units, as HTML and as text", async () => {
  const { data } = await bundle(frame, plain);
  assertEquals(
    data["text/plain"],
    [
      "variant     trials   time_ms  throughput_per_s  held",
      "str            i32  ms · f64         1/s · f64  bool",
      "──────────  ──────  ────────  ────────────────  ────",
      "sequential       8    25,065             5.984  true",
      "concurrent       8     312.3             480.4  null",
      "2 rows × 5 columns",
    ].join("\n"),
  );
  const html = String(data["text/html"]);
  assertStringIncludes(
    html,
    `<th scope="col" style="text-align: right">time_ms<br><small>ms · f64`,
  );
  assertStringIncludes(html, `<th scope="row" style="text-align: left">sequential</th>`);
  assertStringIncludes(html, `<td style="text-align: right">25,065</td>`);
  assertStringIncludes(html, "2 rows × 5 columns</caption>");
});

Deno.test("show: of a long frame the first and last rows are seen, and how many are not", async () => {
  const long = pl.DataFrame({ request: Array.from({ length: 898 }, (_, i) => i) });
  const text = String((await bundle(long, plain)).data["text/plain"]);
  assertStringIncludes(text, "\n      9\n… 883 more rows …\n    893\n");
  assertStringIncludes(text, "898 rows × 1 column");
  const records = Array.from({ length: 21 }, (_, i) => ({ i }));
  assertStringIncludes(String((await bundle(records, plain)).data["text/html"]), "… 6 more rows …");
});

Deno.test("show: what an API put into a cell stays text", async () => {
  const hostile = `<img src=x onerror="alert('1')">&\n\u001b[31m`;
  const { data } = await bundle([{ [`<b>${hostile}`]: hostile }], {
    ...plain,
    caption: "<b>",
    details: "<i>",
  });
  const html = String(data["text/html"]);
  assert(!/<img|<b>|onerror="/.test(html), html);
  assertStringIncludes(html, "&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;");
  assertStringIncludes(html, "<small>&#60;i&#62;</small></details>");
  assert(!String(data["text/plain"]).includes("\u001b"), "no escape sequence reaches a terminal");
});

Deno.test("show: a long text is whole, in lines where it is plain, and cut only past 400", async () => {
  const settings =
    "connections at most: unlimited, accept-encoding: none, decode: JSON.parse of all";
  const { data } = await bundle([{ variant: "a", settings, n: 3 }, {
    ...{ variant: "b", settings: "none", n: 12 },
  }], plain);
  const lines = String(data["text/plain"]).split("\n");
  assertEquals(lines.slice(3, -1), [
    "a        connections at most: unlimited, accept-encoding: none,       3",
    "         decode: JSON.parse of all",
    "b        none                                                        12",
  ]);
  assertStringIncludes(
    String(data["text/html"]),
    `<td style="text-align: left; min-width: 24em">${settings}</td>`,
  );
  for (const [length, shown] of [[400, "x".repeat(400)], [401, "x".repeat(399) + "…"]] as const) {
    const { data } = await bundle([{ name: "x".repeat(length) }], plain);
    assertStringIncludes(String(data["text/html"]), `>${shown}</th>`);
    const cell = String(data["text/plain"]).split("\n").slice(2, -1);
    assertEquals([cell.join(""), Math.max(...cell.map((line) => line.length))], [shown, 60]);
  }
});

Deno.test("show: plain records are a table of all their columns", async () => {
  const { data } = await bundle([{ a: 1, b: "x" }, { a: 2.5, c: null }, { a: NaN }], plain);
  assertEquals(
    data["text/plain"],
    [
      "     a  b     c",
      "number",
      "──────  ────  ────",
      " 1.000  x     null",
      " 2.500  null  null",
      "     –  null  null",
      "3 rows × 3 columns",
    ].join("\n"),
  );
});

Deno.test("show: very small and very large numbers stay readable", async () => {
  const { data } = await bundle([{ p: 0.00000123 }, { p: 0.0341 }, { p: 1.5e15 }], plain);
  for (const text of ["1.23e-6", "0.03410", "1.50e+15"]) {
    assertStringIncludes(String(data["text/plain"]), text);
  }
});

Deno.test("show: a chart goes as spec, picture and sentence, and its caption with each", async () => {
  const { data, metadata } = await bundle(spec, { ...plain, caption: "One at a time." });
  assertEquals(Object.keys(data), [
    "application/vnd.vegalite.v5+json",
    "image/png",
    "text/plain",
  ]);
  const sent = data["application/vnd.vegalite.v5+json"] as typeof spec;
  assertEquals(sent.title.subtitle, ["One at a time.", ...spec.title.subtitle]);
  assertEquals(sent.usermeta, { caption: "One at a time." });
  assertEquals(data["text/plain"], `One at a time. ${spec.description}`);
  assertEquals(Object.keys(metadata["image/png"] as object), ["width", "height"]);
  assert(spec.title.subtitle[0] !== "One at a time.", "the chart itself is as before");
});

Deno.test("show: any Vega-Lite spec is a chart, one of several views too", async () => {
  const view = {
    data: { values: [{ x: 1 }] },
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" } },
  };
  const $schema = "https://vega.github.io/schema/vega-lite/v5.json";
  for (
    const several of [{ hconcat: [view, view] }, { vconcat: [view] }, {
      ...view,
      layer: [view],
      mark: undefined,
    }]
  ) {
    const { data } = await bundle(JSON.parse(JSON.stringify({ $schema, ...several })), {
      ...plain,
      caption: "Points.",
    });
    assert("image/png" in data);
    assertEquals(data["text/plain"], "Points.");
  }
});

Deno.test("show: anything else is text, and what knows how it looks looks so", async () => {
  for (const value of ["a string", 3, null, undefined, 3n, NaN, [], [1, 2], {}, new Map()]) {
    const { data } = await bundle(value, plain);
    assertEquals(Object.keys(data), ["text/plain"]);
  }
  assertEquals((await bundle("a string", plain)).data["text/plain"], "a string");
  const own = { [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>own</b>" }) };
  assertEquals((await bundle(own, plain)).data, { "text/html": "<b>own</b>" });
});

Deno.test("show: in a notebook it has been sent before show resolves", async () => {
  const sent: [string, Message][] = [];
  const broadcast: Broadcast = (kind, message) => sent.push([kind, message]);
  await display("text", plain, broadcast);
  assertEquals(sent, [["display_data", {
    data: { "text/plain": "text" },
    metadata: {},
    transient: {},
  }]]);
});

Deno.test("show: it waits for what took long to hand over, and a stop of the machine is no waiting", async () => {
  const waited = (took: number, stops: number) =>
    inVirtualTime(async (clock) => {
      const { setTimeout } = globalThis;
      let late = stops;
      globalThis.setTimeout = ((call: () => void, ms: number) =>
        setTimeout(call, late-- > 0 ? 1000 : ms)) as typeof setTimeout;
      await display("text", plain, () =>
        clock.sleep(took));
      return clock.now - took - 1000 * stops;
    });
  assertEquals(await waited(0, 0), 10);
  assertEquals(await waited(20, 0), 90);
  assertEquals(await waited(1000, 0), 410);
  assertEquals(await waited(0, 1), 8);
});

Deno.test("show: outside a notebook it prints plainly", async () => {
  assertEquals(await printed(() => show(spec)), `[chart] ${spec.description}`);
  assertStringIncludes(await printed(() => show(frame, { caption: "Two." })), "Two.\nvariant");
  assertEquals(await printed(() => show(Promise.resolve("later"))), "later");
  assertEquals(terminalText(3, { ...plain, caption: "three" }), "3\nthree");
});

Deno.test("show: a caption that is no text is refused", async () => {
  // deno-lint-ignore no-explicit-any
  const caption = 3 as any;
  await assertRejects(() => show("x", { caption }), TypeError, "caption must be text, not 3");
});

Deno.test("show: columns that were chosen stand alone, in human figures, and the whole is a fold away", async () => {
  const columns = new Map([["variant", "who"], ["time_ms", "time"], ["throughput_per_s", "rate"]]);
  const { data } = await bundle(frame, { ...plain, columns });
  assertEquals(
    data["text/plain"],
    [
      "who           time  rate",
      "                     1/s",
      "──────────  ──────  ────",
      "sequential  25.1 s  5.98",
      "concurrent  312 ms   480",
    ].join("\n"),
  );
  const [shown, folded] = String(data["text/html"]).split("<details>");
  assertStringIncludes(shown, `<td style="text-align: right">25.1 s</td>`);
  assert(!shown.includes("trials") && !shown.includes("f64"), shown);
  assertStringIncludes(folded, "<summary>All 2 rows × 5 columns</summary>");
  assertStringIncludes(folded, "25,065");
});

Deno.test("show: numbers of a chosen column have as many digits each, and what is missing is a dash", async () => {
  const rows = [{ n: 1, q: 1.7, held: true }, { n: 20, q: 1.71, held: null }, { n: NaN, q: 10 }];
  const columns = new Map(["n", "q", "held"].map((name) => [name, name]));
  const { data } = await bundle(rows, { ...plain, columns });
  assertEquals(String(data["text/plain"]).split("\n").slice(2), [
    " 1  1.70  true",
    "20  1.71  –",
    " –  10.0  –",
  ]);
});

Deno.test("show: columns that are not there, or no names and headings, are refused", async () => {
  // deno-lint-ignore no-explicit-any
  const wrong = (columns: any) => () => show(frame, { columns });
  const named = "columns must be an object of names";
  const among = "columns must be among variant, trials,";
  await assertRejects(wrong({ tiem_ms: "time" }), RangeError, among);
  await assertRejects(wrong({ time_ms: 3 }), RangeError, named);
  for (const other of [3, ["time_ms"]]) await assertRejects(wrong(other), TypeError, named);
});

Deno.test("show: values that JSON does not have are shown all the same", async () => {
  const large = pl.DataFrame({ id: pl.Series("id", [1n, 2n ** 63n], pl.UInt64) });
  const odd = [{ at: new Date(NaN), n: NaN }, { at: new Date(0), n: 3n }];
  const text = String((await bundle(odd, plain)).data["text/plain"]);
  assertStringIncludes(text, "Invalid Date");
  assertStringIncludes(text, "1970-01-01T00:00:00.000Z");
  assertStringIncludes(
    String((await bundle(large, plain)).data["text/plain"]),
    "9,223,372,036,854,775,808",
  );
  const values = large.toRecords();
  const encoding = { x: { field: "id", type: "quantitative" } };
  const { data } = await bundle({ data: { values }, mark: "point", encoding }, plain);
  assert(JSON.stringify(data).includes("9223372036854776000"), "a chart has them as numbers");
});

Deno.test("show: what has no picture says why", async () => {
  const holed = await bundle(new Array(3), plain);
  assertEquals(holed.data, { "text/plain": "[ <3 empty items> ]" });
  const chart = { data: { values: [{ x: 1 }] }, mark: "bra", encoding: {} };
  await assertRejects(() => bundle(chart, plain), TypeError, 'there is no mark "bra"');
  const itself: Record<string, unknown> = { data: { values: [] }, mark: "bar" };
  itself.layer = [itself];
  await assertRejects(() => bundle(itself, plain), TypeError, "circular");
});

Deno.test("show: a wait that grows by the second has a unit of its own", async () => {
  const rows = [{ server: "blocking", growth_ms_per_s: 480.4, answers_per_s: 12 }];
  const columns = { server: "server", growth_ms_per_s: "growth", answers_per_s: "answers" };
  const text = await printed(() => show(rows, { columns }));
  assertEquals(text.split("\n").slice(0, 2), [
    "server      growth  answers",
    "          ms per s      1/s",
  ]);
});
