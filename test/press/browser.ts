/** A real browser for the tests. */
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import type { Browser, BrowserContext, Page } from "npm:playwright-core@1.65.1";
import { pathOf } from "../needs.ts";

export type { Browser };

/** How long its start, or anything on a page, may take on a machine that stalls, ms. */
const PATIENCE = 120_000;

/** Launches the machine's Chromium; what drives it is only loaded where there is one. */
export async function launchChromium(): Promise<Browser> {
  // deno-lint-ignore no-import-prefix
  const { chromium } = await import("npm:playwright-core@1.65.1");
  return await chromium.launch({
    executablePath: pathOf("chromium"),
    timeout: PATIENCE,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

/** Opens a page in it, or in one context of it. */
export async function openPage(
  browser: Browser | BrowserContext,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<Page> {
  const page = await ("newContext" in browser ? browser.newPage(options) : browser.newPage());
  page.setDefaultTimeout(PATIENCE);
  return page;
}
