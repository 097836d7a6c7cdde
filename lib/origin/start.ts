import { check, SEED } from "../ground/options.ts";
import { type OriginOptions, resolveOptions } from "./options.ts";
import { endProcess, firstLine } from "../ground/own_process.ts";
import type { Origin, OriginReport } from "./report.ts";
import { Remote } from "./remote.ts";

export type { OriginOptions } from "./options.ts";

/**
 * Starts the API under test in a process of its own, which ends with this one or on `close`.
 *
 * ```ts
 * await using origin = await startOrigin({ median: 5, handshake: 10 });
 * ```
 *
 * @throws {TypeError | RangeError} naming an option that is wrong, and its value
 * @throws {Error} where it cannot start, e.g. because the port is taken
 */
export async function startOrigin(options: OriginOptions = {}): Promise<Origin> {
  const { port, host, config } = resolveOptions(options);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--no-lock",
      "--no-prompt",
      "--allow-net",
      "--allow-read",
      "--allow-env",
      new URL("./child.ts", import.meta.url).href,
      JSON.stringify({ port, host, ...config }),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const ready = await readyLine(child.stdout);
  if (ready.url === undefined) {
    await child.stdin.close().catch(() => {});
    await child.status;
    throw new Error(`the origin did not start: ${ready.error}`);
  }
  // A program that forgets to close its origin can still end, and its origin with it. Not earlier:
  // what is read from an unreferenced child keeps nobody waiting.
  child.unref();
  const remote = new Remote(ready.control!);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    remote.close();
    await endProcess(child);
  }

  return {
    url: ready.url,
    control: ready.control!,
    config,
    async begin(trialSeed) {
      await remote.post("/begin", { seed: check("begin", "seed", trialSeed, SEED) });
    },
    async end() {
      return { ...await remote.post("/end", {}) as OriginReport, config };
    },
    close: () => closing ??= close(),
    [Symbol.asyncDispose]: () => closing ??= close(),
  };
}

/** What an origin says in its one line of JSON; where it prints none, that is the error. */
async function readyLine(
  stdout: ReadableStream<Uint8Array>,
): Promise<{ url?: string; control?: string; error?: string }> {
  const line = await firstLine(stdout);
  try {
    return JSON.parse(line);
  } catch {
    return { error: line.trim() || "its process ended at once" };
  }
}
