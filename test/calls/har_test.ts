import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { whatIf } from "../../lib/calls/what_if.ts";
import { needs } from "../needs.ts";
import { launchChromium, openPage } from "../press/browser.ts";
import { recordHar } from "./devtools_har.ts";
import { startStage } from "./stage.ts";

const test = needs("chromium");

/** What a page does: more at once than a browser has connections for, then one after the other. */
const PAGE = `
  const ask = (path, options) => fetch(path, options).then((answer) => answer.text());
  await Promise.all(Array.from({ length: 12 }, (_, i) => ask("/together/6/" + i)));
  for (const id of [3, 2, 1]) {
    await ask("/item/" + id + "?token=hunter2", { headers: { authorization: "hunter2" } });
  }
  await ask("/half").catch(() => {});
  await ask("data:text/plain,none");
`;

test("a HAR of Chromium's, by the DevTools protocol and by Playwright, is what the server saw", async () => {
  await using stage = await startStage();
  const folder = await Deno.makeTempDir();
  const browser = await launchChromium();
  try {
    const theirs = join(folder, "playwright.har");
    const context = await browser.newContext({ recordHar: { path: theirs } });
    const page = await openPage(context);
    const har = await recordHar(await context.newCDPSession(page));
    await page.goto(`${stage.url}/item/1`);
    await context.addCookies([{ name: "id", value: "hunter2", url: stage.url }]);
    await page.evaluate(`(async () => {${PAGE}})()`);
    const ours = join(folder, "devtools.har");
    await Deno.writeTextFile(ours, JSON.stringify(har()));
    await context.close();
    const paths = stage.visits.map(({ path }) => path).filter((path) => path !== "/favicon.ico");
    for (const file of [ours, theirs]) {
      const seen = await whatIf(file);
      const calls = (seen.calls.toRecords() as Record<string, string>[])
        .map((row) => ({ ...row, path: row.call.slice(`GET ${stage.host}`.length) }))
        .filter(({ path }) => path !== "/favicon.ico") as unknown as Call[];
      assertEquals(
        calls.map(({ path }) => path).toSorted(),
        paths.map((path) => path.replace("hunter2", "***")).toSorted(),
      );
      const items = calls.filter(({ path }) => path.includes("token"));
      assertEquals(items.map(({ path }) => path), [3, 2, 1].map((id) => `/item/${id}?token=***`));
      assertEquals(calls.find(({ path }) => path === "/half")!.state, "failed");
      const said = JSON.stringify([seen.calls.toRecords(), seen.chart, seen.assumption]);
      assert(!said.includes("hunter2"), said);
      if (file === theirs) continue; // which knows of no wait
      items.slice(1).forEach(({ start_ms }, i) => assert(start_ms >= items[i].end_ms - 2, "order"));
      // A browser has six connections to a host: of twelve, six wait until one is free.
      const together = calls.filter(({ path }) => path.startsWith("/together"));
      const sent = ({ start_ms, blocked_ms }: Call) => start_ms + blocked_ms;
      const byConnection = Map.groupBy(together, ({ connection }) => connection);
      for (const [connection, calls] of byConnection) {
        const inOrder = calls.toSorted((a, b) => sent(a) - sent(b));
        inOrder.slice(1).forEach((call, i) => {
          // A HAR has its starts to the ms.
          assert(sent(call) >= inOrder[i].end_ms - 2, `${connection}: ${JSON.stringify(calls)}`);
        });
      }
      const [ran, , , , all] = seen.table.toRecords() as {
        peak_in_flight: number;
        time_ms: number;
      }[];
      assert(ran.peak_in_flight >= 12, `${ran.peak_in_flight}`); // and maybe the page's icon
      const alone = (seen.calls.toRecords() as unknown as Call[]).map((
        { latency_ms, blocked_ms },
      ) => latency_ms - blocked_ms);
      assert(Math.abs(all.time_ms - Math.max(...alone)) < 1e-6, `${all.time_ms} ${alone}`);
      assert(seen.assumption.includes("waited for their turn"), seen.assumption);
    }
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
});

interface Call {
  readonly path: string;
  readonly start_ms: number;
  readonly end_ms: number;
  readonly latency_ms: number;
  readonly blocked_ms: number;
  readonly connection: number;
  readonly state: string;
}
