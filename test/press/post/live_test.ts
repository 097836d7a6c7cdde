/** Charts that readers explore: live in the page, under its own policy, and still elsewhere. */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Spec } from "../../../lib/render/mod.ts";
import { launchChromium, openPage } from "../browser.ts";
import { needs } from "../../needs.ts";
import { code, Desk, FRONT, notebook, shown } from "./manuscript.ts";
import { READERS, readingPage, visit } from "./visit.ts";

const slider = (name: string, value: number) => ({
  name,
  value,
  bind: { input: "range", min: 1, max: 20, step: 1, name: `${name}, ms` },
});

const EXPLORABLE: Spec = {
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
const STILL: Spec = {
  ...EXPLORABLE,
  params: [{ name: "median", value: 10 }, { name: "handshake", value: 3 }],
};

async function published(desk: Desk, ...specs: Spec[]): Promise<string> {
  desk.write(
    "a.ipynb",
    notebook(FRONT, code("x", await Promise.all(specs.map((spec) => shown(spec))))),
  );
  await desk.publish(["a.ipynb"], { targets: ["html", "markdown"] });
  return desk.read("posts/a.html");
}

Deno.test("live: only a page with something to move holds a script, and its policy that one alone", async () => {
  using desk = new Desk();
  const still = await published(desk, STILL);
  assert(!/<script|script-src/.test(still));
  const live = await published(desk, STILL, EXPLORABLE);
  assertMatch(
    live,
    /content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src 'sha256-[\w+/]{43}='"/,
  );
  assertEquals([...live.matchAll(/<script[ >]/g)].length, 2);
  // In an attribute it ends nothing.
  assertEquals([...live.replace(/="[^"]*"/g, "").matchAll(/<\/script>/g)].length, 2);
  assert(live.length < 700_000, `${live.length}`);
  const markdown = () => desk.read("markdown/a/index.md");
  assertStringIncludes(markdown(), "![Two bars.](chart-2.svg)");
  assert(!markdown().includes("sliders of"));
  const publication = { name: "A Lab", site: "https://example.org/lab/" };
  await desk.publish(["a.ipynb"], { targets: ["markdown"], publication });
  const link = "[Move the sliders of this chart](https://example.org/lab/posts/a.html#chart-2)";
  assertEquals(markdown().split("sliders of").length, 2);
  assertStringIncludes(markdown(), link);
});

needs("chromium")(
  "live: sliders move a chart in a browser, quietly, in both schemes and widths, and keep their place",
  async () => {
    using desk = new Desk();
    await published(desk, EXPLORABLE);
    const address = pathToFileURL(join(desk.out, "posts/a.html")).href;
    const browser = await launchChromium();
    try {
      const page = await openPage(browser);
      const audited = await readingPage(browser);
      let said: string[] = [], asked: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error)));
      page.on("request", (request) => void asked.push(request.url()));
      for (const { scheme, width } of READERS) {
        [said, asked] = [[], []];
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
        assertEquals([said, asked], [[], [address]]);
        assertEquals((await visit(audited, address, { scheme, width })).violations, []);
      }
      const plain = await browser.newContext({ javaScriptEnabled: false });
      const scriptless = await openPage(plain);
      await scriptless.goto(address);
      assertEquals(await scriptless.locator(".still svg:visible").count(), 1);
      assertEquals(await scriptless.locator(".explore:visible *").count(), 0);
    } finally {
      await browser.close();
    }
  },
);
