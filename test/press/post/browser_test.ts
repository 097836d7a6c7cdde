/** Posts in a real browser, as light and dark, wide and narrow as their readers'. */
import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { needs } from "../../needs.ts";
import { launchChromium, openPage } from "../browser.ts";
import { chapter } from "./chapter.ts";
import { EXPLORABLE, explore, published } from "./explorable.ts";
import { hostile } from "./hostile.ts";
import { code, Desk, FRONT, notebook, prose, raw, shown } from "./manuscript.ts";
import { plainText } from "./plain_text.ts";
import { READERS, readingPage, visit } from "./visit.ts";

const test = needs("chromium");

test("a post in a browser: whole, quiet, readable and accessible for every reader", async (t) => {
  using desk = new Desk();
  desk.write("chapter.ipynb", await chapter());
  desk.write("hostile.ipynb", await hostile());
  desk.write("text.ipynb", plainText());
  await desk.publish(["chapter.ipynb", "hostile.ipynb", "text.ipynb"]);
  using wide = new Desk();
  const column = (i: number) => [`how many of them at ${i}`, "about as many as before"];
  const row = Object.fromEntries(Array.from({ length: 12 }, (_, i) => column(i)));
  const table = await shown([row], "A sentence that is to be read without a scroll. ".repeat(4));
  wide.write("a.ipynb", notebook(FRONT, code("await show(row);", [table])));
  await wide.publish(["a.ipynb"], {});
  using other = new Desk();
  await published(other, EXPLORABLE);
  const explorable = pathToFileURL(join(other.out, "posts/a.html")).href;
  const browser = await launchChromium();
  const at = (path: string) => pathToFileURL(join(desk.out, path)).href;
  try {
    const page = await readingPage(browser);
    const exploring = await openPage(browser);
    for (const reader of READERS) {
      const name = `${reader.scheme}, ${reader.width} px`;
      await t.step(`a chapter, ${name}`, async () => {
        const seen = await visit(page, at("posts/what-does-await-cost.html"), reader);
        assertEquals(seen.violations, []);
        assertEquals([seen.said, seen.asked, seen.overflow, seen.active], [[], [], 0, 0]);
        assertEquals(seen.charts.length, 2);
        for (const chart of seen.charts) {
          assertEquals([chart.drawings, chart.within], [1, true]);
          assertGreaterOrEqual(chart.letters, 9);
        }
        const ground = reader.scheme === "dark" ? "rgb(21, 24, 29)" : "rgb(255, 255, 255)";
        assertEquals(seen.background, ground);
        for (const chart of seen.charts) assertEquals(chart.ground, ground);
      });
      await t.step(`a hostile notebook, ${name}`, async () => {
        const seen = await visit(page, at("posts/hostile.html"), reader);
        assertEquals(seen.violations, []);
        assertEquals([seen.said, seen.asked, seen.overflow, seen.active], [[], [], 0, 0]);
        assert(seen.title.startsWith("<script>"), seen.title);
        assert(seen.charts.every(({ drawings, within }) => drawings === 1 && within));
      });
      await t.step(`text with formulas, ${name}`, async () => {
        const seen = await visit(page, at("posts/plain-text.html"), reader);
        assertEquals(seen.violations, []);
        assertEquals([seen.said, seen.asked, seen.overflow, seen.active], [[], [], 0, 0]);
        assertEquals(seen.formulas, 7);
      });
      await t.step(
        `a table wider than the page, its caption and cells in sight, ${name}`,
        async () => {
          const url = pathToFileURL(join(wide.out, "posts/a.html")).href;
          const { violations, overflow } = await visit(page, url, reader);
          assertEquals([violations, overflow], [[], 0]);
          const [right, most, width] = await page.evaluate(`[
          document.querySelector("caption").getBoundingClientRect().right,
          Math.max(...[...document.querySelectorAll("th, td")].map((cell) => cell.offsetHeight)),
          document.querySelector("table").offsetWidth,
        ]`) as number[];
          assert(right <= reader.width && width > reader.width, `${right} of ${width} px`);
          assert(most < 100, `a cell ${most} px high: a word a line`);
        },
      );
      await t.step(`the index, ${name}`, async () => {
        const seen = await visit(page, at("index.html"), reader);
        assertEquals(seen.violations, []);
        assertEquals([seen.said, seen.overflow, seen.active], [[], 0, 0]);
        assertEquals(seen.images, { all: 2, loaded: 2 });
      });
      await t.step(`sliders move a chart, quietly, and keep their place, ${name}`, async () => {
        await explore(exploring, explorable, reader);
        assertEquals((await visit(page, explorable, reader)).violations, []);
      });
    }
    await t.step("text runs as its language does; code and charts from left to right", async () => {
      using east = new Desk();
      const front = "title: حلقات\ndate: 2026-03-14\nlang: ar";
      const cells = [prose("سؤال `await` هنا.\n\n- واحد"), code("f()", [await shown([row])])];
      east.write("a.ipynb", notebook(raw(front), ...cells));
      east.write("b.ipynb", notebook(raw("title: B\ndate: 2026-03-15"), prose("One.\n\nسؤال.")));
      await east.publish(["a.ipynb", "b.ipynb"], {});
      const starts = async (post: string, selector: string) => {
        await page.goto(pathToFileURL(join(east.out, `posts/${post}.html`)).href);
        return await page.evaluate(`[...document.querySelectorAll("${selector}")].map((element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          const text = range.getBoundingClientRect(), box = element.getBoundingClientRect();
          return text.left - box.left > box.right - text.right + 20 ? "right" : "left";
        })`);
      };
      await page.emulateMedia({ media: "screen" });
      await page.setViewportSize({ width: 700, height: 800 });
      assertEquals(await starts("a", "h1, main > p, li, pre code"), [
        "right",
        "right",
        "right",
        "left",
      ]);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
      assertEquals(await starts("b", "main > p"), ["left", "right"]);
    });
    await t.step("without scripts there is the still chart in place of its sliders", async () => {
      const scriptless = await openPage(await browser.newContext({ javaScriptEnabled: false }));
      await scriptless.goto(explorable);
      assertEquals(await scriptless.locator(".still svg:visible").count(), 1);
      assertEquals(await scriptless.locator(".explore:visible *").count(), 0);
    });
    await t.step("a chapter on paper is light, whatever its reader's screen", async () => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await page.goto(at("posts/what-does-await-cost.html"));
      const fill = (selector: string, what: string) =>
        page.evaluate(`getComputedStyle(document.querySelector("${selector}")).${what}`);
      assertEquals(await fill("body", "backgroundColor"), "rgb(255, 255, 255)");
      assertEquals(await fill(".drawing rect", "fill"), "rgb(255, 255, 255)");
      assertEquals(
        await page.locator("details:visible").count(),
        0,
        "a fold cannot be opened there",
      );
      // Drawn live, a chart has the colours of the screen.
      await page.emulateMedia({ media: "screen", colorScheme: "dark" });
      await page.goto(explorable);
      await page.locator(".explored .explore svg").waitFor();
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      assertEquals(await page.locator("figure.live svg:visible").count(), 1);
      assertEquals(await page.locator(".explored .still .drawing svg:visible").count(), 1);
    });
  } finally {
    await browser.close();
  }
});
