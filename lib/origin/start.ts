import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { check, SEED } from "../ground/options.ts";
import { startServer } from "../ground/server.ts";
import { resolveOptions } from "./options.ts";
import type { Origin, OriginOptions, OriginReport } from "./origin.ts";
import type { Ready } from "./running.ts";

export type { OriginOptions } from "./origin.ts";

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
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  async function close(): Promise<void> {
    agent.destroy();
    await server.close();
  }

  return {
    url,
    control,
    config,
    async begin(trialSeed) {
      await post(agent, control, "/begin", { seed: check("begin", "seed", trialSeed, SEED) });
    },
    async end() {
      return { ...await post(agent, control, "/end", {}) as OriginReport, config };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * Posts a document to control and resolves to the one that comes back. Native fetch is not used: it
 * would send even this through a proxy named in the environment.
 * @throws {Error} with the origin's own sentence where it refuses
 */
async function post(
  agent: Agent,
  control: string,
  path: string,
  document: unknown,
): Promise<unknown> {
  const body = JSON.stringify(document);
  const headers = { "Content-Type": "application/json", "Content-Length": body.length };
  const asked = request(control + path, { agent, method: "POST", headers });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  asked.on("response", resolve).on("error", (error) => {
    reject(new Error(`the origin's control does not answer: ${error.message}`, { cause: error }));
  });
  asked.end(body);
  const response = await promise;
  const answer = JSON.parse(await text(response));
  if (response.statusCode === 200) return answer;
  throw new Error(`the origin refused ${path}: ${answer.error}`);
}
