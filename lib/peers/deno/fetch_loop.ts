import { NEVER } from "../../client/again.ts";
import { fresh, keptAlive } from "../../client/library_clients.ts";
import { RequestError } from "../../client/request_error.ts";
import { nameOf } from "../../strategies/library_strategy.ts";
import { emptySamples } from "../../trial/samples.ts";
import type { LaneAnswer, LaneReport, LaneWork } from "./lane.ts";
import type { Item } from "./queue.ts";
import { saidSample } from "./said_sample.ts";

/**
 * What a lane does, in its thread or process: asks for one path after the other and waits for each.
 * It has nothing else to do meanwhile, so that to await is to block. The client is the one that
 * strategies have, with one connection.
 *
 * @param next resolves to the next path, or null when none is left
 */
export async function fetchLoop(
  { origin, method, connections, deadline }: LaneWork,
  next: () => Promise<Item> | Item,
  tell: (answer: LaneAnswer) => void,
): Promise<Pick<LaneReport, "sockets" | "lastFinish">> {
  const samples = emptySamples();
  const client = (connections === "new" ? fresh : keptAlive)
    .open({ origin, connections: 1, deadline, samples, onSample: () => {}, again: NEVER });
  const ask = async (path: string): Promise<Pick<LaneAnswer, "result" | "failure">> => {
    try {
      return { result: nameOf(await client.get(path, { method }), path), failure: null };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return { result: null, failure: { kind: error.kind, problem: error.problem } };
    }
  };
  for (let item = await next(); item !== null; item = await next()) {
    const answered = await ask(item.path);
    tell({ sample: saidSample(samples, samples.path.length - 1, item.index), ...answered });
    if (answered.failure) break;
  }
  const { sockets, lastFinish } = client;
  await client.close(new Error("the lane is over"));
  return { sockets, lastFinish: Number.isNaN(lastFinish) ? null : lastFinish };
}
