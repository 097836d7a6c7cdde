/**
 * Many requests in one trial. What 100,000 take is `deno task bench scale`'s to say; here are as many
 * as can still tell.
 */
import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { Kernel } from "../../lib/press/kernel/kernel.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("many requests: memory hardly grows, and a notebook shows progress all along", async () => {
  const kernel = await Kernel.start(root, new AbortController().signal);
  const [lines, printed]: string[][] = [[], []];
  kernel.onPublished = ({ content }) => {
    const { data, text } = content as { data?: Record<string, string>; text?: string };
    if (data?.["text/plain"]) lines.push(data["text/plain"]);
    if (text) printed.push(text);
  };
  try {
    // 500 B a request, as 40 MB for 80,000; what is collectable is no growth.
    const { status, evalue } = await kernel.execute(
      `
      import { setFlagsFromString } from "node:v8";
      import { runInNewContext } from "node:vm";
      import { keptAlive, startOrigin, strategies, trial, variant } from "lab";
      /* its folder is gone: */ Deno.env.delete("DENO_AUDIT_PERMISSIONS");
      setFlagsFromString("--expose-gc");
      const gc = runInNewContext("gc");
      // 128 at a time, of 20 ms each: that is three seconds, however fast the machine.
      const origin = await startOrigin({ median: 20, sigma: 0, handshake: 0 });
      const paths = Array.from({ length: 20_000 }, (_, i) => "/api/v2/pokemon/" + (i % 898 + 1));
      const used = [];
      let done = 0;
      const onSample = () => {
        if (++done % 10_000 > 0) return;
        gc();
        used.push(Deno.memoryUsage().heapUsed);
      };
      await trial(variant(strategies.pool(128), keptAlive), { origin, paths, seed: 1, onSample });
      await origin.close();
      console.log(JSON.stringify(used));`,
      false,
    );
    assertEquals(status, "ok", String(evalue));
    await kernel.fence();
    const [early, late] = JSON.parse(printed.join(""));
    assertLess(late - early, 500 * 10_000);
    const counts = lines.map((line) => Number(/ (\d+) of 20000/.exec(line)?.[1] ?? 20_000));
    assert(counts.length > 2, `${counts}`);
    const steps = counts.map((count, i) => count - (counts[i - 1] ?? 0));
    assert(steps.every((step) => step >= 0 && step <= 10_000), `${counts}`);
    assertStringIncludes(lines.at(-1)!, "pool(128)/kept: 20000 in ");
  } finally {
    await kernel.kill();
  }
});

/** All of 10,000 at once, and then a few; says what came of it. Perhaps with fewer files to open. */
async function tenThousand(files: number | null): Promise<string> {
  const module = fileURLToPath(new URL("./ten_thousand.ts", import.meta.url));
  const args = ["run", "-A", "--quiet", "--no-check", "--config", `${root}deno.json`, module];
  const limited = ["-c", `ulimit -n ${files} && exec "$@"`, "sh", Deno.execPath(), ...args];
  const [command, rest] = files === null ? [Deno.execPath(), args] : ["sh", limited];
  const { stdout } = await new Deno.Command(command, { args: rest }).output();
  return new TextDecoder().decode(stdout);
}

Deno.test("10,000 at once are all answered, or one error says what to do; the next trial runs", async () => {
  const said = await tenThousand(null);
  assert(/^(10000 answers|GET .*EMFILE.*pool\(n\).*)\n10 answers\n$/.test(said), said);
});

Deno.test({
  name:
    "10,000 at once where 1,024 files may be open: one error says what to do; the next trial runs",
  ignore: Deno.build.os === "windows",
  async fn() {
    const said = await tenThousand(1024);
    assert(/^GET .*EMFILE.*pool\(n\).*\n10 answers\n$/.test(said), said);
  },
});
