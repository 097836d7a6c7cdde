/** What a reader meets on a page: measured in the browser, in one scheme at one width. */
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import axe from "npm:axe-core@4.14.1";
// deno-lint-ignore no-import-prefix
import type { Browser, ConsoleMessage, Page, Request } from "npm:playwright-core@1.65.1";
import { openPage } from "../browser.ts";

export interface Reader {
  readonly scheme: "light" | "dark";
  readonly width: number;
}

export const READERS: readonly Reader[] = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 375 },
  { scheme: "dark", width: 375 },
];

/** What was found on a page. */
export interface Visit {
  /** Console messages and errors. */
  readonly said: string[];
  /** Requests other than for the page and for what is in it. */
  readonly asked: string[];
  /** CSS px by which the page is wider than the window. */
  readonly overflow: number;
  readonly title: string;
  /** Of each chart: how many of its drawings are to be seen, the size of the letters in them, their ground. */
  readonly charts: { drawings: number; within: boolean; letters: number; ground: string }[];
  /** Pictures that are on the page, and those of them that came to be seen. */
  readonly images: { all: number; loaded: number };
  /** Formulas that are laid out as such. */
  readonly formulas: number;
  /** Scripts, handlers and frames. */
  readonly active: number;
  readonly background: string;
  /** Violations of WCAG 2.1 A and AA that axe-core finds. */
  readonly violations: string[];
}

/** A page that readers open things in, one after the other: a browser's start is what takes long. */
export function readingPage(browser: Browser): Promise<Page> {
  // For axe-core alone: a post's own policy would keep it out.
  return openPage(browser, { bypassCSP: true });
}

/** What a page says and asks for, until it is disposed of: console messages, errors, addresses. */
export function listenTo(page: Page) {
  const said: string[] = [], asked: string[] = [];
  const onConsole = (message: ConsoleMessage) => void said.push(message.text());
  const onError = (error: Error) => void said.push(String(error));
  const onRequest = (request: Request) => void asked.push(request.url());
  page.on("console", onConsole).on("pageerror", onError).on("request", onRequest);
  const stop = () =>
    void page.off("console", onConsole).off("pageerror", onError).off("request", onRequest);
  return { said, asked, [Symbol.dispose]: stop };
}

/** Opens what is at `url` as `reader` would, with everything unfolded, and looks at it. */
export async function visit(page: Page, url: string, reader: Reader): Promise<Visit> {
  using heard = listenTo(page);
  await page.emulateMedia({ colorScheme: reader.scheme });
  await page.setViewportSize({ width: reader.width, height: 800 });
  await page.goto(url);
  await page.evaluate('document.querySelectorAll("details").forEach((d) => d.open = true)');
  const seen = await page.evaluate(LOOK) as Omit<Visit, "said" | "asked" | "violations">;
  await page.evaluate(axe.source);
  const violations = await page.evaluate(AUDIT) as string[];
  const asked = heard.asked.filter((address) => !address.startsWith("data:") && address !== url);
  return { ...seen, said: heard.said, asked, violations };
}

const LOOK = `(async () => {
  await Promise.all([...document.images].map((image) => {
    image.loading = "eager";
    return image.decode().catch(() => {});
  }));
  const seen = (element) => element.getClientRects().length > 0;
  const charts = [...document.querySelectorAll("figure.chart")].map((figure) => {
    const drawings = [...figure.querySelectorAll("svg")].filter(seen);
    const boxes = drawings.map((svg) => svg.getBoundingClientRect());
    const scale = (svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const sizes = drawings.flatMap((svg) => [...svg.querySelectorAll("text")]
      .map((text) => parseFloat(getComputedStyle(text).fontSize) * scale(svg)));
    return {
      drawings: boxes.filter((box) => box.width > 100 && box.height > 20).length,
      within: boxes.every((box) => box.left >= 0 && box.right <= innerWidth),
      letters: Math.min(...sizes),
      ground: drawings.map((svg) => getComputedStyle(svg.querySelector("rect") ?? svg).fill).join(" "),
    };
  });
  const images = [...document.images];
  const handlers = [...document.querySelectorAll("*")]
    .flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on"));
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    title: document.title,
    charts,
    images: { all: images.length, loaded: images.filter((i) => i.naturalWidth > 0).length },
    formulas: [...document.querySelectorAll("math")].map((math) => math.getBoundingClientRect())
      .filter(({ width, height }) => width > 5 && height > 5).length,
    active: document.querySelectorAll("script, iframe, object, embed, form").length +
      handlers.length,
    background: getComputedStyle(document.body).backgroundColor,
  };
})()`;

const AUDIT = `axe.run({
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  resultTypes: ["violations"],
}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.slice(0, 3).map((node) => id + ": " + node.html.slice(0, 160) + " " +
    (node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message))))`;
