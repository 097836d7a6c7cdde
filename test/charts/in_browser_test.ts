/** Charts in Chromium, drawn through vega-embed as in JupyterLab: sliders are moved, times are in UTC. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import * as charts from "../../lib/charts/mod.ts";
import { codeCells } from "../../lib/press/notebook/notebook.ts";
import { readNotebook } from "../../lib/press/notebook/parse_notebook.ts";
import { needs } from "../needs.ts";
import { type Browser, launchChromium } from "../press/browser.ts";
import { looped, loopSamples } from "./gallery.ts";
import { draw, drawingPage, type Page } from "./live_page.ts";
import { stored } from "../show/stored.ts";

const config = { handshake: 100, median: 40 };
const samples = loopSamples([40, 60, 20, 80], config.handshake);

/** Left, top, width and height of every bar, panel by panel. */
const PANELS = `[...document.querySelectorAll("#chart svg g.cell > g")].map((panel) =>
  [...panel.querySelectorAll('[aria-roledescription="bar"]')].map((bar) => {
    const { x, y, width, height } = bar.getBBox();
    return [x, y, width, height].map((each) => Math.round(each * 100) / 100);
  })
).filter((bars) => bars.length > 0)`;

async function everyPanelMoves(page: Page) {
  const chart = await draw(page, charts.loops(samples, { variants: looped, config }));
  const panels = () => chart.evaluate<number[][][]>(PANELS);
  const ideals = () => chart.texts(/^ideal/);
  const before = await panels();
  assertEquals(before.length, 4);
  assertEquals(before[1], before[2], "naive and sequential on a kept connection are one picture");
  assert(JSON.stringify(before[0]) !== JSON.stringify(before[1]));
  assertEquals(await ideals(), ["ideal 600 ms", "ideal 300 ms", "ideal 300 ms", "ideal 180 ms"]);

  await chart.set("set-up of a connection", 10);
  assertEquals(await ideals(), ["ideal 240 ms", "ideal 210 ms", "ideal 210 ms", "ideal 90 ms"]);
  const after = await panels();
  for (const [i, panel] of after.entries()) {
    assert(JSON.stringify(panel) !== JSON.stringify(before[i]), `panel ${i} moved`);
  }
  await chart.set("median answer", 80);
  assertEquals(await ideals(), ["ideal 440 ms", "ideal 410 ms", "ideal 410 ms", "ideal 170 ms"]);

  await chart.set("set-up of a connection", 0);
  const [fresh, kept, naive] = await panels();
  assertEquals(fresh, kept, "without set-up, a new connection costs nothing");
  assertEquals(kept, naive);

  await chart.set("requests", 2);
  assertEquals(await ideals(), ["ideal 200 ms", "ideal 200 ms", "ideal 200 ms", "ideal 120 ms"]);
  assertEquals((await panels()).map((bars) => bars.length), [4, 4, 4, 4], "two bars of two parts");
  assertEquals(chart.faults, []);
}

/** How many small ticks there are, and how many of them touch a label of an ideal. */
const COVERED = `(() => {
  const box = (element) => element.getBoundingClientRect();
  const labels = [...document.querySelectorAll("#chart svg text")]
    .filter((text) => text.textContent.startsWith("ideal")).map(box);
  const ticks = [...document.querySelectorAll("#chart svg .mark-rect path")].map(box)
    .filter(({ width, height }) => width > 0 && width < 3 && height > 0);
  const covered = ticks.filter((tick) => labels.some((label) =>
    label.left < tick.right && tick.left < label.right &&
    label.top < tick.bottom && tick.top < label.bottom
  ));
  return [ticks.length, covered.length];
})()`;

async function noLabelIsOverATick(page: Page) {
  for (const lateness of [1.05, 1.2]) {
    const late = samples.map((row) => ({ ...row, end_ms: lateness * row.end_ms }));
    const chart = await draw(page, charts.loops(late, { variants: looped, config }));
    assertEquals(await chart.evaluate(COVERED), [16, 0], `${lateness} times as long`);
  }
}

/** What the line is at its beginning and at its end, in the axis' unit. */
const ENDS = `(() => {
  const line = document.querySelector("#chart svg .mark-line path");
  const scale = chart.scale("y");
  return [0, line.getTotalLength()].map((at) => scale.invert(line.getPointAtLength(at).y));
})()`;

async function worthMoves(page: Page) {
  const file = fileURLToPath(new URL("../../notebooks/02_reuse_or_overlap.ipynb", import.meta.url));
  const cells = codeCells(readNotebook(file, "chapter 2"));
  const shown = cells.find(({ id }) => id === "explorable")!.outputs
    .flatMap((output) => "data" in output ? [output.data] : []);
  const chart = await draw(page, shown[0]["application/vnd.vegalite.v5+json"]);
  /** Without set-up and with 298 ms of it, as far as the line goes. */
  const worth = async (requests: number, answer: number) => {
    const [least, most] = await chart.evaluate<[number, number]>(ENDS);
    assertAlmostEquals(least, 1, 0.02, "nothing to save");
    assertAlmostEquals(most, requests * (298 + answer) / (298 + requests * answer), 0.02);
  };
  await worth(150, 47);
  await chart.set("an answer", 200);
  await worth(150, 200);
  await chart.set("requests", 898);
  await worth(898, 200);
  await chart.set("requests", 1); // a connection that is used once
  await worth(1, 200);
  assertEquals(await chart.texts(/the article/), ["the article"]);
  assertEquals(chart.faults, []);
}

/** Times on a chart's axes, in a browser that is elsewhere. */
async function timesAreInUTC(page: Page, browser: Browser) {
  const values = [
    { at: new Date("2024-03-10T02:30:00Z"), naive: "2024-03-10T02:30:00", n: 1 },
    { at: new Date("2024-03-10T23:30:00Z"), naive: "2024-03-10 23:30", n: 2 },
    { at: new Date("2024-03-12T00:30:00Z"), naive: "2024-03-12", n: 3 },
  ];
  const format = "%d %H:%M";
  const along = (field: string) => ({
    mark: "point",
    encoding: {
      x: {
        field,
        type: "temporal",
        axis: { format, values: [{ year: 2024, month: 3, date: 11 }] },
      },
      y: { field: "n", type: "quantitative" },
    },
  });
  const spec = await stored({
    data: { values },
    transform: [{
      calculate: "hours(datum.at) + ' h, ' + (datetime(2024, 2, 10, 1) - 0)",
      as: "h",
    }],
    vconcat: [
      along("at"),
      along("naive"),
      { mark: "bar", encoding: { x: { field: "at", timeUnit: "monthdate", type: "ordinal" } } },
      { mark: "text", encoding: { y: { field: "n" }, text: { field: "h" } } },
      {
        mark: "text",
        encoding: { y: { field: "n" }, text: { field: "naive", type: "temporal", format } },
      },
      { mark: "point", encoding: { x: { field: "at", timeUnit: "hours", type: "temporal" } } },
    ],
  });
  const texts = async (where: Page) => {
    const chart = await draw(where, spec);
    assertEquals(chart.faults, []);
    return await chart.texts(/./);
  };
  const [here, there] = [
    await texts(page),
    await texts(await drawingPage(browser, "Pacific/Honolulu")),
  ];
  assertEquals(there, here);
  for (const text of ["11 00:00", "2 h, 1710032400000", "10 23:30"]) {
    assert(here.includes(text), `${text} in ${here.join(" | ")}`);
  }
}

needs("chromium")("charts, in one browser", async (t) => {
  const browser = await launchChromium();
  try {
    const page = await drawingPage(browser);
    await t.step("loops: sliders move every panel", () => everyPanelMoves(page));
    await t.step(
      "loops: no label is over a tick, however late requests ended",
      () => noLabelIsOverATick(page),
    );
    await t.step("chapter 2: sliders move what reuse is worth", () => worthMoves(page));
    await t.step(
      "show: a chart's times are in UTC wherever vega-embed draws it",
      () => timesAreInUTC(page, browser),
    );
  } finally {
    await browser.close();
  }
});
