/** What show() sends, seen from the other end of a real kernel. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as charts from "../../lib/charts/mod.ts";
import { Channels } from "../../lib/press/kernel/channels.ts";
import { Kernel } from "../../lib/press/kernel/kernel.ts";
import { KernelProcess } from "../../lib/press/kernel/kernel_process.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// deno-lint-ignore no-explicit-any
type Content = any;

Deno.test("in the kernel, what is shown arrives whole and before the cell has ended", async () => {
  const kernel = await Kernel.start(root, new AbortController().signal);
  try {
    const run = async (code: string) => {
      const heard: { type: string; content: Content }[] = [];
      kernel.onPublished = (message) => {
        const type = message.header.msg_type;
        if (/display_data$|stream|error/.test(type)) heard.push({ type, content: message.content });
      };
      const reply = await kernel.execute(code, false);
      assertEquals(reply.status, "ok", JSON.stringify(heard));
      await kernel.fence();
      return heard;
    };
    await run(`
      import { markdown } from "./lib/show/markdown.ts";
      import { progress } from "./lib/show/progress.ts";
      import { show } from "./lib/show/show.ts";
      import { timeline } from "./lib/charts/timeline.ts";
      import pl from "nodejs-polars";
      const rows = [0, 1, 2].map((request) => ({
        variant: "concurrent", request, start_ms: request, end_ms: 45 + request, handshake_ms: 0,
      }));
    `);

    const [chart] = await run(`await show(timeline(rows), { caption: "Three at once." })`);
    assertEquals(chart.type, "display_data");
    assertEquals(Object.keys(chart.content.data), [
      "application/vnd.vegalite.v5+json",
      "image/png",
      "text/plain",
    ]);
    assertMatch(chart.content.data["text/plain"], /^Three at once\. .*47\.0 ms/);
    const png = Uint8Array.fromBase64(chart.content.data["image/png"]);
    const { width } = chart.content.metadata["image/png"];
    assertEquals(new DataView(png.buffer, png.byteOffset).getUint32(16), 2 * width);

    const [frame] = await run(`await show(pl.DataFrame(rows))`);
    assertStringIncludes(frame.content.data["text/html"], "3 rows × 5 columns");
    assertStringIncludes(frame.content.data["text/html"], "<small>ms · f64</small>");
    assertStringIncludes(frame.content.data["text/plain"], "3 rows × 5 columns");

    const [said] = await run('await show(markdown`**${"a*b"}**`)');
    assertEquals(said.content.data["text/markdown"], "**a\\*b**");

    const updates = await run(`for (let i = 0; i <= 1000; i++) progress(i, 1000, "requests")`);
    assertEquals(updates[0].type, "display_data");
    assert(updates.length < 20, "updates are throttled");
    assertEquals(
      updates.slice(1).map(({ type }) => type).filter((type) => type !== "update_display_data"),
      [],
    );
    assertEquals(new Set(updates.map(({ content }) => content.transient.display_id)).size, 1);
    assertMatch(updates.at(-1)!.content.data["text/plain"], /^requests: 1000 in /);

    const [bare] = await run("await show(undefined); await show(null); await show(3n)");
    assertEquals(bare.content.data["text/plain"], "undefined");
  } finally {
    await kernel.kill();
  }
});

Deno.test("in the kernel, charts. completes to every chart there is", async () => {
  const process = new KernelProcess(root);
  const channels = new Channels(process.connection);
  try {
    await channels.open();
    const ask = (type: string, content: Content) => channels.request("shell", type, content);
    await ask("execute_request", {
      code: 'import { charts } from "lab";',
      silent: true,
      store_history: false,
      user_expressions: {},
      allow_stdin: false,
    });
    const code = "await show(charts.";
    const { matches } = await ask("complete_request", { code, cursor_pos: code.length });
    assertEquals(matches, Object.keys(charts));
  } finally {
    await process.kill();
    channels.close();
    process.forgetConnection();
  }
});
