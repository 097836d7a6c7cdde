import { check, SEED } from "../ground/options.ts";
import { type OriginOptions, resolveOptions } from "./options.ts";
import { startServer } from "../ground/server.ts";
import type { Origin, OriginReport } from "./report.ts";
import { Remote } from "./remote.ts";
import type { Ready } from "./running.ts";

export type { OriginOptions } from "./options.ts";

/**
 * Starts the API under test in a process of its own, which ends with this one or on `close`.
 *
 * ```ts
 * await using origin = await startOrigin({ median: 5, handshake: 10 });
 * await using replay = await startOrigin({ replay: "notebooks/mine/recordings/items.json.gz" });
 * ```
 *
 * @throws {TypeError | RangeError} naming an option that is wrong, and its value
 * @throws {Error} where it cannot start, e.g. because the port is taken or the recording is truncated
 */
export async function startOrigin(options: OriginOptions = {}): Promise<Origin> {
  // Whoever replays nothing need not load what it takes.
  const { config } = options.replay === undefined
    ? resolveOptions(options)
    : (await import("./settle_options.ts")).settleOptions(options);
  const { file: replay } = config.replay ?? {};
  const server = await startServer<Ready>({
    name: "the origin",
    command: Deno.execPath(),
    args: [
      ...["run", "--no-config", "--no-lock", "--no-prompt", "--quiet"],
      ...["--allow-net", "--allow-read", "--allow-env"],
      ...[new URL("./child.ts", import.meta.url).href, JSON.stringify({ ...options, replay })],
    ],
  });
  const { url, control } = server.ready;
  const remote = new Remote(control);

  async function close(): Promise<void> {
    remote.close();
    await server.close();
  }

  return {
    url,
    control,
    config,
    async begin(trialSeed) {
      await remote.post("/begin", { seed: check("begin", "seed", trialSeed, SEED) });
    },
    async end() {
      return { ...await remote.post("/end", {}) as OriginReport, config };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
