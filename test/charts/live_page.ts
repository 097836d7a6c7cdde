/** Charts as a notebook shows them: drawn in Chromium through vega-embed, as in JupyterLab. */
import { type Browser, openPage } from "../press/browser.ts";

/** A page that draws charts, one after the other. */
export type Page = Awaited<ReturnType<typeof openPage>>;

/**
 * What JupyterLab draws with. Read in a process of its own: beside the lab's Vega 6, a Vega 5 would
 * be in the tests' lockfile, and in all their warnings.
 */
async function scripts(): Promise<string[]> {
  const code = `
    import vega from "npm:vega@5.33.1/build/vega.min.js" with { type: "text" };
    import lite from "npm:vega-lite@5.23.0/build/vega-lite.min.js" with { type: "text" };
    import embed from "npm:vega-embed@6.24.0/build/vega-embed.min.js" with { type: "text" };
    console.log(JSON.stringify([vega, lite, embed]));`;
  const args = ["eval", "--quiet", "--no-config", "--no-lock", code];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** A page of a reader in the time zone given, with what draws in it. */
export async function drawingPage(browser: Browser, timezoneId = "UTC"): Promise<Page> {
  const page = await openPage(browser, { timezoneId });
  for (const content of await (drawnWith ??= scripts())) await page.addScriptTag({ content });
  return page;
}

let drawnWith: Promise<string[]> | undefined;

/** A chart drawn by vega-embed, in place of what was in the page before. */
export async function draw(page: Page, spec: unknown) {
  const faults: string[] = [];
  page.removeAllListeners("pageerror").removeAllListeners("console");
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => faults.push(message.text()));
  await page.setContent(`<div id="chart"></div>`);
  const drawing = `vegaEmbed("#chart", ${JSON.stringify(spec)}, { renderer: "svg" })`;
  await page.evaluate(`${drawing}.then(({ view }) => { globalThis.chart = view; })`);
  return {
    faults,
    texts: (pattern: RegExp) =>
      page.locator("#chart svg text", { hasText: pattern }).allTextContents(),
    /** Moves the slider with this label. */
    async set(label: string, value: number) {
      const slider = page.locator("label", { hasText: label }).locator("input");
      await slider.fill(String(value));
      await page.evaluate("chart.runAsync().then(() => {})");
    },
    evaluate: <T>(code: string) => page.evaluate(code) as Promise<T>,
  };
}
