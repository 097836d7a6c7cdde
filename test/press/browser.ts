/** A real browser for the tests. */
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import { type Browser, chromium } from "npm:playwright-core@1.65.1";
import { pathOf } from "../needs.ts";

export type { Browser };

/** Launches the machine's Chromium. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: pathOf("chromium"),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}
