/** A check in the notebook's own kernel: what goes on for ever can be broken off there. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Kernel } from "../../lib/press/kernel/kernel.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

Deno.test("in the kernel, a check of an endless loop is broken off by an interrupt, and the notebook goes on", async () => {
  const folder = Deno.makeTempDirSync();
  const mark = join(folder, "turning");
  const kernel = await Kernel.start(root, new AbortController().signal);
  const texts: string[] = [];
  kernel.onPublished = ({ content }) => {
    const { data, text } = content as { data?: Record<string, string>; text?: string };
    if (data?.["text/markdown"]) texts.push(data["text/markdown"]);
    if (text) texts.push(text);
  };
  const cell = async (code: string) => {
    const { status } = await kernel.execute(code, false);
    await kernel.fence();
    return status;
  };
  try {
    await cell(`import { check } from "lab/class"; const outside = { ever: true, turns: 0 };
      const alone = (paths, get) => { while (true) paths.slice(); };
      const needy = async (paths, get) => {
        await get(paths[0]);
        if (outside.ever) Deno.writeTextFileSync(${JSON.stringify(mark)}, "");
        while (outside.ever) outside.turns++;
      };
      const right = (paths, get) => Promise.all(paths.map(async (path) => (await get(path)).name));`);
    assertEquals(await cell(`await check("together", () => alone)`), "ok");
    assertStringIncludes(texts.at(-1)!, "It never comes to an end");

    const checked = kernel.execute(`await check("together", () => needy)`, false);
    // It says how to break it off before it begins to turn.
    while (!existsSync(mark) || !texts.at(-1)!.includes("Interrupt*, ■, and look")) {
      await new Promise((wake) => setTimeout(wake, 10));
    }
    await kernel.interrupt();
    assertEquals((await checked).status, "ok");
    await kernel.fence();
    assertStringIncludes(texts.at(-1)!.toLowerCase(), "you interrupted it");

    assertEquals(await cell(`await check("together", () => right)`), "ok");
    assertStringIncludes(texts.at(-1)!, "✓ Correct.");
    assertEquals(await cell(`await check("together", () => () => Deno.exit(3))`), "ok");
    assertStringIncludes(texts.at(-1)!, "would end the notebook");

    const turn = "await new Promise((wake) => setTimeout(wake, 20));";
    assertEquals(await cell(`Promise.reject(new TypeError("unheard")); ${turn}`), "ok");
    assertStringIncludes(texts.at(-1)!, "nobody was listening: TypeError: unheard");
    const before = texts.length;
    const twoLoops = `async (paths, get) => {
      const asked = paths.map((path) => get(path)), names = [];
      for (const one of asked) names.push((await one).name);
      return names;
    }`;
    assertEquals(await cell(`await check("together", () => ${twoLoops}); ${turn}`), "ok");
    assertEquals(texts.slice(before).map((text) => text.slice(0, 14)), ["**✓ Correct.**"]);

    const timers = "await new Promise((wake) => setTimeout(wake, 50))";
    assertEquals(await cell(`${timers}; (await fetch("data:,here")).status`), "ok");
  } finally {
    await kernel.kill();
    Deno.removeSync(folder, { recursive: true });
  }
});
