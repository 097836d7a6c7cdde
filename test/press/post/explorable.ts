/** A chart that readers explore: in a post, and in their browser. */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import type { Page } from "npm:playwright-core@1.65.1";
import type { Spec } from "../../../lib/render/mod.ts";
import { code, type Desk, FRONT, notebook, shown } from "./manuscript.ts";
import { listenTo, type Reader } from "./visit.ts";

const slider = (name: string, value: number) => ({
  name,
  value,
  bind: { input: "range", min: 1, max: 20, step: 1, name: `${name}, ms` },
});

export const EXPLORABLE: Spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  title: "What a slider moves </script>",
  description: "Two bars.",
  width: 500,
  params: [slider("median", 10), slider("handshake", 3)],
  data: {
    values: [{ kind: "a", n: 1, day: "2024-03-10 02:30" }, { kind: "b", n: 2, day: "2024-03-11" }],
  },
  transform: [
    { calculate: "datum.n * median + handshake", as: "took" },
    { calculate: "timeFormat(toDate(datum.day), '%H:%M')", as: "at" },
  ],
  layer: [
    {
      mark: "bar",
      encoding: {
        x: { field: "took", type: "quantitative", scale: { domain: [0, 100] } },
        y: { field: "kind", type: "nominal" },
      },
    },
    {
      mark: { type: "text", dx: 40 },
      encoding: { text: { field: "at" }, y: { field: "kind", type: "nominal" } },
    },
  ],
};
/** The same without anything to move. */
export const STILL: Spec = {
  ...EXPLORABLE,
  params: [{ name: "median", value: 10 }, { name: "handshake", value: 3 }],
};

/** The page of a post of these charts. */
export async function published(desk: Desk, ...specs: Spec[]): Promise<string> {
  desk.write(
    "a.ipynb",
    notebook(FRONT, code("x", await Promise.all(specs.map((spec) => shown(spec))))),
  );
  await desk.publish(["a.ipynb"], { targets: ["html", "markdown"] });
  return desk.read("posts/a.html");
}

/** Moves the sliders of the post at `address` as this reader would, who then sees it otherwise. */
export async function explore(page: Page, address: string, reader: Reader): Promise<void> {
  const { scheme, width } = reader;
  using heard = listenTo(page);
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: 800 });
  await page.goto(address);
  await page.waitForSelector("figure.explored");
  const look = () =>
    page.evaluate(`(() => {
      const view = document.querySelector(".explore");
      const svg = view.querySelector("svg").getBoundingClientRect();
      return {
        bars: [...view.querySelectorAll(".mark-rect path")].map((bar) => bar.getBBox().width),
        plot: view.querySelector(".role-frame .background, .background").getBBox().width,
        page: getComputedStyle(view.querySelector("svg")).backgroundColor,
        texts: [...view.querySelectorAll(".mark-text.role-mark text")].map((t) => t.textContent),
        within: svg.left >= 0 && svg.right <= innerWidth,
        overflow: document.documentElement.scrollWidth - innerWidth,
        still: document.querySelector(".still").getClientRects().length,
      };
    })()`) as Promise<{
      bars: number[];
      plot: number;
      page: string;
      texts: string[];
      within: boolean;
      overflow: number;
      still: number;
    }>;
  const share = ({ bars, plot }: { bars: number[]; plot: number }) =>
    bars.map((bar) => Math.round(100 * bar / plot));
  // The page's policy forbids what a browser's own waiting would run.
  const until = async (holds: (seen: Awaited<ReturnType<typeof look>>) => boolean) => {
    while (!holds(await look())) await page.evaluate("new Promise(requestAnimationFrame)");
  };
  const before = await look();
  assertEquals(share(before), [13, 23]);
  assertEquals(before.texts, ["02:30", "00:00"]);
  assertEquals([before.within, before.overflow, before.still], [true, 0, 0]);
  const dark = scheme === "dark";
  assertEquals(before.page, dark ? "rgb(21, 24, 29)" : "rgb(255, 255, 255)");
  if (width < 500) assert(before.plot < 343, `${before.plot}`);
  else assertAlmostEquals(before.plot, 500, 1);
  const sliders = page.locator("input[type=range]");
  assertEquals(await sliders.count(), 2);
  await page.getByLabel("median, ms").fill("20");
  assertEquals(share(await look()), [23, 43]);
  await page.getByLabel("handshake, ms").fill("1");
  assertEquals(share(await look()), [21, 41]);
  await page.emulateMedia({ colorScheme: dark ? "light" : "dark" });
  await until((seen) => seen.page !== before.page);
  assertEquals(share(await look()), [21, 41]);
  assertEquals(await sliders.count(), 2);
  assertEquals(await page.getByLabel("median, ms").inputValue(), "20");
  await page.setViewportSize({ width: width < 500 ? 1280 : 375, height: 800 });
  await until((seen) => Math.abs(seen.plot - before.plot) > 20);
  assertEquals(share(await look()), [21, 41]);
  assertEquals([heard.said, heard.asked], [[], [address]]);
}
