/** Times on a chart's axes, in a browser that is elsewhere. */
import { assert, assertEquals } from "@std/assert";
import { needs } from "../needs.ts";
import { draw } from "../charts/live_page.ts";
import { launchChromium } from "../press/browser.ts";
import { stored } from "./stored.ts";

needs("chromium")("show: a chart's times are in UTC wherever vega-embed draws it", async () => {
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
  await using browser = await launchChromium();
  const texts = async (zone: string) => {
    const page = await draw(browser, spec, zone);
    assertEquals(page.faults, []);
    return await page.texts(/./);
  };
  const [here, there] = [await texts("UTC"), await texts("Pacific/Honolulu")];
  assertEquals(there, here);
  for (const text of ["11 00:00", "2 h, 1710032400000", "10 23:30"]) {
    assert(here.includes(text), `${text} in ${here.join(" | ")}`);
  }
});
