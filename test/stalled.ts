/**
 * Runs any command while its whole process tree is stopped and continued at random, as a busy or
 * virtual machine does it: what fails only on a bad day fails here within minutes.
 *
 * @example
 * ```sh
 * deno run -A test/stalled.ts --seed 7 deno task run 1 --quick --fresh
 * ```
 */
import { InvalidArgumentError } from "commander";
import { setTimeout as pause } from "node:timers/promises";
import process from "node:process";
import { random } from "../lib/ground/random.ts";
import { command, readCommandLine, UsageError } from "../lib/ground/usage.ts";
import { ProcessTree, send } from "./process_tree.ts";

/** How a process tree is stopped; times in ms. */
export interface Stalls {
  /** The shortest and the longest stop. */
  readonly stop: readonly [least: number, most: number];
  /** The mean of the gaps, each from a continue to the next stop. */
  readonly every: number;
  readonly seed: number;
}

/** For ever: how long the tree runs, exponentially distributed, and how long it then stands. */
export function* schedule({ stop: [least, most], every, seed }: Stalls) {
  const next = random(seed);
  for (;;) yield { gap: -Math.log(1 - next()) * every, stop: least + (most - least) * next() };
}

/** Stops the tree again and again until `ended` aborts; then all of it runs. How often, and ms. */
async function stall(tree: ProcessTree, stalls: Stalls, ended: AbortSignal) {
  const wait = (ms: number) => pause(ms, undefined, { signal: ended }).catch(() => {});
  let times = 0, most = 0;
  for (const { gap, stop } of schedule(stalls)) {
    await wait(gap);
    if (ended.aborted) return { times, most };
    times++;
    most = Math.max(most, await tree.stop());
    await wait(stop);
    await tree.send("SIGCONT");
  }
  throw new Error("a schedule goes on for ever");
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 2 ** 31)) throw new InvalidArgumentError("must be above 0.");
  return value;
}

function range(text: string): [number, number] {
  const [least, most = least, ...more] = text.split("-").map(positive);
  if (more.length > 0 || least > most) throw new InvalidArgumentError("must be like 30-150.");
  return [least, most];
}

const NOTES = `
Stops every process of the command (SIGSTOP, then SIGCONT), also those that it starts later. At the
end, on Ctrl-C and on SIGTERM all that stands is continued. Asked to end, the command has 10 s for
it, and what it started 2 s more; then they are killed. The exit code is the command's; 2 is bad usage, 127 no such command.`;

function readOptions(args: readonly string[]) {
  const what = "Runs a command while its whole process tree is stopped at random.";
  const program = command("deno run -A test/stalled.ts", what, NOTES)
    .argument("<command>", "what to run")
    .argument("[arguments...]", "its arguments, options too")
    .passThroughOptions()
    .option("--stop <ms>", "shortest and longest stop", range, [30, 150])
    .option("--every <ms>", "mean time from a continue to the next stop", positive, 1000)
    .option("--seed <n>", "the same stops again (default: any)", Number);
  if (readCommandLine(program, args) === undefined) return undefined;
  const { seed = Math.floor(Math.random() * 2 ** 32), ...rest } = program.opts();
  if (!Number.isSafeInteger(seed)) throw new UsageError("--seed must be a whole number");
  return { command: program.args, stalls: { seed, ...rest } as Stalls };
}

/** Runs the command; its exit code. */
async function run(command: readonly string[], stalls: Stalls): Promise<number> {
  const tree = new ProcessTree(command[0], { args: command.slice(1) });
  const child = tree.root;
  const ended = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, async () => {
      if (ended.signal.aborted) return;
      ended.abort();
      await tree.send("SIGCONT");
      // A terminal has sent its Ctrl-C to the command already.
      if (signal !== "SIGINT" || !Deno.stdin.isTerminal()) send(child.pid, signal);
      await Promise.race([child.status, pause(10_000)]);
      // What watches for the command's end takes a moment to see it.
      for (let i = 0; i < 20 && (await tree.pids()).size > 0; i++) await pause(100);
      await tree.send("SIGKILL");
    });
  }
  const stalling = stall(tree, stalls, ended.signal);
  const { code } = await child.status;
  const asked = ended.signal.aborted;
  ended.abort();
  const { times, most } = await stalling;
  // Those that outlive the command; if it was asked to end, they were too.
  while (asked && (await tree.pids()).size > 0) await pause(100);
  await tree.send("SIGCONT");
  const { stop: [least, longest], every, seed } = stalls;
  console.error(
    `stalled: ${times} stops of ${least} to ${longest} ms, of up to ${most} processes, on average ` +
      `${every} ms apart; seed ${seed}`,
  );
  return code;
}

if (import.meta.main) {
  try {
    if (Deno.build.os === "windows") throw new UsageError("Windows cannot stop a process");
    const options = readOptions(Deno.args);
    process.exit(options ? await run(options.command, options.stalls) : 0);
  } catch (error) {
    const { message } = error as Error;
    console.error(error instanceof UsageError ? `${message}\nSee --help` : message);
    process.exit(error instanceof UsageError ? 2 : 127);
  }
}
