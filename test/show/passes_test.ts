/** How far a pass is, seen where somebody waits for it. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Kernel } from "../../lib/press/kernel/kernel.ts";
import { passes } from "../../lib/show/passes.ts";

/** A watch on a clock that the test moves, and the lines it wrote. */
function watched() {
  const lines: { text: string; run: number; first: boolean; last: boolean }[] = [];
  const clock = { now: 1000 };
  const watch = passes((text, state) => lines.push({ text, ...state }), () => clock.now);
  /** A pass of so many requests, each of so many ms. */
  const pass = (name: string, requests: number, ms: number, least = 0) => {
    using one = watch(name, requests, () => least);
    for (let i = 0; i < requests; i++) {
      clock.now += ms;
      one.done();
    }
  };
  return { lines, clock, watch, pass };
}

/** Until what was to be done at once has been done. */
const later = () => new Promise((resolve) => setTimeout(resolve, 1));

Deno.test("passes: what takes less than a second is not shown", () => {
  const { lines, pass } = watched();
  pass("pool(5)", 99, 10);
  assertEquals(lines, []);
});

Deno.test("passes: what takes longer says how long it may still take, and in the end how long it took", () => {
  const { lines, pass } = watched();
  pass("sequential", 150, 50);
  assertEquals(lines[0].text, "sequential: ███░░░░░░░░░░░░░░░░░ 20 of 150, about 7 s left");
  assertEquals(lines.at(-1)!.text, "sequential: 150 in 7.50 s");
  assert(lines.length <= 16, `${lines.length} lines`);
  assertEquals(lines.map(({ first }) => first), lines.map((_, i) => i === 0));
});

Deno.test("passes: before anything is answered the time left is what it takes at the least", async () => {
  const { lines, clock, watch } = watched();
  using _ = watch("at once", 10, () => 9000);
  clock.now += 4000;
  while (lines.length === 0) await later();
  assertEquals(lines[0].text, "at once: ░░░░░░░░░░░░░░░░░░░░ 0 of 10, about 5 s left");
});

Deno.test("passes: those that follow at once share a line, one that comes later has its own", async () => {
  const { lines, pass } = watched();
  for (const name of ["a", "b", "c"]) pass(name, 10, 70);
  assertMatch(lines[0].text, /^trial 2, b: /);
  assertEquals(lines.at(-1)!.text, "3 trials in 2.10 s");
  assertEquals(new Set(lines.map(({ run }) => run)).size, 1);
  await later();
  pass("d", 10, 200);
  assertEquals(lines.at(-1)!.text, "d: 10 in 2.00 s");
  assertEquals(new Set(lines.map(({ run }) => run)).size, 2);
});

Deno.test("passes: those that run together share a line, which ends with the last of them", async () => {
  const { lines, clock, watch } = watched();
  const [long, short] = ["long", "short"].map((name) => watch(name, 2, () => 0));
  clock.now += 1200;
  short.done();
  short[Symbol.dispose]();
  await later();
  clock.now += 600;
  long.done();
  long[Symbol.dispose]();
  assertEquals(lines.filter(({ last }) => last).map(({ text }) => text), ["2 trials in 1.80 s"]);
  assertEquals(new Set(lines.map(({ run }) => run)).size, 1);
});

Deno.test("passes: one that was broken off says how far it came, and the next begins anew", async () => {
  const { lines, clock, watch, pass } = watched();
  {
    using one = watch("loop", 100, () => 0);
    clock.now += 1500;
    one.done();
  }
  assertEquals(lines.at(-1)!.text, "loop: 1 of 100 in 1.50 s");
  await later();
  pass("loop", 100, 15);
  assertEquals(lines.at(-1)!.text, "loop: 100 in 1.50 s");
  assertEquals(new Set(lines.map(({ run }) => run)).size, 2);
});

Deno.test("in the kernel, a trial that waits and one that blocks show how far they are meanwhile", async () => {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const kernel = await Kernel.start(root, new AbortController().signal);
  const folder = Deno.makeTempDirSync();
  const heard: string[] = [];
  kernel.onPublished = ({ content }) => {
    const { data, metadata } = content as {
      data?: Record<string, string>;
      metadata?: { progress?: boolean };
    };
    if (metadata?.progress) heard.push(data!["text/plain"]);
  };
  try {
    const setUp = `/* its folder is gone: */ Deno.env.delete("DENO_AUDIT_PERMISSIONS");
      import { existsSync } from "node:fs";
      import { blocking, keptAlive, startOrigin, trial, variant } from "lab";
      const origin = await startOrigin({ median: 5, handshake: 0 });
      const pass = { origin, paths: ["/api/v2/pokemon/1", "/api/v2/pokemon/2"], seed: 1 };
      const waits = (file) => async (paths, get) => {
        while (!existsSync(file)) await get(paths[0]);
        return await Promise.all(paths.map((path) => get(path)));
      };
      const blocks = (file) => (paths, get) => {
        while (!existsSync(file)) get(paths[0]);
        return paths.map((path) => get(path));
      };`;
    const made = await kernel.execute(setUp, false);
    assertEquals(made.status, "ok", JSON.stringify(made));
    for (const [kind, client] of [["waits", "keptAlive"], ["blocks", "blocking(keptAlive)"]]) {
      const file = `${folder}/${kind}`;
      const options = JSON.stringify({ name: kind });
      const code = `await trial(variant(${kind}(${
        JSON.stringify(file)
      }), ${client}, ${options}), pass);`;
      const ran = kernel.execute(code, false);
      // It goes on until it was heard of.
      while (!heard.some((text) => text.startsWith(`${kind}: █`))) await later();
      assert(!existsSync(file));
      Deno.writeTextFileSync(file, "");
      assertEquals((await ran).status, "ok");
      await kernel.fence();
      assertMatch(heard.at(-1)!, new RegExp(`^${kind}: 2 in `));
    }
    await kernel.execute("await origin.close()", true);
  } finally {
    await kernel.kill();
    Deno.removeSync(folder, { recursive: true });
  }
});
