import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { processes } from "../processes.ts";
import { schedule } from "../stalled.ts";

const script = fileURLToPath(new URL("../stalled.ts", import.meta.url));

/** The script, with options of its own and a command of Deno's. */
function stalled(options: readonly string[], code: string): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, ...options, Deno.execPath(), "eval", code],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Code that starts a process which starts another and ends at once, so that none is its parent. */
function family(mark: string): string {
  const wait = `setInterval(() => {}, 1000); // ${mark}`;
  const spawn = (code: string) =>
    `new Deno.Command(Deno.execPath(), { args: ["eval", ${JSON.stringify(code)}],
       stdin: "null", stdout: "null", stderr: "null" }).spawn()`;
  const middle = `${spawn(wait)}.unref(); // ${mark}`;
  return `await ${spawn(middle)}.status; ${wait}`;
}

/** Waits until the processes with this mark are as they should be; throws after a minute. */
async function until(mark: string, holds: (stopped: boolean[]) => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  for (;;) {
    // The script itself has the mark in its arguments too.
    const all = (await processes()).filter(({ command }) =>
      command.includes(mark) && !command.includes("stalled.ts")
    );
    if (holds(all.map(({ stopped }) => stopped))) return;
    assert(performance.now() < end, JSON.stringify(all));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

Deno.test("stalled: the command's output and exit code are passed on, and its options are its own", async () => {
  const code = `console.log(Deno.args.join()); Deno.exit(7);`;
  const command = stalled(["--seed", "5", "--every", "10"], code);
  const { code: exit, stdout, stderr } = await command.output();
  assertEquals([exit, textOf(stdout)], [7, "\n"]);
  assertMatch(textOf(stderr), /^stalled: \d+ stops? .* seed 5$/m);
});

Deno.test("stalled: all that a command starts is stopped and continued with it, orphans too", async () => {
  const mark = crypto.randomUUID();
  const running = stalled(["--stop", "1000", "--every", "1000"], family(mark)).spawn();
  for (let round = 0; round < 2; round++) {
    await until(mark, (stopped) => stopped.length === 2 && stopped.every((one) => one));
    await until(mark, (stopped) => stopped.length === 2 && stopped.every((one) => !one));
  }
  running.kill("SIGTERM");
  await running.output();
  await until(mark, (stopped) => stopped.length === 0);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`stalled: ${signal} continues what stands, and nothing is left`, async () => {
    const mark = crypto.randomUUID();
    const options = ["--stop", "1000000", "--every", "300"];
    const running = stalled(options, family(mark)).spawn();
    await until(mark, (stopped) => stopped.length > 0 && stopped.every((one) => one));
    running.kill(signal);
    const { code } = await running.output();
    assertEquals(code, signal === "SIGINT" ? 130 : 143);
    await until(mark, (stopped) => stopped.length === 0);
  });
}

Deno.test("stalled: a seed is a schedule, of stops between two bounds and exponential gaps", () => {
  const N = 20_000;
  const take = (seed: number) => schedule({ stop: [30, 150], every: 1000, seed }).take(N).toArray();
  const all = take(3);
  assertEquals(all, take(3));
  assert(all.every(({ stop }) => stop >= 30 && stop < 150));
  const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each) / N;
  assertAlmostEquals(mean(all.map(({ stop }) => stop)), 90, 2);
  assertAlmostEquals(mean(all.map(({ gap }) => gap)), 1000, 30);
  // Of an exponential distribution, 1/e lies beyond its mean.
  assertAlmostEquals(all.filter(({ gap }) => gap > 1000).length / N, Math.exp(-1), 0.015);
});

Deno.test("stalled: what cannot be run is said in a sentence", async () => {
  const run = async (...args: string[]) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", script, ...args],
    }).output();
    return `${code} ${textOf(stderr)}`;
  };
  assertMatch(await run("--stop", "9-3", "ls"), /^2 .*--stop.* must be like 30-150/);
  assertMatch(await run("--every", "soon", "ls"), /^2 .*--every.* must be above 0/);
  assertMatch(await run("--seed", "1.5", "ls"), /^2 --seed must be a whole number/);
  assertMatch(await run(), /^2 .*missing.*command/);
  assertMatch(await run("/nowhere/no-such-command"), /^127 .*no-such-command/);
});
